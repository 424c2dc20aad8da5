//! The deep half's slopes: what each weight did to the loss, found by going the way of [`Net::forward`] back.

use earshot_reading::model::{ATTENTIONS, OUTPUTS, POOLS};

use super::matrix::{input_slopes, weight_slopes};
use super::net::{Net, Trace, zero};
use super::shape::{ATTENTION_COLUMNS, Place, Places, Shape};

/// Sums of slopes over some texts.
#[derive(Debug)]
pub struct Slopes {
    /// As [`Net::dense`].
    pub dense: Vec<f32>,
    /// As [`Net::embeddings`].
    pub embeddings: Vec<f32>,
    /// The ids whose rows are not 0, in the order they were met.
    pub touched: Vec<u16>,
    is_touched: Vec<bool>,
}

impl Slopes {
    /// All 0.
    #[must_use]
    pub fn new(net: &Net) -> Self {
        let ids = net.embeddings.len() / net.shape.width;
        Self {
            dense: vec![0.0; net.dense.len()],
            embeddings: vec![0.0; net.embeddings.len()],
            touched: Vec::new(),
            is_touched: vec![false; ids],
        }
    }

    fn touch(&mut self, id: u16) {
        let is = &mut self.is_touched[usize::from(id)];
        if !*is {
            *is = true;
            self.touched.push(id);
        }
    }

    /// Adds another part's embeddings.
    pub fn add_embeddings(&mut self, other: &Self, width: usize) {
        for id in &other.touched {
            self.touch(*id);
            let at = usize::from(*id) * width;
            for (sum, slope) in
                self.embeddings[at..at + width].iter_mut().zip(&other.embeddings[at..at + width])
            {
                *sum += slope;
            }
        }
    }

    /// Back to 0.
    pub fn clear(&mut self, width: usize) {
        self.dense.fill(0.0);
        for id in self.touched.drain(..) {
            let id = usize::from(id);
            self.embeddings[id * width..(id + 1) * width].fill(0.0);
            self.is_touched[id] = false;
        }
    }
}

/// Room for the way back.
#[derive(Debug, Default)]
pub struct Backward {
    hidden: Vec<f32>,
    pooled: Vec<f32>,
    second: Vec<f32>,
    far: Vec<f32>,
    windows: Vec<f32>,
    first: Vec<f32>,
    embedded: Vec<f32>,
    scores: Vec<f32>,
}

impl Net {
    /// Adds to `sums` what each weight did to the loss, given the loss's slope at each logit.
    pub fn backward(&self, slope: &[f32; OUTPUTS], trace: &Trace, room: &mut Backward, sums: &mut Slopes) {
        let Shape { width, channels, hidden } = self.shape;
        let places = self.shape.places();
        if trace.ids.is_empty() {
            return;
        }
        let count = trace.second.len() / channels;
        zero(&mut room.hidden, hidden);
        self.layer_back(&places.output, &trace.hidden, 0, slope, Some((&mut room.hidden, 0)), sums);
        gate(&mut room.hidden, &trace.hidden);
        zero(&mut room.pooled, POOLS * channels);
        self.layer_back(&places.hidden, &trace.pooled, 0, &room.hidden, Some((&mut room.pooled, 0)), sums);
        for (slope, keep) in room.pooled.iter_mut().zip(&trace.kept) {
            *slope *= keep;
        }
        self.pool_back(count, &places, trace, room, sums);
        // The second convolution's own part; what it was added to gets the same slope.
        room.far.clear();
        room.far.extend_from_slice(&room.second);
        gate(&mut room.far, &trace.far);
        zero(&mut room.windows, count * 3 * channels);
        self.layer_back(
            &places.far,
            &trace.windows,
            3 * channels,
            &room.far,
            Some((&mut room.windows, 3 * channels)),
            sums,
        );
        zero(&mut room.first, (count + 4) * channels);
        room.first[2 * channels..(count + 2) * channels].copy_from_slice(&room.second);
        for at in 0..count {
            for (part, place) in [at, at + 2, at + 4].into_iter().enumerate() {
                let from = &room.windows[(at * 3 + part) * channels..][..channels];
                for (to, from) in room.first[place * channels..][..channels].iter_mut().zip(from) {
                    *to += from;
                }
            }
        }
        let first = &mut room.first[2 * channels..(count + 2) * channels];
        gate(first, &trace.first[2 * channels..(count + 2) * channels]);
        zero(&mut room.embedded, (count + 2) * width);
        self.layer_back(&places.near, &trace.embedded, width, first, Some((&mut room.embedded, width)), sums);
        for (id, at) in &trace.ids {
            sums.touch(*id);
            let to = &mut sums.embeddings[usize::from(*id) * width..][..width];
            for (to, from) in to.iter_mut().zip(&room.embedded[(at + 1) * width..][..width]) {
                *to += from;
            }
        }
    }

