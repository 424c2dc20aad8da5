//! A reply's way to the platform: what to do next, so that it is said once.
//!
//! The keeper stores a [`Sending`] before the request leaves, and again with what it [`heard`](Sending::heard). Where it
//! heard nothing (a silence, trouble on the platform's side, a crash of its own) the reply falls [`due`](Sending::due),
//! and then the keeper looks at the platform before anything else:
//!
//! | the platform | first try | second try |
//! |---|---|---|
//! | shows the reply | sent | sent |
//! | shows that it is not there | send it again | a person must look |
//! | cannot be looked at just now | look again later, [`MOST_LOOKS`] times; then a person must look | the same |
//! | offers no way to look | a person must look | |

use std::time::Duration;

use earshot_mention::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{Event, Happening, Refusal, Reply, ReplyKey, ReplyState, StaffMember, State, Ticket};

/// How often a reply is sent before a person has to look.
pub const MOST_TRIES: u8 = 2;
/// How often the platform is looked at in vain before a person has to look.
pub const MOST_LOOKS: u8 = 5;

/// What somebody wants said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewReply {
    /// Its key.
    pub key: ReplyKey,
    /// The words.
    pub text: String,
    /// Whether to the author alone.
    pub privately: bool,
}

/// How long to wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// For a platform's answer to a request. A reply that is pending for longer was left by a crash or a silence.
    pub answer: Duration,
    /// After a silence, before the platform is looked at: it may be slow to show what it took.
    pub look: Duration,
}

/// A reply, and how far its sending has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sending {
    /// The reply.
    pub reply: Reply,
    /// How often it was sent.
    pub tries: u8,
    /// How often the platform was looked at in vain since.
    pub looks: u8,
    /// When to look at the platform, unless something is heard before; `None` where there is nothing left to do.
    pub due: Option<Timestamp>,
}

/// What a request to say it came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    /// It is said.
    Said {
        /// The platform's id of it.
        id: Option<String>,
        /// Where it can be read.
        permalink: Option<String>,
    },
    /// The platform says that exactly this was said before.
    SaidBefore {
        /// How the platform's words are told to a person.
        why: String,
    },
    /// The platform said no, and nothing was said.
    Refused {
        /// Why, and what can be done about it.
        why: String,
    },
    /// Nothing that could be relied on.
    Nothing {
        /// Whether the platform lets us look.
        can_look: bool,
    },
}

/// What a look at the platform showed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Seen {
    /// The reply is there.
    There {
        /// The platform's id of it.
        id: Option<String>,
        /// Where it can be read.
        permalink: Option<String>,
    },
    /// It is not.
    NotThere,
    /// Nothing that could be relied on.
    Unclear,
    /// The platform cannot be looked at, now or later.
    NoWay,
}

/// What came of somebody's wish to answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Begun {
    /// This very reply is known: send nothing.
    Known,
    /// Store these, then send.
    New {
        /// The ticket, which who answers now holds.
        ticket: Box<Ticket>,
        /// The claim, where the ticket was waiting.
        claimed: Option<Event>,
        /// The reply on its way.
        sending: Box<Sending>,
    },
}

impl Ticket {
    /// Begins to answer, or finds that this reply is known already. Who answers a waiting mention holds it from then on;
    /// one that another holds is refused, also to managers: they would answer a person whom somebody is answering.
    /// `earlier` are the mention's replies so far.
    ///
    /// # Errors
    /// A [`Refusal`] where it is closed, held or being answered by somebody else, or where nobody knows yet what became
    /// of an earlier reply.
    pub fn answer(
        &self,
        earlier: &[Reply],
        new: NewReply,
        who: &StaffMember,
        now: Timestamp,
        patience: Patience,
    ) -> Result<Begun, Refusal> {
        if let Some(known) = earlier.iter().find(|reply| reply.key == new.key) {
            let same = known.text == new.text && known.privately == new.privately && known.by == who.id;
            return if same { Ok(Begun::Known) } else { Err(Refusal::KeyTaken) };
        }
        let (state, claimed) = match &self.state {
            State::Waiting => {
                let event = Event { at: now, by: Some(who.id.clone()), happening: Happening::Claimed };
                (State::Claimed { by: who.id.clone(), since: now }, Some(event))
            }
            State::Claimed { by, .. } if *by == who.id => (self.state.clone(), None),
            State::Claimed { by, since } => return Err(Refusal::HeldBy { by: by.clone(), since: *since }),
            State::Resolved { .. } | State::Dismissed { .. } => return Err(Refusal::Closed),
        };
        for reply in earlier {
            match reply.state {
                ReplyState::Pending => return Err(Refusal::BeingAnswered { by: reply.by.clone() }),
                ReplyState::Unknown { .. } => return Err(Refusal::FateUnknown { by: reply.by.clone() }),
                _ => {}
            }
        }
        let NewReply { key, text, privately } = new;
        let reply = Reply { key, by: who.id.clone(), at: now, text, privately, state: ReplyState::Pending };
        let sending = Sending { reply, tries: 1, looks: 0, due: Some(now + patience.answer + patience.look) };
        Ok(Begun::New {
            ticket: Box::new(Self { state, ..self.clone() }),
            claimed,
            sending: Box::new(sending),
        })
    }
}

