//! How the writer feels, and how it shows.
//!
//! The seam: [`Page`] goes in, [`Verdict`] comes out, [`Polarity`] is what stands between. The lexicon with its rules is one
//! inside; [`TrainedPolarity`] asks it and the trained model and mixes what they say.

mod emotion;
mod lexicon;
mod rules;
mod trained;

pub(crate) use trained::{Learnt, TrainedPolarity};

use crate::text::Tokens;
use crate::{Evidence, LanguageCode};

/// What is read: a text, its tokens, and a language that the engine supports.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Page<'a> {
    pub(crate) tokens: &'a Tokens,
    pub(crate) language: &'a LanguageCode,
}

/// What the words alone say. Probabilities are 0 to 1; the three of the sentiment sum to 1.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Verdict {
    pub(crate) negative: f32,
    pub(crate) neutral: f32,
    pub(crate) positive: f32,
    pub(crate) emotions: EmotionScores,
    pub(crate) complaint: f32,
    pub(crate) irony: f32,
    pub(crate) offensive: f32,
    /// Whether any word carries a feeling of its own.
    pub(crate) charged: bool,
    /// The strongest first, a handful at most.
    pub(crate) evidence: Vec<Evidence>,
}

/// One probability an emotion, in the order of [`crate::Emotions`].
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct EmotionScores(pub(crate) [f32; 8]);

/// Something that judges a page.
pub(crate) trait Polarity {
    /// Never fails: a page without a word it knows is neutral.
    fn judge(&self, page: &Page<'_>) -> Verdict;
}
