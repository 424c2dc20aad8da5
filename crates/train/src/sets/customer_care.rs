//! Customers writing to companies, unlabelled: what is known of them is what a teacher says.

use std::path::Path;

use serde::Deserialize;

use super::rows;
use crate::{Example, TrainError, Use};

#[derive(Debug, Deserialize)]
struct Row {
    text: String,
}

/// The year of which the terms allow it (that of 2017 is for reading only).
pub(super) fn customer_care(train: &Path) -> Result<Vec<Example>, TrainError> {
    let rows: Vec<Row> = rows(&train.join("../unlabelled/customer_care_2020.jsonl"))?;
    Ok(rows.into_iter().map(|row| Example::new("customer_care_2020", "en", row.text, Use::Train)).collect())
}
