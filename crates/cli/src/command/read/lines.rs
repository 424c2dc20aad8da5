//! Lines of bytes from a stream, in memory that does not grow with it.

use std::io::{self, BufRead};

use super::input::LineError;

/// The longest line that is read, in bytes. More than any platform's post by far; a stream without line breaks must
/// not fill the memory.
pub(super) const LONGEST_LINE: usize = 16 * 1024 * 1024;

/// One line.
pub(super) struct Line<'a> {
    /// From 1, counting every line.
    pub(super) number: u64,
    /// Without its line break.
    pub(super) content: Result<&'a [u8], LineError>,
}

/// A stream cut into lines.
pub(super) struct Lines<R> {
    input: R,
    number: u64,
    buffer: Vec<u8>,
    more_at_hand: bool,
}

impl<R: BufRead> Lines<R> {
    pub(super) fn new(input: R) -> Self {
        Self { input, number: 0, buffer: Vec::new(), more_at_hand: false }
    }

    /// Whether the next line (or its beginning) has already arrived.
    pub(super) fn has_more_at_hand(&self) -> bool {
        self.more_at_hand
    }

    /// The next line; `None` at the end.
    pub(super) fn next(&mut self) -> io::Result<Option<Line<'_>>> {
        self.buffer.clear();
        let mut too_long = false;
        let mut seen_any = false;
        loop {
            let chunk = match self.input.fill_buf() {
                Ok(chunk) => chunk,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            if chunk.is_empty() {
                if !seen_any {
                    return Ok(None);
                }
                break;
            }
            seen_any = true;
            let line_break = chunk.iter().position(|byte| *byte == b'\n');
            let part = &chunk[..line_break.unwrap_or(chunk.len())];
            if self.buffer.len() + part.len() > LONGEST_LINE {
                too_long = true;
                // Give the room back: one long line must not weigh on all that follow.
                self.buffer = Vec::new();
            } else if !too_long {
                self.buffer.extend_from_slice(part);
            }
            let used = line_break.map_or(chunk.len(), |at| at + 1);
            self.more_at_hand = used < chunk.len();
            self.input.consume(used);
            if line_break.is_some() {
                break;
            }
        }
        self.number += 1;
        let mut content = self.buffer.as_slice();
        if self.number == 1 {
            // A byte order mark says nothing in UTF-8.
            content = content.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(content);
        }
        let content = if too_long { Err(LineError::TooLong) } else { Ok(content) };
        Ok(Some(Line { number: self.number, content }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_counted_and_the_last_needs_no_break() {
        let mut lines = Lines::new(&b"a\n\nb"[..]);
        let mut seen = Vec::new();
        while let Some(line) = lines.next().unwrap() {
            seen.push((line.number, line.content.unwrap().to_vec()));
        }
        assert_eq!(seen, [(1, b"a".to_vec()), (2, Vec::new()), (3, b"b".to_vec())]);
    }

    #[test]
    fn a_line_without_end_is_refused_and_the_next_is_read() {
        let mut input = vec![b'x'; LONGEST_LINE + 1];
        input.extend_from_slice(b"\nnext\n");
        let mut lines = Lines::new(input.as_slice());
        assert!(matches!(lines.next().unwrap().unwrap().content, Err(LineError::TooLong)));
        assert_eq!(lines.next().unwrap().unwrap().content.unwrap(), b"next");
    }
}
