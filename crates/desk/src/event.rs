//! What happened to a mention, for its history.

use earshot_mention::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{Outcome, StaffId};

/// One entry in a mention's history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// When.
    pub at: Timestamp,
    /// Who; `None` where it was the desk itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<StaffId>,
    /// What.
    #[serde(flatten)]
    pub happening: Happening,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "what")]
#[expect(missing_docs, reason = "the names are those of the commands")]
pub enum Happening {
    Admitted,
    Claimed,
    Released,
    Noted {
        text: String,
    },
    Resolved {
        outcome: Outcome,
    },
    Dismissed,
    Reopened,
    /// Its author changed what it says.
    Edited {
        /// What it said before.
        before: String,
    },
    /// Its platform had told of it without its words; now they are here.
    Fetched,
    /// It was answered through its platform.
    Replied {
        /// What was said.
        text: String,
        /// Whether to the author alone.
        privately: bool,
    },
    /// An answer was not said: the platform refused it, or a person looked and did not find it.
    NotReplied {
        /// Why, and what can be done about it.
        why: String,
    },
    /// Nobody knows whether an answer was said.
    ReplyUnknown,
}
