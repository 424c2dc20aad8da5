//! Customers' posts labelled for urgency, intents and sentiment. One in ten is held out.

use std::path::Path;

use serde::Deserialize;

use super::{held_out, rows};
use crate::example::INTENT_NAMES;
use crate::{Example, TrainError};

#[derive(Debug, Deserialize)]
struct Row {
    text: String,
    urgency: String,
    intents: Vec<String>,
    sentiment: Option<String>,
}

pub(super) fn urgency(train: &Path) -> Result<Vec<Example>, TrainError> {
    let rows: Vec<Row> = rows(&train.join("urgency.jsonl"))?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let used = held_out(&row.text);
            let complaint = row.intents.iter().any(|intent| intent == "complaint");
            Example::new("urgency", "en", row.text, used)
                .urgency(&row.urgency)
                .intents(&row.intents, &INTENT_NAMES)
                .sentiment(row.sentiment.as_deref().unwrap_or_default())
                .complaint(complaint)
                .times(2)
        })
        .collect())
}
