//! What the engine says of a text. These are the final shapes: the command line, the worker and the extension all
//! carry them, so a field's name and order here is a contract.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// Everything the engine says of one text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// The model that read it, so that a stored reading can be told from a newer one.
    pub model: ModelVersion,
    /// The language it was read in.
    pub language: Language,
    /// How the writer feels about what the text is about.
    pub sentiment: Sentiment,
    /// Which emotions show, each on its own.
    pub emotions: Emotions,
    /// What the writer wants or reports, most certain first.
    pub intents: Vec<Intent>,
    /// Something is wrong and the writer minds.
    pub complaint: Probability,
    /// The words say one thing and mean another.
    pub irony: Probability,
    /// Insulting or abusive.
    pub offensive: Probability,
    /// How long the post can wait for an answer.
    pub urgency: Urgency,
    /// The words that carried the sentiment and the emotions. (The urgency's are in its reasons.)
    #[serde(default)]
    pub evidence: Vec<Evidence>,
}

/// Names the model and rules that made a reading, e.g. `rules-1` or `earshot-2026.11`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ModelVersion(pub Cow<'static, str>);

/// A probability, 0 to 1, written with four decimals at most so that a reading prints the same everywhere.
#[derive(Debug, Clone, Copy, Default, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(from = "f32", into = "f32")]
pub struct Probability(f32);

impl Probability {
    /// Impossible.
    pub const ZERO: Self = Self(0.0);
    /// Certain.
    pub const ONE: Self = Self(1.0);

    /// Clamps to 0 to 1 and rounds to four decimals; not-a-number becomes 0.
    #[must_use]
    pub fn new(value: f32) -> Self {
        if value.is_nan() {
            return Self::ZERO;
        }
        Self((value.clamp(0.0, 1.0) * 10_000.0).round() / 10_000.0)
    }

    /// 0 to 1.
    #[must_use]
    pub fn get(self) -> f32 {
        self.0
    }
}

impl From<f32> for Probability {
    fn from(value: f32) -> Self {
        Self::new(value)
    }
}

impl From<Probability> for f32 {
    fn from(probability: Probability) -> Self {
        probability.0
    }
}

/// A stretch of the text that was read, in UTF-8 bytes, on character boundaries, `start < end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The words themselves; `None` where the span does not belong to `text`.
    #[must_use]
    pub fn of(self, text: &str) -> Option<&str> {
        text.get(self.start as usize..self.end as usize)
    }
}

/// The language a text was found to be in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Language {
    /// Which, or [`LanguageCode::UNKNOWN`].
    pub code: LanguageCode,
    /// How sure.
    pub confidence: Probability,
}

/// A language as ISO 639-1 writes it, or `und`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LanguageCode(pub Cow<'static, str>);

impl LanguageCode {
    /// The text is too short to tell, or in no language that this engine can tell.
    pub const UNKNOWN: Self = Self(Cow::Borrowed("und"));

    /// A language the engine knows by name.
    #[must_use]
    pub const fn new(code: &'static str) -> Self {
        Self(Cow::Borrowed(code))
    }

    /// The code's letters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// How the writer feels about what the text is about. The three probabilities sum to 1 (to rounding); where the label
/// is [`SentimentLabel::Unknown`] they are all one third.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Sentiment {
    /// The verdict.
    pub label: SentimentLabel,
    /// Displeased.
    pub negative: Probability,
    /// Neither.
    pub neutral: Probability,
    /// Pleased.
    pub positive: Probability,
}

/// The verdict on sentiment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SentimentLabel {
    /// Displeased.
    Negative,
    /// Neither; not the same as not knowing.
    Neutral,
    /// Pleased.
    Positive,
    /// Not read: a language the engine does not know, or too little text.
    Unknown,
}

/// Which emotions show, each on its own: several may, or none.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names are the documentation")]
pub struct Emotions {
    pub anger: Probability,
    pub frustration: Probability,
    pub sadness: Probability,
    pub fear: Probability,
    pub joy: Probability,
    pub gratitude: Probability,
    pub surprise: Probability,
    pub optimism: Probability,
}

/// What a writer wants or reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names are the documentation; shared/data says how each was labelled")]
pub enum Intent {
    Complaint,
    Question,
    HelpRequest,
    Praise,
    Thanks,
    Suggestion,
    ChurnThreat,
    PurchaseIntent,
    LostStolenDamaged,
    Outage,
    Billing,
    Delay,
    AccountAccess,
    Safety,
    LegalPress,
    Discrimination,
    SpamOrIrrelevant,
}

/// How long a post can wait for an answer: its own score, never read off the sentiment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Urgency {
    /// 0 (nothing to answer) to 100 (cannot wait at all).
    pub score: u8,
    /// The score as a desk uses it.
    pub level: Level,
    /// Why, most telling first.
    pub reasons: Vec<Reason>,
}

/// How long a post can wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Nothing to answer.
    None,
    /// An answer is nice, nothing waits for it.
    Low,
    /// The person waits for something, without harm or time pressure.
    Normal,
    /// Harm is going on, or trust is about to break.
    High,
    /// Cannot wait an hour.
    Critical,
}

/// One reason for the urgency: which signal, and the words it saw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// The signal that fired.
    pub code: ReasonCode,
    /// The words it fired on.
    #[serde(flatten)]
    pub span: Span,
}

/// The name of a signal, e.g. `stranded`: the file of that name under `signals/` says what it means. The words shown
/// to people are the extension's (`_locales`, message `reason_<code>`).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ReasonCode(pub Cow<'static, str>);

/// Words that carried a score.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// The score they carried.
    pub head: Head,
    /// The words.
    #[serde(flatten)]
    pub span: Span,
    /// How much they carried of it: above 0 towards the head, below 0 against it.
    pub weight: f32,
}

/// A score that words can carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names are those of the scores")]
pub enum Head {
    Negative,
    Positive,
    Anger,
    Frustration,
    Sadness,
    Fear,
    Joy,
    Gratitude,
    Surprise,
    Optimism,
    Irony,
}
