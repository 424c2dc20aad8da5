//! When to fetch an issuer's keys: when there are none, when those we have are no longer fresh, and when a token names
//! one that we do not have, since issuers change theirs. Anybody can send a token with an invented key's name, so there
//! is a limit to how often that makes us fetch.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use earshot_mention::Timestamp;
use serde_json::Value;

/// How often keys are fetched at most within [`WINDOW`].
const MOST: usize = 6;
const WINDOW: Duration = Duration::from_secs(60);
/// How long keys are fresh where the issuer does not say.
const USUAL: Duration = Duration::from_secs(60 * 60);
/// The longest that keys are fresh whatever the issuer says. Google says about six hours.
const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);
/// Longest key set that is kept, in bytes. Google's has 1,500.
const LARGEST: usize = 256 << 10;

/// An issuer's keys, and when they are to be fetched.
#[derive(Debug, Clone, Default)]
pub struct KeySource {
    keys: String,
    fresh_until: Option<Timestamp>,
    tries: Vec<Timestamp>,
}

impl KeySource {
    /// The keys as they came last, a JSON Web Key Set; empty where none came yet. Those that are no longer fresh are
    /// still good where the issuer cannot be reached.
    #[must_use]
    pub fn keys(&self) -> &str {
        &self.keys
    }

    /// Whether keys are to be fetched before this token (of an `Authorization: Bearer`) is checked. Whoever fetches says
    /// so with [`tried`](Self::tried) before.
    #[must_use]
    pub fn wants(&self, token: &str, now: Timestamp) -> bool {
        let Some(key) = named_key(token) else { return false };
        let is_fresh = self.fresh_until.is_some_and(|until| now < until);
        if is_fresh && has_key(&self.keys, &key) {
            return false;
        }
        self.tries.iter().filter(|tried| now.since(**tried) < WINDOW).count() < MOST
    }

    /// A fetch begins.
    pub fn tried(&mut self, now: Timestamp) {
        self.tries.retain(|tried| now.since(*tried) < WINDOW);
        self.tries.push(now);
    }

    /// Keys came, with this `Cache-Control`. What is no key set changes nothing.
    pub fn came(&mut self, keys: String, cache_control: Option<&str>, now: Timestamp) {
        let is_set = keys.len() <= LARGEST
            && serde_json::from_str::<Value>(&keys)
                .is_ok_and(|keys| keys["keys"].as_array().is_some_and(|keys| !keys.is_empty()));
        if is_set {
            self.keys = keys;
            self.fresh_until = Some(now + cache_control.map_or(USUAL, freshness));
        }
    }
}

/// How long an answer is fresh: RFC 9111, section 5.2.2.
fn freshness(cache_control: &str) -> Duration {
    let mut fresh = USUAL;
    for directive in cache_control.split(',') {
        let directive = directive.trim().to_ascii_lowercase();
        match directive.split_once('=') {
            Some(("max-age", seconds)) => {
                let seconds = seconds.trim_matches('"').parse().unwrap_or(USUAL.as_secs());
                fresh = Duration::from_secs(seconds).min(LONGEST);
            }
            None if directive == "no-store" || directive == "no-cache" => return Duration::ZERO,
            _ => {}
        }
    }
    fresh
}

/// The key that a token says it was signed with, where it is one that Google could have signed.
fn named_key(token: &str) -> Option<String> {
    let (header, rest) = token.trim().split_once('.')?;
    if header.len() > 1024 || rest.split('.').count() != 2 {
        return None;
    }
    let header: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(header).ok()?).ok()?;
    if header["alg"] != "RS256" {
        return None;
    }
    header["kid"].as_str().map(str::to_owned)
}

fn has_key(keys: &str, id: &str) -> bool {
    serde_json::from_str::<Value>(keys)
        .is_ok_and(|keys| keys["keys"].as_array().is_some_and(|keys| keys.iter().any(|key| key["kid"] == id)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_seconds(1_795_370_400 + second)
    }

    fn token(key: &str) -> String {
        let header = URL_SAFE_NO_PAD.encode(format!(r#"{{"alg":"RS256","kid":"{key}","typ":"JWT"}}"#));
        format!("{header}.e30.c2lnbmVk")
    }

    fn keys(id: &str) -> String {
        format!(r#"{{"keys":[{{"kid":"{id}","kty":"RSA"}}]}}"#)
    }

    fn with(id: &str, cache_control: Option<&str>) -> KeySource {
        let mut source = KeySource::default();
        source.came(keys(id), cache_control, at(0));
        source
    }

    #[test]
    fn keys_are_fetched_when_there_is_need_and_only_then() {
        let google = "public, max-age=21000, must-revalidate, no-transform";
        for (case, source, key, second, wants) in [
            ("there are none", KeySource::default(), "one", 0, true),
            ("fresh, and the key is known", with("one", Some(google)), "one", 20_999, false),
            ("no longer fresh", with("one", Some(google)), "one", 21_000, true),
            ("the key is not known", with("one", Some(google)), "two", 1, true),
            ("nothing said of freshness", with("one", None), "one", 3_599, false),
            ("nothing said, an hour later", with("one", None), "one", 3_600, true),
            ("not to be kept", with("one", Some("no-store")), "one", 0, true),
            ("to be kept for ever", with("one", Some("max-age=999999999")), "one", 86_400, true),
            ("a freshness that is none", with("one", Some("max-age=soon")), "one", 3_599, false),
        ] {
            assert_eq!(source.wants(&token(key), at(second)), wants, "{case}");
        }
    }

    #[test]
    fn what_google_cannot_have_signed_fetches_nothing() {
        let none = URL_SAFE_NO_PAD.encode(r#"{"alg":"none","kid":"one"}"#);
        let nameless = URL_SAFE_NO_PAD.encode(r#"{"alg":"RS256"}"#);
        for token in [
            "",
            "push-secret",
            "a.b.c",
            &format!("{none}.e30.x"),
            &format!("{nameless}.e30.x"),
            &format!("{}.more", token("one")),
            &format!("{}.e30.x", "A".repeat(2000)),
        ] {
            assert!(!KeySource::default().wants(token, at(0)), "{token}");
        }
    }

    #[test]
    fn a_forger_makes_us_fetch_a_few_times_a_minute_and_no_more() {
        let mut source = with("one", Some("max-age=21000"));
        let mut fetched = 0;
        for tenth in 0..6_000 {
            let now = Timestamp::from_millis(at(0).as_millis() + tenth * 100);
            if source.wants(&token(&format!("invented-{tenth}")), now) {
                source.tried(now);
                fetched += 1;
            }
            assert!(!source.wants(&token("one"), now), "the real key is known all along");
        }
        // Ten minutes.
        assert_eq!(fetched, 10 * MOST);
    }

    #[test]
    fn what_is_no_key_set_changes_nothing() {
        let mut source = with("one", Some("max-age=21000"));
        for answer in ["", "<html>", "{}", r#"{"keys":[]}"#, r#"{"keys":"x"}"#, &"[".repeat(LARGEST + 1)] {
            source.came(answer.to_owned(), None, at(1));
            assert_eq!(source.keys(), keys("one"));
        }
    }
}
