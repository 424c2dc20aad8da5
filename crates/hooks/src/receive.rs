//! The only way in.

use earshot_mention::Timestamp;

use crate::{Adapter, Endpoint, Event, Incoming, Method};

/// What came of a request.
#[derive(Debug)]
pub enum Receipt {
    /// A handshake: answer this.
    Reply(Reply),
    /// A delivery whose sender is proved.
    Events(Vec<Event>),
}

/// An answer that the platform expects word for word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// The `Content-Type`.
    pub content_type: &'static str,
    /// Headers besides the content type, names in lower case.
    pub headers: Vec<(&'static str, String)>,
    /// The body.
    pub body: String,
}

impl Reply {
    pub(crate) fn plain(body: impl Into<String>) -> Self {
        Self {
            status: 200,
            content_type: "text/plain; charset=utf-8",
            headers: Vec::new(),
            body: body.into(),
        }
    }

    pub(crate) fn json(body: &serde_json::Value) -> Self {
        Self { status: 200, content_type: "application/json", headers: Vec::new(), body: body.to_string() }
    }
}

/// Why a request was turned away. Says nothing of its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// No secret is set, so nobody can be proved.
    #[error("no secret is set for this platform; set one before pointing the platform here")]
    NoSecret,
    /// The signature is missing.
    #[error("the signature header is missing")]
    NoSignature,
    /// The signature does not fit.
    #[error("the signature does not fit the body and the secret")]
    BadSignature,
    /// The signed time is too far from ours.
    #[error("the signed time is more than five minutes from ours")]
    Stale,
    /// A challenge that is not of the documented shape, or a wrong verify token.
    #[error("the challenge is not one that this platform sends")]
    BadChallenge,
    /// The body cannot be read.
    #[error("the body cannot be read as this platform's")]
    Broken,
    /// The request is neither a handshake nor a delivery.
    #[error("this platform sends no such request")]
    Unexpected,
}

/// Answers a handshake, or proves the sender over the raw bytes and then reads the body.
///
/// # Errors
/// A [`Refusal`]; [`Refusal::NoSecret`] before anything else where nothing could be proved.
pub fn receive(
    adapter: &dyn Adapter,
    incoming: &Incoming<'_>,
    endpoint: &Endpoint,
    now: Timestamp,
) -> Result<Receipt, Refusal> {
    if !adapter.can_prove(endpoint) {
        return Err(Refusal::NoSecret);
    }
    if let Some(reply) = adapter.handshake(incoming, endpoint) {
        return reply.map(Receipt::Reply);
    }
    if incoming.method != Method::Post {
        return Err(Refusal::Unexpected);
    }
    adapter.verify(incoming, endpoint, now)?;
    if let Some(reply) = adapter.answer(incoming) {
        return Ok(Receipt::Reply(reply));
    }
    adapter.parse(incoming, endpoint, now).map(Receipt::Events)
}
