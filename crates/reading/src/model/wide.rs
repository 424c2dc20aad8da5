//! The wide half: a weight for every n-gram and output, summed. Knows words and their endings in any language, and
//! says which words carried what.

use super::ModelError;
use super::features::{BUCKET_BITS, Gram};
use super::format::Input;
use super::heads::OUTPUTS;

/// Weights of hashed n-grams. Most are 0 and most buckets have none at all.
#[derive(Debug)]
pub(super) struct Wide {
    /// What one step of a weight is worth, an output.
    scales: [f32; OUTPUTS],
    biases: [f32; OUTPUTS],
    /// Which row a bucket has; row 0 is empty.
    row_of: Vec<u16>,
    rows: Vec<[i8; OUTPUTS]>,
}

impl Wide {
    /// An output at a time: how many weights it has, then each as the distance to the bucket before and the weight.
    pub(super) fn from_input(input: &mut Input<'_>) -> Result<Self, ModelError> {
        let mut row_of = vec![0_u16; 1 << BUCKET_BITS];
        let mut rows = vec![[0_i8; OUTPUTS]];
        let scales = input.floats(OUTPUTS)?;
        let biases = input.floats(OUTPUTS)?;
        for output in 0..OUTPUTS {
            let count = input.u32()? as usize;
            let mut bucket = 0_usize;
            let mut buckets = Vec::new();
            for _ in 0..count {
                bucket += input.variable()? as usize;
                buckets.push(bucket);
            }
            for (bucket, weight) in buckets.into_iter().zip(input.bytes(count)?) {
                let row = row_of.get_mut(bucket).ok_or(ModelError::Shape("n-grams"))?;
                if *row == 0 {
                    *row = u16::try_from(rows.len()).map_err(|_| ModelError::Shape("n-grams"))?;
                    rows.push([0; OUTPUTS]);
                }
                rows[usize::from(*row)][output] = i8::from_le_bytes([*weight]);
            }
        }
        let shape = |floats: Vec<f32>| floats.try_into().map_err(|_| ModelError::Shape("scales"));
        Ok(Self { scales: shape(scales)?, biases: shape(biases)?, row_of, rows })
    }

    fn row(&self, gram: Gram) -> &[i8; OUTPUTS] {
        &self.rows[usize::from(self.row_of[gram.bucket as usize])]
    }

    /// Logits of all outputs.
    pub(super) fn read(&self, grams: &[Gram]) -> [f32; OUTPUTS] {
        let mut sums = [0_i32; OUTPUTS];
        for gram in grams {
            let row = self.row_of[gram.bucket as usize];
            if row != 0 {
                for (sum, weight) in sums.iter_mut().zip(&self.rows[usize::from(row)]) {
                    *sum += i32::from(*weight);
                }
            }
        }
        let share = share(grams.len());
        std::array::from_fn(|o| sums[o] as f32 * self.scales[o] * share + self.biases[o])
    }

    /// How much each token moved one output's logit away from another's (or from 0): `out` gets one number a token.
    pub(super) fn carried(&self, grams: &[Gram], towards: usize, away: Option<usize>, out: &mut [f32]) {
        out.fill(0.0);
        let share = share(grams.len());
        for gram in grams {
            let row = self.row(*gram);
            let mut weight = f32::from(row[towards]) * self.scales[towards];
            if let Some(away) = away {
                weight -= f32::from(row[away]) * self.scales[away];
            }
            if let Some(token) = out.get_mut(usize::from(gram.token)) {
                *token += weight * share;
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
