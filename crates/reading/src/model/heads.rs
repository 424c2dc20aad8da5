//! What the model says of a text: one number an output, laid out here once for the trainer and the engine.

use std::ops::Range;

/// Outputs in memory: those in use, rounded up to whole vector registers.
pub const OUTPUTS: usize = 40;
/// Negative, neutral, positive: exclusive.
pub const SENTIMENT: Range<usize> = 0..3;
/// Anger, frustration, sadness, fear, joy, gratitude, surprise, optimism: each on its own.
pub const EMOTIONS: Range<usize> = 3..11;
/// Something is wrong and the writer minds.
pub const COMPLAINT: usize = 11;
/// The words say one thing and mean another.
pub const IRONY: usize = 12;
/// Insulting or abusive.
pub const OFFENSIVE: usize = 13;
/// In the order of [`crate::Intent`]: each on its own.
pub const INTENTS: Range<usize> = 14..31;
/// At least low, normal, high, critical: an ordered scale as four yes-or-no questions.
pub const URGENCY: Range<usize> = 31..35;

/// The logits of one text, and what they come to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Outputs {
    /// One an output; those not in use are 0.
    pub logits: [f32; OUTPUTS],
}

impl Outputs {
    /// Negative, neutral, positive; they sum to 1.
    #[must_use]
    pub fn sentiment(&self) -> [f32; 3] {
        let [a, b, c] = [self.logits[0], self.logits[1], self.logits[2]];
        let most = a.max(b).max(c);
        let each = [exp(a - most), exp(b - most), exp(c - most)];
        let sum = each[0] + each[1] + each[2];
        each.map(|one| one / sum)
    }

    /// The probability of one yes-or-no output.
    #[must_use]
    pub fn probability(&self, output: usize) -> f32 {
        sigmoid(self.logits.get(output).copied().unwrap_or(0.0))
    }

    /// The expected urgency level, 0 (none) to 4 (critical).
    #[must_use]
    pub fn urgency(&self) -> f32 {
        URGENCY.map(|output| self.probability(output)).sum()
    }
}

/// 1 / (1 + e^-x).
#[must_use]
pub fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + exp(-x))
}

/// e^x to about seven digits, the same bits on every machine (the platform's own `exp` differs in the last place).
#[must_use]
pub fn exp(x: f32) -> f32 {
    let x = x.clamp(-80.0, 80.0);
    // Adding and taking away a number too large for fractions rounds without a call.
    const NO_FRACTIONS: f32 = 12_582_912.0;
    let whole = (x * std::f32::consts::LOG2_E + NO_FRACTIONS) - NO_FRACTIONS;
    // ln 2 in two parts, so that the rest keeps its digits.
    let rest = (x - whole * 0.693_359_4) + whole * 2.121_944_4e-4;
    let series = 1.0
        + rest
            * (1.0
                + rest
                    * (0.5 + rest * (1.0 / 6.0 + rest * (1.0 / 24.0 + rest * (1.0 / 120.0 + rest / 720.0)))));
    let power = f32::from_bits(((whole as i32 + 127) as u32) << 23);
    series * power
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_exponential_is_the_exponential() {
        for i in -800..=800 {
            let x = i as f32 / 10.0;
            let relative = (exp(x) / x.exp() - 1.0).abs();
            assert!(relative < 1e-6, "{x}: {relative}");
        }
    }

    #[test]
    fn sentiment_sums_to_one() {
        let mut logits = [0.0; OUTPUTS];
        logits[..3].copy_from_slice(&[100.0, -100.0, 3.0]);
        let sum: f32 = Outputs { logits }.sentiment().iter().sum();
        assert!((sum - 1.0).abs() < 1e-6);
    }
}
