//! What can go wrong with a call.

use earshot_api::Problem;

/// What can go wrong with a call. Each message says what can be done; none carries a text, a key or an answer's body.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Nobody answered in time: no network, a wrong address, a worker that is down, a host the browser may not call.
    /// Holds the name of what the browser threw, for logs; people learn nothing from it.
    #[error("could not reach the workspace; check the connection, then try again")]
    Offline(String),
    /// The workspace does not know this key.
    #[error("the workspace did not accept your key; open the options and enter a new one")]
    Unauthorised,
    /// The workspace understood and said no, or not now: its problem says why.
    #[error("{}", said(.0))]
    Refused(Problem),
    /// An answer that this version does not understand.
    #[error(
        "the workspace answered in a way this version does not understand (status {status}: {why}); try again, and if it stays, tell whoever runs the worker"
    )]
    Unexpected {
        /// The HTTP status.
        status: u16,
        /// What was wrong with the answer, without its content.
        why: String,
    },
}

impl Error {
    /// Whether somebody else changed the mention first, so that what is shown is out of date.
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        matches!(self, Self::Refused(problem) if problem.status == 409)
    }

    /// Whether the mention is not there (any more).
    #[must_use]
    pub fn is_gone(&self) -> bool {
        matches!(self, Self::Refused(problem) if problem.status == 404)
    }
}

fn said(problem: &Problem) -> &str {
    problem.detail.as_deref().unwrap_or(&problem.title)
}
