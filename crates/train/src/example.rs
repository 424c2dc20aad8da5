//! A text and what is known of it.

use earshot_reading::model::{COMPLAINT, EMOTIONS, INTENTS, IRONY, OFFENSIVE, OUTPUTS, SENTIMENT, URGENCY};

/// The eight emotions, in the order of their outputs.
pub const EMOTION_NAMES: [&str; 8] =
    ["anger", "frustration", "sadness", "fear", "joy", "gratitude", "surprise", "optimism"];
/// The intents, in the order of their outputs.
pub const INTENT_NAMES: [&str; 17] = [
    "complaint",
    "question",
    "help_request",
    "praise",
    "thanks",
    "suggestion",
    "churn_threat",
    "purchase_intent",
    "lost_stolen_damaged",
    "outage",
    "billing",
    "delay",
    "account_access",
    "safety",
    "legal_press",
    "discrimination",
    "spam_or_irrelevant",
];
/// The sentiments, in the order of their outputs.
pub const SENTIMENT_NAMES: [&str; 3] = ["negative", "neutral", "positive"];
/// The urgency levels, lowest first.
pub const LEVEL_NAMES: [&str; 5] = ["none", "low", "normal", "high", "critical"];
/// Where the four emotions that exclude one another in TweetEval (anger, joy, optimism, sadness) stand among the
/// outputs.
pub const FOUR: [usize; 4] = [EMOTIONS.start, EMOTIONS.start + 4, EMOTIONS.start + 7, EMOTIONS.start + 2];

/// What a text's labels are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// To learn from.
    Train,
    /// To mix the model's halves, to calibrate and to measure by.
    Validate,
    /// To measure by, and nothing else.
    Measure,
}

/// A text and what is known of it.
#[derive(Debug, Clone)]
pub struct Example {
    /// The set it is of, for reports.
    pub set: &'static str,
    /// What it is for.
    pub used: Use,
    /// The text as posted.
    pub text: String,
    /// Its language as the set states it, ISO 639-1.
    pub language: &'static str,
    /// A probability an output; not-a-number where nothing is known.
    pub targets: [f32; OUTPUTS],
    /// Which of the four exclusive emotions, where the set asked that.
    pub four: Option<[f32; 4]>,
    /// How many times it is seen in one pass: small sets several times.
    pub times: u8,
}

impl Example {
    /// A text of which nothing is known yet.
    #[must_use]
    pub fn new(set: &'static str, language: &'static str, text: String, used: Use) -> Self {
        Self { set, used, text, language, targets: [f32::NAN; OUTPUTS], four: None, times: 1 }
    }

    /// One of the three sentiments.
    #[must_use]
    pub fn sentiment(mut self, name: &str) -> Self {
        if let Some(known) = position(&SENTIMENT_NAMES, name) {
            for (at, output) in SENTIMENT.enumerate() {
                self.targets[output] = yes(at == known);
            }
        }
        self
    }

    /// Emotions that are there, among those that were asked for.
    #[must_use]
    pub fn emotions(mut self, found: &[&str], asked: &[&str]) -> Self {
        for (name, output) in EMOTION_NAMES.iter().zip(EMOTIONS) {
            if asked.contains(name) {
                self.targets[output] = yes(found.contains(name));
            }
        }
        self
    }

    /// A complaint or not.
    #[must_use]
    pub fn complaint(mut self, is: bool) -> Self {
        self.targets[COMPLAINT] = yes(is);
        self
    }

    /// Irony or not.
    #[must_use]
    pub fn irony(mut self, is: bool) -> Self {
        self.targets[IRONY] = yes(is);
        self
    }

    /// Offensive or not.
    #[must_use]
    pub fn offensive(mut self, is: bool) -> Self {
        self.targets[OFFENSIVE] = yes(is);
        self
    }

    /// Intents that are there, among those that were asked for.
    #[must_use]
    pub fn intents(mut self, found: &[impl AsRef<str>], asked: &[&str]) -> Self {
        for (name, output) in INTENT_NAMES.iter().zip(INTENTS) {
            if asked.contains(name) {
                self.targets[output] = yes(found.iter().any(|one| one.as_ref() == *name));
            }
        }
        self
    }

    /// One of the five levels.
    #[must_use]
    pub fn urgency(mut self, name: &str) -> Self {
        if let Some(level) = position(&LEVEL_NAMES, name) {
            for (at, output) in URGENCY.enumerate() {
                self.targets[output] = yes(level > at);
            }
        }
        self
    }

    /// Seen several times in one pass.
    #[must_use]
    pub fn times(mut self, times: u8) -> Self {
        self.times = times;
        self
    }
}

fn yes(is: bool) -> f32 {
    if is { 1.0 } else { 0.0 }
}

fn position(names: &[&str], name: &str) -> Option<usize> {
    names.iter().position(|one| *one == name)
}
