//! From sources to `dist/extension` and the worker's bundle.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use crate::process::{run, step};
use crate::setup;
use crate::tools::Tools;

/// Which browser an extension is for, and what it is granted at install.
#[derive(Clone, Copy)]
pub(crate) struct Flavour {
    grant_all: bool,
    firefox: bool,
}

impl Flavour {
    /// For Chromium, Chrome and Edge.
    pub(crate) fn chromium(grant_all: bool) -> Self {
        Self { grant_all, firefox: false }
    }

    /// For Firefox.
    pub(crate) fn firefox() -> Self {
        Self { grant_all: false, firefox: true }
    }
}

/// Builds the extension into `dist/extension`.
pub(crate) fn extension(tools: &Tools, flavour: Flavour) -> Result<PathBuf> {
    extension_into(tools, flavour, Path::new("dist/extension"))
}

/// Builds the extension into a folder of one's choice.
pub(crate) fn extension_into(tools: &Tools, flavour: Flavour, out: &Path) -> Result<PathBuf> {
    step("the extension", || {
        // The engine is there to be fast, the pages to be small.
        let background = web_module(tools, "earshot-background", "-O3")?;
        let panel = web_module(tools, "earshot-panel", "-Oz")?;
        let mut script = tools.node("extension/build.mjs");
        script.arg("--background").arg(background).arg("--panel").arg(panel).arg("--out").arg(out);
        if flavour.grant_all {
            script.arg("--grant-all");
        }
        if flavour.firefox {
            script.arg("--firefox");
        }
        run(&mut script)
    })?;
    Ok(out.to_owned())
}

/// One of the extension's two WebAssembly modules: compiled, bound, and optimised by wasm-opt.
fn web_module(tools: &Tools, package: &str, aim: &str) -> Result<PathBuf> {
    run(Command::new("cargo").args([
        "build",
        "--quiet",
        "--profile",
        "wasm",
        "--target",
        "wasm32-unknown-unknown",
        "--package",
        package,
        "--config",
        ERASED_VIEWS,
    ]))?;
    let name = package.replace('-', "_");
    let compiled = target_folder().join("wasm32-unknown-unknown/wasm").join(format!("{name}.wasm"));
    let out = target_folder().join("web").join(package);
    let small = out.join(format!("{name}_bg.wasm"));
    if is_newer(&small, &compiled) {
        return Ok(out);
    }
    fs::create_dir_all(&out)?;
    run(Command::new(&tools.wasm_bindgen)
        .args(["--target", "web", "--omit-default-module-path", "--out-name", &name, "--out-dir"])
        .arg(&out)
        .arg(&compiled))?;
    let mut optimise = Command::new(Tools::npm_program("wasm-opt"));
    optimise.args([aim, "--converge", INLINED]).args(WASM_FEATURES).arg(&small).arg("-o").arg(&small);
    tools.equip(&mut optimise);
    run(&mut optimise)?;
    Ok(out)
}

/// Leptos keeps views as trait objects instead of making every screen a type of its own: the panel is a twelfth smaller.
/// For both modules alike, so that they share what they have in common.
const ERASED_VIEWS: &str = "target.wasm32-unknown-unknown.rustflags=[\"--cfg=erase_components\"]";

/// Larger functions stay their own even where one place alone calls them. Without a limit every screen becomes part of one
/// function whose thousands of locals pack badly: the panel is a seventh smaller in the package with it, and the engine is no
/// slower.
const INLINED: &str = "--one-caller-inline-max-function-size=16";

/// What rustc emits and wasm-opt must therefore read. Not `--all-features`: it would also write what no browser reads yet.
const WASM_FEATURES: [&str; 9] = [
    "--enable-simd",
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-reference-types",
    "--enable-multivalue",
    "--enable-call-indirect-overlong",
];

/// Builds the worker's bundle into `worker/build`, where `wrangler.toml` looks for it.
pub(crate) fn worker(tools: &Tools) -> Result<()> {
    step("the worker", || {
        let target = "wasm32-unknown-unknown";
        run(Command::new("cargo").args([
            "build",
            "--quiet",
            "--release",
            "--target",
            target,
            "--package",
            "earshot-worker",
        ]))?;
        // worker-build binds and optimises whether or not anything changed, which takes far longer than looking.
        let compiled = target_folder().join(target).join("release/earshot_worker.wasm");
        if !is_newer(Path::new("worker/build/index.js"), &compiled) {
            let mut build = Command::new(&tools.worker_build);
            build.arg("--release").current_dir("worker");
            tools.equip(&mut build);
            run(&mut build)?;
        }
        // What the runtime calls: the bundle with a net below it.
        fs::copy("worker/entry.js", "worker/build/entry.js")?;
        Ok(())
    })
}

/// Where cargo leaves what it builds.
pub(crate) fn target_folder() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| setup::root().join("target"), PathBuf::from)
}

fn is_newer(made: &Path, source: &Path) -> bool {
    let modified = |path: &Path| fs::metadata(path).and_then(|metadata| metadata.modified()).ok();
    matches!((modified(made), modified(source)), (Some(made), Some(source)) if made > source)
}
