//! Measurements, as ratios in one run: machines are noisy, so every figure stands beside a known thing's.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result};
use clap::Args;
use serde::Deserialize;

use crate::process::{output, run as run_program, step};
use crate::tools::Tools;
use crate::{build, package, setup};

/// What to measure.
#[derive(Args)]
pub(crate) struct Options {
    /// Only the engine.
    #[arg(long)]
    engine: bool,
    /// Texts to read, JSON lines with a `text` each. TweetEval's validation tweets where they lie beside the
    /// repository, else the fixtures' posts.
    #[arg(long, value_name = "FILE")]
    texts: Option<PathBuf>,
}

/// One engine's speed, as the bench programs print it.
#[derive(Deserialize)]
struct Speed {
    engine: String,
    median: f64,
    #[serde(rename = "startMilliseconds")]
    start_milliseconds: Option<f64>,
    #[serde(rename = "memoryMegabytes")]
    memory_megabytes: Option<f64>,
}

/// The peer that the others are measured against.
const YARDSTICK: &str = "vader-sentimental";

/// Measures and prints.
pub(crate) fn run(options: &Options) -> Result<()> {
    let tools = setup::everything()?;
    build::extension(&tools, build::Flavour::chromium(true))?;
    engine(&tools, &texts(options)?)?;
    if options.engine {
        return Ok(());
    }
    sizes()?;
    worker(&tools)?;
    popup(&tools)
}

/// The texts to read, as a file of JSON lines.
fn texts(options: &Options) -> Result<PathBuf> {
    if let Some(texts) = &options.texts {
        return Ok(texts.clone());
    }
    let tweets = Path::new("../shared/data/train/semeval2017_sentiment.jsonl");
    if !tweets.exists() {
        println!("   no TweetEval beside the repository: reading the fixtures' posts");
        return Ok(PathBuf::from("benches/texts.jsonl"));
    }
    let lines = fs::read_to_string(tweets)?;
    let val: String = lines
        .lines()
        .filter(|line| line.contains(r#""split": "val""#) || line.contains(r#""split":"val""#))
        .flat_map(|line| [line, "\n"])
        .collect();
    let chosen = build::target_folder().join("bench-texts.jsonl");
    fs::write(&chosen, val)?;
    Ok(chosen)
}

fn engine(tools: &Tools, texts: &Path) -> Result<()> {
    npm_peers()?;
    let native = step("the engine and its Rust peers", || {
        let target = build::target_folder().join("benches");
        run_program(
            Command::new("cargo")
                .args(["build", "--quiet", "--release", "--manifest-path", "benches/engine/Cargo.toml"])
                .env("CARGO_TARGET_DIR", &target),
        )?;
        let mut program = Command::new(target.join("release/earshot-engine-bench"));
        read_lines(program.stdin(File::open(texts)?))
    })?;
    let web = step("the shipped WebAssembly and its npm peers", || {
        let mut script = tools.node("benches/engine.mjs");
        script.arg(texts).arg(build::target_folder().join("web/earshot-background"));
        read_lines(script.stdin(Stdio::null()))
    })?;
    let speeds: Vec<Speed> = native
        .lines()
        .chain(web.lines())
        .map(serde_json::from_str)
        .collect::<Result<_, _>>()
        .context("a bench printed something else than its JSON lines")?;
    let yardstick = speeds
        .iter()
        .find(|speed| speed.engine.starts_with(YARDSTICK))
        .map_or(f64::NAN, |speed| speed.median);
    println!("\n{:<40} {:>10} {:>10} {:>12}", "engine, one thread", "posts/s", "us a post", "x vader-s.");
    for speed in &speeds {
        println!(
            "{:<40} {:>10.0} {:>10.1} {:>12.2}",
            speed.engine,
            speed.median,
            1e6 / speed.median,
            speed.median / yardstick
        );
    }
    for speed in &speeds {
        if let (Some(start), Some(memory)) = (speed.start_milliseconds, speed.memory_megabytes) {
            println!("{}: started in {start:.1} ms, {memory:.1} MB of memory afterwards", speed.engine);
        }
    }
    println!();
    Ok(())
}

fn read_lines(command: &mut Command) -> Result<String> {
    let done = command.stderr(Stdio::inherit()).output().context("a bench could not be started")?;
    anyhow::ensure!(done.status.success(), "a bench ended with {}", done.status);
    Ok(String::from_utf8(done.stdout)?)
}

/// The npm peers stay out of the product's lock file.
fn npm_peers() -> Result<()> {
    if Path::new("benches/node_modules").exists() {
        return Ok(());
    }
    step("npm ci in benches/: the npm peers", || {
        run_program(
            Command::new("npm")
                .args(["ci", "--no-audit", "--no-fund", "--loglevel=error"])
                .current_dir("benches"),
        )
    })
}

fn sizes() -> Result<()> {
    let zip = build::target_folder().join("bench-extension.zip");
    let whole = package::pack(Path::new("dist/extension"), &zip)?;
    let content = output(Command::new("sh").args(["-c", "gzip -9 < dist/extension/content.js | wc -c"]))?;
    println!("extension package {whole} bytes; content script {} bytes gzipped\n", content.trim());
    Ok(())
}

fn worker(tools: &Tools) -> Result<()> {
    build::worker(tools)?;
    for bare in ["answering", "storing"] {
        step(&format!("the bare worker that is {bare}"), || {
            let mut build = Command::new(&tools.worker_build);
            build.arg("--release").current_dir(Path::new("benches/workers").join(bare));
            tools.equip(&mut build);
            run_program(&mut build)
        })?;
    }
    step("webhooks a second", || run_program(&mut tools.node("benches/worker.mjs")))?;
    // The first drives as cheaply as can be; this one costs what ordinary clients do.
    step("webhooks a second, asked with fetch", || {
        run_program(tools.node("benches/worker.mjs").args(["--only", "speed", "--client", "fetch"]))
    })
}

fn popup(tools: &Tools) -> Result<()> {
    step("the popup with 200 mentions", || run_program(&mut tools.node("benches/popup.mjs")))
}
