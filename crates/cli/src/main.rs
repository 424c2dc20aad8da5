//! The `earshot` command line. Each subcommand is a file under `command/`.

mod command;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Debug, Parser)]
#[command(
    name = "earshot",
    version,
    about = "Reads what customers say: language, sentiment, emotions, urgency, and the words that made it think so."
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Ask an endpoint what a platform would ask it, and say what is wrong.
    Doctor(command::doctor::Arguments),
    /// Measure the engine on every labelled set that is present, and write the model card.
    Evaluate(command::evaluate::Arguments),
    /// Make a staff key and the roster entry that lets its owner in.
    Key(command::key::Arguments),
    /// Print the table of platforms whose webhooks are understood.
    Platforms(command::platforms::Arguments),
    /// Read JSON lines from standard input and print a reading each.
    Read(command::read::Arguments),
    /// Sign bodies as a platform would and post them to an endpoint.
    Send(command::send::Arguments),
    /// Make the engine's model from the labelled sets.
    Train(command::train::Arguments),
    /// Say what webhook bodies would do in a workspace, without a worker.
    Triage(command::triage::Arguments),
}

fn main() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Doctor(arguments) => command::doctor::run(&arguments).map_err(|error| error.to_string()),
        Command::Evaluate(arguments) => command::evaluate::run(&arguments).map_err(|error| error.to_string()),
        Command::Key(arguments) => command::key::run(&arguments).map_err(|error| error.to_string()),
        Command::Platforms(_) => command::platforms::run().map_err(|error| error.to_string()),
        Command::Read(arguments) => command::read::run(&arguments).map_err(|error| error.to_string()),
        Command::Send(arguments) => command::send::run(&arguments).map_err(|error| error.to_string()),
        Command::Train(arguments) => command::train::run(&arguments).map_err(|error| error.to_string()),
        Command::Triage(arguments) => command::triage::run(&arguments).map_err(|error| error.to_string()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("earshot: {message}");
            ExitCode::FAILURE
        }
    }
}
