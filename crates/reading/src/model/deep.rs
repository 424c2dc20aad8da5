//! The deep half: word pieces in their order.
//!
//! Embedding, a convolution over three pieces, a second one over five (every other piece) added to the first, then the
//! largest, the mean and four attended means over the text, a hidden layer, the outputs. Numbers between layers are
//! 16-bit fixed point, weights 8-bit (embeddings 4-bit), sums 32-bit: the same on every machine.

use super::ModelError;
use super::dot;
use super::features::{MOST_PIECES, Piece};
use super::format::Input;
use super::heads::{OUTPUTS, exp};

/// What 1.0 is in an embedding.
pub const EMBEDDING_ONE: f32 = 1024.0;
/// What 1.0 is between the layers.
pub const ACTIVATION_ONE: f32 = 256.0;
/// How many attended means there are.
pub const ATTENTIONS: usize = 4;
/// Pooled vectors: the largest, the mean, the attended ones.
pub const POOLS: usize = 2 + ATTENTIONS;

/// A layer: rows of 8-bit weights, each with its scale and bias.
#[derive(Debug)]
struct Layer {
    inputs: usize,
    weights: Vec<i16>,
    scales: Vec<f32>,
    biases: Vec<f32>,
}

impl Layer {
    fn from_input(input: &mut Input<'_>, inputs: usize, outputs: usize) -> Result<Self, ModelError> {
        let scales = input.floats(outputs)?;
        let biases = input.floats(outputs)?;
        Ok(Self { inputs, weights: input.signed(inputs * outputs)?, scales, biases })
    }

    fn rows(&self, first: usize) -> [&[i16]; 4] {
        std::array::from_fn(|r| &self.weights[(first + r) * self.inputs..(first + r + 1) * self.inputs])
    }

    /// Hands every output's value for `x` to `put`.
    fn apply(&self, x: &[i16], one: f32, mut put: impl FnMut(usize, f32)) {
        for first in (0..self.biases.len()).step_by(4) {
            let sums = dot::four(x, self.rows(first));
            for (output, sum) in (first..).zip(sums) {
                put(output, sum as f32 * (self.scales[output] / one) + self.biases[output]);
            }
        }
    }
}

/// The net.
#[derive(Debug)]
pub(super) struct Deep {
    width: usize,
    channels: usize,
    hidden_width: usize,
    /// Two weights a byte, low half first, each -7 to 7 (stored + 8).
    embeddings: Vec<u8>,
    /// What one step of an id's embedding is worth, in 1/1024.
    steps: Vec<u8>,
    near: Layer,
    far: Layer,
    attention: Layer,
    hidden: Layer,
    output: Layer,
}

/// Room to work in, kept from text to text.
#[derive(Debug, Default)]
pub(super) struct Room {
    embedded: Vec<i16>,
    first: Vec<i16>,
    second: Vec<i16>,
    window: Vec<i16>,
    scores: Vec<[f32; ATTENTIONS]>,
    pooled: Vec<i16>,
    hidden: Vec<i16>,
    mean: Vec<i32>,
    attended: Vec<f32>,
}

impl Deep {
    pub(super) fn from_input(input: &mut Input<'_>, ids: usize) -> Result<Self, ModelError> {
        let [width, channels, hidden_width] =
            [usize::from(input.u16()?), usize::from(input.u16()?), usize::from(input.u16()?)];
        let fits = |size: usize| size > 0 && size.is_multiple_of(8) && size <= 512;
        if !(fits(width) && fits(channels) && fits(hidden_width)) {
            return Err(ModelError::Shape("net"));
        }
        let embeddings = input.bytes(ids * width / 2)?.to_vec();
        let steps = input.bytes(ids)?.to_vec();
        Ok(Self {
            width,
            channels,
            hidden_width,
            embeddings,
            steps,
            near: Layer::from_input(input, 3 * width, channels)?,
            far: Layer::from_input(input, 3 * channels, channels)?,
            attention: Layer::from_input(input, channels, ATTENTIONS)?,
            hidden: Layer::from_input(input, POOLS * channels, hidden_width)?,
            output: Layer::from_input(input, hidden_width, OUTPUTS)?,
        })
    }

    /// Logits of all outputs; all 0 for a text without pieces.
    pub(super) fn read(&self, pieces: &[Piece], room: &mut Room) -> [f32; OUTPUTS] {
        let pieces = &pieces[..pieces.len().min(MOST_PIECES)];
        let mut logits = [0.0; OUTPUTS];
        if pieces.is_empty() {
            return logits;
        }
        self.embed(pieces, room);
        self.convolve(pieces.len(), room);
        self.pool(pieces.len(), room);
        room.hidden.clear();
        room.hidden.resize(self.hidden_width, 0);
        self.hidden.apply(&room.pooled, ACTIVATION_ONE, |o, value| room.hidden[o] = activation(value));
        self.output.apply(&room.hidden, ACTIVATION_ONE, |o, value| logits[o] = value);
        logits
    }

