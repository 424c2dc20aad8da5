//! What a person can say of a wording, and what a reading becomes by it.

use earshot_reading::{Emotions, Level, Probability, Reading, Sentiment, SentimentLabel};
use serde::{Deserialize, Serialize};

/// What a person says of a wording; what they leave out stays as the engine has it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Says {
    /// How the writer feels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sentiment: Option<Feeling>,
    /// How long it can wait.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub urgency: Option<Level>,
    /// Which emotions show; all others then do not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub emotions: Option<Vec<Emotion>>,
    /// Whether it concerns us; `false` for another Northwind than ours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about_us: Option<bool>,
}

/// How a writer feels, as a person may say it: who corrects knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Feeling {
    /// Displeased.
    Negative,
    /// Neither.
    Neutral,
    /// Pleased.
    Positive,
}

/// One of the eight emotions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names are the documentation")]
pub enum Emotion {
    Anger,
    Frustration,
    Sadness,
    Fear,
    Joy,
    Gratitude,
    Surprise,
    Optimism,
}

impl Emotion {
    /// All of them, in the order of the engine's.
    pub const ALL: [Self; 8] = [
        Self::Anger,
        Self::Frustration,
        Self::Sadness,
        Self::Fear,
        Self::Joy,
        Self::Gratitude,
        Self::Surprise,
        Self::Optimism,
    ];

    /// Its name in files and messages.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Anger => "anger",
            Self::Frustration => "frustration",
            Self::Sadness => "sadness",
            Self::Fear => "fear",
            Self::Joy => "joy",
            Self::Gratitude => "gratitude",
            Self::Surprise => "surprise",
            Self::Optimism => "optimism",
        }
    }

    /// How strongly the engine reads it.
    #[must_use]
    pub const fn of(self, emotions: &Emotions) -> Probability {
        match self {
            Self::Anger => emotions.anger,
            Self::Frustration => emotions.frustration,
            Self::Sadness => emotions.sadness,
            Self::Fear => emotions.fear,
            Self::Joy => emotions.joy,
            Self::Gratitude => emotions.gratitude,
            Self::Surprise => emotions.surprise,
            Self::Optimism => emotions.optimism,
        }
    }
}

impl Feeling {
    /// The engine's label for it.
    #[must_use]
    pub const fn label(self) -> SentimentLabel {
        match self {
            Self::Negative => SentimentLabel::Negative,
            Self::Neutral => SentimentLabel::Neutral,
            Self::Positive => SentimentLabel::Positive,
        }
    }
}

/// The scores of each level, lowest first, as `crates/reading` parts them.
const SCORES: [(Level, u8, u8); 5] = [
    (Level::None, 0, 9),
    (Level::Low, 10, 24),
    (Level::Normal, 25, 49),
    (Level::High, 50, 74),
    (Level::Critical, 75, 100),
];

impl Says {
    /// Whether nothing is said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// What is said here, and of what is not said here what `other` says.
    #[must_use]
    pub fn or(self, other: &Self) -> Self {
        Self {
            sentiment: self.sentiment.or(other.sentiment),
            urgency: self.urgency.or(other.urgency),
            emotions: self.emotions.or_else(|| other.emotions.clone()),
            about_us: self.about_us.or(other.about_us),
        }
    }

    /// The reading as the person says it is. Reasons stay where something waits; who says that nothing does has none.
    #[must_use]
    pub fn of(&self, mut reading: Reading) -> Reading {
        if let Some(feeling) = self.sentiment {
            let sure = |of: Feeling| if of == feeling { Probability::ONE } else { Probability::ZERO };
            reading.sentiment = Sentiment {
                label: feeling.label(),
                negative: sure(Feeling::Negative),
                neutral: sure(Feeling::Neutral),
                positive: sure(Feeling::Positive),
            };
        }
        if let Some(level) = self.urgency {
            let urgency = &mut reading.urgency;
            for (_, least, most) in SCORES.iter().filter(|(of, ..)| *of == level) {
                urgency.score = urgency.score.clamp(*least, *most);
            }
            urgency.level = level;
            if level == Level::None {
                urgency.reasons.clear();
            }
        }
        if let Some(felt) = &self.emotions {
            let sure = |of: Emotion| if felt.contains(&of) { Probability::ONE } else { Probability::ZERO };
            reading.emotions = Emotions {
                anger: sure(Emotion::Anger),
                frustration: sure(Emotion::Frustration),
                sadness: sure(Emotion::Sadness),
                fear: sure(Emotion::Fear),
                joy: sure(Emotion::Joy),
                gratitude: sure(Emotion::Gratitude),
                surprise: sure(Emotion::Surprise),
                optimism: sure(Emotion::Optimism),
            };
        }
        reading
    }
}
