//! Answering a mention through its platform.

use earshot_desk::ReplyKey;
use earshot_mention::Timestamp;
use serde::{Deserialize, Serialize};

/// The body of `reply`: what a person wants said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplyBody {
    /// The client's own name for this reply, new for each press of *Send* that means something new: the same key never
    /// sends twice.
    pub key: ReplyKey,
    /// The words.
    pub text: String,
    /// Whether the author alone shall read it; only where [`Answering::Here`] has `privately`.
    #[serde(default)]
    pub privately: bool,
}

/// The body of `looked`: what a person found who looked whether a reply of unknown fate is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LookedBody {
    /// Which reply.
    pub key: ReplyKey,
    /// Whether it is there.
    pub found: bool,
}

/// Whether and how a mention can be answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "way")]
pub enum Answering {
    /// From here: in public, in private, or either. At least one is there.
    Here {
        /// For everybody to read.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        publicly: Option<Terms>,
        /// For the author alone.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        privately: Option<Terms>,
    },
    /// Not from here: copy the words and open the post.
    Elsewhere {
        /// Why, for programs.
        why: Elsewhere,
        /// Why and what can be done, for people.
        detail: String,
    },
}

/// What a platform asks of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// The most characters (Unicode scalar values) it may have.
    pub longest: u32,
    /// Until when the platform takes it; for as long as the post stands where not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
}

/// Why a mention cannot be answered from here. Reasons are added, never changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Elsewhere {
    /// The platform has no way, or none for such a post.
    NoWay,
    /// The operator set no token for the platform.
    NoToken,
    /// The operator set a token, and something beside it is missing or cannot be used.
    NotSetUp,
    /// The platform's time for answering is over.
    TooLate,
    /// A reason from a newer worker.
    #[serde(other)]
    Unknown,
}
