//! Whether the words that are named carried the score: take them out, and see whether it falls by more than when other words
//! of the same length go.

use std::path::Path;

use earshot_reading::{Evidence, Head, Reading, Span};
use serde::Deserialize;

use super::{Engine, Section, table};
use crate::TrainError;
use crate::random::Random;
use crate::sets::rows;

#[derive(Debug, Deserialize)]
struct Row {
    text: String,
    split: String,
}

/// Texts looked at.
const MOST: usize = 1500;

fn score(reading: &Reading, head: Head) -> f32 {
    let emotions = &reading.emotions;
    match head {
        Head::Negative => reading.sentiment.negative,
        Head::Positive => reading.sentiment.positive,
        Head::Anger => emotions.anger,
        Head::Frustration => emotions.frustration,
        Head::Sadness => emotions.sadness,
        Head::Fear => emotions.fear,
        Head::Joy => emotions.joy,
        Head::Gratitude => emotions.gratitude,
        Head::Surprise => emotions.surprise,
        Head::Optimism => emotions.optimism,
        Head::Irony => reading.irony,
    }
    .get()
}

fn without(text: &str, span: Span) -> Option<String> {
    let (start, end) = (span.start as usize, span.end as usize);
    Some(format!("{}{}", text.get(..start)?, text.get(end..)?))
}

/// A word of the text other than that one, of about its length.
fn other_word(text: &str, not: Span, random: &mut Random) -> Option<Span> {
    let mut words = Vec::new();
    let mut at = 0;
    for word in text.split_inclusive(char::is_whitespace) {
        let bare = word.trim_end();
        let span = Span { start: at as u32, end: (at + bare.len()) as u32 };
        at += word.len();
        let overlaps = span.start < not.end && not.start < span.end;
        if !bare.is_empty() && !overlaps && bare.len().abs_diff((not.end - not.start) as usize) <= 2 {
            words.push(span);
        }
    }
    (!words.is_empty()).then(|| words[random.below(words.len())])
}

pub(super) fn measure(engine: &mut Engine, data: &Path) -> Result<Vec<Section>, TrainError> {
    let rows: Vec<Row> = rows(&data.join("train/semeval2017_sentiment.jsonl"))?;
    let mut random = Random::new(3, 3);
    // By kind of head: cases, fall without the named word, fall without another, cases in which the named one moved it more.
    let mut sums = [(0_u32, 0.0_f32, 0.0_f32, 0_u32); 2];
    for row in rows.iter().filter(|row| row.split == "val").take(MOST) {
        let reading = engine.read(&row.text);
        let mut seen: Vec<Head> = Vec::new();
        for Evidence { head, span, .. } in reading.evidence.clone() {
            if seen.contains(&head) {
                continue;
            }
            seen.push(head);
            let Some(other) = other_word(&row.text, span, &mut random) else { continue };
            let (Some(named), Some(other)) = (without(&row.text, span), without(&row.text, other)) else {
                continue;
            };
            let before = score(&reading, head);
            let fall = before - score(&engine.read(&named), head);
            let other_fall = before - score(&engine.read(&other), head);
            let sum = &mut sums[usize::from(!matches!(head, Head::Negative | Head::Positive))];
            sum.0 += 1;
            sum.1 += fall;
            sum.2 += other_fall;
            sum.3 += u32::from(fall > other_fall);
        }
    }
    let lines: Vec<Vec<String>> = sums
        .iter()
        .zip(["sentiment", "emotions and irony"])
        .map(|((cases, named, other, more), name)| {
            let mean = |sum: f32| format!("{:.3}", sum / (*cases as f32).max(1.0));
            let share = 100.0 * f64::from(*more) / f64::from((*cases).max(1));
            vec![name.to_owned(), cases.to_string(), mean(*named), mean(*other), format!("{share:.1} %")]
        })
        .collect();
    let head = [
        "",
        "cases",
        "fall without the first named word",
        "fall without another word of that length",
        "the named one moved it more",
    ];
    Ok(vec![Section { title: "Evidence".to_owned(), body: table(&head, &lines) }])
}
