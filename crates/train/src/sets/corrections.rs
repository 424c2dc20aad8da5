//! A company's own corrections, as the extension exports them.

use std::path::Path;

use serde::Deserialize;

use super::rows;
use crate::{Example, TrainError, Use};

#[derive(Debug, Deserialize)]
struct Row {
    text: String,
    #[serde(default)]
    sentiment: Option<String>,
    #[serde(default)]
    urgency: Option<String>,
    #[serde(default)]
    intents: Option<Vec<String>>,
    #[serde(default)]
    emotions: Option<Vec<String>>,
}

/// Rows of `{"text", "sentiment"?, "urgency"?, "intents"?, "emotions"?}`: what is left out is left as the model has it.
/// What else the extension writes (whether a text is a phrase, whether it is about us) is no matter of the model's.
///
/// # Errors
/// Where the file is missing, cannot be read, or a line is no correction.
pub fn corrections(path: &Path) -> Result<Vec<Example>, TrainError> {
    if !path.exists() {
        let source = std::io::Error::from(std::io::ErrorKind::NotFound);
        return Err(TrainError::Read { path: path.to_owned(), source });
    }
    let rows: Vec<Row> = rows(path)?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let mut example = Example::new("corrections", "en", row.text, Use::Train)
                .sentiment(row.sentiment.as_deref().unwrap_or_default())
                .urgency(row.urgency.as_deref().unwrap_or_default())
                .times(10);
            if let Some(intents) = row.intents {
                example = example.intents(&intents, &crate::example::INTENT_NAMES);
            }
            if let Some(emotions) = row.emotions {
                let found: Vec<&str> = emotions.iter().map(String::as_str).collect();
                example = example.emotions(&found, &crate::example::EMOTION_NAMES);
            }
            example
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use earshot_corrections::{Correction, Corrections, Emotion, Feeling, Says};
    use earshot_reading::Level;
    use earshot_reading::model::{EMOTIONS, INTENTS, SENTIMENT, URGENCY};

    use super::*;

    #[test]
    fn what_the_extension_exports_is_learnt_as_the_person_said() {
        let mut kept = Corrections::default();
        let says = Says {
            sentiment: Some(Feeling::Negative),
            urgency: Some(Level::High),
            emotions: Some(vec![Emotion::Anger]),
            about_us: None,
        };
        kept.put(Correction::whole("Third outage this week, \"love\" it", says).unwrap()).unwrap();
        let elsewhere = Says { about_us: Some(false), ..Says::default() };
        kept.put(Correction::phrase("Northwind Orchestra", elsewhere).unwrap()).unwrap();
        let path = std::env::temp_dir().join(format!("earshot-corrections-{}.jsonl", std::process::id()));
        std::fs::write(&path, kept.to_lines()).unwrap();
        let learnt = corrections(&path);
        std::fs::remove_file(&path).unwrap();

        let learnt = learnt.unwrap();
        let [one, other] = learnt.as_slice() else { panic!("two lines are two examples") };
        assert_eq!(one.text, "Third outage this week, \"love\" it");
        assert_eq!(one.targets[SENTIMENT], [1.0, 0.0, 0.0]);
        assert_eq!(one.targets[URGENCY], [1.0, 1.0, 1.0, 0.0]);
        assert_eq!(one.targets[EMOTIONS], [1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]);
        assert!(one.targets[INTENTS].iter().all(|target| target.is_nan()), "nothing was said of intents");
        assert!(
            other.targets.iter().all(|target| target.is_nan()),
            "whose it is, is no matter of the model's"
        );
    }
}