    fn layer_back(
        &self,
        place: &Place,
        from: &[f32],
        stride: usize,
        slopes: &[f32],
        into: Option<(&mut Vec<f32>, usize)>,
        sums: &mut Slopes,
    ) {
        let columns = place.outputs;
        weight_slopes(from, stride, place.inputs, slopes, columns, &mut sums.dense[place.weights.clone()]);
        for row in slopes.chunks_exact(columns) {
            for (to, slope) in sums.dense[place.biases.clone()].iter_mut().zip(row) {
                *to += slope;
            }
        }
        if let Some((into, stride)) = into {
            input_slopes(slopes, columns, &self.dense[place.weights.clone()], place.inputs, into, stride);
        }
    }

    fn pool_back(
        &self,
        count: usize,
        places: &Places,
        trace: &Trace,
        room: &mut Backward,
        sums: &mut Slopes,
    ) {
        let channels = self.shape.channels;
        let share = 1.0 / count as f32;
        zero(&mut room.second, count * channels);
        for (at, row) in room.second.chunks_exact_mut(channels).enumerate() {
            for (to, slope) in row.iter_mut().zip(&room.pooled[channels..2 * channels]) {
                *to += share * slope;
            }
            for head in 0..ATTENTIONS {
                let score = trace.scores[at * ATTENTION_COLUMNS + head];
                for (to, slope) in row.iter_mut().zip(&room.pooled[(2 + head) * channels..][..channels]) {
                    *to += score * slope;
                }
            }
        }
        for (c, at) in trace.largest.iter().enumerate() {
            room.second[at * channels + c] += room.pooled[c];
        }
        // The softmax over places: slope = score * (value's slope - mean of it).
        zero(&mut room.scores, count * ATTENTION_COLUMNS);
        for head in 0..ATTENTIONS {
            let slopes = &room.pooled[(2 + head) * channels..][..channels];
            let mut mean = 0.0;
            for (at, row) in trace.second.chunks_exact(channels).enumerate() {
                let value: f32 = row.iter().zip(slopes).map(|(value, slope)| value * slope).sum();
                let place = at * ATTENTION_COLUMNS + head;
                room.scores[place] = value;
                mean += trace.scores[place] * value;
            }
            for at in 0..count {
                let place = at * ATTENTION_COLUMNS + head;
                room.scores[place] = trace.scores[place] * (room.scores[place] - mean);
            }
        }
        let Backward { scores, second, .. } = room;
        self.layer_back(&places.attention, &trace.second, channels, scores, Some((second, channels)), sums);
    }
}

/// No slope passes where the layer gave nothing.
fn gate(slopes: &mut [f32], values: &[f32]) {
    for (slope, value) in slopes.iter_mut().zip(values) {
        if *value <= 0.0 {
            *slope = 0.0;
        }
    }
}

#[cfg(test)]
mod tests {
    use earshot_reading::model::Piece;

    use super::*;
    use crate::deep::net::Noise;
    use crate::random::Random;

    /// The slopes are those of the loss: each agrees with what a small change does.
    #[test]
    fn slopes_agree_with_small_changes() {
        let shape = Shape { width: 8, channels: 8, hidden: 8 };
        let mut net = Net::new(shape, 20, &[], &[(9, 1.0)], 3);
        let pieces: Vec<Piece> =
            (0..6).map(|at| Piece { id: 9 + at % 4, marks: (at % 3) as u8, token: at }).collect();
        let noise = Noise { hide: 0.0, drop: 0.0, rounded: false };
        let mut random = Random::new(1, 1);
        let weigh: [f32; OUTPUTS] = std::array::from_fn(|o| if o < 5 { o as f32 - 1.5 } else { 0.0 });
        let mut loss = |net: &Net| {
            let mut trace = Trace::default();
            net.forward(&pieces, noise, &mut random, &mut trace);
            trace.logits.iter().zip(weigh).map(|(logit, weight)| f64::from(logit * weight)).sum::<f64>()
        };
        let mut trace = Trace::default();
        net.forward(&pieces, noise, &mut Random::new(1, 1), &mut trace);
        let mut sums = Slopes::new(&net);
        net.backward(&weigh, &trace, &mut Backward::default(), &mut sums);
        let mut pick = Random::new(2, 2);
        let (mut checked, mut wrong) = (0, 0);
        for _ in 0..300 {
            let dense = pick.below(2) == 0;
            let at = pick.below(if dense { net.dense.len() } else { net.embeddings.len() });
            let slope = if dense { sums.dense[at] } else { sums.embeddings[at] };
            let weight = |net: &mut Net, by: f32| {
                if dense { net.dense[at] += by } else { net.embeddings[at] += by }
            };
            weight(&mut net, 1e-3);
            let above = loss(&net);
            weight(&mut net, -2e-3);
            let below = loss(&net);
            weight(&mut net, 1e-3);
            let measured = (above - below) / 2e-3;
            checked += 1;
            // A few may sit on a corner of the rectifier or the maximum.
            if (measured - f64::from(slope)).abs() > 2e-2 * (1.0 + measured.abs()) {
                wrong += 1;
            }
        }
        assert!(wrong * 20 < checked, "{wrong} of {checked} slopes are wrong");
    }
}
