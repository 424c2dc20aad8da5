//! What can go wrong while a model is made or measured.

use std::path::PathBuf;

/// Why a model could not be made or measured.
#[derive(Debug, thiserror::Error)]
pub enum TrainError {
    /// A file could not be read.
    #[error("cannot read {}: check the path and that the data lie where the research notes say", path.display())]
    Read {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// A file could not be written.
    #[error("cannot write {}", path.display())]
    Write {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// A line of a data file is not what its set's rows look like.
    #[error("{}, line {line}: not a row of this set", path.display())]
    Row {
        /// Which file.
        path: PathBuf,
        /// Which line, from 1.
        line: usize,
        /// Why.
        #[source]
        source: serde_json::Error,
    },
    /// A soft-label file is not one.
    #[error("{}: not a file of soft labels: make it again with research/pack_soft_labels.py", path.display())]
    SoftLabels {
        /// Which.
        path: PathBuf,
    },
    /// A file of word vectors is not one.
    #[error("{}: not a file of word vectors: make it again with research/word_vectors.py", path.display())]
    WordVectors {
        /// Which.
        path: PathBuf,
    },
    /// No set at all was found.
    #[error("no data in {}: expected train/*.jsonl there", path.display())]
    NoData {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// The model that was made cannot be read back: a fault of this program.
    #[error("the model that was made cannot be read back")]
    Model(#[from] earshot_reading::model::ModelError),
}
