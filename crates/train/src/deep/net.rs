//! The deep half in floating point, forward. The engine's own copy (`earshot_reading::model`) has the same layers in integers.

use earshot_reading::model::{ATTENTIONS, EMBEDDING_ONE, MOST_PIECES, OUTPUTS, POOLS, Piece, UNKNOWN, exp};

use super::matrix::multiply;
use super::shape::{ATTENTION_COLUMNS, Place, Places, Shape};
use crate::random::Random;
use crate::word_vectors::NUMBERS;

/// Weights of a net.
#[derive(Debug, Clone, PartialEq)]
pub struct Net {
    /// Widths.
    pub shape: Shape,
    /// A row of `shape.width` an id.
    pub embeddings: Vec<f32>,
    /// Everything else, laid out by [`Shape::places`].
    pub dense: Vec<f32>,
}

/// How a text is read while training.
#[derive(Debug, Clone, Copy)]
pub struct Noise {
    /// The share of pieces that are hidden.
    pub hide: f32,
    /// The share of pooled numbers that are left out.
    pub drop: f32,
    /// Embeddings are rounded as they will be in the file.
    pub rounded: bool,
}

/// Reading as the engine will: nothing hidden, embeddings rounded.
pub const CALM: Noise = Noise { hide: 0.0, drop: 0.0, rounded: true };

/// Everything between the layers, kept for the way back.
#[derive(Debug)]
pub struct Trace {
    pub(super) ids: Vec<(u16, usize)>,
    pub(super) embedded: Vec<f32>,
    pub(super) first: Vec<f32>,
    pub(super) second: Vec<f32>,
    pub(super) far: Vec<f32>,
    pub(super) windows: Vec<f32>,
    pub(super) scores: Vec<f32>,
    pub(super) pooled: Vec<f32>,
    pub(super) largest: Vec<usize>,
    pub(super) kept: Vec<f32>,
    pub(super) hidden: Vec<f32>,
    /// What came out.
    pub logits: [f32; OUTPUTS],
}

impl Default for Trace {
    fn default() -> Self {
        Self {
            ids: Vec::new(),
            embedded: Vec::new(),
            first: Vec::new(),
            second: Vec::new(),
            far: Vec::new(),
            windows: Vec::new(),
            scores: Vec::new(),
            pooled: Vec::new(),
            largest: Vec::new(),
            kept: Vec::new(),
            hidden: Vec::new(),
            logits: [0.0; OUTPUTS],
        }
    }
}

/// An embedding's first numbers are the lexicon's: how good or bad, and how strongly either.
const FROM_LEXICON: usize = 2;

impl Net {
    /// Small random weights; embeddings begin with their words' vectors, and with what the lexicon says.
    #[must_use]
    pub fn new(
        shape: Shape,
        ids: usize,
        vectors: &[(u16, [f32; NUMBERS])],
        valence: &[(u16, f32)],
        seed: u64,
    ) -> Self {
        let mut random = Random::new(seed, 1);
        let mut embeddings: Vec<f32> = (0..ids * shape.width).map(|_| 0.25 * random.around_zero()).collect();
        for (id, vector) in vectors {
            let row = &mut embeddings[usize::from(*id) * shape.width..][..shape.width];
            for (start, number) in row.iter_mut().skip(FROM_LEXICON).zip(vector) {
                *start = *number;
            }
        }
        for (id, valence) in valence {
            let row = &mut embeddings[usize::from(*id) * shape.width..];
            row[0] = 0.6 * valence;
            row[1] = 0.4 * valence.abs();
        }
        let places = shape.places();
        let mut dense = vec![0.0; places.total];
        for place in [&places.near, &places.far, &places.attention, &places.hidden, &places.output] {
            let size = (3.0 / place.inputs as f32).sqrt();
            for weight in &mut dense[place.weights.clone()] {
                *weight = 1.4 * size * random.around_zero();
            }
        }
        Self { shape, embeddings, dense }
    }

    /// The step that an embedding's sixteen levels are apart, as the file has it.
    #[must_use]
    pub fn step(row: &[f32]) -> f32 {
        let most = row.iter().fold(0.0_f32, |most, value| most.max(value.abs()));
        (most / 7.0 * EMBEDDING_ONE).round().clamp(1.0, 255.0) / EMBEDDING_ONE
    }

