//! The one way in.

use std::borrow::Cow;

use crate::{
    Context, Emotions, Language, LanguageCode, Level, ModelVersion, Probability, Reading, Sentiment, SentimentLabel, Urgency,
};

/// Reads texts. Making one is the dear part; reading with it is cheap, so keep it.
#[derive(Debug, Default)]
pub struct Reader {}

impl Reader {
    /// A reader with the model that ships.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads one text in what is known of it. Never fails: what cannot be read says so.
    #[must_use]
    pub fn read(&self, _text: &str, _context: &Context) -> Reading {
        let third = Probability::new(1.0 / 3.0);
        Reading {
            model: ModelVersion(Cow::Borrowed("rules-1")),
            language: Language { code: LanguageCode::UNKNOWN, confidence: Probability::ZERO },
            sentiment: Sentiment { label: SentimentLabel::Unknown, negative: third, neutral: third, positive: third },
            emotions: Emotions::default(),
            intents: Vec::new(),
            complaint: Probability::ZERO,
            irony: Probability::ZERO,
            offensive: Probability::ZERO,
            urgency: Urgency { score: 0, level: Level::None, reasons: Vec::new() },
            evidence: Vec::new(),
        }
    }
}
