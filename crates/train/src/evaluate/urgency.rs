//! Urgency and intents.

use std::path::Path;

use serde::Deserialize;

use super::{Engine, Guesses, Section, table};
use crate::TrainError;
use crate::example::{INTENT_NAMES, LEVEL_NAMES};
use crate::sets::rows;

#[derive(Debug, Deserialize)]
struct Row {
    text: String,
    urgency: String,
    urgent: Option<bool>,
    intents: Vec<String>,
}

pub(super) fn measure(engine: &mut Engine, data: &Path) -> Result<Vec<Section>, TrainError> {
    let rows: Vec<Row> = rows(&data.join("evaluate/urgency.jsonl"))?;
    let mut levels = Guesses::new(5);
    let mut urgent = Guesses::new(2);
    let mut intents = vec![Guesses::new(2); INTENT_NAMES.len()];
    for row in &rows {
        let Some(gold) = LEVEL_NAMES.iter().position(|name| *name == row.urgency) else { continue };
        let reading = engine.read(&row.text);
        let guess = reading.urgency.level as usize;
        levels.add(gold, guess);
        if let Some(gold) = row.urgent {
            urgent.add(usize::from(gold), usize::from(guess >= 3));
        }
        for (at, guesses) in intents.iter_mut().enumerate() {
            let guessed = reading.intents.iter().any(|intent| *intent as usize == at);
            guesses.add(
                usize::from(row.intents.iter().any(|name| name == INTENT_NAMES[at])),
                usize::from(guessed),
            );
        }
    }
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let (precision, recall) = urgent.precision_recall(1);
    let mut body = format!(
        "{} posts labelled twice, never trained on. Urgent (high or critical): precision **{:.3}**, recall **{:.3}**, F1 {}. \
         Same level within one: **{:.3}**. Quadratic kappa **{:.3}**.\n\n",
        rows.len(),
        precision / 100.0,
        recall / 100.0,
        urgent.figure(|guesses| guesses.f1(1)),
        levels.within_one() / 100.0,
        levels.kappa()
    );
    let head: Vec<&str> = ["is \\ read as"].into_iter().chain(LEVEL_NAMES).collect();
    let lines: Vec<Vec<String>> = levels
        .confusion()
        .iter()
        .zip(LEVEL_NAMES)
        .map(|(row, name)| [name.to_owned()].into_iter().chain(row.iter().map(ToString::to_string)).collect())
        .collect();
    body.push_str(&table(&head, &lines));
    body.push('\n');
    let lines: Vec<Vec<String>> = intents
        .iter()
        .zip(INTENT_NAMES)
        .map(|(guesses, name)| {
            let (precision, recall) = guesses.precision_recall(1);
            let there = guesses.pairs.iter().filter(|(gold, _)| *gold == 1).count();
            vec![
                name.to_owned(),
                there.to_string(),
                format!("{precision:.0}"),
                format!("{recall:.0}"),
                format!("{:.0}", guesses.f1(1)),
            ]
        })
        .collect();
    body.push_str(&table(&["intent", "posts", "precision", "recall", "F1"], &lines));
    Ok(vec![Section { title: "Urgency and intents".to_owned(), body }])
}
