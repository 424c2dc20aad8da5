//! Trains the wide half: one weight for every n-gram and output, by AdaGrad.

use std::collections::BTreeMap;

use earshot_reading::model::{BUCKET_BITS, Extractor, OUTPUTS, share};

use crate::loss::slope;
use crate::prepared::Prepared;
use crate::random::Random;

/// How it is trained.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// Passes over the texts.
    pub passes: usize,
    /// How far the first step goes.
    pub rate: f32,
    /// How much a lexicon's strongest word is given to start with.
    pub prior: f32,
    /// Draws the order.
    pub seed: u64,
}

/// Weights by bucket and output.
#[derive(Debug)]
pub struct Wide {
    /// A row a bucket.
    pub rows: Vec<[f32; OUTPUTS]>,
    /// Added to every text's logits.
    pub biases: [f32; OUTPUTS],
}

impl Wide {
    /// Starts from what the lexicon says.
    #[must_use]
    pub fn new(lexicon: &BTreeMap<String, f32>, prior: f32) -> Self {
        let mut rows = vec![[0.0; OUTPUTS]; 1 << BUCKET_BITS];
        for (word, valence) in lexicon {
            for english in [true, false] {
                let row = &mut rows[Extractor::word_bucket(word, english) as usize];
                row[0] -= prior * valence;
                row[2] += prior * valence;
            }
        }
        Self { rows, biases: [0.0; OUTPUTS] }
    }

    /// Logits of all outputs.
    #[must_use]
    pub fn read(&self, buckets: &[u32]) -> [f32; OUTPUTS] {
        let mut sums = [0.0; OUTPUTS];
        for bucket in buckets {
            for (sum, weight) in sums.iter_mut().zip(&self.rows[*bucket as usize]) {
                *sum += weight;
            }
        }
        let share = share(buckets.len());
        std::array::from_fn(|o| sums[o] * share + self.biases[o])
    }
}

/// Trains on every text, `report`ing after each pass.
pub fn train(
    lexicon: &BTreeMap<String, f32>,
    texts: &[Prepared],
    settings: Settings,
    mut report: impl FnMut(usize, &Wide),
) -> Wide {
    let mut wide = Wide::new(lexicon, settings.prior);
    let mut squares = vec![[1e-4_f32; OUTPUTS]; 1 << BUCKET_BITS];
    let mut bias_squares = [1.0_f32; OUTPUTS];
    let mut order: Vec<u32> = crate::prepared::order(texts);
    for pass in 0..settings.passes {
        Random::new(settings.seed, 100 + pass as u64).shuffle(&mut order);
        let rate = settings.rate * (1.0 - pass as f32 / settings.passes as f32);
        for at in &order {
            let text = &texts[*at as usize];
            let logits = wide.read(&text.buckets);
            let slope = slope(&logits, &text.targets, text.four.as_ref());
            let share = share(text.buckets.len());
            let step = slope.map(|one| one * share);
            for bucket in &text.buckets {
                let row = &mut wide.rows[*bucket as usize];
                let squares = &mut squares[*bucket as usize];
                for o in 0..OUTPUTS {
                    squares[o] += step[o] * step[o];
                    row[o] -= rate * step[o] / squares[o].sqrt();
                }
            }
            for o in 0..OUTPUTS {
                bias_squares[o] += slope[o] * slope[o];
                wide.biases[o] -= rate * slope[o] / bias_squares[o].sqrt();
            }
        }
        report(pass, &wide);
    }
    wide
}
