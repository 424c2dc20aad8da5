//! The main job, end to end, on this machine.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context as _, Result};
use clap::Args;

use crate::process::{run as run_program, step};
use crate::{build, setup};

/// How to show it.
#[derive(Args)]
pub(crate) struct Options {
    /// No window: leave screenshots in dist/demo instead. Also chosen where there is no display.
    #[arg(long)]
    headless: bool,
    /// Post the webhook bodies of this folder (a folder a platform) instead of the committed ones.
    #[arg(long, value_name = "DIR")]
    samples: Option<PathBuf>,
}

/// Builds everything, then lets `tests/demo/demo.ts` show it.
pub(crate) fn run(options: &Options) -> Result<()> {
    let tools = setup::everything()?;
    tools.chromium.as_ref().context(setup::NO_CHROMIUM)?;
    build::extension(&tools, build::Flavour::chromium(true))?;
    build::worker(&tools)?;
    let earshot = command_line()?;
    let mut demo = tools.node("tests/demo/demo.ts");
    demo.arg("--earshot").arg(earshot);
    if options.headless || !has_display() {
        demo.arg("--headless");
    }
    if let Some(samples) = &options.samples {
        demo.arg("--samples").arg(samples);
    }
    run_program(&mut demo).context("the demo did not come out as the samples imply; see above")
}

/// The `earshot` program, which signs and posts the bodies and says what they imply.
pub(crate) fn command_line() -> Result<PathBuf> {
    step("the earshot command line", || {
        run_program(Command::new("cargo").args(["build", "--quiet", "--package", "earshot-cli"]))
    })?;
    Ok(build::target_folder().join("debug/earshot"))
}

fn has_display() -> bool {
    ["DISPLAY", "WAYLAND_DISPLAY"]
        .iter()
        .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}
