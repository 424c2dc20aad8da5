//! Sentiment: tweets in English, tweets in eight languages, sentences of reviews.

use std::path::Path;

use serde::Deserialize;

use super::{Labelled, held_out, rows, used};
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

/// UMSAB: eight languages, alike many of each. Nothing is learnt from its English: it is SemEval's, in another notation,
/// and once what is measured on is taken out, nearly all that is left is negative. From that a model learns that the
/// notation is negative (a net of English sentiment alone lost three points of macro recall). The others are seen twice,
/// being so few beside the English.
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
            let used = used(Some(&row.split)).filter(|used| language != "en" || *used != Use::Train)?;
            Some(
                Example::new("umsab_sentiment_8lang", language, row.text, used)
                    .sentiment(&row.label)
                    .times(2),
            )
        })
        .collect())
}

/// A sentence with the mean of what twenty raters said of it, -4 to 4.
#[derive(Debug, Deserialize)]
pub struct Rated {
    id: String,
    /// The sentence.
    pub text: String,
    /// The raters' mean.
    pub score: f32,
}

impl Rated {
    /// Where it stood: `amazon`, `movie`, `nyt`.
    #[must_use]
    pub fn kind(&self) -> &str {
        self.id.split_once('-').map_or(self.id.as_str(), |(kind, _)| kind)
    }

    /// One review in ten is held out, with all its sentences (`amazon-12_3` is the third of the twelfth).
    #[must_use]
    pub fn is_held_out(&self) -> bool {
        let review = self.id.split_once('_').map_or(self.id.as_str(), |(review, _)| review);
        held_out(review) == Use::Validate
    }
}

/// VADER's sentences from reviews and news.
///
/// # Errors
/// Where the file cannot be read.
pub fn rated(train: &Path) -> Result<Vec<Rated>, TrainError> {
    rows(&train.join("vader_reviews.jsonl"))
}

/// The share of raters who leaned either way is guessed from their mean. Gently: a sentence of 1 on the scale to 4 is as
/// likely neutral as positive. (Twice as steep, the model grew so sure of itself that tweets read worse, too.)
pub(super) fn reviews(train: &Path) -> Result<Vec<Example>, TrainError> {
    Ok(rated(train)?
        .into_iter()
        .map(|row| {
            let used = if row.is_held_out() { Use::Measure } else { Use::Train };
            let mut example = Example::new("vader_reviews", "en", row.text, used);
            let lean = |score: f32| 1.0 / (1.0 + (-1.6 * (score - 1.0)).exp());
            let (negative, positive) = (lean(-row.score), lean(row.score));
            example.targets[..3].copy_from_slice(&[negative, (1.0 - negative - positive).max(0.0), positive]);
            example
        })
        .collect())
}
