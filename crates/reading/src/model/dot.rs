//! The innermost loop: a layer's inputs times its weights.
//!
//! Inputs come in pairs, and a pair meets every output's two weights at once: that is what the processors' multiply-and-add
//! does. Pairs of nothing (half of them, after a rectifier) are left out beforehand. Integers, so that every machine and
//! every width of register give the same bits.

use wide::{f32x8, i16x8, i32x4, i32x8};

/// Two inputs that stand beside each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pair {
    /// Which pair of the layer's inputs it is.
    pub(super) at: u32,
    /// The inputs.
    pub(super) values: [i16; 2],
}

/// The pairs of `x` that are not both 0.
pub(super) fn gather(x: &[i16], into: &mut Vec<Pair>) {
    let (pairs, _) = x.as_chunks::<2>();
    let start = into.len();
    into.resize(start + pairs.len(), Pair { at: 0, values: [0, 0] });
    let room = &mut into[start..];
    let mut kept = 0;
    for (at, values) in (0..).zip(pairs) {
        // Written always and kept sometimes: a branch here would be guessed wrong half of the time.
        if let Some(place) = room.get_mut(kept) {
            *place = Pair { at, values: *values };
        }
        kept += usize::from(*values != [0, 0]);
    }
    into.truncate(start + kept);
}

/// Outputs that are summed at once, as long as there are as many: their sums fit the processors' registers.
const BLOCK: usize = 32;

/// A layer's weights as they are read: outputs by the block, in a block by pairs of inputs, of a pair two weights an output.
#[derive(Debug)]
pub(super) struct Weights {
    /// Pairs of inputs.
    pairs: usize,
    values: Vec<i16>,
}

impl Weights {
    /// From a row of weights an output. Outputs are a multiple of eight, or four.
    pub(super) fn from_rows(rows: &[i16], inputs: usize) -> Self {
        let rows: Vec<&[i16]> = rows.chunks_exact(inputs).collect();
        let mut values = Vec::new();
        let mut rest = rows.as_slice();
        while !rest.is_empty() {
            let (block, more) = rest.split_at(block_of(rest.len()).min(rest.len()));
            for pair in 0..inputs / 2 {
                values.extend(block.iter().flat_map(|row| [row[2 * pair], row[2 * pair + 1]]));
            }
            rest = more;
        }
        Self { pairs: inputs / 2, values }
    }

    /// Puts into `sums[o]`, for every output, the sum over all parts' pairs of both inputs times the output's two weights. A
    /// part's pairs count from its first on.
    pub(super) fn multiply(&self, parts: &[Part<'_>], sums: &mut [i32]) {
        let (mut sums, mut values) = (sums, self.values.as_slice());
        while !sums.is_empty() {
            let size = block_of(sums.len()).min(sums.len());
            let (block, more) = sums.split_at_mut(size);
            let Some((weights, rest)) = values.split_at_checked(2 * size * self.pairs) else { return };
            match size {
                BLOCK => multiply::<BLOCK, { 2 * BLOCK }>(parts, weights, block),
                8 => multiply::<8, 16>(parts, weights, block),
                _ => multiply::<4, 8>(parts, weights, block),
            }
            (sums, values) = (more, rest);
        }
    }

    /// The sums of a layer of four outputs, over all inputs: for so few, to look for pairs of nothing takes longer than to
    /// multiply them.
    pub(super) fn multiply_four(&self, x: &[i16]) -> [i32; 4] {
        let rows = self.values.as_chunks::<8>().0;
        let mut sum = i32x4::ZERO;
        for (pair, row) in x.as_chunks::<2>().0.iter().zip(rows) {
            sum += i16x8::new(bytemuck::cast([*pair; 4])).dot(i16x8::new(*row));
        }
        sum.to_array()
    }
}

/// Inputs of a layer that lie together.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part<'p> {
    /// What the first pair is among the layer's.
    pub(super) first: usize,
    /// Those that are not both 0.
    pub(super) pairs: &'p [Pair],
}

