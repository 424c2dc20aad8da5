//! Which addresses a mention may be opened at.

/// The address where a person can read the post, if it is one of the web: what a page or a webhook claims may as well be
/// a script or a file.
pub(crate) fn openable(permalink: Option<&str>) -> Option<&str> {
    let address = permalink?;
    let rest = strip_prefix_ignoring_case(address, "https://")
        .or_else(|| strip_prefix_ignoring_case(address, "http://"))?;
    let clean = !rest.is_empty()
        && !rest.starts_with(['/', '\\'])
        && !address.chars().any(|letter| letter.is_control() || letter == ' ');
    clean.then_some(address)
}

fn strip_prefix_ignoring_case<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let head = text.get(..prefix.len())?;
    head.eq_ignore_ascii_case(prefix).then(|| &text[prefix.len()..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_web_can_be_opened() {
        for address in
            ["https://x.example/maralind/status/1", "http://forum.example/t/1", "HTTPS://X.example/1"]
        {
            assert_eq!(openable(Some(address)), Some(address));
        }
        for address in [
            "",
            "javascript:alert(1)",
            "JavaScript:alert(1)",
            " https://x.example/1",
            "java\nscript:alert(1)",
            "data:text/html,hello",
            "file:///etc/passwd",
            "chrome-extension://abc/options.html",
            "//x.example/1",
            "https://",
            "https:///x",
            "https://x.example/\u{0}1",
            "x.example/1",
        ] {
            assert_eq!(openable(Some(address)), None, "{address}");
        }
        assert_eq!(openable(None), None);
    }
}
