//! Emotions: tweets with one of four, Reddit comments with any of 27, posts in many languages with any of six.

use std::path::Path;

use serde::Deserialize;

use super::{Labelled, rows, used};
use crate::example::{EMOTION_NAMES, FOUR};
use crate::{Example, TrainError};

/// TweetEval's: anger, joy, optimism or sadness.
pub(super) fn tweets(train: &Path) -> Result<Vec<Example>, TrainError> {
    let rows: Vec<Labelled> = rows(&train.join("tweeteval_emotion.jsonl"))?;
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            let mut example =
                Example::new("tweeteval_emotion", "en", row.text, used(row.split.as_deref())?).times(2);
            let label = ["anger", "joy", "optimism", "sadness"].iter().position(|name| *name == row.label)?;
            example.four = Some(std::array::from_fn(|at| if at == label { 1.0 } else { 0.0 }));
            example.targets[FOUR[label]] = 1.0;
            Some(example)
        })
        .collect())
}

#[derive(Debug, Deserialize)]
struct Several {
    text: String,
    label: Vec<String>,
    split: String,
    #[serde(default)]
    lang: String,
    #[serde(default)]
    track: String,
}

/// GoEmotions' 27, taken together. Those that are none of the eight (admiration, approval, caring, confusion,
/// curiosity, embarrassment, realization) say nothing.
fn taken_together(label: &str) -> &'static [&'static str] {
    match label {
        "anger" | "disgust" => &["anger"],
        "annoyance" | "disapproval" => &["frustration"],
        "disappointment" => &["frustration", "sadness"],
        "sadness" | "grief" | "remorse" => &["sadness"],
        "fear" | "nervousness" => &["fear"],
        "joy" | "amusement" | "excitement" | "love" | "pride" | "relief" => &["joy"],
        "gratitude" => &["gratitude"],
        "surprise" => &["surprise"],
        "optimism" | "desire" => &["optimism"],
        _ => &[],
    }
}

pub(super) fn go_emotions(train: &Path) -> Result<Vec<Example>, TrainError> {
    let rows: Vec<Several> = rows(&train.join("goemotions.jsonl"))?;
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            let found: Vec<&str> =
                row.label.iter().flat_map(|label| taken_together(label)).copied().collect();
            let used = used(Some(&row.split))?;
            Some(Example::new("goemotions", "en", row.text, used).emotions(&found, &EMOTION_NAMES))
        })
        .collect())
}

/// BRIGHTER's six, in the languages the engine reads (disgust counts as anger; the Portuguese of Brazil and
/// Mozambique, the Arabic of Algeria and Morocco).
pub(super) fn brighter(train: &Path) -> Result<Vec<Example>, TrainError> {
    let rows: Vec<Several> = rows(&train.join("brighter_emotions.jsonl"))?;
    Ok(rows
        .into_iter()
        .filter(|row| row.track == "track_a")
        .filter_map(|row| {
            let language = match row.lang.as_str() {
                "eng" => "en",
                "deu" => "de",
                "esp" => "es",
                "ptbr" | "ptmz" => "pt",
                "hin" => "hi",
                "ary" | "arq" => "ar",
                _ => return None,
            };
            let found: Vec<&str> = row
                .label
                .iter()
                .map(|label| if label == "disgust" { "anger" } else { label.as_str() })
                .collect();
            // English was not asked for disgust; nobody was asked for frustration, gratitude and optimism.
            let used = used(Some(&row.split))?;
            Some(
                Example::new("brighter_emotions", language, row.text, used)
                    .emotions(&found, &["anger", "sadness", "fear", "joy", "surprise"]),
            )
        })
        .collect())
}
