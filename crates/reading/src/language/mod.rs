//! Which language a text is in, or that it cannot be told.

use crate::text::Tokens;
use crate::{Language, LanguageCode, Probability};

/// Tells languages apart.
#[derive(Debug, Default)]
pub(crate) struct Detector {}

impl Detector {
    /// The language of the tokens; `hint` is what the platform says.
    pub(crate) fn detect(&self, _text: &str, _tokens: &Tokens, _hint: Option<&str>) -> Language {
        Language { code: LanguageCode::new("en"), confidence: Probability::new(0.5) }
    }
}
