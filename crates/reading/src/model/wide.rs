//! The wide half: a weight for every n-gram and output, summed. Knows words and their endings in any language, and
//! says which words carried what.

use wide::i16x8;

use super::ModelError;
use super::features::{BUCKET_BITS, Gram};
use super::format::Input;
use super::heads::OUTPUTS;

/// As many weights of -128 to 127 are summed in 16 bits.
const MOST_AT_ONCE: usize = 255;

/// A row's weights, two a number: that of an even output in the lower byte, that of the next in the upper one.
type Row = [i16; OUTPUTS / 2];

fn weight(row: &Row, output: usize) -> i8 {
    row[output / 2].to_le_bytes()[output % 2].cast_signed()
}

/// Weights of hashed n-grams. Most are 0 and most buckets have none at all.
#[derive(Debug)]
pub(super) struct Wide {
    /// What one step of a weight is worth, an output.
    scales: [f32; OUTPUTS],
    biases: [f32; OUTPUTS],
    /// Which row a bucket has; row 0 is empty.
    row_of: Vec<u16>,
    rows: Vec<Row>,
}

impl Wide {
    /// An output at a time: how many weights it has, then each as the distance to the bucket before and the weight.
    pub(super) fn from_input(input: &mut Input<'_>) -> Result<Self, ModelError> {
        let mut row_of = vec![0_u16; 1 << BUCKET_BITS];
        let mut rows = vec![[0_i16; OUTPUTS / 2]];
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
                    rows.push([0; OUTPUTS / 2]);
                }
                let two = &mut rows[usize::from(*row)][output / 2];
                let mut bytes = two.to_le_bytes();
                bytes[output % 2] = *weight;
                *two = i16::from_le_bytes(bytes);
            }
        }
        let shape = |floats: Vec<f32>| floats.try_into().map_err(|_| ModelError::Shape("scales"));
        Ok(Self { scales: shape(scales)?, biases: shape(biases)?, row_of, rows })
    }

    fn row(&self, gram: Gram) -> &Row {
        &self.rows[usize::from(self.row_of[gram.bucket as usize])]
    }

    /// Logits of all outputs.
    pub(super) fn read(&self, grams: &[Gram]) -> [f32; OUTPUTS] {
        let mut sums = [0_i32; OUTPUTS];
        for grams in grams.chunks(MOST_AT_ONCE) {
            let mut even = [i16x8::ZERO; OUTPUTS.div_ceil(16)];
            let mut odd = even;
            for gram in grams {
                let row = self.row_of[gram.bucket as usize];
                if row != 0 {
                    let (eights, rest) = self.rows[usize::from(row)].as_chunks::<8>();
                    let mut last = [0; 8];
                    last[..rest.len()].copy_from_slice(rest);
                    let eights = eights.iter().chain([&last]);
                    for ((even, odd), eight) in even.iter_mut().zip(&mut odd).zip(eights) {
                        let both = i16x8::new(*eight);
                        *even += (both << 8) >> 8;
                        *odd += both >> 8;
                    }
                }
            }
            let lanes = |sums: [i16x8; OUTPUTS.div_ceil(16)]| sums.into_iter().flat_map(i16x8::to_array);
            for (two, (even, odd)) in sums.as_chunks_mut::<2>().0.iter_mut().zip(lanes(even).zip(lanes(odd)))
            {
                two[0] += i32::from(even);
                two[1] += i32::from(odd);
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
            let mut moved = f32::from(weight(row, towards)) * self.scales[towards];
            if let Some(away) = away {
                moved -= f32::from(weight(row, away)) * self.scales[away];
            }
            if let Some(token) = out.get_mut(usize::from(gram.token)) {
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
