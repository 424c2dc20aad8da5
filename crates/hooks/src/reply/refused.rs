//! Why a post was not answered, in words a person can act on.

/// Why no request can be built.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CannotReply {
    /// There is nothing to say.
    #[error("write something first")]
    NoWords,
    /// There is too much to say.
    #[error("that is {length} characters and {longest} are allowed: make it shorter")]
    TooLong {
        /// The most that the platform takes.
        longest: usize,
        /// What was written.
        length: usize,
    },
    /// The account's id is not set.
    #[error(
        "the account's id is not set for this platform: add it beside the token, or copy the reply and open the post"
    )]
    NoAccountId,
    /// The API's address is not set.
    #[error(
        "the address of the platform is not set: add it beside the token, or copy the reply and open the post"
    )]
    NoAddress,
    /// Nobody knows to whom.
    #[error("the platform did not say who wrote this: copy the reply and open the post")]
    NoPerson,
    /// The platform has no way.
    #[error("this cannot be answered from here: copy the reply and open the post")]
    NotPossible,
}

/// Why the platform said no.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refused {
    /// The token is no longer good.
    #[error("the platform no longer accepts our token: an admin has to connect the account again")]
    Token,
    /// The app may not do this.
    #[error(
        "our app is not allowed to answer here: an admin has to grant it, or answer on the platform itself"
    )]
    NotAllowed,
    /// Too late.
    #[error("the time in which this person can be answered is over: wait until they write again")]
    WindowClosed,
    /// The post is no longer there.
    #[error("the post is gone, or the person no longer wants to hear from us")]
    Gone,
    /// The same was said before.
    #[error("the platform says that we said exactly this already: look at the post before sending again")]
    Duplicate,
    /// The platform does not like the words.
    #[error("the platform did not accept these words: check the length, and try without links")]
    Words,
    /// Too many at once.
    #[error("the platform asks us to slow down: try again in some minutes")]
    TooMany,
    /// Trouble of its own.
    #[error(
        "the platform has trouble of its own: it is not known whether this was said, so look at the post first"
    )]
    Trouble,
    /// Something else.
    #[error("the platform refused with status {0}: copy the reply and open the post")]
    Other(u16),
}

impl Refused {
    /// What the status alone says.
    #[must_use]
    pub fn from_status(status: u16) -> Self {
        match status {
            401 => Self::Token,
            403 => Self::NotAllowed,
            404 | 410 => Self::Gone,
            409 => Self::Duplicate,
            413 | 422 => Self::Words,
            429 => Self::TooMany,
            500..=599 => Self::Trouble,
            other => Self::Other(other),
        }
    }

    /// Whether the same request may be sent again without asking anybody: only where nothing can have been said.
    #[must_use]
    pub fn may_retry(self) -> bool {
        self == Self::TooMany
    }
}
