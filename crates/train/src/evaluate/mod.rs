//! Measures the engine, as it ships, on every labelled set that is present.

mod card;
mod emotion;
mod faithful;
mod language;
mod score;
mod sentiment;
mod speed;
mod urgency;
mod yes_or_no;

use std::fmt::Write as _;
use std::path::Path;

use earshot_reading::{Context, Reader, Reading, Scratch, SentimentLabel};

use crate::TrainError;

pub use card::card;
pub use score::{Figure, Guesses, calibration_error, correlation, coverage};

/// A table for people: Markdown.
#[derive(Debug, Clone, Default)]
pub struct Section {
    /// What it is about.
    pub title: String,
    /// The table, and what has to be said of it.
    pub body: String,
}

/// Measures on everything that is in `data`.
///
/// # Errors
/// Where a set is there but cannot be read.
pub fn evaluate(data: &Path, say: &dyn Fn(&str)) -> Result<Vec<Section>, TrainError> {
    let mut engine = Engine { reader: Reader::new(), scratch: Scratch::default() };
    let mut sections = Vec::new();
    for (name, measure) in [
        ("sentiment", sentiment::measure as Measure),
        ("languages", language::measure),
        ("emotions", emotion::measure),
        ("complaints, irony, offence", yes_or_no::measure),
        ("urgency", urgency::measure),
        ("evidence", faithful::measure),
        ("speed and size", speed::measure),
    ] {
        say(name);
        sections.extend(measure(&mut engine, data)?);
    }
    Ok(sections)
}

type Measure = fn(&mut Engine, &Path) -> Result<Vec<Section>, TrainError>;

/// The engine and its room.
#[derive(Debug)]
struct Engine {
    reader: Reader,
    scratch: Scratch,
}

impl Engine {
    fn read(&mut self, text: &str) -> Reading {
        self.reader.read_with(&mut self.scratch, text, &Context::default())
    }
}

/// The label as a class; an engine that keeps silent has said neutral, for these figures.
fn class(label: SentimentLabel) -> usize {
    match label {
        SentimentLabel::Negative => 0,
        SentimentLabel::Neutral | SentimentLabel::Unknown => 1,
        SentimentLabel::Positive => 2,
    }
}

/// Rows of cells under a head.
fn table(head: &[&str], rows: &[Vec<String>]) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "| {} |", head.join(" | "));
    let _ = writeln!(out, "|{}", "---|".repeat(head.len()));
    for row in rows {
        let _ = writeln!(out, "| {} |", row.join(" | "));
    }
    out
}
