//! Reading the query of a handshake.

use percent_encoding::percent_decode_str;

/// The first value of `name`, percent-decoded; `None` where it is missing or not UTF-8. A `+` stays a plus: challenges
/// are often base64, and no handshake has a blank in it.
pub(crate) fn value(query: &str, name: &str) -> Option<String> {
    query.split('&').find_map(|pair| {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        let key = percent_decode_str(key).decode_utf8().ok()?;
        if key != name {
            return None;
        }
        percent_decode_str(value).decode_utf8().ok().map(std::borrow::Cow::into_owned)
    })
}

#[cfg(test)]
mod tests {
    use super::value;

    #[test]
    fn values_are_found_and_decoded() {
        for (query, name, found) in [
            ("hub.mode=subscribe&hub.challenge=7", "hub.challenge", Some("7")),
            ("crc_token=a%2Bb%2F%3D", "crc_token", Some("a+b/=")),
            ("crc_token=a+b", "crc_token", Some("a+b")),
            ("hub%2Emode=subscribe", "hub.mode", Some("subscribe")),
            ("a=1&a=2", "a", Some("1")),
            ("a", "a", Some("")),
            ("b=1", "a", None),
            ("a=%FF", "a", None),
            ("", "a", None),
        ] {
            assert_eq!(value(query, name).as_deref(), found, "{query}");
        }
    }
}
