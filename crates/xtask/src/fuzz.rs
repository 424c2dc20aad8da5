//! Fuzzing: everything that reads what comes from outside, in one command.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context as _, Result, bail};
use clap::Args;

use crate::process::{run as run_program, step};
use crate::{build, setup};

/// What to fuzz, and how long.
#[derive(Args)]
pub(crate) struct Options {
    /// How many inputs each target is given.
    #[arg(long, default_value_t = 100_000)]
    runs: u64,
    /// Targets of fuzz/fuzz_targets; all of them where none is named.
    targets: Vec<String>,
}

/// The longest input, in bytes: of webhooks, longer than most; where every input is read by the whole engine, as long as a
/// post on X. Shorter inputs are more of them in the same time, and what is wrong with a text is seldom wrong with long ones only.
fn longest(target: &str) -> usize {
    if ["reading", "triage", "lines"].contains(&target) { 280 } else { 2048 }
}

/// Builds the targets, seeds their corpora and runs one after the other. Fails where one fell over.
pub(crate) fn run(options: &Options) -> Result<()> {
    let cargo_fuzz = setup::cargo_tool("cargo-fuzz", "cargo-fuzz", "0.13.2")?;
    let target_folder = build::target_folder().join("fuzz");
    let fuzz = |verb: &str| {
        let mut command = Command::new(&cargo_fuzz);
        // Safe Rust: a panic is the find, and without a sanitizer the stable compiler does.
        command.args(["fuzz", verb, "--sanitizer", "none", "--target-dir"]).arg(&target_folder);
        command
    };
    step("the fuzz targets", || run_program(&mut fuzz("build")))?;
    let all = targets()?;
    let chosen = if options.targets.is_empty() { &all } else { &options.targets };
    let mut fell = Vec::new();
    println!("{:<14} {:>12} {:>10}", "target", "runs", "runs/s");
    for name in chosen {
        anyhow::ensure!(all.contains(name), "there is no target {name}; there are {}", all.join(", "));
        seed(name)?;
        let start = Instant::now();
        let done = fuzz("run")
            .arg(name)
            .args(["--", &format!("-runs={}", options.runs), &format!("-max_len={}", longest(name))])
            .arg("-print_final_stats=1")
            .stdin(Stdio::null())
            .output()
            .context("cannot start cargo-fuzz")?;
        let said = String::from_utf8_lossy(&done.stderr);
        let runs = said
            .lines()
            .find_map(|line| line.strip_prefix("stat::number_of_executed_units:"))
            .map_or("?", str::trim);
        // libFuzzer's own figure counts whole seconds.
        let speed = runs.parse().map_or(f64::NAN, |runs: f64| runs / start.elapsed().as_secs_f64());
        println!("{name:<14} {runs:>12} {speed:>10.0}");
        if !done.status.success() {
            println!("{said}");
            fell.push(name.as_str());
        }
    }
    if fell.is_empty() {
        return Ok(());
    }
    bail!(
        "{} fell over: what did it is in fuzz/artifacts; make it a case in the tests of its room",
        fell.join(", ")
    )
}

fn targets() -> Result<Vec<String>> {
    let mut names = Vec::new();
    for file in fs::read_dir("fuzz/fuzz_targets")? {
        if let Some(name) = file?.path().file_stem().and_then(|name| name.to_str()) {
            names.push(name.to_owned());
        }
    }
    names.sort();
    Ok(names)
}

/// Puts into a target's corpus what it should start from: its seeds, and the committed bodies of its platform.
fn seed(name: &str) -> Result<()> {
    let corpus = Path::new("fuzz/corpus").join(name);
    fs::create_dir_all(&corpus)?;
    for (folder, first) in [("fuzz/seeds", None), ("tests/fixtures/hooks", Some(0))] {
        let folder = Path::new(folder).join(name);
        if !folder.exists() {
            continue;
        }
        for file in fs::read_dir(folder)? {
            let file = file?;
            // A body's first byte chooses a header: see `deliver`.
            let mut bytes: Vec<u8> = first.into_iter().collect();
            bytes.extend(fs::read(file.path())?);
            fs::write(corpus.join(file.file_name()), bytes)?;
        }
    }
    if name == "profile" {
        fs::copy("tests/fixtures/workspace.json", corpus.join("workspace.json"))?;
    }
    Ok(())
}
