//! `earshot read`: JSON lines in, readings out, in order, one line each, however long the stream.
//!
//! A line is `{"id": ..., "text": "..."}` and optionally `lang`, `stars` (1 to 5), `likes`, `followers`, `public`.
//! The id comes back as it was given, whatever JSON value it is, `null` where there was none. A line that cannot be
//! read gives `{"line": N, "error": "..."}`, N counting from 1 and all lines, and the run goes on. Blank lines give
//! nothing. What an error says never repeats what stood in the line.

mod input;
mod lines;
mod output;

use std::io::{self, BufWriter, Write};

use earshot_reading::{Reader, Scratch};

/// `earshot read` takes no arguments.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {}

/// Why the run stopped. Unreadable lines never stop it.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ReadError {
    /// Standard input failed.
    #[error("standard input cannot be read ({0}): check what feeds it and run again")]
    Input(#[source] io::Error),
    /// Standard output failed.
    #[error("standard output cannot be written ({0}): check where it goes and run again")]
    Output(#[source] io::Error),
}

/// Reads standard input to its end.
pub(crate) fn run(_arguments: &Arguments) -> Result<(), ReadError> {
    let output = BufWriter::with_capacity(64 * 1024, io::stdout().lock());
    match stream(&Reader::new(), io::stdin().lock(), output) {
        // Whoever read our output has seen enough: `earshot read | head` is no error.
        Err(ReadError::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        outcome => outcome,
    }
}

/// Reads lines until there are no more. Answers are handed on whenever the input has nothing more at hand, so that a
/// slow stream is answered line by line and a fast one in blocks.
pub(crate) fn stream(
    reader: &Reader,
    input: impl io::BufRead,
    mut output: impl Write,
) -> Result<(), ReadError> {
    let mut scratch = Scratch::default();
    let mut lines = lines::Lines::new(input);
    while let Some(line) = lines.next().map_err(ReadError::Input)? {
        let written = match line.content.and_then(input::parse) {
            Ok(None) => Ok(()),
            Ok(Some(post)) => {
                let reading = reader.read_with(&mut scratch, &post.text, &post.context);
                output::reading(&mut output, post.id, &reading)
            }
            Err(error) => output::refusal(&mut output, line.number, &error),
        };
        written.map_err(ReadError::Output)?;
        if !lines.has_more_at_hand() {
            output.flush().map_err(ReadError::Output)?;
        }
    }
    output.flush().map_err(ReadError::Output)
}
