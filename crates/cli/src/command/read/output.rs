//! One line of output. The order of the fields is a contract.

use std::io::{self, Write};

use earshot_reading::{Emotions, Intent, Language, ModelVersion, Probability, Reading, Sentiment, Urgency};
use serde::Serialize;
use serde_json::value::RawValue;

use super::input::LineError;

#[derive(Debug, Serialize)]
struct Line<'a> {
    id: Option<&'a RawValue>,
    model: &'a ModelVersion,
    language: &'a Language,
    sentiment: &'a Sentiment,
    emotions: &'a Emotions,
    intents: &'a [Intent],
    complaint: Probability,
    irony: Probability,
    offensive: Probability,
    urgency: &'a Urgency,
}

#[derive(Debug, Serialize)]
struct Refusal {
    line: u64,
    error: String,
}

/// Writes a reading.
pub(super) fn reading(output: &mut impl Write, id: Option<&RawValue>, reading: &Reading) -> io::Result<()> {
    line(
        output,
        &Line {
            id,
            model: &reading.model,
            language: &reading.language,
            sentiment: &reading.sentiment,
            emotions: &reading.emotions,
            intents: &reading.intents,
            complaint: reading.complaint,
            irony: reading.irony,
            offensive: reading.offensive,
            urgency: &reading.urgency,
        },
    )
}

/// Writes what is wrong with a line.
pub(super) fn refusal(output: &mut impl Write, number: u64, error: &LineError) -> io::Result<()> {
    line(output, &Refusal { line: number, error: error.to_string() })
}

fn line(output: &mut impl Write, content: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *output, content)?;
    output.write_all(b"\n")
}
