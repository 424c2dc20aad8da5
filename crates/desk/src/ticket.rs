//! One mention on the desk.

use earshot_mention::{Deadline, MentionId, Timestamp};
use earshot_reading::Level;
use serde::{Deserialize, Serialize};

use crate::{Command, Event, Outcome, Refusal, StaffId, StaffMember};

/// One mention on the desk: what is being done about it. What was said is in KV.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ticket {
    /// Which mention.
    pub id: MentionId,
    /// How urgent it was when it came; the order of the desk.
    pub level: Level,
    /// The reading's urgency score, 0 to 100; breaks ties between mentions of one level.
    pub score: u8,
    /// When it came to the desk.
    pub admitted: Timestamp,
    /// Until when it should have its first answer.
    pub deadline: Deadline,
    /// Who holds it, or how it ended.
    pub state: State,
}

/// Where a mention stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "is")]
pub enum State {
    /// For somebody to claim it.
    Waiting,
    /// Somebody holds it.
    Claimed {
        /// Who.
        by: StaffId,
        /// Since when.
        since: Timestamp,
    },
    /// It was dealt with.
    Resolved {
        /// By whom.
        by: StaffId,
        /// When.
        at: Timestamp,
        /// How.
        outcome: Outcome,
    },
    /// There was nothing to do.
    Dismissed {
        /// By whom.
        by: StaffId,
        /// When.
        at: Timestamp,
    },
}

impl Ticket {
    /// What becomes of the ticket when `who` gives `command` at `now`, and the event to remember. Giving a command
    /// whose effect is already there (claiming what one holds) changes nothing and returns no event.
    ///
    /// # Errors
    /// A [`Refusal`] where the command does not fit the ticket's state or who gives it.
    pub fn apply(
        &self,
        _command: &Command,
        _who: &StaffMember,
        _now: Timestamp,
    ) -> Result<(Self, Option<Event>), Refusal> {
        Err(Refusal::NotHeld)
    }
}
