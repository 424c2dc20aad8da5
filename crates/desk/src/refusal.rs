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
