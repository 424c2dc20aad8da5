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

/// The name of a triage rule that a mention met, e.g. `urgent`, `low_stars`, `asked_us`: the constants here.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FlagReason(pub Cow<'static, str>);

/// The reasons that triage gives. A reason from a newer worker may be another.
impl FlagReason {
    /// Somebody's safety or health is at stake.
    pub const SAFETY: Self = Self::named("safety");
    /// Law, authorities or the press are brought up.
    pub const LEGAL_OR_PRESS: Self = Self::named("legal_or_press");
    /// Somebody was treated worse for who they are.
    pub const DISCRIMINATION: Self = Self::named("discrimination");
    /// As urgent as the policy's threshold, or more.
    pub const URGENT: Self = Self::named("urgent");
    /// A review with few stars.
    pub const LOW_STARS: Self = Self::named("low_stars");
    /// Something is wrong and the writer minds.
    pub const COMPLAINT: Self = Self::named("complaint");
    /// Displeased, and many people see it.
    pub const NEGATIVE_REACH: Self = Self::named("negative_reach");
    /// Many stars, and words that complain.
    pub const STARS_AND_TEXT_DISAGREE: Self = Self::named("stars_and_text_disagree");
    /// A question or a call for help, asked of us.
    pub const ASKED_US: Self = Self::named("asked_us");
    /// The platform told of the post without its words.
    pub const TEXT_NOT_DELIVERED: Self = Self::named("text_not_delivered");
    /// A message to us without words: a photo.
    pub const NO_WORDS: Self = Self::named("no_words");
    /// Words that the engine cannot read.
    pub const NOT_READ: Self = Self::named("not_read");
    /// Praise worth an answer.
    pub const PRAISE: Self = Self::named("praise");

    const fn named(name: &'static str) -> Self {
        Self(Cow::Borrowed(name))
    }

    /// The reason's name, as the extension's messages know it (`reason_<name>`).
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
