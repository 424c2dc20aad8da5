//! Which n-grams' weights ship: those that change most.

use earshot_reading::model::{OUTPUTS, SENTIMENT};

use crate::loss::GROUPS;
use crate::prepared::Prepared;
use crate::wide::Wide;

/// How many n-gram buckets may carry weight at all.
const BUCKETS: usize = 65_000;

/// How many weights an output of a group keeps, of English's n-grams and of the other languages'.
fn kept(group: &str) -> [usize; 2] {
    match group {
        "sentiment" => [19_000, 25_000],
        "complaint" => [6_000, 0],
        "emotions" => [3_500, 500],
        "urgency" => [3_500, 0],
        "intents" => [1_300, 0],
        _ => [2_500, 0],
    }
}

/// How often is often, for a sentiment in English: what stands in more texts than that the deep half knows as well, and it would
/// crowd out the words that it does not know.
const OFTEN: f32 = 60.0;

/// How much more a sentiment counts than any other output when buckets are chosen.
const SENTIMENT_COUNTS: f32 = 4.0;

/// What leaving each weight out would change, in the mean over all texts.
#[derive(Debug)]
pub struct Effects<'a> {
    wide: &'a Wide,
    seen: Vec<f32>,
}

impl<'a> Effects<'a> {
    /// Counts how often every n-gram stands in the texts.
    #[must_use]
    pub fn new(wide: &'a Wide, texts: &[Prepared]) -> Self {
        let mut seen = vec![1.0_f32; wide.rows.len()];
        for text in texts {
            for bucket in &text.buckets {
                seen[*bucket as usize] += 1.0;
            }
        }
        Self { wide, seen }
    }

    fn of(&self, bucket: usize, output: usize) -> f32 {
        let english = bucket < self.wide.rows.len() / 2;
        let seen = if english && SENTIMENT.contains(&output) {
            self.seen[bucket].min(OFTEN)
        } else {
            self.seen[bucket]
        };
        self.wide.rows[bucket][output].abs() * seen.sqrt()
    }

    /// The buckets that may carry weight, as many of English's half as of the other languages'.
    #[must_use]
    pub fn buckets(&self) -> Vec<usize> {
        let size = self.wide.rows.len() / 2;
        let means: [f32; OUTPUTS] = std::array::from_fn(|output| {
            let sum: f32 = (0..2 * size).map(|bucket| self.of(bucket, output)).sum();
            sum / (2 * size) as f32 + 1e-9
        });
        let relative = |bucket: usize| {
            let of = |outputs: std::ops::Range<usize>| -> f32 {
                outputs.map(|output| self.of(bucket, output) / means[output]).sum()
            };
            SENTIMENT_COUNTS * of(SENTIMENT) + of(SENTIMENT.end..OUTPUTS)
        };
        let half = |buckets: std::ops::Range<usize>| {
            most(buckets.map(|bucket| (relative(bucket), bucket)), BUCKETS / 2)
        };
        let mut buckets = half(0..size);
        buckets.extend(half(size..2 * size));
        buckets
    }

    /// For every output the buckets, ascending, whose weights ship.
    #[must_use]
    pub fn weights(&self, buckets: &[usize]) -> Vec<Vec<usize>> {
        let size = self.wide.rows.len() / 2;
        let mut chosen: Vec<Vec<usize>> = vec![Vec::new(); OUTPUTS];
        for group in &GROUPS {
            for output in group.outputs.clone() {
                for (half, kept) in kept(group.name).into_iter().enumerate() {
                    let ranked = buckets.iter().filter(|bucket| **bucket / size == half);
                    chosen[output]
                        .extend(most(ranked.map(|bucket| (self.of(*bucket, output), *bucket)), kept));
                }
                chosen[output].sort_unstable();
            }
        }
        chosen
    }
}

/// The buckets of the `count` largest effects above 0.
fn most(effects: impl Iterator<Item = (f32, usize)>, count: usize) -> Vec<usize> {
    let mut ranked: Vec<(f32, usize)> = effects.filter(|(effect, _)| *effect > 0.0).collect();
    ranked.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    ranked.into_iter().take(count).map(|(_, bucket)| bucket).collect()
}
