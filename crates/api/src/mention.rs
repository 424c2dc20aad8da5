//! One mention, as the desk shows it.

use earshot_desk::{Event, Outcome, Reply, Ticket};
use earshot_mention::{Mention, Post};
use serde::{Deserialize, Serialize};

use crate::Answering;

/// What was said, and what is being done about it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MentionView {
    /// What was said.
    pub mention: Mention,
    /// What is being done about it.
    pub ticket: Ticket,
    /// How many notes colleagues wrote.
    #[serde(default)]
    pub notes: u32,
    /// Everything that happened to it, oldest first. Only where one mention was asked for; lists leave it empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub history: Vec<Event>,
    /// The newest reply that was tried from here, whatever became of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply: Option<Reply>,
    /// Whether and how it can be answered from here. Only where one mention was asked for or acted on; lists leave it
    /// out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answering: Option<Answering>,
}

/// A post that somebody flags on a page. The worker reads the text itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NewMention {
    /// The post, as the site adapter found it.
    pub post: Post,
    /// What colleagues should know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// The body of `note`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteBody {
    /// The note.
    pub text: String,
}

/// The body of `resolve`; may be left out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ResolveBody {
    /// How it was dealt with.
    pub outcome: Outcome,
}

/// What `GET /healthz` says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Health {
    /// `ok`.
    pub status: String,
    /// The worker's version.
    pub version: String,
    /// The model that reads.
    pub model: String,
}
