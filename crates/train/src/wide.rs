//! Trains the wide half: one weight for every n-gram and output, by logistic regression.
//!
//! Weights are held small (L2), those of rare n-grams less so: a weight is learnt as a multiple of the squared inverse document
//! frequency. That is what TF-IDF does for a linear model, with nothing left of it in the file: only the products ship. It is
//! stochastic gradient descent with the decay kept in one factor (Shalev-Shwartz et al., "Pegasos", 2011; Bottou, "Stochastic
//! Gradient Descent Tricks", 2012).

use std::collections::BTreeMap;

use earshot_reading::model::{BUCKET_BITS, Extractor, OUTPUTS, SENTIMENT, share};

use crate::Use;
use crate::loss::{GROUPS, slope};
use crate::prepared::Prepared;
use crate::random::Random;

/// How it is trained.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// Passes over the texts.
    pub passes: usize,
    /// How far the first step goes.
    pub rate: f32,
    /// How much the texts count against keeping weights small.
    pub strength: f32,
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

    /// Takes from the three sentiments what all have in common: they exclude each other, so it says nothing, and neutral needs
    /// no weights.
    pub fn centre(&mut self) {
        for row in self.rows.iter_mut().chain([&mut self.biases]) {
            let neutral = row[SENTIMENT.start + 1];
            for sentiment in &mut row[SENTIMENT] {
                *sentiment -= neutral;
            }
        }
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

/// How often a text counts that has labels of a group: fewer texts have them than have a sentiment, and what they say is to
/// weigh as much against the decay. (By the loss on held-out texts.)
fn counts(group: &str) -> f32 {
    match group {
        "sentiment" => 0.67,
        "complaint" | "offensive" => 8.0,
        "emotions" | "irony" | "urgency" => 15.0,
        _ => 50.0,
    }
}

/// The squared inverse document frequency of this many (the usual rare n-gram's) counts as 1.
const USUAL: f32 = 40.0;

/// What each bucket's weight is a multiple of. English texts and the others do not share buckets, nor numbers of texts.
fn rarity(texts: &[Prepared]) -> Vec<f32> {
    let half = 1 << (BUCKET_BITS - 1);
    let mut count = [1.0_f32; 2];
    let mut seen = vec![1.0_f32; 2 * half];
    let mut unique = Vec::new();
    for text in texts.iter().filter(|text| text.used == Use::Train) {
        count[usize::from(text.language != "en")] += 1.0;
        unique.clone_from(&text.buckets);
        unique.sort_unstable();
        unique.dedup();
        for bucket in &unique {
            seen[*bucket as usize] += 1.0;
        }
    }
    (0..).zip(seen).map(|(at, seen)| ((count[at / half] / seen).ln() + 1.0).powi(2) / USUAL).collect()
}

/// Trains on every text, `report`ing after each pass. Only buckets that `may` learn anything.
pub fn train(
    lexicon: &BTreeMap<String, f32>,
    texts: &[Prepared],
    settings: Settings,
    may: impl Fn(usize) -> bool,
    mut report: impl FnMut(usize, &Wide),
) -> Wide {
    let start = Wide::new(lexicon, settings.prior);
    let mut rarity = rarity(texts);
    for (bucket, rarity) in rarity.iter_mut().enumerate() {
        if !may(bucket) {
            *rarity = 0.0;
        }
    }
    // What is learnt, before it is multiplied by `kept` and the bucket's rarity.
    let mut learnt = vec![[0.0_f32; OUTPUTS]; 1 << BUCKET_BITS];
    let mut kept = 1.0_f32;
    let mut biases = start.biases;
    let mut bias_squares = [1.0_f32; OUTPUTS];
    let mut order: Vec<u32> = crate::prepared::order(texts);
    let decay = 1.0 / (settings.strength * order.len().max(1) as f32);
    let mut times = [0.0_f32; OUTPUTS];
    for group in &GROUPS {
        times[group.outputs.clone()].fill(counts(group.name));
    }
    let mut steps = 0.0_f32;
    for pass in 0..settings.passes {
        Random::new(settings.seed, 100 + pass as u64).shuffle(&mut order);
        for at in &order {
            let text = &texts[*at as usize];
            let rate = settings.rate / (1.0 + settings.rate * decay * steps);
            steps += 1.0;
            let share = share(text.buckets.len());
            let mut sums = [0.0_f32; OUTPUTS];
            let mut given = [0.0_f32; OUTPUTS];
            for bucket in &text.buckets {
                let bucket = *bucket as usize;
                let rarity = rarity[bucket];
                for o in 0..OUTPUTS {
                    sums[o] += rarity * learnt[bucket][o];
                }
                for o in SENTIMENT {
                    given[o] += start.rows[bucket][o];
                }
            }
            let logits = std::array::from_fn(|o| (kept * sums[o] + given[o]) * share + biases[o]);
            let slope = slope(&logits, &text.targets, text.four.as_ref());
            kept *= 1.0 - rate * decay;
            let step: [f32; OUTPUTS] = std::array::from_fn(|o| rate * times[o] * slope[o] * share / kept);
            for bucket in &text.buckets {
                let bucket = *bucket as usize;
                let rarity = rarity[bucket];
                for o in 0..OUTPUTS {
                    learnt[bucket][o] -= rarity * step[o];
                }
            }
            for o in 0..OUTPUTS {
                bias_squares[o] += slope[o] * slope[o];
                biases[o] -= BIAS_RATE * slope[o] / bias_squares[o].sqrt();
            }
        }
        report(pass, &sum(&start, &learnt, kept, &rarity, biases));
    }
    sum(&start, &learnt, kept, &rarity, biases)
}

/// How far a bias's first step goes.
const BIAS_RATE: f32 = 0.1;

/// What was given and what was learnt.
fn sum(start: &Wide, learnt: &[[f32; OUTPUTS]], kept: f32, rarity: &[f32], biases: [f32; OUTPUTS]) -> Wide {
    let rows = start.rows.iter().zip(learnt).zip(rarity);
    let rows = rows
        .map(|((start, learnt), rarity)| std::array::from_fn(|o| start[o] + kept * rarity * learnt[o]))
        .collect();
    Wide { rows, biases }
}
