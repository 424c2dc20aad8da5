//! A company's own corrections, as the extension exports them.

use std::path::Path;

use serde::Deserialize;

use super::rows;
use crate::{Example, TrainError, Use};

#[derive(Debug, Deserialize)]
struct Row {
    text: String,
    #[serde(default)]
    sentiment: Option<String>,
    #[serde(default)]
    urgency: Option<String>,
    #[serde(default)]
    intents: Option<Vec<String>>,
}

/// Rows of `{"text", "sentiment"?, "urgency"?, "intents"?}`: what is left out is left as the model has it.
///
/// # Errors
/// Where the file is missing, cannot be read, or a line is no correction.
pub fn corrections(path: &Path) -> Result<Vec<Example>, TrainError> {
    if !path.exists() {
        let source = std::io::Error::from(std::io::ErrorKind::NotFound);
        return Err(TrainError::Read { path: path.to_owned(), source });
    }
    let rows: Vec<Row> = rows(path)?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let mut example = Example::new("corrections", "en", row.text, Use::Train)
                .sentiment(row.sentiment.as_deref().unwrap_or_default())
                .urgency(row.urgency.as_deref().unwrap_or_default())
                .times(10);
            if let Some(intents) = row.intents {
                example = example.intents(&intents, &crate::example::INTENT_NAMES);
            }
            example
        })
        .collect())
}
