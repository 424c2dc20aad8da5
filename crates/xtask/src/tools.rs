//! The programs that the chores call, once they are known to be there.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The programs that the chores call.
pub(crate) struct Tools {
    /// A Node that is new enough for wrangler and for TypeScript without a build step.
    pub(crate) node: PathBuf,
    /// wasm-bindgen's command line, of the version in Cargo.lock.
    pub(crate) wasm_bindgen: PathBuf,
    /// worker-build, of the version of the `worker` crate.
    pub(crate) worker_build: PathBuf,
    /// A Chromium that loads unpacked extensions.
    pub(crate) chromium: Option<PathBuf>,
}

impl Tools {
    /// A program that an npm package brought.
    pub(crate) fn npm_program(name: &str) -> PathBuf {
        Path::new("node_modules/.bin").join(name)
    }

    /// `node script arguments…`, with everything in its environment that scripts here look for.
    pub(crate) fn node(&self, script: impl AsRef<Path>) -> Command {
        let mut command = Command::new(&self.node);
        command.arg(script.as_ref());
        self.equip(&mut command);
        command
    }

    /// Puts the tools where programs look for them: the newer Node first in the path, the local wasm tools by name.
    pub(crate) fn equip(&self, command: &mut Command) {
        let root = crate::setup::root();
        let mut path = OsString::new();
        if let Some(folder) = self.node.parent() {
            path.push(folder);
            path.push(":");
        }
        path.push(root.join("node_modules/.bin"));
        path.push(":");
        path.push(std::env::var_os("PATH").unwrap_or_default());
        command
            .env("PATH", path)
            .env("WASM_BINDGEN_BIN", &self.wasm_bindgen)
            .env("WASM_OPT_BIN", root.join(Self::npm_program("wasm-opt")))
            .env("ESBUILD_BIN", root.join(Self::npm_program("esbuild")))
            // Neither belongs in a build or a test: no questions, no usage reports.
            .env("WRANGLER_SEND_METRICS", "false")
            .env("CI", "true");
        if let Some(chromium) = &self.chromium {
            command.env("CHROMIUM", chromium);
        }
    }
}
