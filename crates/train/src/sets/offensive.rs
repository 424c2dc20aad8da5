//! TweetEval's offensive language.

use std::path::Path;

use super::{Labelled, rows, used};
use crate::{Example, TrainError};

pub(super) fn offensive(train: &Path) -> Result<Vec<Example>, TrainError> {
    let rows: Vec<Labelled> = rows(&train.join("tweeteval_offensive.jsonl"))?;
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            let used = used(row.split.as_deref())?;
            Some(
                Example::new("tweeteval_offensive", "en", row.text, used).offensive(row.label == "offensive"),
            )
        })
        .collect())
}
