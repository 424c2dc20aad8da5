//! The main job, end to end, on this machine.

use anyhow::Result;
use clap::Args;

/// How to show it.
#[derive(Args)]
pub(crate) struct Options {
    /// No window: leave screenshots in dist/demo instead.
    #[arg(long)]
    pub(crate) headless: bool,
    /// Post the webhook bodies of this folder (a folder a platform) instead of the committed ones.
    #[arg(long, value_name = "DIR")]
    pub(crate) samples: Option<std::path::PathBuf>,
}

pub(crate) fn run(_options: &Options) -> Result<()> {
    Ok(())
}
