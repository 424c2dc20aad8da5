//! The deep half: word pieces in their order.
//!
//! Embedding, a convolution over three pieces, a second one over five (every other piece) added to the first, then the
//! largest, the mean and four attended means over the text, a hidden layer, the outputs. Numbers between layers are
//! 16-bit fixed point, weights 8-bit (embeddings 4-bit), sums 32-bit: the same on every machine.

use std::ops::Range;

use super::ModelError;
use super::dot::{self, Pair, Weights};
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

/// The widest layer there may be.
const MOST_OUTPUTS: usize = 256;

/// A layer of 8-bit weights; every output has its scale and bias.
#[derive(Debug)]
struct Layer {
    weights: Weights,
    scales: Vec<f32>,
    biases: Vec<f32>,
}

impl Layer {
    /// The file has a row of weights an output. What 1.0 is in the layer's inputs goes into the scales.
    fn from_input(
        input: &mut Input<'_>,
        inputs: usize,
        outputs: usize,
        one: f32,
    ) -> Result<Self, ModelError> {
        let scales = input.floats(outputs)?.into_iter().map(|scale| scale / one).collect();
        let biases = input.floats(outputs)?;
        let weights = Weights::from_rows(&input.signed(inputs * outputs)?, inputs);
        Ok(Self { weights, scales, biases })
    }

    /// Hands every output's value to `put`.
    fn apply(&self, pairs: &[Pair], mut put: impl FnMut(usize, f32)) {
        let mut sums = [0; MOST_OUTPUTS];
        let Some(sums) = sums.get_mut(..self.biases.len()) else { return };
        self.weights.multiply(pairs, 0, sums);
        for (output, ((sum, scale), bias)) in sums.iter().zip(&self.scales).zip(&self.biases).enumerate() {
            put(output, *sum as f32 * scale + bias);
        }
    }

