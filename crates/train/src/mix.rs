//! How much each half counts, found on the texts held out: the weights that make the probabilities truest (lowest
//! log loss), which calibrates them too.

use earshot_reading::model::{EMOTIONS, Features, Gram, Mix, Model, OUTPUTS};

use crate::Use;
use crate::loss::{GROUPS, loss};
use crate::prepared::Prepared;

/// Even shares, before anything is known.
pub const EVEN: [[Mix; OUTPUTS]; 2] = [[Mix { deep: 0.5, wide: 0.5, bias: 0.0 }; OUTPUTS]; 2];

/// The features as the engine has them, of a text that was prepared for training.
#[must_use]
pub fn features(text: &Prepared) -> Features {
    Features {
        pieces: text.pieces.clone(),
        grams: text.buckets.iter().map(|bucket| Gram { bucket: *bucket, token: 0 }).collect(),
    }
}

/// The best weights by group, in English and in the other languages.
#[must_use]
pub fn find(model: &Model, texts: &[Prepared]) -> [[Mix; OUTPUTS]; 2] {
    [true, false].map(|english| find_in(model, texts, english))
}

fn find_in(model: &Model, texts: &[Prepared], english: bool) -> [Mix; OUTPUTS] {
    let held: Vec<(&Prepared, [[f32; OUTPUTS]; 2])> = texts
        .iter()
        .filter(|text| text.used == Use::Validate && (text.language == "en") == english)
        .map(|text| (text, model.halves(&features(text))))
        .collect();
    let mut mix = EVEN[0];
    for group in &GROUPS {
        let mut best = (f64::MAX, 0.5, 0.5);
        for deep in (0..=16).map(|step| step as f32 * 0.1) {
            for wide in (0..=16).map(|step| step as f32 * 0.1) {
                let mut sum = 0.0;
                for (text, [d, w]) in &held {
                    let logits = std::array::from_fn(|o| deep * d[o] + wide * w[o]);
                    // The four exclusive emotions are what people read off first: they count as much as all the rest.
                    let four = if group.outputs == EMOTIONS { text.four.as_ref() } else { None };
                    let weight = if four.is_some() { 8.0 } else { 1.0 };
                    sum += weight * f64::from(loss(group, &logits, &text.targets, four).unwrap_or(0.0));
                }
                if sum < best.0 {
                    best = (sum, deep, wide);
                }
            }
        }
        for output in group.outputs.clone() {
            mix[output] = Mix { deep: best.1, wide: best.2, bias: 0.0 };
        }
    }
    mix
}
