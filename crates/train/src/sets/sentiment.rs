//! Sentiment: tweets in English, tweets in eight languages, sentences of reviews.

use std::path::Path;

use serde::Deserialize;

use super::{Labelled, rows, used};
use crate::{Example, TrainError, Use};

/// SemEval 2017's tweets.
pub(super) fn tweets(train: &Path) -> Result<Vec<Example>, TrainError> {
    let rows: Vec<Labelled> = rows(&train.join("semeval2017_sentiment.jsonl"))?;
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            let used = used(row.split.as_deref())?;
            Some(Example::new("semeval2017_sentiment", "en", row.text, used).sentiment(&row.label))
        })
        .collect())
}

#[derive(Debug, Deserialize)]
struct InLanguage {
    text: String,
    label: String,
    split: String,
    lang: String,
}

/// UMSAB: eight languages, alike many of each.
pub(super) fn eight_languages(train: &Path) -> Result<Vec<Example>, TrainError> {
    let rows: Vec<InLanguage> = rows(&train.join("umsab_sentiment_8lang.jsonl"))?;
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            let language = match row.lang.as_str() {
                "arabic" => "ar",
                "german" => "de",
                "english" => "en",
                "spanish" => "es",
                "french" => "fr",
                "hindi" => "hi",
                "italian" => "it",
                "portuguese" => "pt",
                _ => return None,
            };
            let used = used(Some(&row.split))?;
            Some(Example::new("umsab_sentiment_8lang", language, row.text, used).sentiment(&row.label))
        })
        .collect())
}

#[derive(Debug, Deserialize)]
struct Scored {
    text: String,
    score: f32,
}

/// VADER's sentences from reviews and news, each with the mean of twenty raters, -4 to 4: the share of raters who
/// leaned either way is guessed from the mean.
pub(super) fn reviews(train: &Path) -> Result<Vec<Example>, TrainError> {
    let rows: Vec<Scored> = rows(&train.join("vader_reviews.jsonl"))?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let mut example = Example::new("vader_reviews", "en", row.text, Use::Train);
            let lean = |score: f32| 1.0 / (1.0 + (-3.0 * (score - 0.6)).exp());
            let (negative, positive) = (lean(-row.score), lean(row.score));
            example.targets[..3].copy_from_slice(&[negative, (1.0 - negative - positive).max(0.0), positive]);
            example
        })
        .collect())
}
