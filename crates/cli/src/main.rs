//! The `earshot` command line. Each subcommand is a file under `command/`.

mod command;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Debug, Parser)]
#[command(name = "earshot", version, about = "Reads what customers say: language, sentiment, emotions, urgency, and the words that made it think so.")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Read JSON lines from standard input and print a reading each.
    Read(command::read::Arguments),
}

fn main() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Read(arguments) => command::read::run(&arguments).map_err(|error| error.to_string()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("earshot: {message}");
            ExitCode::FAILURE
        }
    }
}
