//! Why a request was not answered as asked, and how that is said.

use std::borrow::Cow;

use earshot_api::{Problem, ProblemCode};
use earshot_hooks::Refusal as HookRefusal;
use serde::{Deserialize, Serialize};

/// Why a request was not answered as asked. Never carries text of a post, a secret or a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub(crate) enum Failure {
    /// The request cannot be read.
    #[error("{0}")]
    BadRequest(Cow<'static, str>),
    /// No key, or one that nobody has.
    #[error(
        "send a staff key of this workspace as `Authorization: Bearer esk_…`; an admin makes one with `earshot key`"
    )]
    Unauthorised,
    /// A webhook whose sender is not proved.
    #[error("{0}")]
    BadSignature(Cow<'static, str>),
    /// A handshake that is not to be answered.
    #[error("{0}")]
    Forbidden(Cow<'static, str>),
    /// Nothing at this address.
    #[error("{0}")]
    NotFound(Cow<'static, str>),
    /// Not this method here.
    #[error("this address answers {0}")]
    MethodNotAllowed(Cow<'static, str>),
    /// The desk refuses: somebody else holds it, or it is closed.
    #[error("{0}")]
    Conflict(Cow<'static, str>),
    /// The body is over the cap.
    #[error("a body has at most {cap} bytes", cap = crate::body::CAP)]
    TooLarge,
    /// The platform brings more than its limit.
    #[error("this platform brings more than its limit; send it again in a minute")]
    TooMany,
    /// The operator has to set something.
    #[error("{0}")]
    NotConfigured(Cow<'static, str>),
    /// Storage did not take it.
    #[error("nothing was promised; send it again")]
    StorageDown,
}

impl Failure {
    pub(crate) fn problem(&self) -> Problem {
        let (code, title, status) = match self {
            Self::BadRequest(_) => (ProblemCode::BadRequest, "The request cannot be read", 400),
            Self::Unauthorised => (ProblemCode::Unauthorised, "No valid key", 401),
            Self::BadSignature(_) => (ProblemCode::BadSignature, "The sender is not proved", 401),
            Self::Forbidden(_) => (ProblemCode::Forbidden, "Not allowed", 403),
            Self::NotFound(_) => (ProblemCode::NotFound, "Not found", 404),
            Self::MethodNotAllowed(_) => (ProblemCode::MethodNotAllowed, "Not this method here", 405),
            Self::Conflict(_) => (ProblemCode::Conflict, "Not as things stand", 409),
            Self::TooLarge => (ProblemCode::TooLarge, "The body is too large", 413),
            Self::TooMany => (ProblemCode::TooMany, "Too many at once", 429),
            Self::NotConfigured(_) => (ProblemCode::NotConfigured, "Not set up", 503),
            Self::StorageDown => (ProblemCode::StorageDown, "Storage did not take it", 503),
        };
        Problem { code, title: title.to_owned(), status, detail: Some(self.to_string()) }
    }
}

impl From<HookRefusal> for Failure {
    fn from(refusal: HookRefusal) -> Self {
        let detail = Cow::Owned(refusal.to_string());
        match refusal {
            HookRefusal::NoSecret => Self::NotConfigured(detail),
            HookRefusal::NoSignature | HookRefusal::BadSignature | HookRefusal::Stale => {
                Self::BadSignature(detail)
            }
            HookRefusal::BadChallenge => Self::Forbidden(detail),
            // `Refusal` may grow; what a later adapter refuses is the request's fault unless said otherwise here.
            _ => Self::BadRequest(detail),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_refusal_of_a_webhook_has_its_status() {
        for (refusal, status) in [
            (HookRefusal::NoSecret, 503),
            (HookRefusal::NoSignature, 401),
            (HookRefusal::BadSignature, 401),
            (HookRefusal::Stale, 401),
            (HookRefusal::BadChallenge, 403),
            (HookRefusal::Broken, 400),
            (HookRefusal::Unexpected, 400),
        ] {
            assert_eq!(Failure::from(refusal).problem().status, status, "{refusal}");
        }
    }
}
