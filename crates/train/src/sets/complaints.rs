//! Customers' tweets: complaints or not (ACL 2019).

use std::path::Path;

use super::{Labelled, rows, used};
use crate::{Example, TrainError};

pub(super) fn complaints(train: &Path) -> Result<Vec<Example>, TrainError> {
    let rows: Vec<Labelled> = rows(&train.join("complaints.jsonl"))?;
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            let used = used(row.split.as_deref())?;
            Some(
                Example::new("complaints", "en", row.text, used).complaint(row.label == "complaint").times(2),
            )
        })
        .collect())
}
