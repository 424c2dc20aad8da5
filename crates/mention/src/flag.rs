//! Why somebody should look at a mention.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// A mention that somebody should look at, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flag {
    /// Who or what flagged it.
    pub by: FlaggedBy,
    /// Why, most telling first. Never empty when triage flagged it.
    pub reasons: Vec<FlagReason>,
}

/// Who or what flagged a mention.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "source", content = "name")]
pub enum FlaggedBy {
    /// The triage policy, on a webhook's post.
    Triage,
    /// A member of staff, by name, on a page.
    Staff(String),
}

/// The name of a triage rule that a mention met, e.g. `urgent`, `low_stars`, `asked_us`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FlagReason(pub Cow<'static, str>);
