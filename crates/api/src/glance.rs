//! What a list tells at a glance: enough for the toolbar's number and its notifications. The same answer as
//! [`crate::MentionPage`], of which whoever needs no more reads no more: the code that would read the rest is left out of the
//! extension's service worker.

use earshot_mention::{Author, MentionId, Text};
use earshot_reading::{Level, ReasonCode};
use serde::Deserialize;

use crate::Counts;

/// A page of mentions, at a glance.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Glance {
    /// The mentions, most urgent first.
    pub mentions: Vec<GlancedMention>,
    /// How many each shelf holds.
    pub counts: Counts,
}

/// One mention of it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct GlancedMention {
    mention: Said,
    ticket: Standing,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
struct Said {
    id: MentionId,
    post: Words,
    reading: Read,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
struct Words {
    text: Text,
    author: Author,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
struct Read {
    urgency: Urgency,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
struct Urgency {
    level: Level,
    reasons: Vec<Reason>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
struct Reason {
    code: ReasonCode,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
struct Standing {
    state: State,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case", tag = "is")]
enum State {
    Waiting,
    #[serde(other)]
    Other,
}

impl GlancedMention {
    /// Which mention.
    #[must_use]
    pub fn id(&self) -> &MentionId {
        &self.mention.id
    }

    /// Whether nobody holds it and nobody closed it.
    #[must_use]
    pub fn waits(&self) -> bool {
        self.ticket.state == State::Waiting
    }

    /// How long it can wait, as it was read.
    #[must_use]
    pub fn level(&self) -> Level {
        self.mention.reading.urgency.level
    }

    /// The most telling reason why.
    #[must_use]
    pub fn reason(&self) -> Option<&str> {
        self.mention.reading.urgency.reasons.first().map(|reason| reason.code.0.as_ref())
    }

    /// The author's name, or handle.
    #[must_use]
    pub fn author(&self) -> Option<&str> {
        let Author { name, handle, .. } = &self.mention.post.author;
        name.as_deref().or(handle.as_deref())
    }

    /// The words.
    #[must_use]
    pub fn text(&self) -> &str {
        self.mention.post.text.as_str()
    }
}
