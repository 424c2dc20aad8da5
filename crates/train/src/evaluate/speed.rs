//! How fast, and how large.

use std::path::Path;
use std::time::Instant;

use serde::Deserialize;

use super::{Engine, Section, table};
use crate::TrainError;
use crate::sets::rows;

#[derive(Debug, Deserialize)]
struct Row {
    text: String,
    split: String,
}

pub(super) fn measure(engine: &mut Engine, data: &Path) -> Result<Vec<Section>, TrainError> {
    let rows: Vec<Row> = rows(&data.join("train/semeval2017_sentiment.jsonl"))?;
    let texts: Vec<&str> =
        rows.iter().filter(|row| row.split == "val").map(|row| row.text.as_str()).collect();
    let mut best = f64::MAX;
    for _ in 0..5 {
        let started = Instant::now();
        for text in &texts {
            std::hint::black_box(engine.read(text));
        }
        best = best.min(started.elapsed().as_secs_f64() * 1e6 / texts.len().max(1) as f64);
    }
    let model = earshot_reading::model::shipped();
    let lines = vec![
        vec![
            "full reading, this machine, native, one thread, mean over TweetEval's validation texts"
                .to_owned(),
            format!("{best:.1} us"),
        ],
        vec!["model file".to_owned(), format!("{} bytes", earshot_reading::model::shipped_bytes())],
        vec!["word pieces known".to_owned(), model.map_or(0, |model| model.vocabulary().ids()).to_string()],
        vec!["n-gram buckets with weight".to_owned(), model.map_or(0, |model| model.wide_rows()).to_string()],
    ];
    Ok(vec![Section { title: "Speed and size".to_owned(), body: table(&["", ""], &lines) }])
}
