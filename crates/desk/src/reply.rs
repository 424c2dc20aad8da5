//! An answer that somebody gives from the desk, on its way to the platform.
//!
//! A customer is never answered twice. So a reply is written down as [`ReplyState::Pending`] before the request leaves,
//! and whatever the platform does not clearly say stays pending until somebody has looked: the worker where the platform
//! lets it, else a person.

use std::fmt;

use earshot_mention::Timestamp;
use serde::{Deserialize, Serialize};

use crate::StaffId;

/// An answer that somebody gave from the desk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reply {
    /// Which; chosen by who wrote it, so that a repeated request is known for the same.
    pub key: ReplyKey,
    /// Who wrote it.
    pub by: StaffId,
    /// When they sent it on its way.
    pub at: Timestamp,
    /// The words.
    pub text: String,
    /// Whether it goes to the author alone.
    pub privately: bool,
    /// What became of it.
    pub state: ReplyState,
}

/// What became of a reply.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "is")]
pub enum ReplyState {
    /// On its way. The platform has not said yet; where it stays silent the worker looks by itself. Wait.
    Pending,
    /// It is said.
    Sent {
        /// When that became known.
        at: Timestamp,
        /// The platform's id of what was said, where it tells.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<String>,
        /// Where it can be read, where that is known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        permalink: Option<String>,
    },
    /// The platform said no: nothing was said. Another try is a new reply with a key of its own.
    Refused {
        /// When.
        at: Timestamp,
        /// Why, and what can be done about it.
        why: String,
    },
    /// Nobody knows whether it is said and nobody but a person can find out: look at the post, then tell the desk.
    /// Until then nothing else can be sent.
    Unknown {
        /// Since when.
        at: Timestamp,
    },
    /// A person looked: it is not there. Another try is a new reply with a key of its own.
    NotSent {
        /// Who looked.
        by: StaffId,
        /// When.
        at: Timestamp,
    },
}

/// A reply's key: 8 to 64 of `a-z`, `A-Z`, `0-9` and `-`, such as a random UUID.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ReplyKey(String);

/// Not a key that a reply can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a reply's key is 8 to 64 letters, digits and hyphens, such as a random UUID")]
pub struct ReplyKeyError;

impl ReplyKey {
    /// Takes 8 to 64 of `a-z`, `A-Z`, `0-9` and `-`.
    ///
    /// # Errors
    /// Where it has anything else in it.
    pub fn parse(key: &str) -> Result<Self, ReplyKeyError> {
        let fits = (8..=64).contains(&key.len())
            && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        if fits { Ok(Self(key.to_owned())) } else { Err(ReplyKeyError) }
    }

    /// The key as it travels.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ReplyKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl TryFrom<String> for ReplyKey {
    type Error = ReplyKeyError;

    fn try_from(key: String) -> Result<Self, Self::Error> {
        Self::parse(&key)
    }
}

impl From<ReplyKey> for String {
    fn from(key: ReplyKey) -> Self {
        key.0
    }
}
