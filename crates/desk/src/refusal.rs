//! Why the desk did not do what was asked.

use earshot_mention::Timestamp;

use crate::{Command, StaffId};

/// Why the desk did not do what was asked. Each says what can be done instead.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// Somebody else has it.
    #[error("{by} holds this mention; ask them to release it, or have a manager do so")]
    HeldBy {
        /// Who.
        by: StaffId,
        /// Since when.
        since: Timestamp,
    },
    /// Nobody has it, so it cannot be given back.
    #[error("nobody holds this mention; claim it first")]
    NotHeld,
    /// It is closed.
    #[error("this mention is closed; reopen it first")]
    Closed,
    /// It is open already.
    #[error("this mention is open already; claim it to work on it")]
    Open,
    /// An answer is on its way.
    #[error("an answer of {by} is on its way; wait until it is known what became of it")]
    BeingAnswered {
        /// Whose.
        by: StaffId,
    },
    /// Nobody knows what became of an answer.
    #[error(
        "nobody knows whether the answer of {by} was said; look at the post first, and say whether it is there"
    )]
    FateUnknown {
        /// Whose.
        by: StaffId,
    },
    /// What became of the answer is known.
    #[error("what became of this answer is known already; ask for the mention again")]
    FateKnown,
    /// The answer is somebody else's.
    #[error("{by} wrote this answer; they or a manager can say whether it is there")]
    NotYours {
        /// Whose.
        by: StaffId,
    },
    /// The key was used for another answer.
    #[error("this key was used for another answer; send it with a key of its own")]
    KeyTaken,
    /// The note is empty or too long.
    #[error(
        "a note has 1 to {} bytes; this one has {bytes}{}",
        Command::LONGEST_NOTE,
        if *bytes == 0 { "; write something" } else { "; shorten it" }
    )]
    NoteLength {
        /// Its length, white space around it aside.
        bytes: usize,
    },
}
