//! `earshot platforms`: the README's table of platforms, printed from the adapters.

use std::fmt::Write as _;
use std::io::{self, Write as _};

use earshot_hooks::{ADAPTERS, About};

/// Takes nothing.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {}

/// Prints the table, in Markdown.
pub(crate) fn run() -> io::Result<()> {
    io::stdout().lock().write_all(table().as_bytes())
}

/// The table, a line a platform.
fn table() -> String {
    let mut table = "| platform | in the address | proved by | what becomes a post | edits | deletes |\n\
                     |---|---|---|---|---|---|\n"
        .to_owned();
    for adapter in ADAPTERS {
        let About { name, docs, signature, events, edits, deletes, .. } = adapter.about();
        let platform = adapter.platform();
        // Writing into a string does not fail.
        let _ = writeln!(
            table,
            "| [{name}]({docs}) | `{platform}` | {signature} | {events} | {edits} | {deletes} |"
        );
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_readme_has_the_table_as_the_adapters_say_it() {
        let readme = include_str!("../../../../README.md");
        assert!(
            readme.contains(&table()),
            "put what `cargo run --bin earshot -- platforms` prints into README.md"
        );
    }
}
