//! Makes the engine's model from labelled texts, and measures the engine on them.
//!
//! [`train`] is the whole road: read the sets, let the teachers' soft labels fill what people left open, choose the
//! vocabulary, train the wide half and, from vectors of words, the deep half beside each other, round and prune, mix and
//! calibrate on held-out texts, write one file. The same data and seed give the same bytes, with any number of threads, on
//! any machine.

mod checkpoint;
pub mod deep;
mod error;
pub mod evaluate;
pub mod example;
pub mod file;
pub mod lexicon;
pub mod loss;
pub mod mix;
pub mod prepared;
pub mod pruning;
mod random;
mod records;
pub mod sets;
pub mod soft_labels;
mod train;
pub mod vocabulary;
pub mod wide;
mod word_vectors;

pub use error::TrainError;
pub use example::{Example, Use};
pub use train::{Made, Plan, train};
