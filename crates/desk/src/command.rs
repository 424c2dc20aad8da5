//! What people do with a mention.

use serde::{Deserialize, Serialize};

/// What somebody wants done with a mention.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "do")]
pub enum Command {
    /// Take it, so that nobody else answers too.
    Claim,
    /// Give it back to those who wait.
    Release,
    /// Write something down for colleagues.
    Note {
        /// The note, 1 to [`Command::LONGEST_NOTE`] bytes, white space around it aside.
        text: String,
    },
    /// Close it: it was dealt with.
    Resolve {
        /// How.
        #[serde(default)]
        outcome: Outcome,
    },
    /// Close it: nothing to do.
    Dismiss,
    /// Open a closed one again (also the undo of resolve and dismiss).
    Reopen,
}

impl Command {
    /// The longest note, in bytes.
    pub const LONGEST_NOTE: usize = 4000;
}

/// How a mention was dealt with.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Somebody answered the person.
    #[default]
    Answered,
    /// Dealt with elsewhere: by mail, by phone, by another team.
    Elsewhere,
}
