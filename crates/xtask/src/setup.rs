//! Everything a fresh machine lacks. Each step looks first and does nothing where its thing is there.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::process::{output, run, step, succeeds};
use crate::tools::Tools;

/// The repository's root.
pub(crate) fn root() -> PathBuf {
    // crates/xtask, two folders up.
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap_or(Path::new(".")).to_owned()
}

/// Installs what is missing and says where everything is.
pub(crate) fn everything() -> Result<Tools> {
    wasm_target()?;
    npm_packages()?;
    let node = node()?;
    let bindgen_version = locked_version("wasm-bindgen")?;
    let worker_version = locked_version("worker")?;
    Ok(Tools {
        node,
        wasm_bindgen: cargo_tool("wasm-bindgen-cli", "wasm-bindgen", &bindgen_version)?,
        worker_build: cargo_tool("worker-build", "worker-build", &worker_version)?,
        chromium: chromium()?,
    })
}

fn wasm_target() -> Result<()> {
    let sysroot = output(Command::new("rustc").args(["--print", "sysroot"]))?;
    if Path::new(sysroot.trim()).join("lib/rustlib/wasm32-unknown-unknown").exists() {
        return Ok(());
    }
    step("rustup: the wasm32-unknown-unknown target", || {
        run(Command::new("rustup").args(["target", "add", "wasm32-unknown-unknown"])).context(
            "install Rust through rustup (https://rustup.rs), so that the WebAssembly target can be added",
        )
    })
}

/// `npm ci`, unless what is installed is what the lock file says.
fn npm_packages() -> Result<()> {
    let lock =
        fs::read("package-lock.json").context("package-lock.json is missing: is this a whole clone?")?;
    let stamp = Path::new("node_modules/.earshot-lock");
    if fs::read(stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    step("npm ci: wrangler, esbuild, TypeScript, wasm-opt, Playwright", || {
        run(Command::new("npm").args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]))
            .context("install Node 20 or newer with npm (https://nodejs.org, or `apt install nodejs npm`)")?;
        fs::write(stamp, &lock)?;
        Ok(())
    })
}

/// A Node that wrangler takes and that runs TypeScript as it is: the machine's, or the one npm brought.
fn node() -> Result<PathBuf> {
    for candidate in [PathBuf::from("node"), root().join(Tools::npm_program("node"))] {
        if let Ok(version) = output(Command::new(&candidate).arg("--version"))
            && new_enough(&version)
        {
            return Ok(if candidate.is_absolute() { candidate } else { which("node").unwrap_or(candidate) });
        }
    }
    bail!("no Node of version 22.18 or newer: install one, or remove node_modules and try again");
}

/// 22.18 is the first that strips types without a flag.
fn new_enough(version: &str) -> bool {
    let mut numbers =
        version.trim().trim_start_matches('v').split('.').map(|number| number.parse::<u32>().ok());
    let major = numbers.next().flatten();
    let minor = numbers.next().flatten();
    matches!((major, minor), (Some(major), Some(minor)) if (major, minor) >= (22, 18))
}

/// A tool from crates.io, built once and kept for every clone.
pub(crate) fn cargo_tool(package: &str, program: &str, version: &str) -> Result<PathBuf> {
    let home = cache()?.join("tools").join(format!("{}-{version}", package.trim_end_matches("-cli")));
    let path = home.join("bin").join(program);
    if path.exists() {
        return Ok(path);
    }
    step(&format!("cargo install {package} {version} (once, about 2 minutes)"), || {
        // A debug build is compiled in a third of the time and runs for seconds.
        run(Command::new("cargo")
            .args(["install", "--quiet", "--debug", package, "--version", version, "--root"])
            .arg(&home)
            // A machine's own build settings for the project do not fit a foreign package.
            .env_remove("RUSTFLAGS"))
    })?;
    Ok(path)
}

/// Where built tools are kept between clones.
fn cache() -> Result<PathBuf> {
    let base = std::env::var_os("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .or_else(|| std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".cache")))
        .context("neither XDG_CACHE_HOME nor HOME is set, so there is nowhere to keep built tools")?;
    Ok(base.join("earshot"))
}

/// The version of a package in Cargo.lock, so that tool and library never differ.
fn locked_version(package: &str) -> Result<String> {
    let lock = fs::read_to_string("Cargo.lock").context("Cargo.lock is missing: is this a whole clone?")?;
    let name = format!("name = \"{package}\"");
    lock.lines()
        .skip_while(|line| *line != name)
        .nth(1)
        .and_then(|line| line.strip_prefix("version = \""))
        .map(|version| version.trim_end_matches('"').to_owned())
        .with_context(|| format!("Cargo.lock names no {package}"))
}

/// A Chromium that loads unpacked extensions (branded Chrome and Edge no longer do).
fn chromium() -> Result<Option<PathBuf>> {
    if let Some(found) = find_chromium() {
        return Ok(Some(found));
    }
    let root = output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    if root && succeeds(Command::new("apt-get").arg("--version")) {
        step("apt-get install chromium", || {
            run(Command::new("apt-get").args(["update", "-qq"]))?;
            run(Command::new("apt-get")
                .args([
                    "install",
                    "-y",
                    "-qq",
                    "--no-install-recommends",
                    "chromium",
                    "fonts-noto-color-emoji",
                ])
                .env("DEBIAN_FRONTEND", "noninteractive"))
        })?;
    }
    Ok(find_chromium())
}

fn find_chromium() -> Option<PathBuf> {
    std::env::var_os("CHROMIUM")
        .map(PathBuf::from)
        .or_else(|| which("chromium"))
        .or_else(|| which("chromium-browser"))
}

/// What to do where no Chromium is there and none can be installed.
pub(crate) const NO_CHROMIUM: &str = "no Chromium that loads unpacked extensions: run `sudo apt install chromium` \
     (Debian) or `sudo snap install chromium` (Ubuntu), or set CHROMIUM to one";

fn which(program: &str) -> Option<PathBuf> {
    std::env::split_paths(&std::env::var_os("PATH")?)
        .map(|folder| folder.join(program))
        .find(|path| path.is_file())
}
