//! Text as the rest of the engine sees it: tokens with their places, found in one pass.
//!
//! The pass is linear in the text and allocates nothing per token: all tokens share two buffers, which a
//! [`Tokens`] keeps from one text to the next.

mod address;
mod character;
mod emoticon;
mod hash;
mod scan;
mod token;

pub(crate) use hash::{WordHasher, WordMap};
pub(crate) use token::{Kind, Token, Tokens};

/// How much of a text is read, in bytes: the first 16 KiB. Longer texts are pastes, not posts, and an answer must
/// come in bounded time; what lies beyond is not looked at.
pub const READ_LIMIT: usize = 16 * 1024;

/// The part of `text` that is read: all of it, or its first [`READ_LIMIT`] bytes cut back to a whole character.
pub(crate) fn bounded(text: &str) -> &str {
    &text[..text.floor_char_boundary(READ_LIMIT)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_cut_on_a_whole_character() {
        let text = "é".repeat(READ_LIMIT);
        assert_eq!(bounded(&text).len(), READ_LIMIT);
        let shifted = format!("a{text}");
        assert_eq!(bounded(&shifted).len(), READ_LIMIT - 1);
    }
}
