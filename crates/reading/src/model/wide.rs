//! The wide half: a weight for every n-gram and output, summed. Knows words and their endings in any language, and
//! says which words carried what.

use super::ModelError;
use super::features::{BUCKET_BITS, Gram};
use super::format::Input;
use super::heads::OUTPUTS;

/// As many weights of -128 to 127 are summed in 16 bits.
const MOST_AT_ONCE: usize = 255;

/// A weight an output.
type Row = [i8; OUTPUTS];

/// An n-gram of the text that has weights: which row, and the token that it comes from.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Known {
    row: u32,
    token: u16,
}

/// Which buckets have a row, and which: a bit a bucket, and before every 64 of them how many are set in all that come before.
/// Few enough bytes for a processor's nearer caches, which a number a bucket would not be.
#[derive(Debug)]
struct Places {
    words: Vec<(u64, u32)>,
}

impl Default for Places {
    fn default() -> Self {
        Self { words: vec![(0, 0); 1 << (BUCKET_BITS - 6)] }
    }
}

impl Places {
    /// False for a bucket that there is not.
    fn add(&mut self, bucket: u32) -> bool {
        let word = self.words.get_mut((bucket / 64) as usize);
        word.is_some_and(|(bits, _)| {
            *bits |= 1 << (bucket % 64);
            true
        })
    }

    /// Counts all that were added, and gives how many they are.
    fn count(&mut self) -> usize {
        let mut before = 0;
        for (bits, start) in &mut self.words {
            *start = before;
            before += bits.count_ones();
        }
        before as usize
    }

    /// Whether the bucket has a row, and how many buckets before it have.
    fn find(&self, bucket: u32) -> (bool, u32) {
        let Some((bits, before)) = self.words.get((bucket / 64) as usize) else { return (false, 0) };
        let bit = 1_u64 << (bucket % 64);
        (bits & bit != 0, before + (bits & (bit - 1)).count_ones())
    }
}

/// Weights of hashed n-grams. Most are 0 and most buckets have none at all.
#[derive(Debug)]
pub(super) struct Wide {
    /// What one step of a weight is worth, an output.
    scales: [f32; OUTPUTS],
    biases: [f32; OUTPUTS],
    places: Places,
    /// In the order of their buckets.
    rows: Vec<Row>,
}

impl Wide {
    /// An output at a time: how many weights it has, then each as the distance to the bucket before and the weight.
    pub(super) fn from_input(input: &mut Input<'_>) -> Result<Self, ModelError> {
        let scales = input.floats(OUTPUTS)?;
        let biases = input.floats(OUTPUTS)?;
        let mut places = Places::default();
        let mut weights = Vec::new();
        for _ in 0..OUTPUTS {
            let count = input.u32()? as usize;
            let mut bucket = 0_u32;
            let mut buckets = Vec::new();
            for _ in 0..count {
                bucket = bucket.saturating_add(input.variable()?);
                if !places.add(bucket) {
                    return Err(ModelError::Shape("n-grams"));
                }
                buckets.push(bucket);
            }
            weights.push((buckets, input.bytes(count)?));
        }
        let count = places.count();
        let mut rows = vec![[0; OUTPUTS]; count];
        for (output, (buckets, weights)) in weights.into_iter().enumerate() {
            for (bucket, weight) in buckets.into_iter().zip(weights) {
                rows[places.find(bucket).1 as usize][output] = weight.cast_signed();
            }
        }
        let shape = |floats: Vec<f32>| floats.try_into().map_err(|_| ModelError::Shape("scales"));
        Ok(Self { scales: shape(scales)?, biases: shape(biases)?, places, rows })
    }

    /// Logits of all outputs. `known` is left with the n-grams that have weights, for [`Self::carried`].
    pub(super) fn read(&self, grams: &[Gram], known: &mut Vec<Known>) -> [f32; OUTPUTS] {
        known.clear();
        known.resize(grams.len(), Known::default());
        let mut kept = 0;
        for gram in grams {
            let (is_known, row) = self.places.find(gram.bucket);
            // Written always and kept sometimes: a branch here would be guessed wrong one time in three.
            if let Some(place) = known.get_mut(kept) {
                *place = Known { row, token: gram.token };
            }
            kept += usize::from(is_known);
        }
        known.truncate(kept);
        let mut sums = [0_i32; OUTPUTS];
        for known in known.chunks(MOST_AT_ONCE) {
            let mut few = [0_i16; OUTPUTS];
            for known in known {
                for (sum, weight) in few.iter_mut().zip(&self.rows[known.row as usize]) {
                    *sum += i16::from(*weight);
                }
            }
            for (sum, few) in sums.iter_mut().zip(few) {
                *sum += i32::from(few);
            }
        }
        let share = share(grams.len());
        std::array::from_fn(|o| sums[o] as f32 * self.scales[o] * share + self.biases[o])
    }

    /// How much each token moved one output's logit away from another's (or from 0): `out` gets one number a token. `known`
    /// are those of a text's `grams` n-grams that [`Self::read`] left.
    pub(super) fn carried(
        &self,
        known: &[Known],
        grams: usize,
        towards: usize,
        away: Option<usize>,
        out: &mut [f32],
    ) {
        out.fill(0.0);
        let share = share(grams);
        for known in known {
            let row = &self.rows[known.row as usize];
            let mut moved = f32::from(row[towards]) * self.scales[towards];
            if let Some(away) = away {
                moved -= f32::from(row[away]) * self.scales[away];
            }
            if let Some(token) = out.get_mut(usize::from(known.token)) {
                *token += moved * share;
            }
        }
    }

    pub(super) fn weights(&self) -> usize {
        self.rows.len()
    }
}

/// What one n-gram counts among so many: longer texts say things more often, not more.
#[must_use]
pub fn share(grams: usize) -> f32 {
    1.0 / (grams.max(1) as f32).sqrt()
}
