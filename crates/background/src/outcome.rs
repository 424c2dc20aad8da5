//! What the content script is told.

use earshot_corrections::{Correction, Says};
use earshot_reading::Reading;
use serde::{Deserialize, Serialize};

/// A reading, and what the settings make of it.
#[derive(Debug, Serialize)]
pub(crate) struct ReadPost {
    pub(crate) reading: Reading,
    /// The name of the brand that the post names: ours before a competitor's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) brand: Option<String>,
    /// Whether the badge carries a word.
    pub(crate) word: bool,
    /// What a person said of these words; the reading is as they said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) corrected: Option<Says>,
}

/// How keeping a correction, or taking it back, went.
#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub(crate) enum CorrectionOutcome {
    /// It is kept.
    Kept { undo: Undo },
    /// It is forgotten again, and what it stood in for is back.
    TakenBack,
    /// Nothing changed; the message says what can be done.
    Failed { message: String },
}

/// What takes a correction back.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Undo {
    pub(crate) put: Correction,
    /// What it stands in for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) before: Option<Correction>,
}

/// How sending a post to the desk went.
#[derive(Debug, Serialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub(crate) enum FlagOutcome {
    /// It waits on the desk.
    Sent,
    /// There is no workspace to send it to.
    NoWorkspace,
    /// It did not arrive; the message says what can be done.
    Failed { message: String },
}

/// What waits on the desk, as far as the toolbar and notifications tell.
#[derive(Debug, Serialize)]
pub(crate) struct Waiting {
    /// Open mentions that are high or critical.
    pub(crate) urgent: u32,
    /// Those among them that a notification may tell of: held by nobody, and as urgent as the settings ask.
    pub(crate) calls: Vec<Call>,
}

/// A mention that calls for somebody.
#[derive(Debug, Serialize)]
pub(crate) struct Call {
    pub(crate) id: String,
    /// The first reason's code, for its word.
    pub(crate) reason: String,
    pub(crate) author: String,
    pub(crate) text: String,
}
