//! The chores of this repository: `cargo xtask demo`, `cargo xtask test` and what they are made of. Each does all the
//! set-up it needs, so that a fresh clone needs nothing but Rust, Node and git.
#![expect(clippy::print_stdout, reason = "a command line prints")]

mod bench;
mod build;
mod demo;
mod fuzz;
mod package;
mod process;
mod setup;
mod test;
mod tools;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

/// The chores of this repository.
#[derive(Parser)]
#[command(name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Install what the other chores need: wasm target, wasm-bindgen, worker-build, npm packages, Chromium.
    Setup,
    /// Build the extension into dist/extension and the worker's bundle.
    Build {
        /// Grant every site's hosts at install: for tests and for installs managed by policy.
        #[arg(long)]
        grant_all: bool,
    },
    /// Run the main job: webhooks into a local worker, a page of posts with badges, the popup.
    Demo(demo::Options),
    /// Run every test.
    Test(test::Options),
    /// Measure, and print ratios to known things in the same run.
    Bench(bench::Options),
    /// Fuzz everything that reads what comes from outside.
    Fuzz(fuzz::Options),
    /// Make the store packages in dist/.
    Package,
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    // Chores run from the repository's root, wherever cargo was called.
    std::env::set_current_dir(setup::root())?;
    match Arguments::parse().chore {
        Chore::Setup => setup::everything().map(|_| ()),
        Chore::Build { grant_all } => {
            let tools = setup::everything()?;
            build::extension(&tools, build::Flavour::chromium(grant_all))?;
            build::worker(&tools)
        }
        Chore::Demo(options) => demo::run(&options),
        Chore::Test(options) => test::run(&options),
        Chore::Bench(options) => bench::run(&options),
        Chore::Fuzz(options) => fuzz::run(&options),
        Chore::Package => package::run(),
    }
}
