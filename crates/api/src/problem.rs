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
