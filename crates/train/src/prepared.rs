//! Examples with their features drawn, ready to be seen many times.

use earshot_reading::model::{Extractor, OUTPUTS, Piece, Vocabulary};

use crate::{Example, Use};

/// A text's features and targets.
#[derive(Debug, Clone)]
pub struct Prepared {
    /// For reports.
    pub set: &'static str,
    /// For reports.
    pub language: &'static str,
    /// What it is for.
    pub used: Use,
    /// For the deep half.
    pub pieces: Vec<Piece>,
    /// For the wide half.
    pub buckets: Vec<u32>,
    /// As in [`Example::targets`].
    pub targets: [f32; OUTPUTS],
    /// As in [`Example::four`].
    pub four: Option<[f32; 4]>,
    /// As in [`Example::times`].
    pub times: u8,
}

/// Draws the features of every example.
#[must_use]
pub fn prepare(examples: &[Example], vocabulary: &Vocabulary) -> Vec<Prepared> {
    let mut extractor = Extractor::default();
    examples
        .iter()
        .map(|example| {
            let features = extractor.read(&example.text, example.language == "en", vocabulary);
            Prepared {
                set: example.set,
                language: example.language,
                used: example.used,
                pieces: features.pieces,
                buckets: features.grams.iter().map(|gram| gram.bucket).collect(),
                targets: example.targets,
                four: example.four,
                times: example.times,
            }
        })
        .collect()
}

/// Which texts one pass sees, some of them several times.
#[must_use]
pub fn order(texts: &[Prepared]) -> Vec<u32> {
    let mut order = Vec::new();
    for (at, text) in (0_u32..).zip(texts) {
        if text.used == Use::Train {
            order.extend(std::iter::repeat_n(at, usize::from(text.times)));
        }
    }
    order
}
