//! What word lists say of words, -1 to 1: the start that the model's weights are given, so that words too rare in the
//! training texts are known too.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::TrainError;

const LANGUAGES: [&str; 8] = ["en", "es", "pt", "fr", "de", "it", "hi", "ar"];

/// Valence by word, lower case; where lists differ, the mean.
///
/// # Errors
/// Where a list is there but cannot be read.
pub fn read(data: &Path) -> Result<BTreeMap<String, f32>, TrainError> {
    let folder = data.join("lexicons");
    let mut found: BTreeMap<String, (f32, f32)> = BTreeMap::new();
    let mut add = |word: &str, valence: f32| {
        let entry = found.entry(word.to_lowercase()).or_default();
        entry.0 += valence;
        entry.1 += 1.0;
    };
    for line in text(&folder.join("vader_lexicon.txt"))?.lines() {
        let mut fields = line.split('\t');
        if let (Some(word), Some(Ok(mean))) = (fields.next(), fields.next().map(str::parse::<f32>)) {
            add(word, mean / 4.0);
        }
    }
    for language in LANGUAGES {
        let path = folder.join(format!("multilang/AFINN-{language}.json"));
        let words: BTreeMap<String, f32> = match text(&path)?.as_str() {
            "" => BTreeMap::new(),
            json => serde_json::from_str(json).map_err(|source| TrainError::Row { path, line: 1, source })?,
        };
        for (word, valence) in words {
            add(&word, valence / 5.0);
        }
    }
    Ok(found
        .into_iter()
        .filter(|(word, _)| !word.contains(' '))
        .map(|(word, (sum, count))| (word, sum / count))
        .collect())
}

fn text(path: &Path) -> Result<String, TrainError> {
    if !path.exists() {
        return Ok(String::new());
    }
    fs::read_to_string(path).map_err(|source| TrainError::Read { path: path.to_owned(), source })
}
