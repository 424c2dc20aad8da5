//! The deep half: word pieces in their order.
//!
//! Embedding, a convolution over three pieces, a second one over five (every other piece) added to the first, then the
//! largest, the mean and four attended means over the text, a hidden layer, the outputs. Numbers between layers are
//! 16-bit fixed point, weights 8-bit (embeddings 4-bit), sums 32-bit: the same on every machine.

use std::ops::Range;

use super::ModelError;
use super::dot::{self, Pair, Part, Weights};
use super::features::{MOST_PIECES, Piece};
use super::format::Input;
use super::heads::{OUTPUTS, exp};

/// What 1.0 is in an embedding.
pub const EMBEDDING_ONE: f32 = 1024.0;
/// What 1.0 is between the layers.
pub const ACTIVATION_ONE: f32 = 256.0;
/// How many attended means there are: as many as [`Weights::multiply_four`] multiplies.
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
        self.weights.multiply(&[Part { first: 0, pairs }], sums);
        for (output, ((sum, scale), bias)) in sums.iter().zip(&self.scales).zip(&self.biases).enumerate() {
            put(output, *sum as f32 * scale + bias);
        }
    }

    /// The values of four outputs.
    fn apply_four(&self, x: &[i16]) -> [f32; 4] {
        let mut values = [0.0; 4];
        let sums = self.weights.multiply_four(x);
        for (value, (sum, (scale, bias))) in
            values.iter_mut().zip(sums.iter().zip(self.scales.iter().zip(&self.biases)))
        {
            *value = *sum as f32 * scale + bias;
        }
        values
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
    /// A power of two. With so many, of the pieces of tweets one in four is met without its products; with half as many, more than
    /// one in three.
    const SLOTS: usize = 2048;
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
        self.hidden.weights.multiply(&[Part { first: 0, pairs: &room.pairs }], sums);
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
            room.pairs.clear();
            dot::gather(&room.embedding, &mut room.pairs);
            for (place, values) in values.chunks_exact_mut(channels).enumerate() {
                let part = Part { first: place * width / 2, pairs: &room.pairs };
                self.near.weights.multiply(&[part], values);
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
            let part = |part: usize| Part {
                first: part * channels / 2,
                pairs: &room.pairs[room.rows[at + 2 * part].clone()],
            };
            self.far.weights.multiply(&[part(0), part(1), part(2)], sums);
            self.far.activate(sums, out);
            for (out, own) in out.iter_mut().zip(&room.first[(at + 2) * channels..]) {
                *out = out.saturating_add(*own);
            }
        }
    }

    fn pool(&self, count: usize, room: &mut Room) {
        let channels = self.channels;
        room.scores.clear();
        let mut most = [f32::MIN; ATTENTIONS];
        for row in room.second.chunks_exact(channels) {
            let scores = self.attention.apply_four(row);
            for (most, score) in most.iter_mut().zip(scores) {
                *most = most.max(score);
            }
            room.scores.push(scores);
        }
        let mut sums = [0.0_f32; ATTENTIONS];
        for scores in &mut room.scores {
            for ((score, most), sum) in scores.iter_mut().zip(most).zip(&mut sums) {
                *score = exp(*score - most);
                *sum += *score;
            }
        }
        room.pooled.clear();
        room.pooled.resize(POOLS * channels, 0);
        for first in (0..channels).step_by(8) {
            let pooled = dot::pool(&room.second, channels, first, &room.scores);
            let means = std::iter::once((&pooled.sums, count as f32)).chain(pooled.attended.iter().zip(sums));
            let pools = std::iter::once(pooled.largest)
                .chain(means.map(|(sums, divisor)| dot::divided(*sums, divisor)));
            for (into, eight) in room.pooled.chunks_exact_mut(channels).zip(pools) {
                into[first..first + 8].copy_from_slice(&eight);
            }
        }
    }
}
