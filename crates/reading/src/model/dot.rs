//! The one inner loop: a layer's inputs times its weights.
//!
//! Inputs come in pairs, and a pair meets every output's two weights at once: that is what the processors' multiply-and-add
//! does. Pairs of nothing (half of them, after a rectifier) are left out beforehand. Integers, so that every machine and
//! both paths give the same bits.

/// Two inputs that stand beside each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pair {
    /// Which pair of the layer's inputs it is.
    pub(super) at: u32,
    /// The inputs.
    pub(super) values: [i16; 2],
}

/// The pairs of `x` that are not both 0; `x` stands in the layer's inputs from pair `first` on.
pub(super) fn gather(x: &[i16], first: usize, into: &mut Vec<Pair>) {
    let (pairs, _) = x.as_chunks::<2>();
    let start = into.len();
    into.resize(start + pairs.len(), Pair { at: 0, values: [0, 0] });
    let room = &mut into[start..];
    let mut kept = 0;
    for (at, values) in (first as u32..).zip(pairs) {
        // Written always and kept sometimes: a branch here would be guessed wrong half of the time.
        if let Some(place) = room.get_mut(kept) {
            *place = Pair { at, values: *values };
        }
        kept += usize::from(*values != [0, 0]);
    }
    into.truncate(start + kept);
}

/// Outputs that are summed at once.
const BLOCK: usize = 32;

/// Adds to `sums[o]`, for every output, the sum over all pairs of both inputs times the output's two weights. `weights` has
/// for every pair of inputs two weights an output; outputs are a multiple of eight, or four.
pub(super) fn multiply(pairs: &[Pair], weights: &[i16], sums: &mut [i32]) {
    let outputs = sums.len();
    let mut first = 0;
    while first + BLOCK <= outputs {
        block::<BLOCK, { 2 * BLOCK }>(pairs, weights, outputs, first, sums);
        first += BLOCK;
    }
    while first + 8 <= outputs {
        block::<8, 16>(pairs, weights, outputs, first, sums);
        first += 8;
    }
    while first + 4 <= outputs {
        block::<4, 8>(pairs, weights, outputs, first, sums);
        first += 4;
    }
}

/// The outputs from `first` on, `LANES` of them; `BOTH` is twice that.
#[inline]
fn block<const LANES: usize, const BOTH: usize>(
    pairs: &[Pair],
    weights: &[i16],
    outputs: usize,
    first: usize,
    sums: &mut [i32],
) {
    let mut lanes = [lanes::zero(); BLOCK / 4];
    for pair in pairs {
        let Some(row) = weights[2 * (pair.at as usize * outputs + first)..].first_chunk::<BOTH>() else {
            return;
        };
        let both = lanes::both(pair.values);
        for (sum, eight) in lanes[..LANES / 4].iter_mut().zip(row.as_chunks::<8>().0) {
            *sum = lanes::multiply_add(*sum, both, eight);
        }
    }
    for (to, four) in sums[first..first + LANES].as_chunks_mut::<4>().0.iter_mut().zip(lanes) {
        for (to, sum) in to.iter_mut().zip(lanes::four(four)) {
            *to += sum;
        }
    }
}

/// Four sums in one register of the browser's and the worker's SIMD.
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod lanes {
    use std::arch::wasm32::{i16x8, i32x4_add, i32x4_dot_i16x8, i32x4_extract_lane, i32x4_splat, v128};

    pub(super) fn zero() -> v128 {
        i32x4_splat(0)
    }

    pub(super) fn both([a, b]: [i16; 2]) -> v128 {
        i32x4_splat((i32::from(b) << 16) | (i32::from(a) & 0xFFFF))
    }

    pub(super) fn multiply_add(sum: v128, both: v128, eight: &[i16; 8]) -> v128 {
        let [a, b, c, d, e, f, g, h] = *eight;
        i32x4_add(sum, i32x4_dot_i16x8(both, i16x8(a, b, c, d, e, f, g, h)))
    }

    pub(super) fn four(sum: v128) -> [i32; 4] {
        [
            i32x4_extract_lane::<0>(sum),
            i32x4_extract_lane::<1>(sum),
            i32x4_extract_lane::<2>(sum),
            i32x4_extract_lane::<3>(sum),
        ]
    }
}

/// Four sums without any such register.
#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
mod lanes {
    pub(super) fn zero() -> [i32; 4] {
        [0; 4]
    }

    pub(super) fn both(pair: [i16; 2]) -> [i32; 2] {
        pair.map(i32::from)
    }

    pub(super) fn multiply_add(sum: [i32; 4], [a, b]: [i32; 2], eight: &[i16; 8]) -> [i32; 4] {
        std::array::from_fn(|at| sum[at] + a * i32::from(eight[2 * at]) + b * i32::from(eight[2 * at + 1]))
    }

    pub(super) fn four(sum: [i32; 4]) -> [i32; 4] {
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_are_products_however_many_outputs() {
        for outputs in [4, 8, 40, 64] {
            let x: Vec<i16> = (0..48).map(|i| if i % 5 < 2 { 0 } else { i * 7 - 100 }).collect();
            let weights: Vec<i16> = (0..48 * outputs as i32).map(|i| ((i * 31) % 127 - 60) as i16).collect();
            let mut pairs = Vec::new();
            gather(&x[..16], 0, &mut pairs);
            gather(&x[16..], 8, &mut pairs);
            let mut sums = vec![0; outputs];
            multiply(&pairs, &weights, &mut sums);
            let expected: Vec<i32> = (0..outputs)
                .map(|o| {
                    (0..48)
                        .map(|i| i32::from(x[i]) * i32::from(weights[2 * (i / 2 * outputs + o) + i % 2]))
                        .sum()
                })
                .collect();
            assert_eq!(sums, expected);
        }
    }

    #[test]
    fn pairs_of_nothing_are_left_out() {
        let mut pairs = Vec::new();
        gather(&[0, 0, 0, 3, 4, 0], 7, &mut pairs);
        assert_eq!(pairs, [Pair { at: 8, values: [0, 3] }, Pair { at: 9, values: [4, 0] }]);
    }
}
