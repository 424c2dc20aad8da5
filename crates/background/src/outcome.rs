//! What the content script is told.

use earshot_reading::Reading;
use serde::Serialize;

/// A reading, and what the settings make of it.
#[derive(Debug, Serialize)]
pub(crate) struct ReadPost {
    pub(crate) reading: Reading,
    /// The name of the brand that the post names: ours before a competitor's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) brand: Option<String>,
    /// Whether the badge carries a word.
    pub(crate) word: bool,
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
