//! Complaints, irony, offence.

use std::path::Path;

use earshot_reading::{Probability, Reading};
use serde::Deserialize;

use super::{Engine, Guesses, Section, table};
use crate::TrainError;
use crate::sets::rows;

#[derive(Debug, Deserialize)]
struct Row {
    text: String,
    label: String,
    split: String,
    #[serde(default)]
    domain: String,
}

pub(super) fn measure(engine: &mut Engine, data: &Path) -> Result<Vec<Section>, TrainError> {
    let mut lines = Vec::new();
    for (name, file, yes, brand_only, of) in [
        (
            "complaint, all",
            "complaints",
            "complaint",
            false,
            (|reading| reading.complaint) as fn(&Reading) -> Probability,
        ),
        ("complaint, brand-directed", "complaints", "complaint", true, |reading| reading.complaint),
        ("irony", "tweeteval_irony", "irony", false, |reading| reading.irony),
        ("offensive", "tweeteval_offensive", "offensive", false, |reading| reading.offensive),
    ] {
        let rows: Vec<Row> = rows(&data.join(format!("train/{file}.jsonl")))?;
        let mut guesses = Guesses::new(2);
        for row in
            rows.iter().filter(|row| row.split == "val" && !(brand_only && row.domain.starts_with("random")))
        {
            let probability = of(&engine.read(&row.text)).get();
            guesses.add(usize::from(row.label == yes), usize::from(probability >= 0.5));
        }
        if guesses.pairs.is_empty() {
            continue;
        }
        let (precision, recall) = guesses.precision_recall(1);
        lines.push(vec![
            name.to_owned(),
            guesses.pairs.len().to_string(),
            guesses.figure(Guesses::macro_f1).to_string(),
            format!("{precision:.1} / {recall:.1}"),
        ]);
    }
    let body = table(&["", "texts (validation split)", "macro F1", "precision / recall"], &lines);
    Ok(vec![Section { title: "Complaints, irony, offence".to_owned(), body }])
}
