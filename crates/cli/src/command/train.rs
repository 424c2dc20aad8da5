//! `earshot train`: makes the engine's model from the labelled sets.

use std::io::Write;
use std::path::PathBuf;
use std::{fs, io};

use earshot_train::{Plan, TrainError, train};

/// What the model is made of.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The folder of the labelled sets.
    #[arg(long, default_value = "../shared/data")]
    data: PathBuf,
    /// The folder of the soft labels.
    #[arg(long, default_value = "research/soft_labels")]
    soft_labels: PathBuf,
    /// Corrections of your own, as the extension exports them: JSON lines of text, sentiment, urgency, intents.
    #[arg(long, value_name = "FILE")]
    add: Option<PathBuf>,
    /// Where the model goes. The engine takes its own from crates/reading/model/earshot.model when it is built.
    #[arg(long, default_value = "crates/reading/model/earshot.model")]
    out: PathBuf,
    /// What it is called in every reading.
    #[arg(long, default_value = "earshot-2026.11")]
    name: String,
    /// The same seed and data give the same bytes.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Threads; the bytes do not depend on them.
    #[arg(long, default_value_t = 2)]
    threads: usize,
    /// Where to keep what is done so far; a stopped run goes on from there.
    #[arg(long, default_value = "target/earshot-train.checkpoint")]
    checkpoint: PathBuf,
    /// Use one training text in so many, to try things out.
    #[arg(long, default_value_t = 1)]
    every: usize,
}

/// Why there is no model.
#[derive(Debug, thiserror::Error)]
pub(crate) enum MakeModelError {
    /// Data or training.
    #[error("{0}{why}", why = reason(.0))]
    Train(#[from] TrainError),
    /// The file cannot be written.
    #[error("{path} cannot be written ({1}): check the path", path = .0.display())]
    Write(PathBuf, #[source] io::Error),
}

fn reason(error: &TrainError) -> String {
    std::error::Error::source(error).map_or_else(String::new, |source| format!(" ({source})"))
}

/// Makes the model, says how far it is on standard error, and writes the file.
pub(crate) fn run(arguments: &Arguments) -> Result<(), MakeModelError> {
    let mut plan = Plan::shipped(arguments.data.clone(), arguments.soft_labels.clone());
    plan.corrections.clone_from(&arguments.add);
    plan.name.clone_from(&arguments.name);
    plan.seed = arguments.seed;
    plan.threads = arguments.threads;
    plan.every = arguments.every.max(1);
    if let Some(folder) = arguments.checkpoint.parent() {
        fs::create_dir_all(folder).map_err(|error| MakeModelError::Write(folder.to_owned(), error))?;
    }
    plan.checkpoint = Some(arguments.checkpoint.clone());
    // Nobody reading along is no reason to stop.
    let made = train(&plan, &|line| drop(writeln!(io::stderr().lock(), "{line}")))?;
    if let Some(folder) = arguments.out.parent() {
        fs::create_dir_all(folder).map_err(|error| MakeModelError::Write(folder.to_owned(), error))?;
    }
    fs::write(&arguments.out, &made.file)
        .map_err(|error| MakeModelError::Write(arguments.out.clone(), error))?;
    for (set, texts) in &made.sets {
        drop(writeln!(io::stderr().lock(), "learnt from {texts} texts of {set}"));
    }
    Ok(())
}
