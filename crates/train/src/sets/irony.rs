//! TweetEval's irony.

use std::path::Path;

use super::{Labelled, rows, used};
use crate::{Example, TrainError};

pub(super) fn irony(train: &Path) -> Result<Vec<Example>, TrainError> {
    let rows: Vec<Labelled> = rows(&train.join("tweeteval_irony.jsonl"))?;
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            let used = used(row.split.as_deref())?;
            Some(Example::new("tweeteval_irony", "en", row.text, used).irony(row.label == "irony"))
        })
        .collect())
}
