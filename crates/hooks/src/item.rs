//! Tolerant looks into JSON whose shape the platforms vary: a number where a string was promised, a field that is
//! missing, a list that is one thing. What does not fit is `None`, never an error and never a panic.

use earshot_reading::Stars;
use serde_json::Value;

/// Longest id, handle or name that is taken, in bytes.
const LONGEST_LABEL: usize = 512;
/// Longest address that is taken, in bytes.
const LONGEST_LINK: usize = 2048;

/// An id: a string that is not empty, or a whole number (older bodies have numbers).
pub(crate) fn id(value: &Value) -> Option<String> {
    match value {
        Value::String(id) if !id.trim().is_empty() && id.len() <= LONGEST_LABEL => Some(id.trim().to_owned()),
        Value::Number(number) if number.is_u64() || number.is_i64() => Some(number.to_string()),
        _ => None,
    }
}

/// A string that is not blank.
pub(crate) fn string(value: &Value) -> Option<&str> {
    value.as_str().filter(|string| !string.trim().is_empty())
}

/// A name, a handle, a language: short, trimmed, not blank.
pub(crate) fn label(value: &Value) -> Option<String> {
    let label = string(value)?.trim();
    (label.len() <= LONGEST_LABEL).then(|| label.to_owned())
}

/// A handle, without `@`.
pub(crate) fn handle(value: &Value) -> Option<String> {
    label(value).map(|label| label.trim_start_matches('@').to_owned()).filter(|handle| !handle.is_empty())
}

/// A count: a number, or a string of digits.
pub(crate) fn count(value: &Value) -> Option<u64> {
    match value {
        Value::Number(number) => number.as_u64(),
        Value::String(digits) => digits.parse().ok(),
        _ => None,
    }
}

/// One to five stars, as a number or as digits.
pub(crate) fn stars(value: &Value) -> Option<Stars> {
    count(value).and_then(|stars| u8::try_from(stars).ok()).and_then(Stars::new)
}

/// Whether it is `true`.
pub(crate) fn yes(value: &Value) -> bool {
    value.as_bool() == Some(true)
}

/// The items of a list; none where it is no list.
pub(crate) fn each(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// Every item of a list, or the one thing that stands in its place.
pub(crate) fn each_or_one(value: &Value) -> &[Value] {
    match value {
        Value::Array(items) => items,
        Value::Null => &[],
        one => std::slice::from_ref(one),
    }
}

/// An address that a person may safely open: `http` or `https`, without blanks or control characters.
pub(crate) fn link(value: &Value) -> Option<String> {
    let link = string(value)?.trim();
    let scheme = link.get(..8)?.to_ascii_lowercase();
    let web = scheme.starts_with("https://") || scheme.starts_with("http://");
    let clean = !link
        .chars()
        .any(|letter| letter.is_whitespace() || letter.is_control() || "<>\"\\`".contains(letter));
    (web && clean && link.len() <= LONGEST_LINK).then(|| link.to_owned())
}

/// Whether a string may stand in an address that we build: an id or a handle of plain letters, digits, `_`, `-`, `.`.
pub(crate) fn fits_address(part: &str) -> bool {
    !part.is_empty()
        && part.len() <= 128
        && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte))
        && part.bytes().any(|byte| byte != b'.')
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn ids_come_as_strings_or_numbers() {
        for (value, taken) in [
            (json!("2090000000000000002"), Some("2090000000000000002")),
            (json!(2_090_000_000_000_000_002_u64), Some("2090000000000000002")),
            (json!(-42), Some("-42")),
            (json!(" 7 "), Some("7")),
            (json!(""), None),
            (json!(1.5), None),
            (json!(null), None),
            (json!({}), None),
            (json!("x".repeat(513)), None),
        ] {
            assert_eq!(id(&value).as_deref(), taken, "{value}");
        }
    }

    #[test]
    fn only_addresses_of_the_web_are_links() {
        for (address, taken) in [
            ("https://forum.example/t/1", true),
            ("HTTP://forum.example", true),
            ("javascript:alert(1)", false),
            ("https://a.example/\"onclick", false),
            ("https://a.example/a b", false),
            ("data:text/html,x", false),
            ("https:/", false),
            ("äöüäöü", false),
        ] {
            assert_eq!(link(&json!(address)).is_some(), taken, "{address}");
        }
    }

    #[test]
    fn what_may_stand_in_an_address_we_build() {
        for (part, fits) in [
            ("northwind_air", true),
            ("12_34", true),
            ("..", false),
            ("a/b", false),
            ("a?b", false),
            ("", false),
            ("é", false),
        ] {
            assert_eq!(fits_address(part), fits, "{part}");
        }
    }
}
