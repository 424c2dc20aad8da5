//! What teachers said of the texts: probabilities filed under a hash of the text, so that they can lie in the
//! repository without the texts.

use std::collections::HashMap;
use std::path::Path;

use earshot_reading::model::{COMPLAINT, EMOTIONS, INTENTS, IRONY, OFFENSIVE, SENTIMENT, URGENCY};
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::records::records;
use crate::sets::{reads_as, rows};
use crate::{Example, TrainError, Use};

/// The first eight bytes of the text's SHA-256.
pub type Key = [u8; 8];

/// What a text's soft labels are filed under.
#[must_use]
pub fn key(text: &str) -> Key {
    let digest = Sha256::digest(text.as_bytes());
    std::array::from_fn(|at| digest[at])
}

/// What the files have of each text, in order; a share is a byte, 255 being certain.
const SENTIMENTS: usize = 3;
const EMOTION_COUNT: usize = 8;
const FOUR_COUNT: usize = 4;
const LEVELS: usize = 5;
const INTENT_COUNT: usize = 17;
/// Complaint, irony, offensive.
const SINGLES: usize = 3;
/// `english.bin`: everything.
const ENGLISH: usize = SENTIMENTS + EMOTION_COUNT + FOUR_COUNT + SINGLES + LEVELS + INTENT_COUNT;
/// `multilingual.bin`: what the other languages' teacher knows.
const MULTILINGUAL: usize = SENTIMENTS + EMOTION_COUNT;

/// How much a teacher counts where people have labelled the text too: of English sentiment, and of everything else.
const SENTIMENT_SHARE: f32 = 0.8;
const OTHER_SHARE: f32 = 0.5;

/// Teachers' probabilities by text.
#[derive(Debug, Default)]
pub struct SoftLabels {
    english: HashMap<Key, [u8; ENGLISH]>,
    multilingual: HashMap<Key, [u8; MULTILINGUAL]>,
    /// Of texts in the other languages, and of their halves.
    sentiment: HashMap<Key, [u8; SENTIMENTS]>,
    distilled: HashMap<String, [f32; SENTIMENTS]>,
}

#[derive(Debug, Deserialize)]
struct Distilled {
    probs: [f32; 3],
    text: String,
}

impl SoftLabels {
    /// Everything in `research/soft_labels` and the sentiment teacher's file beside the data; what is missing is left
    /// out.
    ///
    /// # Errors
    /// Where a file is there and is not one of soft labels.
    pub fn read(folder: &Path, data: &Path) -> Result<Self, TrainError> {
        let distilled: Vec<Distilled> = rows(&data.join("distilled/minilm_sentiment.jsonl"))?;
        Ok(Self {
            english: labels(&folder.join("english.bin"))?,
            multilingual: labels(&folder.join("multilingual.bin"))?,
            sentiment: labels(&folder.join("sentiment.bin"))?,
            distilled: distilled.into_iter().map(|row| (reads_as(&row.text), row.probs)).collect(),
        })
    }

    /// How many texts have some.
    #[must_use]
    pub fn count(&self) -> usize {
        self.english.len() + self.multilingual.len() + self.sentiment.len() + self.distilled.len()
    }

    /// Softens and fills the example's targets.
    pub fn add_to(&self, example: &mut Example) {
        if example.used != Use::Train {
            return;
        }
        let key = key(&example.text);
        if let Some(record) = self.multilingual.get(&key).filter(|_| example.language != "en") {
            let shares = record.map(of_byte);
            mix(&mut example.targets[EMOTIONS], &shares[SENTIMENTS..], OTHER_SHARE);
        }
        let one = self.sentiment.get(&key).map(|record| record.map(of_byte));
        let (teacher, share) = match (one, self.distilled.get(&reads_as(&example.text))) {
            (Some(one), Some(other)) => {
                (Some(std::array::from_fn(|at| (one[at] + other[at]) / 2.0)), SENTIMENT_SHARE)
            }
            (None, Some(other)) => (Some(*other), SENTIMENT_SHARE),
            (one, None) => (one, OTHER_SHARE),
        };
        if let Some(teacher) = teacher {
            let teacher: [f32; SENTIMENTS] = teacher;
            mix(&mut example.targets[SENTIMENT], &teacher, share);
        }
        if let Some(record) = self.english.get(&key) {
            let shares = record.map(of_byte);
            if example.targets[0].is_nan() || example.set == "urgency" {
                mix(&mut example.targets[SENTIMENT], &normal(&shares[..SENTIMENTS]), OTHER_SHARE);
            }
            // The six of TweetEval's texts that it did not ask for, and every emotion elsewhere.
            mix(&mut example.targets[EMOTIONS], &shares[3..11], OTHER_SHARE);
            let four = normal(&shares[11..15]);
            match &mut example.four {
                Some(known) => mix(known, &four, OTHER_SHARE),
                unknown => *unknown = four.try_into().ok(),
            }
            mix(&mut example.targets[COMPLAINT..=OFFENSIVE], &shares[15..18], OTHER_SHARE);
            const { assert!(COMPLAINT + 1 == IRONY && IRONY + 1 == OFFENSIVE) };
            let levels = normal(&shares[18..23]);
            let reaches: [f32; 4] = std::array::from_fn(|at| levels[at + 1..].iter().sum());
            mix(&mut example.targets[URGENCY], &reaches, OTHER_SHARE);
            mix(&mut example.targets[INTENTS], &shares[23..], OTHER_SHARE);
        }
    }
}

fn of_byte(byte: u8) -> f32 {
    f32::from(byte) / 255.0
}

/// Where a target is known, the teacher softens it; where not, the teacher is all there is.
fn mix(targets: &mut [f32], teacher: &[f32], share: f32) {
    for (target, teacher) in targets.iter_mut().zip(teacher) {
        *target = if target.is_nan() { *teacher } else { share * teacher + (1.0 - share) * *target };
    }
}

fn normal(shares: &[f32]) -> Vec<f32> {
    let sum: f32 = shares.iter().sum::<f32>().max(1e-6);
    shares.iter().map(|share| share / sum).collect()
}

/// Each text's columns by its key; nothing where the file is missing.
fn labels<const COLUMNS: usize>(path: &Path) -> Result<HashMap<Key, [u8; COLUMNS]>, TrainError> {
    let wrong = || TrainError::SoftLabels { path: path.to_owned() };
    Ok(records(path, wrong)?.into_iter().collect())
}
