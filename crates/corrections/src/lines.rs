//! Corrections as a file: a JSON object a line, which `earshot train --add` reads.

use crate::{Correction, CorrectionError, Corrections};

/// What became of a file's lines.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lines {
    /// How many wordings are new here.
    pub added: usize,
    /// How many took the place of one that was here.
    pub replaced: usize,
    /// The lines that could not be taken, in order.
    pub problems: Vec<LineProblem>,
}

/// A line that could not be taken. Never says what it holds.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {why}")]
pub struct LineProblem {
    /// Which, counted from 1.
    pub line: usize,
    /// Why.
    pub why: String,
}

impl Corrections {
    /// All of them as JSON lines, oldest first.
    #[must_use]
    pub fn to_lines(&self) -> String {
        self.iter()
            // A correction has string keys and names only, which JSON always has a form for.
            .filter_map(|correction| serde_json::to_string(correction).ok())
            .flat_map(|line| [line, "\n".to_owned()])
            .collect()
    }

    /// Takes the corrections of JSON lines; empty lines count for nothing, bad ones are told and the rest is taken.
    pub fn add_lines(&mut self, lines: &str) -> Lines {
        let mut came = Lines::default();
        for (place, line) in lines.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let mut problem = |why: String| came.problems.push(LineProblem { line: place + 1, why });
            match serde_json::from_str::<Correction>(line.trim_start_matches('\u{feff}')) {
                Ok(correction) => match self.put(correction) {
                    Ok(Some(_)) => came.replaced += 1,
                    Ok(None) => came.added += 1,
                    Err(error) => {
                        problem(error.to_string());
                        if error == CorrectionError::Full {
                            break;
                        }
                    }
                },
                // A syntax error's message quotes nothing of the line; a value's might.
                Err(error) if error.is_data() => problem(
                    told(&error)
                        .unwrap_or(
                            "it has no text with a sentiment, urgency, emotions or about_us as we write them",
                        )
                        .to_owned(),
                ),
                Err(_) => problem("it is no JSON object".to_owned()),
            }
        }
        came
    }
}

/// One of our own errors, which serde wraps in words.
fn told(error: &serde_json::Error) -> Option<&'static str> {
    const OURS: [(CorrectionError, &str); 4] = [
        (CorrectionError::NoWords, "there are no words that could be known again"),
        (CorrectionError::OneWord, "one word says too little to hold everywhere"),
        (CorrectionError::TooLong, "the text is too long to be kept whole"),
        (CorrectionError::SaysNothing, "nothing is said of the text"),
    ];
    let message = error.to_string();
    OURS.iter().find(|(ours, _)| message.starts_with(&ours.to_string())).map(|(_, said)| *said)
}
