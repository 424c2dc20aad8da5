//! Every test, the cheap ones first.

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result};
use clap::Args;

use crate::process::{self, step};
use crate::tools::Tools;
use crate::{build, demo, setup};

/// Which tests to run.
#[derive(Args)]
pub(crate) struct Options {
    /// Leave out what needs a browser or workerd.
    #[arg(long)]
    quick: bool,
    /// Replay a day of 10,000 webhooks instead of 1,000: some ten minutes more.
    #[arg(long)]
    long: bool,
}

/// The crates that only make sense in WebAssembly.
const WEB: [&str; 6] = ["-p", "earshot-background", "-p", "earshot-panel", "-p", "earshot-worker"];

/// Runs every test.
pub(crate) fn run(options: &Options) -> Result<()> {
    let tools = setup::everything()?;
    step("rustfmt", || process::run(Command::new("cargo").args(["fmt", "--all", "--check"])))?;
    step("clippy, natively", || {
        process::run(Command::new("cargo").args(["clippy", "--quiet", "--all-targets", "--", "-Dwarnings"]))
    })?;
    step("clippy, for the web", || {
        process::run(
            Command::new("cargo")
                .args(["clippy", "--quiet", "--target", "wasm32-unknown-unknown"])
                .args(WEB)
                .args(["--", "-Dwarnings"]),
        )
    })?;
    // A workspace of their own, which nothing else here would compile. Nothing is linked, so no driver is needed: its build
    // script takes the name of a finished one instead of asking for a C++ compiler.
    step("the fuzz targets, as far as they compile", || {
        process::run(
            Command::new("cargo")
                .args(["check", "--quiet", "--locked", "--manifest-path", "fuzz/Cargo.toml", "--target-dir"])
                .arg(build::target_folder())
                .env("CUSTOM_LIBFUZZER_PATH", "none/libfuzzer.a"),
        )
    })?;
    step("the pure rooms and the command line", || {
        process::run(Command::new("cargo").args(["test", "--quiet", "--workspace"]))
    })?;
    step("TypeScript", || {
        let mut check = tools.node("node_modules/typescript/bin/tsc");
        process::run(check.args(["--noEmit", "--project", "tsconfig.json"]))
    })?;
    if options.quick {
        return Ok(());
    }
    tools.chromium.as_ref().context(setup::NO_CHROMIUM)?;
    let earshot = demo::command_line()?;
    build::worker(&tools)?;
    build::extension(&tools, build::Flavour::chromium(true))?;
    build::extension_into(&tools, build::Flavour::firefox(), Path::new("dist/extension-firefox"))?;
    for (what, pattern) in [
        ("the worker, on workerd", "tests/worker/*.test.ts"),
        ("the extension, in Chromium", "tests/e2e/*.test.ts"),
        ("the panel, in Chromium", "tests/panel/*.test.ts"),
    ] {
        step(what, || run_node_tests(&tools, &earshot, options.long, pattern))?;
    }
    Ok(())
}

/// One file after another: each starts a workerd or a browser, and two cores carry one of those at a time.
fn run_node_tests(tools: &Tools, earshot: &Path, long: bool, pattern: &str) -> Result<()> {
    let mut tests = tools.node("--test");
    tests.env("EARSHOT", earshot);
    if long {
        tests.env("EARSHOT_DAY", "10000");
    }
    process::run(tests.args(["--test-concurrency=1", "--test-reporter=spec", pattern]))
}