    /// Reads one text and keeps the way.
    pub fn forward(&self, pieces: &[Piece], noise: Noise, random: &mut Random, trace: &mut Trace) {
        let Shape { width, channels, hidden } = self.shape;
        let places = self.shape.places();
        let pieces = &pieces[..pieces.len().min(MOST_PIECES)];
        let count = pieces.len();
        trace.logits = [0.0; OUTPUTS];
        trace.ids.clear();
        if count == 0 {
            return;
        }
        for (at, piece) in pieces.iter().enumerate() {
            if noise.hide > 0.0 && random.share() < noise.hide {
                trace.ids.push((UNKNOWN, at));
                continue;
            }
            trace.ids.push((piece.id, at));
            trace.ids.extend(piece.mark_ids().map(|id| (id, at)));
        }
        zero(&mut trace.embedded, (count + 2) * width);
        for (id, at) in &trace.ids {
            let row = &self.embeddings[usize::from(*id) * width..][..width];
            let to = &mut trace.embedded[(at + 1) * width..][..width];
            if noise.rounded {
                let step = Self::step(row);
                for (to, value) in to.iter_mut().zip(row) {
                    *to += (value / step).round().clamp(-7.0, 7.0) * step;
                }
            } else {
                for (to, value) in to.iter_mut().zip(row) {
                    *to += value;
                }
            }
        }
        // Two empty places before and after, for the second convolution's reach.
        zero(&mut trace.first, (count + 4) * channels);
        let first = &mut trace.first[2 * channels..(count + 2) * channels];
        self.layer(&places.near, &trace.embedded, width, first);
        rectify(first);
        trace.windows.clear();
        for at in 0..count {
            for place in [at, at + 2, at + 4] {
                trace.windows.extend_from_slice(&trace.first[place * channels..(place + 1) * channels]);
            }
        }
        zero(&mut trace.far, count * channels);
        self.layer(&places.far, &trace.windows, 3 * channels, &mut trace.far);
        rectify(&mut trace.far);
        trace.second.clear();
        trace.second.extend(
            trace
                .far
                .iter()
                .zip(&trace.first[2 * channels..(count + 2) * channels])
                .map(|(far, own)| far + own),
        );
        self.pool(count, &places, trace);
        trace.kept.clear();
        for value in &mut trace.pooled {
            let keep = if noise.drop > 0.0 {
                if random.share() < noise.drop { 0.0 } else { 1.0 / (1.0 - noise.drop) }
            } else {
                1.0
            };
            *value *= keep;
            trace.kept.push(keep);
        }
        zero(&mut trace.hidden, hidden);
        self.layer(&places.hidden, &trace.pooled, 0, &mut trace.hidden);
        rectify(&mut trace.hidden);
        self.layer(&places.output, &trace.hidden, 0, &mut trace.logits);
    }

    fn layer(&self, place: &Place, from: &[f32], stride: usize, out: &mut [f32]) {
        for row in out.chunks_exact_mut(place.outputs) {
            row.copy_from_slice(&self.dense[place.biases.clone()]);
        }
        multiply(from, stride, place.inputs, &self.dense[place.weights.clone()], place.outputs, out);
    }

    fn pool(&self, count: usize, places: &Places, trace: &mut Trace) {
        let channels = self.shape.channels;
        zero(&mut trace.scores, count * ATTENTION_COLUMNS);
        self.layer(&places.attention, &trace.second, channels, &mut trace.scores);
        for head in 0..ATTENTIONS {
            let column = || (0..count).map(|at| at * ATTENTION_COLUMNS + head);
            let most = column().fold(f32::MIN, |most, at| most.max(trace.scores[at]));
            let mut sum = 0.0;
            for at in column() {
                trace.scores[at] = exp(trace.scores[at] - most);
                sum += trace.scores[at];
            }
            for at in column() {
                trace.scores[at] /= sum;
            }
        }
        zero(&mut trace.pooled, POOLS * channels);
        trace.largest.clear();
        trace.largest.resize(channels, 0);
        let share = 1.0 / count as f32;
        for (at, row) in trace.second.chunks_exact(channels).enumerate() {
            for (c, value) in row.iter().enumerate() {
                if *value > trace.pooled[c] {
                    trace.pooled[c] = *value;
                    trace.largest[c] = at;
                }
                trace.pooled[channels + c] += share * value;
            }
            for head in 0..ATTENTIONS {
                let score = trace.scores[at * ATTENTION_COLUMNS + head];
                for (to, value) in trace.pooled[(2 + head) * channels..][..channels].iter_mut().zip(row) {
                    *to += score * value;
                }
            }
        }
    }
}

pub(super) fn zero(numbers: &mut Vec<f32>, count: usize) {
    numbers.clear();
    numbers.resize(count, 0.0);
}

fn rectify(numbers: &mut [f32]) {
    for number in numbers {
        *number = number.max(0.0);
    }
}