impl Sending {
    /// What follows from what a request came to, and the event to remember, if any. Nothing follows for a reply whose
    /// fate is known already.
    #[must_use]
    pub fn heard(&self, heard: Heard, now: Timestamp, patience: Patience) -> (Self, Option<Event>) {
        if self.reply.state != ReplyState::Pending {
            return (self.clone(), None);
        }
        match heard {
            Heard::Said { id, permalink } => self.ends(ReplyState::Sent { at: now, id, permalink }, now),
            // Ours of the first try, which seemed to have failed.
            Heard::SaidBefore { .. } if self.tries > 1 => {
                self.ends(ReplyState::Sent { at: now, id: None, permalink: None }, now)
            }
            Heard::SaidBefore { why } | Heard::Refused { why } => {
                self.ends(ReplyState::Refused { at: now, why }, now)
            }
            Heard::Nothing { can_look: true } => {
                (Self { due: Some(now + patience.look), ..self.clone() }, None)
            }
            Heard::Nothing { can_look: false } => self.ends(ReplyState::Unknown { at: now }, now),
        }
    }

    /// What follows from a look at the platform, and the event to remember, if any. Where the result has one more of
    /// [`tries`](Self::tries), store it and then send again.
    #[must_use]
    pub fn seen(&self, seen: Seen, now: Timestamp, patience: Patience) -> (Self, Option<Event>) {
        if self.reply.state != ReplyState::Pending {
            return (self.clone(), None);
        }
        match seen {
            Seen::There { id, permalink } => self.ends(ReplyState::Sent { at: now, id, permalink }, now),
            Seen::NotThere if self.tries < MOST_TRIES => {
                let due = Some(now + patience.answer + patience.look);
                (Self { tries: self.tries + 1, looks: 0, due, ..self.clone() }, None)
            }
            Seen::Unclear if self.looks + 1 < MOST_LOOKS => {
                let looks = self.looks + 1;
                (Self { looks, due: Some(now + patience.look * (1 << looks)), ..self.clone() }, None)
            }
            Seen::NotThere | Seen::Unclear | Seen::NoWay => self.ends(ReplyState::Unknown { at: now }, now),
        }
    }

    /// What follows when `who` looked at the post; `None` where that is known already.
    ///
    /// # Errors
    /// A [`Refusal`] where the reply is somebody else's and `who` no manager, or where its fate is not for people to
    /// tell.
    pub fn told(
        &self,
        found: bool,
        who: &StaffMember,
        now: Timestamp,
    ) -> Result<Option<(Self, Event)>, Refusal> {
        if !who.may_act_for(&self.reply.by) {
            return Err(Refusal::NotYours { by: self.reply.by.clone() });
        }
        let state = match (&self.reply.state, found) {
            (ReplyState::Unknown { .. }, true) => ReplyState::Sent { at: now, id: None, permalink: None },
            (ReplyState::Unknown { .. }, false) => ReplyState::NotSent { by: who.id.clone(), at: now },
            (ReplyState::Sent { .. }, true) | (ReplyState::NotSent { .. }, false) => return Ok(None),
            (ReplyState::Pending, _) => return Err(Refusal::BeingAnswered { by: self.reply.by.clone() }),
            _ => return Err(Refusal::FateKnown),
        };
        let (after, event) = self.ends(state, now);
        Ok(event.map(|event| (after, Event { by: Some(who.id.clone()), ..event })))
    }

    fn ends(&self, state: ReplyState, now: Timestamp) -> (Self, Option<Event>) {
        let happening = match &state {
            ReplyState::Sent { .. } => {
                Some(Happening::Replied { text: self.reply.text.clone(), privately: self.reply.privately })
            }
            ReplyState::Refused { why, .. } => Some(Happening::NotReplied { why: why.clone() }),
            ReplyState::Unknown { .. } => Some(Happening::ReplyUnknown),
            ReplyState::NotSent { .. } => {
                Some(Happening::NotReplied { why: "looked at the post: the answer is not there".to_owned() })
            }
            ReplyState::Pending => None,
        };
        let event = happening.map(|happening| Event { at: now, by: Some(self.reply.by.clone()), happening });
        (Self { reply: Reply { state, ..self.reply.clone() }, due: None, ..self.clone() }, event)
    }
}