    /// What the outputs' sums are to the next layer.
    fn activate(&self, sums: &[i32], out: &mut [i16]) {
        dot::activate(sums, &self.scales, &self.biases, ACTIVATION_ONE, out);
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
    products: Products,
    sums: Vec<i32>,
    first: Vec<i16>,
    second: Vec<i16>,
    pairs: Vec<Pair>,
    rows: Vec<Range<usize>>,
    scores: Vec<[f32; ATTENTIONS]>,
    pooled: Vec<i16>,
    hidden: Vec<i16>,
    mean: Vec<i32>,
    attended: Vec<f32>,
    floats: Vec<f32>,
}

/// The first convolution's products of the pieces met last.
#[derive(Debug, Default)]
struct Products {
    /// Which id's products a slot holds.
    owners: Vec<Option<u16>>,
    /// Three rows of channels a slot.
    values: Vec<i32>,
    embedding: Vec<i16>,
    pairs: Vec<Pair>,
}

impl Products {
    const SLOTS: usize = 1024;
}

impl Deep {
    pub(super) fn from_input(input: &mut Input<'_>, ids: usize) -> Result<Self, ModelError> {
        let [width, channels, hidden_width] =
            [usize::from(input.u16()?), usize::from(input.u16()?), usize::from(input.u16()?)];
        let fits = |size: usize| size > 0 && size.is_multiple_of(8) && size <= MOST_OUTPUTS;
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
            near: Layer::from_input(input, 3 * width, channels, EMBEDDING_ONE)?,
            far: Layer::from_input(input, 3 * channels, channels, ACTIVATION_ONE)?,
            attention: Layer::from_input(input, channels, ATTENTIONS, ACTIVATION_ONE)?,
            hidden: Layer::from_input(input, POOLS * channels, hidden_width, ACTIVATION_ONE)?,
            output: Layer::from_input(input, hidden_width, OUTPUTS, ACTIVATION_ONE)?,
        })
    }

    /// Logits of all outputs; all 0 for a text without pieces.
    pub(super) fn read(&self, pieces: &[Piece], room: &mut Room) -> [f32; OUTPUTS] {
        let pieces = &pieces[..pieces.len().min(MOST_PIECES)];
        let mut logits = [0.0; OUTPUTS];
        if pieces.is_empty() {
            return logits;
        }
        self.near(pieces, room);
        self.convolve(pieces.len(), room);
        self.pool(pieces.len(), room);
        room.hidden.clear();
        room.hidden.resize(self.hidden_width, 0);
        room.pairs.clear();
        dot::gather(&room.pooled, &mut room.pairs);
        let sums = &mut room.sums[..self.hidden_width];
        sums.fill(0);
        self.hidden.weights.multiply(&room.pairs, 0, sums);
        self.hidden.activate(sums, &mut room.hidden);
        room.pairs.clear();
        dot::gather(&room.hidden, &mut room.pairs);
        self.output.apply(&room.pairs, |o, value| logits[o] = value);
        logits
    }

    /// What an id adds to the first convolution of the piece after it, of its own and of the one before it, in `room`'s
    /// memory: most pieces of a text are among the few hundred that were met just before.
    fn products<'r>(&self, id: u16, room: &'r mut Products) -> &'r [i32] {
        let (width, channels) = (self.width, self.channels);
        room.owners.resize(Products::SLOTS, None);
        room.values.resize(Products::SLOTS * 3 * channels, 0);
        let slot = usize::from(id) % Products::SLOTS;
        let values = &mut room.values[slot * 3 * channels..(slot + 1) * 3 * channels];
        if room.owners[slot] != Some(id) {
            room.owners[slot] = Some(id);
            room.embedding.clear();
            room.embedding.resize(width, 0);
            self.embed(id, &mut room.embedding);
            values.fill(0);
            room.pairs.clear();
            dot::gather(&room.embedding, &mut room.pairs);
            for (place, values) in values.chunks_exact_mut(channels).enumerate() {
                self.near.weights.multiply(&room.pairs, place * width / 2, values);
            }
        }
        values
    }

    fn embed(&self, id: u16, row: &mut [i16]) {
        let id = usize::from(id);
        let step = i16::from(self.steps[id]);
        let half = self.width / 2;
        for (two, byte) in
            row.as_chunks_mut::<2>().0.iter_mut().zip(&self.embeddings[id * half..(id + 1) * half])
        {
            two[0] = (i16::from(byte & 15) - 8) * step;
            two[1] = (i16::from(byte >> 4) - 8) * step;
        }
    }

    /// The first convolution's sums. Those of the places beside the text's ends are not needed.
    fn near(&self, pieces: &[Piece], room: &mut Room) {
        let channels = self.channels;
        room.sums.clear();
        room.sums.resize(((pieces.len() + 2) * channels).max(self.hidden_width), 0);
        for (at, piece) in pieces.iter().enumerate() {
            for id in std::iter::once(piece.id).chain(piece.mark_ids()) {
                let products = self.products(id, &mut room.products);
                // As the last of three it is met by the place before it, so the order turns round.
                for (part, products) in products.chunks_exact(channels).enumerate() {
                    let sums = &mut room.sums[(at + 2 - part) * channels..(at + 3 - part) * channels];
                    dot::add(sums, products);
                }
            }
        }
    }

    fn convolve(&self, count: usize, room: &mut Room) {
        let channels = self.channels;
        // Two empty places before and after, for the second convolution's reach.
        room.first.clear();
        room.first.resize((count + 4) * channels, 0);
        let sums = room.sums[channels..].chunks_exact(channels);
        for (out, sums) in room.first[2 * channels..].chunks_exact_mut(channels).zip(sums).take(count) {
            self.near.activate(sums, out);
        }
        room.pairs.clear();
        room.rows.clear();
        for row in room.first.chunks_exact(channels) {
            let start = room.pairs.len();
            dot::gather(row, &mut room.pairs);
            room.rows.push(start..room.pairs.len());
        }
        room.second.clear();
        room.second.resize(count * channels, 0);
        for (at, out) in room.second.chunks_exact_mut(channels).enumerate() {
            let sums = &mut room.sums[..channels];
            sums.fill(0);
            for (part, place) in [at, at + 2, at + 4].into_iter().enumerate() {
                let pairs = &room.pairs[room.rows[place].clone()];
                self.far.weights.multiply(pairs, part * channels / 2, sums);
            }
            self.far.activate(sums, out);
            for (out, own) in out.iter_mut().zip(&room.first[(at + 2) * channels..]) {
                *out = out.saturating_add(*own);
            }
        }
    }

    fn pool(&self, count: usize, room: &mut Room) {
        let channels = self.channels;
        room.scores.clear();
        room.scores.resize(count, [0.0; ATTENTIONS]);
        let mut most = [f32::MIN; ATTENTIONS];
        for (row, scores) in room.second.chunks_exact(channels).zip(&mut room.scores) {
            room.pairs.clear();
            dot::gather(row, &mut room.pairs);
            self.attention.apply(&room.pairs, |head, value| {
                scores[head] = value;
                if value > most[head] {
                    most[head] = value;
                }
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
            room.floats.clear();
            room.floats.extend(row.iter().map(|value| f32::from(*value)));
            for (score, attended) in scores.iter().zip(room.attended.chunks_exact_mut(channels)) {
                for (value, sum) in room.floats.iter().zip(attended) {
                    *sum += *score * value;
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
            dot::divide(from, sum, to);
        }
    }
}
