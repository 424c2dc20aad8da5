//! Trains the deep half.

mod adam;
mod backward;
mod matrix;
mod net;
mod shape;

use std::thread;

pub use adam::Adam;
pub use backward::{Backward, Slopes};
pub use net::{CALM, Net, Noise, Trace};
pub use shape::{Place, Places, Shape};

use crate::loss::slope;
use crate::prepared::{Prepared, order};
use crate::random::Random;

/// How it is trained.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// Widths.
    pub shape: Shape,
    /// Passes over the texts.
    pub passes: usize,
    /// The last passes, in which embeddings are rounded as in the file.
    pub rounded_passes: usize,
    /// How far the first steps go.
    pub rate: f32,
    /// Draws weights, order and noise.
    pub seed: u64,
    /// How many threads; the result does not depend on it.
    pub threads: usize,
}

/// Texts between two steps.
const BATCH: usize = 32;
/// A batch is always added up in as many parts, whatever the number of threads.
const PARTS: usize = 4;

/// A net in training: everything needed to go on.
#[derive(Debug, Clone, PartialEq)]
pub struct Training {
    /// As far as it has come.
    pub net: Net,
    /// Passes done.
    pub passes: usize,
    dense: Adam,
    embeddings: Adam,
}

struct Part {
    slopes: Slopes,
    trace: Trace,
    room: Backward,
}

impl Training {
    /// Nothing learnt yet.
    #[must_use]
    pub fn new(net: Net) -> Self {
        let (dense, embeddings) = (Adam::new(net.dense.len()), Adam::new(net.embeddings.len()));
        Self { net, passes: 0, dense, embeddings }
    }

    /// All numbers, for a checkpoint.
    pub fn numbers(&mut self) -> [&mut Vec<f32>; 6] {
        [
            &mut self.net.dense,
            &mut self.net.embeddings,
            &mut self.dense.means,
            &mut self.dense.squares,
            &mut self.embeddings.means,
            &mut self.embeddings.squares,
        ]
    }

    /// One pass over the texts.
    pub fn pass(&mut self, texts: &[Prepared], settings: Settings, mut progress: impl FnMut(f32)) {
        let mut order = order(texts);
        Random::new(settings.seed, 200 + self.passes as u64).shuffle(&mut order);
        let mut parts: Vec<Part> = (0..PARTS)
            .map(|_| Part {
                slopes: Slopes::new(&self.net),
                trace: Trace::default(),
                room: Backward::default(),
            })
            .collect();
        let rounded = self.passes + settings.rounded_passes >= settings.passes;
        let batches = order.len().div_ceil(BATCH);
        for (at, batch) in order.chunks(BATCH).enumerate() {
            let done = (self.passes as f32 + at as f32 / batches as f32) / settings.passes as f32;
            let rate = settings.rate * (done * 40.0 + 0.05).min(1.0) * (1.0 - done);
            let stream = ((self.passes as u64) << 32) + at as u64 + (1 << 60);
            self.slopes(
                texts,
                batch,
                rounded,
                Random::new(settings.seed, stream).bits(),
                settings.threads,
                &mut parts,
            );
            self.step(rate, &mut parts);
            if at % 200 == 0 {
                progress(done);
            }
        }
        self.passes += 1;
    }

    fn slopes(
        &self,
        texts: &[Prepared],
        batch: &[u32],
        rounded: bool,
        seed: u64,
        threads: usize,
        parts: &mut [Part],
    ) {
        let net = &self.net;
        let work = |first: usize, parts: &mut [Part]| {
            for (number, part) in parts.iter_mut().enumerate() {
                for at in (first + number..batch.len()).step_by(PARTS) {
                    let text = &texts[batch[at] as usize];
                    let mut random = Random::new(seed, at as u64);
                    let noise = Noise { hide: 0.15, drop: 0.3, rounded };
                    net.forward(&text.pieces, noise, &mut random, &mut part.trace);
                    let slope = slope(&part.trace.logits, &text.targets, text.four.as_ref());
                    net.backward(&slope, &part.trace, &mut part.room, &mut part.slopes);
                }
            }
        };
        let a_thread = PARTS.div_ceil(threads.clamp(1, PARTS));
        if a_thread >= PARTS {
            work(0, parts);
            return;
        }
        thread::scope(|scope| {
            for (number, parts) in parts.chunks_mut(a_thread).enumerate() {
                scope.spawn(move || work(number * a_thread, parts));
            }
        });
    }

    fn step(&mut self, rate: f32, parts: &mut [Part]) {
        let width = self.net.shape.width;
        let (first, rest) = parts.split_at_mut(1);
        let all = &mut first[0].slopes;
        for part in rest {
            for (sum, slope) in all.dense.iter_mut().zip(&part.slopes.dense) {
                *sum += slope;
            }
            all.add_embeddings(&part.slopes, width);
            part.slopes.clear(width);
        }
        let share = 1.0 / BATCH as f32;
        for slope in &mut all.dense {
            *slope *= share;
        }
        self.dense.step(0, &mut self.net.dense, &all.dense, rate);
        for id in &all.touched {
            let at = usize::from(*id) * width;
            let row = &mut all.embeddings[at..at + width];
            for slope in row.iter_mut() {
                *slope *= share;
            }
            self.embeddings.step(at, &mut self.net.embeddings[at..at + width], row, rate);
        }
        all.clear(width);
    }
}
