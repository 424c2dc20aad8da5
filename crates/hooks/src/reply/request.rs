//! A request as data.

use std::fmt;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

use super::{Account, CannotReply};
use crate::Secret;

/// What may stand in a path or a query unescaped (RFC 3986, section 2.3).
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// A request that the edge sends as it stands. Printing it shows neither token nor words.
#[derive(Clone, PartialEq, Eq)]
pub struct ReplyRequest {
    /// The method.
    pub verb: Verb,
    /// The address. Telegram's holds the token: never log it.
    pub url: String,
    /// The headers, names in lower case.
    pub headers: Vec<(&'static str, HeaderValue)>,
    /// The body, JSON; empty for [`Verb::Get`].
    pub body: String,
}

/// The methods that platforms' APIs want.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verb {
    /// Looks.
    Get,
    /// Says.
    Post,
    /// Says by replacing: Google's second reply takes the first one's place; Zendesk's adds to its ticket all the same.
    Put,
}

/// A header's value.
#[derive(Clone, PartialEq, Eq)]
pub enum HeaderValue {
    /// Nothing to hide.
    Plain(String),
    /// Holds the token.
    Secret(Secret),
}

impl HeaderValue {
    /// The value, for sending.
    #[must_use]
    pub fn expose(&self) -> &str {
        match self {
            Self::Plain(value) => value,
            Self::Secret(value) => value.expose(),
        }
    }
}

impl fmt::Debug for HeaderValue {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Plain(value) => value.fmt(formatter),
            Self::Secret(value) => value.fmt(formatter),
        }
    }
}

impl fmt::Debug for ReplyRequest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let host = self.url.split('/').nth(2).unwrap_or_default();
        formatter
            .debug_struct("ReplyRequest")
            .field("verb", &self.verb)
            .field("host", &host)
            .finish_non_exhaustive()
    }
}

impl ReplyRequest {
    pub(crate) fn get(url: String, account: &Account) -> Self {
        Self { verb: Verb::Get, url, headers: vec![bearer(account)], body: String::new() }
    }

    pub(super) fn post(url: String, account: &Account, body: &Value) -> Self {
        Self { verb: Verb::Post, url, headers: vec![bearer(account), json()], body: body.to_string() }
    }

    pub(super) fn put(url: String, account: &Account, body: &Value) -> Self {
        Self { verb: Verb::Put, ..Self::post(url, account, body) }
    }

    pub(crate) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, HeaderValue::Plain(value.into())));
        self
    }

    /// Another way to show the token than as a bearer's.
    pub(crate) fn showing(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.retain(|(name, _)| *name != "authorization");
        self.headers.push((name, HeaderValue::Secret(Secret::new(value))));
        self
    }
}

fn bearer(account: &Account) -> (&'static str, HeaderValue) {
    ("authorization", HeaderValue::Secret(Secret::new(format!("Bearer {}", account.token.expose()))))
}

fn json() -> (&'static str, HeaderValue) {
    ("content-type", HeaderValue::Plain("application/json".to_owned()))
}

/// An id as one part of an address: it came from outside and must neither become two parts nor lead upwards.
pub(crate) fn part(id: &str) -> String {
    if id.bytes().all(|byte| byte == b'.') {
        return "_".to_owned();
    }
    utf8_percent_encode(id, UNRESERVED).to_string()
}

/// The API's address: the account's own, or the platform's.
pub(crate) fn base<'a>(account: &'a Account, platform: &'a str) -> &'a str {
    account.base.as_deref().unwrap_or(platform).trim_end_matches('/')
}

/// The API's address where the platform has none that is everybody's.
pub(super) fn own_base(account: &Account) -> Result<&str, CannotReply> {
    account.base.as_deref().map(|base| base.trim_end_matches('/')).ok_or(CannotReply::NoAddress)
}

/// The account's id there.
pub(crate) fn own_id(account: &Account) -> Result<&str, CannotReply> {
    account.id.as_deref().filter(|id| !id.is_empty()).ok_or(CannotReply::NoAccountId)
}

/// The author's id: to whom a message goes.
pub(super) fn author_id(post: &earshot_mention::Post) -> Result<&str, CannotReply> {
    post.author.id.as_deref().ok_or(CannotReply::NoPerson)
}