    /// One empty place before and after the pieces.
    fn embed(&self, pieces: &[Piece], room: &mut Room) {
        room.embedded.clear();
        room.embedded.resize((pieces.len() + 2) * self.width, 0);
        for (row, piece) in room.embedded[self.width..].chunks_exact_mut(self.width).zip(pieces) {
            self.add_embedding(piece.id, row);
            for id in piece.mark_ids() {
                self.add_embedding(id, row);
            }
        }
    }

    fn add_embedding(&self, id: u16, row: &mut [i16]) {
        let id = usize::from(id);
        let step = i16::from(self.steps[id]);
        let half = self.width / 2;
        for (two, byte) in row.as_chunks_mut::<2>().0.iter_mut().zip(&self.embeddings[id * half..(id + 1) * half]) {
            two[0] += (i16::from(byte & 15) - 8) * step;
            two[1] += (i16::from(byte >> 4) - 8) * step;
        }
    }

    fn convolve(&self, count: usize, room: &mut Room) {
        let (width, channels) = (self.width, self.channels);
        // Two empty places before and after, for the second convolution's reach.
        room.first.clear();
        room.first.resize((count + 4) * channels, 0);
        for at in 0..count {
            let out = &mut room.first[(at + 2) * channels..(at + 3) * channels];
            let window = &room.embedded[at * width..(at + 3) * width];
            self.near.apply(window, EMBEDDING_ONE, |o, value| out[o] = activation(value));
        }
        room.second.clear();
        room.second.resize(count * channels, 0);
        for at in 0..count {
            room.window.clear();
            for place in [at, at + 2, at + 4] {
                room.window.extend_from_slice(&room.first[place * channels..(place + 1) * channels]);
            }
            let (out, own) = (&mut room.second[at * channels..(at + 1) * channels], &room.first[(at + 2) * channels..]);
            self.far.apply(&room.window, ACTIVATION_ONE, |o, value| out[o] = activation(value).saturating_add(own[o]));
        }
    }

    fn pool(&self, count: usize, room: &mut Room) {
        let channels = self.channels;
        room.scores.clear();
        room.scores.resize(count, [0.0; ATTENTIONS]);
        let mut most = [f32::MIN; ATTENTIONS];
        for (row, scores) in room.second.chunks_exact(channels).zip(&mut room.scores) {
            self.attention.apply(row, ACTIVATION_ONE, |head, value| {
                scores[head] = value;
                most[head] = most[head].max(value);
            });
        }
        let mut sums = [0.0_f32; ATTENTIONS];
        for scores in &mut room.scores {
            for head in 0..ATTENTIONS {
                scores[head] = exp(scores[head] - most[head]);
                sums[head] += scores[head];
            }
        }
        room.pooled.clear();
        room.pooled.resize(POOLS * channels, 0);
        room.mean.clear();
        room.mean.resize(channels, 0);
        room.attended.clear();
        room.attended.resize(ATTENTIONS * channels, 0.0);
        let (largest, means) = room.pooled.split_at_mut(channels);
        for (row, scores) in room.second.chunks_exact(channels).zip(&room.scores) {
            for ((value, largest), sum) in row.iter().zip(largest.iter_mut()).zip(&mut room.mean) {
                *largest = (*largest).max(*value);
                *sum += i32::from(*value);
            }
            for (score, attended) in scores.iter().zip(room.attended.chunks_exact_mut(channels)) {
                for (value, sum) in row.iter().zip(attended) {
                    *sum += *score * f32::from(*value);
                }
            }
        }
        let (mean, attended) = means.split_at_mut(channels);
        for (to, sum) in mean.iter_mut().zip(&room.mean) {
            *to = (*sum / count as i32) as i16;
        }
        for ((to, from), sum) in
            attended.chunks_exact_mut(channels).zip(room.attended.chunks_exact(channels)).zip(sums)
        {
            for (to, from) in to.iter_mut().zip(from) {
                *to = (*from / sum) as i16;
            }
        }
    }
}

/// A layer's value as the next layer takes it: nothing below zero, in fixed point.
fn activation(value: f32) -> i16 {
    (value.max(0.0) * ACTIVATION_ONE + 0.5) as i16
}
