//! The one inner loop: products of 16-bit numbers, summed in 32 bits.
//!
//! Integers, so that every machine and both paths give the same bits.

/// `x` with each of four rows of weights. All five slices are as long as `x`, a multiple of eight.
#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
#[inline]
pub(super) fn four(x: &[i16], rows: [&[i16]; 4]) -> [i32; 4] {
    rows.map(|row| x.iter().zip(row).map(|(a, b)| i32::from(*a) * i32::from(*b)).sum())
}

/// `x` with each of four rows of weights. All five slices are as long as `x`, a multiple of eight.
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
#[inline]
pub(super) fn four(x: &[i16], rows: [&[i16]; 4]) -> [i32; 4] {
    use std::arch::wasm32::{
        i16x8, i32x4_add, i32x4_dot_i16x8, i32x4_extract_lane, i32x4_shuffle, i32x4_splat, v128,
    };

    fn load(eight: &[i16; 8]) -> v128 {
        let [a, b, c, d, e, f, g, h] = *eight;
        i16x8(a, b, c, d, e, f, g, h)
    }

    let (x, _) = x.as_chunks::<8>();
    let rows = rows.map(|row| row.as_chunks::<8>().0);
    let mut sums = [i32x4_splat(0); 4];
    for (at, eight) in x.iter().enumerate() {
        let eight = load(eight);
        for (sum, row) in sums.iter_mut().zip(rows) {
            *sum = i32x4_add(*sum, i32x4_dot_i16x8(eight, load(&row[at])));
        }
    }
    sums.map(|sum| {
        let halves = i32x4_add(sum, i32x4_shuffle::<2, 3, 2, 3>(sum, sum));
        i32x4_extract_lane::<0>(halves) + i32x4_extract_lane::<1>(halves)
    })
}

#[cfg(test)]
mod tests {
    use super::four;

    #[test]
    fn four_rows_are_four_sums() {
        let x: Vec<i16> = (0..48).map(|i| i * 7 - 100).collect();
        let rows: Vec<Vec<i16>> = (0..4).map(|r| (0..48).map(|i| (i * (r + 3)) % 127 - 60).collect()).collect();
        let expected: Vec<i32> = rows
            .iter()
            .map(|row| x.iter().zip(row).map(|(a, b)| i32::from(*a) * i32::from(*b)).sum())
            .collect();
        assert_eq!(four(&x, [&rows[0], &rows[1], &rows[2], &rows[3]]).to_vec(), expected);
    }
}
