//! A post's words as plain text.

mod entities;
mod html;
mod little;

use earshot_mention::Text;
use serde_json::Value;

pub(crate) use entities::unescape;
pub(crate) use html::plain;
pub(crate) use little::little;

/// Longest text that is kept, in bytes; X's longest posts have 25,000 characters, a forum's a few more.
const LONGEST: usize = 64 << 10;

/// Words that a platform delivered; [`Text::None`] where they are blank.
pub(crate) fn words(text: &str) -> Text {
    let text = text.trim_matches(|letter: char| letter.is_whitespace() || letter == '\0');
    if text.is_empty() { Text::None } else { Text::Delivered(shortened(text).to_owned()) }
}

/// The words of a field that is always there when a post has any: without it there are none.
pub(crate) fn words_or_none(value: &Value) -> Text {
    value.as_str().map_or(Text::None, words)
}

/// The words of a field that a platform leaves out when it will not tell them: without it they must be fetched.
pub(crate) fn words_or_fetch(value: &Value) -> Text {
    value.as_str().map_or(Text::NotDelivered, words)
}

fn shortened(text: &str) -> &str {
    &text[..text.floor_char_boundary(LONGEST)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn blank_is_none_and_missing_is_what_the_platform_means_by_it() {
        assert_eq!(words(" \n "), Text::None);
        assert_eq!(words(" lost bag "), Text::Delivered("lost bag".into()));
        assert_eq!(words_or_none(&json!(null)), Text::None);
        assert_eq!(words_or_fetch(&json!(null)), Text::NotDelivered);
        assert_eq!(words_or_fetch(&json!("")), Text::None);
    }

    #[test]
    fn a_text_without_end_is_cut_between_letters() {
        let Text::Delivered(kept) = words(&"ü".repeat(LONGEST)) else { panic!("the words are gone") };
        assert_eq!(kept.len(), LONGEST);
        let Text::Delivered(kept) = words(&format!("a{}", "ü".repeat(LONGEST))) else {
            panic!("the words are gone")
        };
        assert_eq!(kept.len(), LONGEST - 1);
    }
}
