//! What a workspace has set up for one platform.

use std::fmt;

/// What a workspace has set up for one platform.
#[derive(Debug, Clone, Default)]
pub struct Endpoint {
    /// What signatures are checked with.
    pub secrets: Secrets,
    /// What Meta's handshake must present.
    pub verify_token: Option<Secret>,
    /// Ids and handles of our own accounts there: their posts are echoes, and a post that mentions one is ours.
    pub own: Vec<String>,
    /// Who may push in Google's name, where the platform is Google's.
    pub open_id: Option<OpenId>,
    /// Where a sender that knows nothing of us keeps what we need.
    pub mapping: Option<Mapping>,
}

/// What an OpenID Connect token must say, and the keys it must be signed with. The edge fetches the keys (for Google
/// from <https://www.googleapis.com/oauth2/v3/certs>, a few times a day) and hands them in as they come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenId {
    /// The issuer's keys: a JSON Web Key Set (RFC 7517).
    pub keys: String,
    /// Whom the token is for, as the push subscription names it: usually the webhook's own address.
    pub audience: String,
    /// The service account that pushes.
    pub email: String,
}

/// Where in a foreign JSON body the fields of a post stand: our name of a field to a JSON pointer (RFC 6901).
///
/// `items` points at the list of posts, where there is one; the other pointers start at each of its items.
/// `{"items": "/entries", "id": "/guid", "text": "/summary", "author": "/by/name", "url": "/link"}`
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(transparent)]
pub struct Mapping(pub std::collections::BTreeMap<String, String>);

impl Endpoint {
    /// Whether this id or handle is an account of ours. Handles are compared without `@` and case.
    #[must_use]
    pub fn is_own(&self, account: &str) -> bool {
        let account = account.trim_start_matches('@');
        !account.is_empty()
            && self.own.iter().any(|own| own.trim_start_matches('@').eq_ignore_ascii_case(account))
    }

    /// Whether the text addresses a handle of ours: `@northwindair`, whole and in any case.
    #[must_use]
    pub fn is_named_in(&self, text: &str) -> bool {
        let in_handle = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
        text.match_indices('@').any(|(at, _)| {
            let starts = !text[..at].ends_with(in_handle);
            let rest = &text[at + 1..];
            let end = rest.find(|letter: char| !in_handle(letter) && letter != '.').unwrap_or(rest.len());
            // A full stop may end a sentence or stand inside a handle.
            starts && (self.is_own(&rest[..end]) || self.is_own(rest[..end].trim_end_matches('.')))
        })
    }
}

/// One or two secrets: while one is being replaced, both are good, and the first is the one we answer challenges with.
#[derive(Debug, Clone, Default)]
pub struct Secrets(Vec<Secret>);

impl Secrets {
    /// Those that are not empty: an empty secret proves nothing and counts as none.
    #[must_use]
    pub fn new(secrets: impl IntoIterator<Item = Secret>) -> Self {
        Self(secrets.into_iter().filter(|secret| !secret.0.is_empty()).collect())
    }

    /// Whether there is none, and so nobody can be proved.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Each of them.
    pub fn iter(&self) -> impl Iterator<Item = &Secret> {
        self.0.iter()
    }
}

/// A shared secret. Never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// A secret as the platform or the operator gave it.
    #[must_use]
    pub fn new(secret: impl Into<String>) -> Self {
        Self(secret.into())
    }

    /// The secret itself, for signing.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Secret([redacted])")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_never_printed() {
        let endpoint = Endpoint {
            secrets: Secrets::new([Secret::new("hunter2")]),
            verify_token: Some(Secret::new("hunter2")),
            ..Endpoint::default()
        };
        assert!(!format!("{endpoint:?}").contains("hunter2"));
    }

    #[test]
    fn an_empty_secret_counts_as_none() {
        assert!(Secrets::new([Secret::new("")]).is_empty());
        assert_eq!(Secrets::new([Secret::new(""), Secret::new("a")]).iter().count(), 1);
    }

    #[test]
    fn our_handle_in_a_text() {
        let endpoint = Endpoint {
            own: vec!["@NorthwindAir".into(), "northwind.air".into(), "42".into()],
            ..Endpoint::default()
        };
        for (text, named) in [
            ("@northwindair where is my bag", true),
            ("so, @NorthwindAir.", true),
            ("(@northwindair)", true),
            ("hey @northwind.air!", true),
            ("@northwindair_fans are great", false),
            ("mail me@northwindair.example", false),
            ("northwindair", false),
            ("@", false),
            ("", false),
            ("ありがとう@northwindair", true),
        ] {
            assert_eq!(endpoint.is_named_in(text), named, "{text}");
        }
    }
}
