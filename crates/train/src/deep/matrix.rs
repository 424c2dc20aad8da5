//! Products of small matrices, in blocks that fit the registers. Sums run in one fixed order, so results are the same on
//! every machine and with any number of threads.

/// Numbers that are worked on at once.
const LANES: usize = 16;
/// Rows that are worked on at once.
const ROWS: usize = 4;

/// `out[row] += a[row] x weights`, where row `r` of `a` begins at `r * stride` and has `inner` numbers, and `weights` has
/// `inner` rows of `columns` numbers. `columns` is a multiple of 8.
pub(super) fn multiply(
    a: &[f32],
    stride: usize,
    inner: usize,
    weights: &[f32],
    columns: usize,
    out: &mut [f32],
) {
    let rows = out.len() / columns;
    let mut row = 0;
    while row < rows {
        let block = ROWS.min(rows - row);
        let mut column = 0;
        while column < columns {
            let lanes = LANES.min(columns - column);
            if block == ROWS && lanes == LANES {
                let mut sums = [[0.0_f32; LANES]; ROWS];
                for i in 0..inner {
                    let weights = chunk(weights, i * columns + column);
                    for (r, sums) in sums.iter_mut().enumerate() {
                        let value = a[(row + r) * stride + i];
                        for lane in 0..LANES {
                            sums[lane] += value * weights[lane];
                        }
                    }
                }
                for (r, sums) in sums.iter().enumerate() {
                    let out = &mut out[(row + r) * columns + column..][..LANES];
                    for lane in 0..LANES {
                        out[lane] += sums[lane];
                    }
                }
            } else {
                for r in 0..block {
                    let out = &mut out[(row + r) * columns + column..][..lanes];
                    for i in 0..inner {
                        let value = a[(row + r) * stride + i];
                        for (out, weight) in out.iter_mut().zip(&weights[i * columns + column..][..lanes]) {
                            *out += value * weight;
                        }
                    }
                }
            }
            column += lanes;
        }
        row += block;
    }
}

/// `slopes[i] += sum over rows of a[row][i] * out_slopes[row]`: the weights' slopes.
pub(super) fn weight_slopes(
    a: &[f32],
    stride: usize,
    inner: usize,
    out_slopes: &[f32],
    columns: usize,
    slopes: &mut [f32],
) {
    let rows = out_slopes.len() / columns;
    for i in (0..inner).step_by(ROWS) {
        let block = ROWS.min(inner - i);
        let mut column = 0;
        while column < columns {
            let lanes = LANES.min(columns - column);
            if block == ROWS && lanes == LANES {
                let mut sums = [[0.0_f32; LANES]; ROWS];
                for row in 0..rows {
                    let out = chunk(out_slopes, row * columns + column);
                    for (r, sums) in sums.iter_mut().enumerate() {
                        let value = a[row * stride + i + r];
                        for lane in 0..LANES {
                            sums[lane] += value * out[lane];
                        }
                    }
                }
                for (r, sums) in sums.iter().enumerate() {
                    let to = &mut slopes[(i + r) * columns + column..][..LANES];
                    for lane in 0..LANES {
                        to[lane] += sums[lane];
                    }
                }
            } else {
                for r in 0..block {
                    for row in 0..rows {
                        let value = a[row * stride + i + r];
                        let out = &out_slopes[row * columns + column..][..lanes];
                        for (to, out) in slopes[(i + r) * columns + column..][..lanes].iter_mut().zip(out) {
                            *to += value * out;
                        }
                    }
                }
            }
            column += lanes;
        }
    }
}

/// `slopes[row][i] += out_slopes[row] . weights[i]`: the inputs' slopes; rows of `slopes` begin at `row * stride`.
pub(super) fn input_slopes(
    out_slopes: &[f32],
    columns: usize,
    weights: &[f32],
    inner: usize,
    slopes: &mut [f32],
    stride: usize,
) {
    for (row, out) in out_slopes.chunks_exact(columns).enumerate() {
        for i in 0..inner {
            let weights = &weights[i * columns..][..columns];
            let mut sums = [0.0_f32; 8];
            for (out, weights) in out.as_chunks::<8>().0.iter().zip(weights.as_chunks::<8>().0) {
                for lane in 0..8 {
                    sums[lane] += out[lane] * weights[lane];
                }
            }
            slopes[row * stride + i] +=
                (sums[0] + sums[4]) + (sums[1] + sums[5]) + ((sums[2] + sums[6]) + (sums[3] + sums[7]));
        }
    }
}

fn chunk(from: &[f32], at: usize) -> &[f32; LANES] {
    from[at..].first_chunk().unwrap_or(&[0.0; LANES])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;

    fn numbers(count: usize, stream: u64) -> Vec<f32> {
        let mut random = Random::new(1, stream);
        (0..count).map(|_| random.around_zero()).collect()
    }

    #[test]
    fn products_are_products_in_every_block_size() {
        for (rows, inner, columns) in [(1, 3, 8), (4, 8, 16), (7, 5, 24), (9, 13, 40)] {
            let (a, w) = (numbers(rows * inner, 1), numbers(inner * columns, 2));
            let mut out = vec![0.0; rows * columns];
            multiply(&a, inner, inner, &w, columns, &mut out);
            let mut slopes = vec![0.0; inner * columns];
            weight_slopes(&a, inner, inner, &out, columns, &mut slopes);
            let mut back = vec![0.0; rows * inner];
            input_slopes(&out, columns, &w, inner, &mut back, inner);
            for r in 0..rows {
                for c in 0..columns {
                    let expected: f32 = (0..inner).map(|i| a[r * inner + i] * w[i * columns + c]).sum();
                    assert!((out[r * columns + c] - expected).abs() < 1e-4);
                }
                for i in 0..inner {
                    let expected: f32 = (0..columns).map(|c| out[r * columns + c] * w[i * columns + c]).sum();
                    assert!((back[r * inner + i] - expected).abs() < 1e-4);
                }
            }
            for i in 0..inner {
                for c in 0..columns {
                    let expected: f32 = (0..rows).map(|r| a[r * inner + i] * out[r * columns + c]).sum();
                    assert!((slopes[i * columns + c] - expected).abs() < 1e-4);
                }
            }
        }
    }
}
