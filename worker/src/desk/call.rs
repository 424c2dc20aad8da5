//! What the worker asks of the desk, and what it answers. Internal: both ends are one deployment.

use earshot_api::{Answering, ListQuery};
use earshot_desk::{Admission, Command, Event, NewReply, Reads, ReplyKey, StaffMember};
use earshot_mention::{MentionId, Platform, Targets, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::failure::Failure;
use crate::tally::Tally;

/// One request to the desk.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Call {
    /// Take what a webhook told of.
    Take(Delivery),
    /// Take what a member of staff flagged, and show it.
    Flag { settings: Settings, card: Box<Card>, note: Option<String>, by: StaffMember },
    /// List.
    List { query: ListQuery, workspace: String, you: StaffMember },
    /// Show one.
    One { id: MentionId },
    /// Do something with one.
    Act { id: MentionId, command: Command, by: StaffMember },
    /// Answer one through its platform.
    Reply { id: MentionId, new: NewReply, by: StaffMember },
    /// Take a person's word for whether a reply is there.
    Looked { id: MentionId, key: ReplyKey, found: bool, by: StaffMember },
}

/// What of the workspace's profile the desk needs. It remembers the last it was told, for its alarm.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Settings {
    /// The workspace's id: the first part of its keys in KV.
    pub(crate) workspace: String,
    /// How long what people said is kept, in days.
    pub(crate) retention_days: u16,
    /// How long each level may wait.
    pub(crate) targets: Targets,
}

/// What a webhook told of, as far as it concerns the desk.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Delivery {
    pub(crate) settings: Settings,
    pub(crate) items: Vec<Item>,
    pub(crate) counted: Tally,
}

/// One thing that a webhook told of.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Item {
    /// A mention was flagged.
    Admit(Box<Card>),
    /// A post was edited: what `earshot_desk::Standing` makes of it.
    Revise { card: Box<Card>, reads: Reads, at: Option<Timestamp> },
    /// A post has another id, by which it may be said to be gone.
    AlsoKnownAs { id: MentionId, also: MentionId },
    /// A post is gone.
    Forget { id: MentionId },
}

/// A mention on its way to the desk, its parts already in the form in which they are kept.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Card {
    pub(crate) admission: Admission,
    pub(crate) platform: Platform,
    /// Whether its words were not delivered and have to be fetched.
    pub(crate) is_thin: bool,
    /// Whether the sentiment is positive.
    pub(crate) positive: bool,
    /// The `earshot_mention::Mention`, its text cut to what lists show.
    pub(crate) mention: Box<RawValue>,
    /// The same with its whole text, where the text was cut.
    pub(crate) whole: Option<Box<RawValue>>,
    /// The KV value's metadata.
    pub(crate) summary: Box<RawValue>,
    /// What a search looks through: text and author in lower case.
    pub(crate) search: String,
}

/// The desk's answer.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Answer {
    /// What became of each item, in order. Everything here is durable, in the desk and in KV.
    Taken(Vec<Taken>),
    /// An `earshot_api::MentionPage`.
    Page(Box<RawValue>),
    /// One mention.
    Shown {
        view: Box<View>,
        /// Whether this call brought it to the desk.
        created: bool,
        /// Whether the text was cut: KV has the whole.
        cut: bool,
    },
    /// Not done.
    Failed(Failure),
}

/// What became of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Taken {
    /// Now on the desk.
    Admitted,
    /// It was there already; nothing changed.
    Known,
    /// It was there and says something else now.
    Revised,
    /// Its text is gone, and stays away.
    Forgotten,
    /// Its post was deleted, or its retention is over: it does not come back.
    Gone,
    /// Nothing for the desk; an edit may have been kept in mind.
    Passed,
}

/// An `earshot_api::MentionView` whose stored parts are handed on as they are.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct View {
    pub(crate) mention: Box<RawValue>,
    pub(crate) ticket: Box<RawValue>,
    pub(crate) notes: u32,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) history: Vec<Event>,
    /// An `earshot_desk::Reply`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) reply: Option<Box<RawValue>>,
    /// Told by the routes, which know the tokens.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) answering: Option<Answering>,
}
