//! Errors, as RFC 9457 has them.

use serde::{Deserialize, Serialize};

/// An error: `application/problem+json`, <https://www.rfc-editor.org/rfc/rfc9457>.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// What went wrong, for programs.
    #[serde(rename = "type")]
    pub code: ProblemCode,
    /// What went wrong, for people: the same for every problem of this code.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What went wrong this time and what can be done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}

/// What went wrong, for programs. Codes are added, never changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProblemCode {
    /// 400: the request cannot be read.
    BadRequest,
    /// 401: no key, or one that nobody has.
    Unauthorised,
    /// 401: a webhook whose signature does not fit.
    BadSignature,
    /// 403: the key's role may not do this.
    Forbidden,
    /// 404: no such workspace, platform, mention or address.
    NotFound,
    /// 405: not this method here.
    MethodNotAllowed,
    /// 409: somebody else holds it, or it is closed.
    Conflict,
    /// 413: the body is over the cap.
    TooLarge,
    /// 429: too many requests.
    TooMany,
    /// 503: no secret is set for this platform.
    NotConfigured,
    /// 503: storage did not take it; send it again.
    StorageDown,
    /// 500: our fault.
    Internal,
    /// A code from a newer worker.
    #[serde(other)]
    Unknown,
}

impl Problem {
    /// A problem of this code, with what went wrong this time and what can be done.
    #[must_use]
    pub fn new(code: ProblemCode, detail: impl Into<String>) -> Self {
        Self { code, title: code.title().to_owned(), status: code.status(), detail: Some(detail.into()) }
    }
}

impl ProblemCode {
    /// The HTTP status that goes with it.
    #[must_use]
    pub const fn status(self) -> u16 {
        match self {
            Self::BadRequest => 400,
            Self::Unauthorised | Self::BadSignature => 401,
            Self::Forbidden => 403,
            Self::NotFound => 404,
            Self::MethodNotAllowed => 405,
            Self::Conflict => 409,
            Self::TooLarge => 413,
            Self::TooMany => 429,
            Self::NotConfigured | Self::StorageDown => 503,
            Self::Internal | Self::Unknown => 500,
        }
    }

    /// What went wrong, for people, whatever the case.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::BadRequest => "The request cannot be read",
            Self::Unauthorised => "No valid key",
            Self::BadSignature => "The sender is not proved",
            Self::Forbidden => "Not allowed",
            Self::NotFound => "Not found",
            Self::MethodNotAllowed => "Not this method here",
            Self::Conflict => "Not as things stand",
            Self::TooLarge => "The body is too large",
            Self::TooMany => "Too many requests",
            Self::NotConfigured => "Not set up",
            Self::StorageDown => "Storage did not take it",
            Self::Internal => "Something broke on our side",
            Self::Unknown => "Something went wrong",
        }
    }
}
