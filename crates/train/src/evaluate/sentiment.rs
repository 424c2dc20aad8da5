//! Sentiment: tweets, tweets in eight languages, and brands never trained on.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

use super::{Engine, Guesses, Section, calibration_error, class, correlation, coverage, table};
use crate::TrainError;
use crate::example::SENTIMENT_NAMES;
use crate::sets::{rated, rows};

#[derive(Debug, Deserialize)]
struct Row {
    text: String,
    label: String,
    #[serde(default)]
    split: Option<String>,
    #[serde(default)]
    lang: Option<String>,
}

/// What was read of one set.
struct Read {
    guesses: Guesses,
    sure: Vec<(f32, bool)>,
}

fn read(engine: &mut Engine, rows: &[&Row]) -> Read {
    let mut read = Read { guesses: Guesses::new(3), sure: Vec::new() };
    for row in rows {
        let Some(gold) = SENTIMENT_NAMES.iter().position(|name| *name == row.label) else { continue };
        let sentiment = engine.read(&row.text).sentiment;
        let guess = class(sentiment.label);
        read.guesses.add(gold, guess);
        let sure = [sentiment.negative, sentiment.neutral, sentiment.positive][guess].get();
        read.sure.push((sure, gold == guess));
    }
    read
}

fn confusion(guesses: &Guesses) -> String {
    let rows: Vec<Vec<String>> = guesses
        .confusion()
        .iter()
        .zip(SENTIMENT_NAMES)
        .map(|(row, name)| [name.to_owned()].into_iter().chain(row.iter().map(ToString::to_string)).collect())
        .collect();
    table(&["is \\ read as", "negative", "neutral", "positive"], &rows)
}

/// How far `positive - negative` goes with the mean of twenty raters: on the reviews held out, by kind.
fn ratings(engine: &mut Engine, data: &Path) -> Result<Option<String>, TrainError> {
    let rows = rated(&data.join("train"))?;
    let mut pairs: BTreeMap<&str, Vec<(f32, f32)>> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.is_held_out()) {
        let sentiment = engine.read(&row.text).sentiment;
        pairs
            .entry(row.kind())
            .or_default()
            .push((sentiment.positive.get() - sentiment.negative.get(), row.score));
    }
    let said: Vec<String> = pairs
        .iter()
        .map(|(kind, pairs)| format!("{kind} {:.3} ({})", correlation(pairs), pairs.len()))
        .collect();
    Ok((!said.is_empty()).then(|| {
        format!(
            "\nr of `positive - negative` with the mean of twenty raters, VADER's reviews held out (sentences): {}\n",
            said.join(", ")
        )
    }))
}

pub(super) fn measure(engine: &mut Engine, data: &Path) -> Result<Vec<Section>, TrainError> {
    let mut lines = Vec::new();
    let mut sections = Vec::new();
    let mut add = |engine: &mut Engine, name: &str, note: &str, rows: &[&Row]| {
        if rows.is_empty() {
            return None;
        }
        let read = read(engine, rows);
        lines.push(vec![
            name.to_owned(),
            rows.len().to_string(),
            read.guesses.figure(Guesses::macro_recall).to_string(),
            read.guesses.figure(Guesses::macro_f1).to_string(),
            format!("{:.1} / {:.1} / {:.1}", read.guesses.f1(0), read.guesses.f1(1), read.guesses.f1(2)),
            format!("{:.1}", read.guesses.accuracy()),
            format!("{:.3}", calibration_error(&read.sure) / 100.0),
            note.to_owned(),
        ]);
        Some(read)
    };
    let tweets: Vec<Row> = rows(&data.join("train/semeval2017_sentiment.jsonl"))?;
    let tweets: Vec<&Row> = tweets.iter().filter(|row| row.split.as_deref() == Some("val")).collect();
    let english = add(engine, "TweetEval sentiment", "validation split", &tweets);
    let eight: Vec<Row> = rows(&data.join("train/umsab_sentiment_8lang.jsonl"))?;
    let mut mean = Vec::new();
    for language in ["english", "spanish", "portuguese", "french", "german", "italian", "hindi", "arabic"] {
        let of: Vec<&Row> = eight
            .iter()
            .filter(|row| row.split.as_deref() == Some("val") && row.lang.as_deref() == Some(language))
            .collect();
        if let Some(read) = add(engine, &format!("UMSAB {language}"), "validation split", &of) {
            mean.push(read.guesses.macro_f1());
        }
    }
    for (file, note) in
        [("airline", "never trained on"), ("apple", "never trained on"), ("brands", "never trained on")]
    {
        let of: Vec<Row> = rows(&data.join(format!("evaluate/{file}.jsonl")))?;
        let of: Vec<&Row> = of.iter().filter(|row| SENTIMENT_NAMES.contains(&row.label.as_str())).collect();
        add(engine, file, note, &of);
    }
    let mut body = table(
        &[
            "set",
            "texts",
            "macro recall",
            "macro F1",
            "F1 negative / neutral / positive",
            "right, %",
            "ECE",
            "",
        ],
        &lines,
    );
    if !mean.is_empty() {
        body.push_str(&format!(
            "\nUMSAB, mean macro F1 of {} languages, language detected: **{:.1}**\n",
            mean.len(),
            mean.iter().sum::<f32>() / mean.len() as f32
        ));
    }
    if let Some(ratings) = ratings(engine, data)? {
        body.push_str(&ratings);
    }
    sections.push(Section { title: "Sentiment".to_owned(), body });
    if let Some(english) = english {
        let rows: Vec<Vec<String>> = coverage(&english.sure)
            .into_iter()
            .map(|(least, spoken, right)| {
                vec![format!("{least:.1}"), format!("{spoken:.1}"), format!("{right:.1}")]
            })
            .collect();
        let body = format!(
            "{}\n{}",
            confusion(&english.guesses),
            table(&["speaks only if this sure", "then speaks on, %", "and is right, %"], &rows)
        );
        sections.push(Section {
            title: "TweetEval sentiment: confusion, and what silence buys".to_owned(),
            body,
        });
    }
    Ok(sections)
}
