//! Which language is read, and whether the engine keeps silent in those it does not know.

use std::path::Path;

use earshot_reading::SentimentLabel;
use serde::Deserialize;

use super::{Engine, Section, table};
use crate::TrainError;
use crate::sets::rows;

#[derive(Debug, Deserialize)]
struct Row {
    text: String,
    split: String,
    lang: String,
    #[serde(default)]
    track: Option<String>,
}

/// Shorter texts may be too little to tell.
const LONG_ENOUGH: usize = 20;

fn code(name: &str) -> Option<&'static str> {
    Some(match name {
        "english" | "eng" => "en",
        "spanish" | "esp" => "es",
        "portuguese" | "ptbr" | "ptmz" => "pt",
        "french" => "fr",
        "german" | "deu" => "de",
        "italian" => "it",
        "hindi" | "hin" => "hi",
        "arabic" | "arq" | "ary" => "ar",
        _ => return None,
    })
}

pub(super) fn measure(engine: &mut Engine, data: &Path) -> Result<Vec<Section>, TrainError> {
    let mut all: Vec<Row> = rows(&data.join("train/umsab_sentiment_8lang.jsonl"))?;
    let others: Vec<Row> = rows(&data.join("train/brighter_emotions.jsonl"))?;
    all.extend(others.into_iter().filter(|row| row.track.as_deref() == Some("track_a")));
    all.retain(|row| row.split == "val" && row.text.chars().count() > LONG_ENOUGH);
    let (mut known, mut silent, mut right) = (0_u32, 0_u32, 0_u32);
    let (mut unknown, mut kept) = (0_u32, 0_u32);
    let mut by_language: std::collections::BTreeMap<String, (u32, u32)> = std::collections::BTreeMap::new();
    for row in &all {
        let reading = engine.read(&row.text);
        let is_silent = reading.sentiment.label == SentimentLabel::Unknown;
        let entry = by_language.entry(row.lang.clone()).or_default();
        entry.0 += 1;
        entry.1 += u32::from(is_silent);
        if let Some(code) = code(&row.lang) {
            known += 1;
            silent += u32::from(is_silent);
            right += u32::from(reading.language.code.as_str() == code);
        } else {
            unknown += 1;
            kept += u32::from(is_silent);
        }
    }
    let share = |of: u32, all: u32| format!("{:.1} %", 100.0 * f64::from(of) / f64::from(all.max(1)));
    let lines = vec![
        vec!["supported languages: language right".to_owned(), known.to_string(), share(right, known)],
        vec!["supported languages: silent all the same".to_owned(), known.to_string(), share(silent, known)],
        vec!["other languages: silent".to_owned(), unknown.to_string(), share(kept, unknown)],
    ];
    let detail: Vec<String> =
        by_language.iter().map(|(name, (all, silent))| format!("{name} {}", share(*silent, *all))).collect();
    let body = format!(
        "{}\nSilent, by language as the sets name it: {}.\n",
        table(&["texts over 20 characters", "texts", "share"], &lines),
        detail.join(", ")
    );
    Ok(vec![Section { title: "Languages".to_owned(), body }])
}
