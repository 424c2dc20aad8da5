//! One mention on the desk.

use std::cmp::Reverse;

use earshot_mention::{Deadline, FlaggedBy, Mention, MentionId, Targets, Timestamp};
use earshot_reading::Level;
use serde::{Deserialize, Serialize};

use crate::{Command, Event, Happening, Outcome, Refusal, StaffId, StaffMember};

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

impl State {
    /// Whether somebody still has to deal with it: waiting or claimed.
    #[must_use]
    pub fn is_open(&self) -> bool {
        matches!(self, Self::Waiting | Self::Claimed { .. })
    }

    /// Who holds it, if anybody.
    #[must_use]
    pub fn holder(&self) -> Option<&StaffId> {
        match self {
            Self::Claimed { by, .. } => Some(by),
            Self::Waiting | Self::Resolved { .. } | Self::Dismissed { .. } => None,
        }
    }
}

/// What the desk needs to know of a mention to admit it: enough to travel to where tickets are kept without the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Admission {
    /// Which mention.
    pub id: MentionId,
    /// How urgent it is.
    pub level: Level,
    /// The reading's urgency score, 0 to 100.
    pub score: u8,
    /// When it reached us: from then on the person waits.
    pub received: Timestamp,
    /// The member of staff who flagged it on a page; `None` where triage did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub flagged_by: Option<StaffId>,
}

impl From<&Mention> for Admission {
    fn from(mention: &Mention) -> Self {
        Self {
            id: mention.id.clone(),
            level: mention.reading.urgency.level,
            score: mention.reading.urgency.score,
            received: mention.received,
            flagged_by: match &mention.flag.by {
                FlaggedBy::Triage => None,
                FlaggedBy::Staff(name) => Some(StaffId(name.clone())),
            },
        }
    }
}

/// A ticket's place among the others: the one that sorts first is the one to take first. More urgent before less, then
/// the earlier deadline, then the higher score, then the id, so that no two tickets share a place. In SQL, with
/// [`Level`] stored as its rank: `ORDER BY level DESC, deadline ASC, score DESC, id ASC`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    level: Reverse<Level>,
    deadline: Deadline,
    score: Reverse<u8>,
    id: MentionId,
}

impl Ticket {
    /// Puts a mention on the desk at `now`, for somebody to claim, and starts its clock. The desk's keeper admits a
    /// mention once: where it has a ticket of this id already, a second delivery changes nothing.
    #[must_use]
    pub fn admit(admission: Admission, targets: &Targets, now: Timestamp) -> (Self, Event) {
        let deadline = targets.deadline(admission.level, admission.received);
        let event = Event { at: now, by: admission.flagged_by, happening: Happening::Admitted };
        let ticket = Self {
            id: admission.id,
            level: admission.level,
            score: admission.score.min(100),
            admitted: now,
            deadline,
            state: State::Waiting,
        };
        (ticket, event)
    }

    /// What becomes of the ticket when its post was edited and reads differently now. It moves to where its new urgency
    /// puts it, up or down; its deadline may come nearer, counted from `now`, and never moves away, because the person
    /// has waited since the first version. Who holds it and how it ended stay as they are.
    #[must_use]
    pub fn reread(&self, admission: &Admission, targets: &Targets, now: Timestamp) -> Self {
        Self {
            level: admission.level,
            score: admission.score.min(100),
            deadline: self.deadline.min(targets.deadline(admission.level, now)),
            ..self.clone()
        }
    }

    /// Its place among the others.
    #[must_use]
    pub fn place(&self) -> Place {
        Place {
            level: Reverse(self.level),
            deadline: self.deadline,
            score: Reverse(self.score),
            id: self.id.clone(),
        }
    }

    /// What becomes of the ticket when `who` gives `command` at `now`, and the event to remember. Giving a command
    /// whose effect is already there (claiming what one holds, resolving again what one resolved, as a repeated request
    /// does) changes nothing and returns no event.
    ///
    /// | command | waiting | held by who acts | held by another | closed |
    /// |---|---|---|---|---|
    /// | claim | claimed | no change | refused | refused |
    /// | release | refused | waiting | managers: waiting | refused |
    /// | note | noted | noted | noted | noted |
    /// | resolve, dismiss | closed | closed | managers: closed | refused |
    /// | reopen | refused | refused | refused | waiting |
    ///
    /// # Errors
    /// A [`Refusal`] where the command does not fit the ticket's state or who gives it.
    pub fn apply(
        &self,
        command: &Command,
        who: &StaffMember,
        now: Timestamp,
    ) -> Result<(Self, Option<Event>), Refusal> {
        let Some((state, happening)) = self.state.next(command, who, now)? else {
            return Ok((self.clone(), None));
        };
        let event = Event { at: now, by: Some(who.id.clone()), happening };
        Ok((Self { state, ..self.clone() }, Some(event)))
    }
}

impl State {
    /// The state that follows and what happened; `None` where the command's effect is already there.
    fn next(
        &self,
        command: &Command,
        who: &StaffMember,
        now: Timestamp,
    ) -> Result<Option<(Self, Happening)>, Refusal> {
        let me = || who.id.clone();
        let next = match command {
            Command::Claim => match self {
                Self::Waiting => (Self::Claimed { by: me(), since: now }, Happening::Claimed),
                Self::Claimed { by, .. } if *by == who.id => return Ok(None),
                Self::Claimed { by, since } => return Err(Refusal::HeldBy { by: by.clone(), since: *since }),
                Self::Resolved { .. } | Self::Dismissed { .. } => return Err(Refusal::Closed),
            },
            Command::Release => {
                self.check_may_close(who)?;
                if *self == Self::Waiting {
                    return Err(Refusal::NotHeld);
                }
                (Self::Waiting, Happening::Released)
            }
            Command::Note { text } => (self.clone(), Happening::Noted { text: checked_note(text)? }),
            Command::Resolve { outcome } => {
                if let Self::Resolved { by, outcome: before, .. } = self
                    && *by == who.id
                    && before == outcome
                {
                    return Ok(None);
                }
                self.check_may_close(who)?;
                (
                    Self::Resolved { by: me(), at: now, outcome: *outcome },
                    Happening::Resolved { outcome: *outcome },
                )
            }
            Command::Dismiss => {
                if matches!(self, Self::Dismissed { by, .. } if *by == who.id) {
                    return Ok(None);
                }
                self.check_may_close(who)?;
                (Self::Dismissed { by: me(), at: now }, Happening::Dismissed)
            }
            Command::Reopen => {
                if self.is_open() {
                    return Err(Refusal::Open);
                }
                (Self::Waiting, Happening::Reopened)
            }
        };
        Ok(Some(next))
    }

    /// Only open mentions can be given back or closed, and those that another holds only by a manager.
    fn check_may_close(&self, who: &StaffMember) -> Result<(), Refusal> {
        match self {
            Self::Waiting => Ok(()),
            Self::Claimed { by, .. } if who.may_act_for(by) => Ok(()),
            Self::Claimed { by, since } => Err(Refusal::HeldBy { by: by.clone(), since: *since }),
            Self::Resolved { .. } | Self::Dismissed { .. } => Err(Refusal::Closed),
        }
    }
}

/// The note without the white space around it.
fn checked_note(text: &str) -> Result<String, Refusal> {
    let text = text.trim();
    let bytes = text.len();
    if (1..=Command::LONGEST_NOTE).contains(&bytes) {
        Ok(text.to_owned())
    } else {
        Err(Refusal::NoteLength { bytes })
    }
}
