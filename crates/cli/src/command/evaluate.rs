//! `earshot evaluate`: measures the engine on every labelled set that is present, and writes the model card.

use std::io::Write;
use std::path::PathBuf;
use std::{fs, io};

use earshot_train::TrainError;
use earshot_train::evaluate::{card, evaluate};

/// What is measured on.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The folder of the labelled sets.
    #[arg(long, default_value = "../shared/data")]
    data: PathBuf,
    /// Where the model card goes.
    #[arg(long, default_value = "crates/reading/MODEL_CARD.md")]
    card: PathBuf,
    /// Print the tables only.
    #[arg(long)]
    no_card: bool,
}

/// Why nothing was measured.
#[derive(Debug, thiserror::Error)]
pub(crate) enum MeasureError {
    /// Data.
    #[error(transparent)]
    Data(#[from] TrainError),
    /// The card cannot be written.
    #[error("{path} cannot be written ({1}): check the path", path = .0.display())]
    Write(PathBuf, #[source] io::Error),
    /// Standard output failed.
    #[error("standard output cannot be written ({0}): check where it goes and run again")]
    Output(#[source] io::Error),
}

/// Measures, prints the tables, writes the card.
pub(crate) fn run(arguments: &Arguments) -> Result<(), MeasureError> {
    let sections =
        evaluate(&arguments.data, &|name| drop(writeln!(io::stderr().lock(), "measuring {name}")))?;
    let mut out = io::stdout().lock();
    for section in &sections {
        writeln!(out, "## {}\n{}", section.title, section.body).map_err(MeasureError::Output)?;
    }
    if !arguments.no_card && !sections.is_empty() {
        fs::write(&arguments.card, card(&sections))
            .map_err(|error| MeasureError::Write(arguments.card.clone(), error))?;
    }
    Ok(())
}
