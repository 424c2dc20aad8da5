//! Character references.

use std::borrow::Cow;

/// Longest reference that is looked at: `&thetasym;` and a few more.
const LONGEST: usize = 12;

/// Replaces the character references that platforms' texts hold: numbers, and the names that are in use.
/// <https://html.spec.whatwg.org/multipage/named-characters.html>
pub(crate) fn unescape(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(LONGEST).position(|byte| byte == b';');
        match end.and_then(|end| Some((end, character(&rest[1..end])?))) {
            Some((end, character)) => {
                plain.push(character);
                rest = &rest[end + 1..];
            }
            None => {
                plain.push('&');
                rest = &rest[1..];
            }
        }
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

fn character(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code).filter(|character| !character.is_control() || *character == '\n');
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        "hellip" => '…',
        "ndash" => '–',
        "mdash" => '—',
        "lsquo" => '‘',
        "rsquo" => '’',
        "ldquo" => '“',
        "rdquo" => '”',
        "euro" => '€',
        "pound" => '£',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::unescape;

    #[test]
    fn references_become_characters() {
        for (text, plain) in [
            ("Tom &amp; Jerry", "Tom & Jerry"),
            ("&lt;3", "<3"),
            ("&#39;quoted&#x27;", "'quoted'"),
            ("&amp;lt;", "&lt;"),
            ("R&D; &unknown; & &#0; &#xD800;", "R&D; &unknown; & &#0; &#xD800;"),
            ("&", "&"),
            ("&é;", "&é;"),
        ] {
            assert_eq!(unescape(text), plain, "{text}");
        }
    }
}
