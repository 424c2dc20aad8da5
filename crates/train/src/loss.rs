//! How wrong the outputs are, and in which direction.

use std::ops::Range;

use earshot_reading::model::{
    COMPLAINT, EMOTIONS, INTENTS, IRONY, OFFENSIVE, OUTPUTS, SENTIMENT, URGENCY, sigmoid,
};

use crate::example::FOUR;

/// Outputs that belong together, and how much they count.
#[derive(Debug, Clone)]
pub struct Group {
    /// For reports.
    pub name: &'static str,
    /// Which outputs.
    pub outputs: Range<usize>,
    /// What one output's error counts.
    pub weight: f32,
}

/// Every output's group.
pub const GROUPS: [Group; 7] = [
    Group { name: "sentiment", outputs: SENTIMENT, weight: 1.5 },
    Group { name: "emotions", outputs: EMOTIONS, weight: 0.35 },
    Group { name: "complaint", outputs: COMPLAINT..COMPLAINT + 1, weight: 0.8 },
    Group { name: "irony", outputs: IRONY..IRONY + 1, weight: 0.4 },
    Group { name: "offensive", outputs: OFFENSIVE..OFFENSIVE + 1, weight: 0.4 },
    Group { name: "intents", outputs: INTENTS, weight: 0.2 },
    Group { name: "urgency", outputs: URGENCY, weight: 1.0 },
];

/// What choosing the wrong one of the four exclusive emotions counts.
const FOUR_WEIGHT: f32 = 0.8;

/// The loss's slope at each logit; 0 where nothing is known.
#[must_use]
pub fn slope(logits: &[f32; OUTPUTS], targets: &[f32; OUTPUTS], four: Option<&[f32; 4]>) -> [f32; OUTPUTS] {
    let mut slope = [0.0; OUTPUTS];
    if !targets[SENTIMENT.start].is_nan() {
        let guess = softmax([logits[0], logits[1], logits[2]]);
        for output in SENTIMENT {
            slope[output] = GROUPS[0].weight * (guess[output] - targets[output]);
        }
    }
    for group in &GROUPS[1..] {
        for output in group.outputs.clone() {
            if !targets[output].is_nan() {
                slope[output] = group.weight * (sigmoid(logits[output]) - targets[output]);
            }
        }
    }
    if let Some(four) = four {
        let guess = softmax(FOUR.map(|output| logits[output]));
        for (at, output) in FOUR.into_iter().enumerate() {
            slope[output] += FOUR_WEIGHT * (guess[at] - four[at]);
        }
    }
    slope
}

/// The loss of one group's outputs, or `None` where nothing of it is known.
#[must_use]
pub fn loss(
    group: &Group,
    logits: &[f32; OUTPUTS],
    targets: &[f32; OUTPUTS],
    four: Option<&[f32; 4]>,
) -> Option<f32> {
    if group.outputs == SENTIMENT {
        let guess = softmax([logits[0], logits[1], logits[2]]);
        return (!targets[0].is_nan())
            .then(|| -SENTIMENT.map(|o| targets[o] * guess[o].max(1e-6).ln()).sum::<f32>());
    }
    let mut sum = None;
    if group.outputs == EMOTIONS
        && let Some(four) = four
    {
        let guess = softmax(FOUR.map(|output| logits[output]));
        return Some(-four.iter().zip(guess).map(|(t, g)| t * g.max(1e-6).ln()).sum::<f32>());
    }
    for output in group.outputs.clone() {
        if !targets[output].is_nan() {
            let p = sigmoid(logits[output]).clamp(1e-6, 1.0 - 1e-6);
            *sum.get_or_insert(0.0) -= targets[output] * p.ln() + (1.0 - targets[output]) * (1.0 - p).ln();
        }
    }
    sum
}

/// Shares that sum to 1.
#[must_use]
pub fn softmax<const N: usize>(logits: [f32; N]) -> [f32; N] {
    let most = logits.iter().copied().fold(f32::MIN, f32::max);
    let each = logits.map(|logit| earshot_reading::model::exp(logit - most));
    let sum: f32 = each.iter().sum();
    each.map(|one| one / sum)
}
