//! Where addresses end: of pages, and of mail.

use super::character::is_emoji;

/// The end of `http://…` or `www.…` at `from`.
pub(super) fn address(text: &str, from: usize) -> Option<usize> {
    let rest = &text.as_bytes()[from..];
    let starts =
        |with: &str| rest.get(..with.len()).is_some_and(|head| head.eq_ignore_ascii_case(with.as_bytes()));
    if !(starts("http://") || starts("https://") || starts("www.")) {
        return None;
    }
    Some(address_end(text, from))
}

fn address_end(text: &str, from: usize) -> usize {
    let rest = &text[from..];
    let length = rest
        .find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"') || is_emoji(c))
        .unwrap_or(rest.len());
    // Closing punctuation belongs to the sentence.
    from + rest[..length].trim_end_matches(['.', ',', '!', '?', ')', ':', ';', '\'', '…']).len()
}

/// Where `pic.example.com/x`, `example.com` and `me@example.com` end whose first word ends at `end`. What ends an address is
/// looked for behind that word: some letters are emoji too (🅱), and one that begins an address does not end it.
pub(super) fn domain_or_mail(text: &str, end: usize) -> Option<usize> {
    // No host name is longer than 253 bytes (RFC 1035), and looking no further keeps the pass linear.
    let rest = &text.as_bytes()[end..text.floor_char_boundary(end + 254)];
    match rest.first()? {
        b'.' => {}
        b'@' => {
            let host = rest[1..]
                .iter()
                .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-'))
                .count();
            let dotted = rest[1..=host].contains(&b'.');
            return dotted.then(|| address_end(text, end));
        }
        _ => return None,
    }
    let label =
        rest[1..].iter().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-')).count();
    let host = text.get(end + 1..end + 1 + label)?;
    let top = host.trim_end_matches('.').rsplit('.').next()?;
    let known = [
        "com", "org", "net", "co", "io", "uk", "de", "fr", "es", "it", "in", "app", "gov", "edu", "tv", "ly",
        "be", "me",
    ];
    let slash = text[end + 1 + label..].starts_with('/');
    ((known.contains(&top) && (slash || !matches!(top, "in" | "it" | "me" | "be" | "de" | "es" | "co")))
        || (host.contains('.') && slash))
        .then(|| address_end(text, end))
}
