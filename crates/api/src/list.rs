//! Listing what waits.

use earshot_mention::Platform;
use earshot_reading::Level;
use serde::{Deserialize, Serialize};

use crate::MentionView;

/// Which mentions to list. Most urgent first, then by deadline.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ListQuery {
    /// Which part of the desk; all that is open where not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shelf: Option<Shelf>,
    /// At least this urgent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<Level>,
    /// From this platform only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub platform: Option<Platform>,
    /// With these words in text or author, case aside.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub search: Option<String>,
    /// How many at most, 1 to 200; 50 where not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u16>,
    /// Where the page before ended: its `next`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

/// A part of the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shelf {
    /// Open, and high or critical.
    Urgent,
    /// Open and held by nobody.
    Waiting,
    /// Open and held by who asks.
    Mine,
    /// Open and positive.
    Praise,
    /// Everything open.
    Open,
    /// Resolved or dismissed.
    Closed,
}

/// One page of mentions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MentionPage {
    /// The mentions, most urgent first.
    pub mentions: Vec<MentionView>,
    /// How many each shelf holds, whatever was asked for.
    pub counts: Counts,
    /// Ask with this cursor for the next page; `None` where this was the last.
    pub next: Option<String>,
    /// The workspace's name, for the head of the page.
    pub workspace: String,
    /// Who asks, as colleagues see them.
    pub you: String,
}

/// How many mentions each shelf holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names are those of the shelves")]
pub struct Counts {
    pub urgent: u32,
    pub waiting: u32,
    pub mine: u32,
    pub praise: u32,
    pub open: u32,
    pub closed: u32,
}
