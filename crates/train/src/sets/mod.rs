//! The labelled sets, a file each kind: how a row becomes an [`Example`].
//!
//! A set that is missing is left out, so that a company can train on what it has. Sets whose terms forbid what ships
//! (customer care 2017, airline) are not named here at all.

mod complaints;
mod corrections;
mod customer_care;
mod emotions;
mod intents;
mod irony;
mod links;
mod offensive;
mod recombined;
mod sentiment;
mod urgency;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde::de::DeserializeOwned;

use crate::{Example, TrainError, Use};

pub use corrections::corrections;
pub use links::leave_out_links;
pub use recombined::{RECOMBINED, recombined};
pub use sentiment::{Rated, rated};

/// Every set in `data` that the model may learn from.
///
/// # Errors
/// Where a set is there but cannot be read, or none is there.
pub fn all(data: &Path) -> Result<Vec<Example>, TrainError> {
    let train = data.join("train");
    let mut examples = Vec::new();
    for set in [
        sentiment::tweets,
        sentiment::eight_languages,
        sentiment::reviews,
        emotions::tweets,
        emotions::go_emotions,
        emotions::brighter,
        complaints::complaints,
        irony::irony,
        offensive::offensive,
        urgency::urgency,
        intents::banking,
        customer_care::customer_care,
    ] {
        examples.extend(set(&train)?);
    }
    if examples.is_empty() {
        return Err(TrainError::NoData { path: data.to_owned() });
    }
    let measured = measured(data, &examples)?;
    examples.retain(|example| example.used != Use::Train || !measured.contains(&reads_as(&example.text)));
    Ok(examples)
}

/// What is measured on: the held-out texts and the sets for evaluation. The sets overlap (UMSAB's English is mostly
/// TweetEval's validation split), and a text that was learnt from is no measure.
fn measured(data: &Path, examples: &[Example]) -> Result<BTreeSet<String>, TrainError> {
    #[derive(serde::Deserialize)]
    struct Text {
        text: String,
    }
    let held = examples.iter().filter(|example| example.used != Use::Train);
    let mut measured: BTreeSet<String> = held.map(|example| reads_as(&example.text)).collect();
    for set in ["airline", "apple", "brands", "urgency"] {
        let rows: Vec<Text> = rows(&data.join(format!("evaluate/{set}.jsonl")))?;
        measured.extend(rows.iter().map(|row| reads_as(&row.text)));
    }
    // What has too few letters to be told from another.
    measured.retain(|text| text.chars().count() > 15);
    Ok(measured)
}

/// The letters and digits of a text, small, without handles and addresses: the same for two copies of one post.
#[must_use]
pub fn reads_as(text: &str) -> String {
    text.split_whitespace()
        .filter(|word| !word.contains('@') && !word.starts_with("http"))
        .flat_map(str::chars)
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// The rows of one file; none where it is missing.
///
/// # Errors
/// Where the file cannot be read or a line is no such row.
pub fn rows<Row: DeserializeOwned>(path: &Path) -> Result<Vec<Row>, TrainError> {
    if !path.exists() {
        return Ok(Vec::new());
    }
    let text =
        fs::read_to_string(path).map_err(|source| TrainError::Read { path: path.to_owned(), source })?;
    text.lines()
        .enumerate()
        .map(|(at, line)| {
            serde_json::from_str(line).map_err(|source| TrainError::Row {
                path: path.to_owned(),
                line: at + 1,
                source,
            })
        })
        .collect()
}

/// A text with one label.
#[derive(Debug, serde::Deserialize)]
struct Labelled {
    text: String,
    label: String,
    #[serde(default)]
    split: Option<String>,
}

/// What a row of that split is for; `None` for splits that are kept out.
fn used(split: Option<&str>) -> Option<Use> {
    match split.unwrap_or("train") {
        "train" => Some(Use::Train),
        "val" => Some(Use::Validate),
        _ => None,
    }
}

/// One row in ten of a set that has no split of its own, always the same.
fn held_out(text: &str) -> Use {
    if crate::soft_labels::key(text)[0].is_multiple_of(10) { Use::Validate } else { Use::Train }
}
