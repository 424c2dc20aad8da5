//! What must be known of letters beyond what the standard library knows.

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// Two facts about letters, each from tables of every script. A browser has these tables already, so its edge may hand in its own
/// and ship none.
#[derive(Debug, Clone, Copy)]
pub struct Letters {
    /// Hands over the parts of a letter's compatibility decomposition (NFKD, <https://www.unicode.org/reports/tr15/>), or the
    /// letter itself where it has none.
    pub decompose: fn(char, &mut dyn FnMut(char)),
    /// Whether it is a combining mark: general category M.
    pub is_mark: fn(char) -> bool,
}

impl Letters {
    /// By the tables of `unicode-normalization`.
    pub const TABLES: Self =
        Self { decompose: |letter, part| decompose_compatible(letter, part), is_mark: is_combining_mark };
}
