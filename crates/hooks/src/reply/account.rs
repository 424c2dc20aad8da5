//! In whose name we answer, as an operator sets it.

use serde::Deserialize;

use crate::Secret;

/// The account in whose name we answer.
#[derive(Debug, Clone)]
pub struct Account {
    /// What the platform's API lets in.
    pub token: Secret,
    /// The account's own id there: a page's, a user's, a phone number's, an organisation's URN.
    pub id: Option<String>,
    /// A user name, where the API asks for one beside the token (Discourse, Zendesk).
    pub user: Option<String>,
    /// The address of the API: needed where every customer of the platform has one of their own (Discourse, Mastodon,
    /// Zendesk), otherwise only where a proxy or a test stands in for the platform.
    pub base: Option<String>,
}

/// What stands beside the token: `{"id": "…", "user": "…", "address": "https://…"}`, each only where it is needed.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Beside {
    id: Option<String>,
    user: Option<String>,
    address: Option<String>,
}

/// Why an account cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AccountError {
    /// Not the JSON it should be.
    #[error("it is not an object of id, user and address (line {line}, column {column})")]
    Unreadable {
        /// Where.
        line: usize,
        /// Where.
        column: usize,
    },
    /// An address to which a token must not go.
    #[error(
        "its address must begin with https:// and have no user, query or fragment; http:// is taken for this machine \
         itself only (127.0.0.1, [::1], localhost)"
    )]
    Address,
    /// An id or a user that no header takes.
    #[error("its id and user must have no control characters")]
    Characters,
    /// A token that no header takes.
    #[error("the token has blanks or line breaks in it")]
    Token,
}

impl Account {
    /// An account as an operator sets it: the token, and beside it an object of `id`, `user` and `address`.
    ///
    /// The token goes wherever the address says, so an address must be encrypted, and whoever can set it can set the
    /// token too. Plain HTTP is for a program on the same machine: a test, a proxy.
    ///
    /// # Errors
    /// An [`AccountError`], which quotes neither.
    pub fn parse(token: &str, beside: Option<&str>) -> Result<Self, AccountError> {
        let token = token.trim();
        if token.is_empty() || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(AccountError::Token);
        }
        let beside: Beside = match beside {
            None => Beside::default(),
            Some(json) => serde_json::from_str(json)
                .map_err(|cause| AccountError::Unreadable { line: cause.line(), column: cause.column() })?,
        };
        let base = beside.address.filter(|address| !address.is_empty());
        if !base.as_deref().is_none_or(is_safe_address) {
            return Err(AccountError::Address);
        }
        if [&beside.id, &beside.user].into_iter().flatten().any(|field| field.chars().any(char::is_control)) {
            return Err(AccountError::Characters);
        }
        let filled = |field: Option<String>| field.filter(|field| !field.trim().is_empty());
        Ok(Self { token: Secret::new(token), id: filled(beside.id), user: filled(beside.user), base })
    }
}

/// Whether what must not be read or changed on the way may go there: encrypted, or no further than this machine.
#[must_use]
pub fn is_safe_address(address: &str) -> bool {
    let plain = address
        .bytes()
        .all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'@' | b'?' | b'#' | b'\\' | b'"'));
    let host = |rest: &str| rest.split('/').next().unwrap_or_default().to_ascii_lowercase();
    let is_this_machine = |host: &str| {
        ["127.0.0.1", "localhost", "[::1]"].iter().any(|own| {
            host.strip_prefix(own).is_some_and(|port| {
                port.is_empty() || port.strip_prefix(':').is_some_and(|port| port.parse::<u16>().is_ok())
            })
        })
    };
    plain
        && match (address.strip_prefix("https://"), address.strip_prefix("http://")) {
            (Some(rest), _) => !host(rest).is_empty(),
            (_, Some(rest)) => is_this_machine(&host(rest)),
            _ => false,
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_goes_nowhere_in_the_clear() {
        for (address, taken) in [
            ("https://forum.example", true),
            ("https://mastodon.example/base/", true),
            ("http://127.0.0.1:8123", true),
            ("http://localhost:8123/x", true),
            ("http://[::1]:8123", true),
            ("http://LOCALHOST", true),
            ("http://forum.example", false),
            ("http://127.0.0.1.evil.example", false),
            ("http://localhost.evil.example", false),
            ("http://localhost:80@evil.example", false),
            ("https://user:word@forum.example", false),
            ("https://forum.example?x=1", false),
            ("https://", false),
            ("ftp://forum.example", false),
            ("forum.example", false),
            ("https://forum.example\\@evil.example", false),
        ] {
            let beside = serde_json::json!({ "address": address }).to_string();
            let account = Account::parse("token", Some(&beside));
            assert_eq!(account.is_ok(), taken, "{address}: {:?}", account.err());
        }
    }

    #[test]
    fn what_cannot_be_used_is_said_without_being_quoted() {
        for (token, beside, why) in [
            ("", None, "blanks"),
            ("two words", None, "blanks"),
            ("line\r\nfeed", None, "blanks"),
            ("hunter2", Some(r#"{"user":"a\r\nhunter2: b"}"#), "control characters"),
            ("hunter2", Some("hunter2"), "line 1"),
            ("hunter2", Some(r#"{"token":"hunter2"}"#), "line 1"),
        ] {
            let error = Account::parse(token, beside).map(|_| ()).map_err(|error| error.to_string());
            let error = error.expect_err("this cannot be used");
            assert!(error.contains(why) && !error.contains("hunter2"), "{error}");
        }
    }

    #[test]
    fn what_is_empty_counts_as_not_set() {
        let account = Account::parse(" token \n", Some(r#"{"id":" ","user":"","address":""}"#));
        let account = account.expect("a token alone will do");
        assert_eq!(account.token.expose(), "token");
        assert_eq!((account.id, account.user, account.base), (None, None, None));
    }
}