/// How many of so many outputs make the next block.
fn block_of(outputs: usize) -> usize {
    match outputs {
        BLOCK.. => BLOCK,
        8.. => 8,
        _ => 4,
    }
}

/// One block, of `LANES` outputs; `BOTH` is twice that.
#[inline]
fn multiply<const LANES: usize, const BOTH: usize>(parts: &[Part<'_>], weights: &[i16], sums: &mut [i32]) {
    let (rows, _) = weights.as_chunks::<BOTH>();
    let mut lanes = [i32x4::ZERO; BLOCK / 4];
    for part in parts {
        let Some(rows) = rows.get(part.first..) else { return };
        for pair in part.pairs {
            let Some(row) = rows.get(pair.at as usize) else { return };
            let both: i16x8 = bytemuck::cast([pair.values; 4]);
            for (sum, eight) in lanes[..LANES / 4].iter_mut().zip(row.as_chunks::<8>().0) {
                *sum += both.dot(i16x8::new(*eight));
            }
        }
    }
    for (to, four) in sums.as_chunks_mut::<4>().0.iter_mut().zip(lanes) {
        *to = four.to_array();
    }
}

/// What eight channels come to over all places of a text.
#[derive(Debug)]
pub(super) struct Pooled<const HEADS: usize> {
    /// Each channel's largest number.
    pub(super) largest: [i16; 8],
    /// Their sums: whole numbers, which 32-bit floats hold of up to 512 places.
    pub(super) sums: [f32; 8],
    /// Their sums where every place counts as much as a head's score of it.
    pub(super) attended: [[f32; 8]; HEADS],
}

/// Pools the channels `first..first + 8` of the places in `rows`, all of whose numbers are 0 or more.
pub(super) fn pool<const HEADS: usize>(
    rows: &[i16],
    channels: usize,
    first: usize,
    scores: &[[f32; HEADS]],
) -> Pooled<HEADS> {
    let mut largest = i16x8::ZERO;
    let mut sums = i32x8::ZERO;
    let mut attended = [f32x8::ZERO; HEADS];
    for (row, scores) in rows.chunks_exact(channels).zip(scores) {
        let Some(eight) = row.get(first..).and_then(<[i16]>::first_chunk::<8>) else { continue };
        let eight = i16x8::new(*eight);
        largest = largest.max(eight);
        let wider = i32x8::from_i16x8(eight);
        sums += wider;
        let floats = wider.round_float();
        for (sum, score) in attended.iter_mut().zip(scores) {
            *sum += f32x8::splat(*score) * floats;
        }
    }
    Pooled {
        largest: largest.to_array(),
        sums: sums.round_float().to_array(),
        attended: attended.map(f32x8::to_array),
    }
}

/// Adds `more` to `sums`, number by number, as far as both go in steps of four.
pub(super) fn add(sums: &mut [i32], more: &[i32]) {
    for (sum, more) in sums.as_chunks_mut::<4>().0.iter_mut().zip(more.as_chunks::<4>().0) {
        *sum = (i32x4::new(*sum) + i32x4::new(*more)).to_array();
    }
}

/// `sums[o]` in steps of `scales[o]`, and `biases[o]`, as the next layer takes them: nothing below zero, in fixed point of which
/// `one` is 1.0. As far as all go in steps of eight.
pub(super) fn activate(sums: &[i32], scales: &[f32], biases: &[f32], one: f32, out: &mut [i16]) {
    let layer = scales.as_chunks::<8>().0.iter().zip(biases.as_chunks::<8>().0);
    let sums = sums.as_chunks::<8>().0;
    for ((out, sum), (scale, bias)) in out.as_chunks_mut::<8>().0.iter_mut().zip(sums).zip(layer) {
        let value = i32x8::new(*sum).round_float() * f32x8::new(*scale) + f32x8::new(*bias);
        let fixed = (value * f32x8::splat(one) + f32x8::splat(0.5)).trunc_int();
        *out = i16x8::from_i32x8_saturate(fixed).max(i16x8::ZERO).to_array();
    }
}

/// Eight numbers divided by `divisor`, without what is behind the point.
pub(super) fn divided(eight: [f32; 8], divisor: f32) -> [i16; 8] {
    let whole = (f32x8::new(eight) / f32x8::splat(divisor)).trunc_int();
    i16x8::from_i32x8_saturate(whole).to_array()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_are_products_however_many_outputs() {
        for outputs in [4, 8, 40, 64] {
            let x: Vec<i16> = (0..48).map(|i| if i % 5 < 2 { 0 } else { i * 7 - 100 }).collect();
            let rows: Vec<i16> = (0..48 * outputs as i32).map(|i| ((i * 31) % 127 - 60) as i16).collect();
            let mut pairs = Vec::new();
            gather(&x, &mut pairs);
            let mut sums = vec![7; outputs];
            // The last sixteen inputs again, as a text's later place meets them.
            let all = pairs.len();
            gather(&x[32..], &mut pairs);
            let parts = [Part { first: 0, pairs: &pairs[..all] }, Part { first: 16, pairs: &pairs[all..] }];
            Weights::from_rows(&rows, 48).multiply(&parts, &mut sums);
            let product = |row: &[i16], i: usize| i32::from(x[i]) * i32::from(row[i]);
            let expected: Vec<i32> = rows
                .chunks_exact(48)
                .map(|row| (0..48).chain(32..48).map(|i| product(row, i)).sum())
                .collect();
            assert_eq!(sums, expected);
        }
    }

    #[test]
    fn four_outputs_are_summed_over_all_inputs() {
        let x: Vec<i16> = (0..16).map(|i| i * 7 - 50).collect();
        let rows: Vec<i16> = (0..64).map(|i| (i * 31) % 127 - 60).collect();
        let product = |row: &[i16]| -> i32 {
            row.iter().zip(&x).map(|(weight, x)| i32::from(*weight) * i32::from(*x)).sum()
        };
        let expected: Vec<i32> = rows.chunks_exact(16).map(product).collect();
        assert_eq!(Weights::from_rows(&rows, 16).multiply_four(&x).as_slice(), expected);
    }

    #[test]
    fn channels_are_pooled_over_places() {
        // Two places of sixteen channels: the second eight are 8 to 15, and then twice that.
        let rows: Vec<i16> = (0..16).chain((0..16).map(|i| 2 * i)).collect();
        let pooled = pool(&rows, 16, 8, &[[1.0, 0.5], [0.25, 1.0]]);
        assert_eq!(pooled.largest, [16, 18, 20, 22, 24, 26, 28, 30]);
        assert_eq!(pooled.sums, [24.0, 27.0, 30.0, 33.0, 36.0, 39.0, 42.0, 45.0]);
        assert_eq!(pooled.attended[0], [12.0, 13.5, 15.0, 16.5, 18.0, 19.5, 21.0, 22.5]);
        assert_eq!(pooled.attended[1], [20.0, 22.5, 25.0, 27.5, 30.0, 32.5, 35.0, 37.5]);
    }

    #[test]
    fn pairs_of_nothing_are_left_out() {
        let mut pairs = Vec::new();
        gather(&[0, 0, 0, 3, 4, 0], &mut pairs);
        assert_eq!(pairs, [Pair { at: 1, values: [0, 3] }, Pair { at: 2, values: [4, 0] }]);
    }

    #[test]
    fn an_activation_is_rounded_and_has_no_side_below_zero() {
        let sums = [0, 1, -1, 3, 1_000_000, i32::MIN, 5, 7];
        let mut out = [9; 8];
        activate(&sums, &[0.5; 8], &[0.0, 0.0, 0.0, 0.25, 0.0, 0.0, -2.5, 0.001], 256.0, &mut out);
        assert_eq!(out, [0, 128, 0, 448, i16::MAX, 0, 0, 896]);
    }
}
