//! Chooses the pieces of words that the deep half knows.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use earshot_reading::model::{Extractor, Fingerprint, LONGEST_PIECE, ModelError, Vocabulary};

use crate::sets::RECOMBINED;
use crate::{Example, Use};

/// How many pieces there are room for.
#[derive(Debug, Clone, Copy)]
pub struct Room {
    /// Whole words, emoji and marks.
    pub words: usize,
    /// Beginnings and inner parts of words that are not known whole.
    pub parts: usize,
}

/// A word must be seen as often as this to be known whole (a third of it where a lexicon has it).
const SEEN: u32 = 3;

/// The most frequent words, the characters, and the parts that make up most of what is left.
///
/// # Errors
/// Never in practice: the fingerprints are sorted here.
pub fn choose(
    examples: &[Example],
    lexicon: &BTreeMap<String, f32>,
    room: Room,
) -> Result<(Vec<u32>, Vocabulary), ModelError> {
    let mut counts: HashMap<String, (u32, bool)> = HashMap::new();
    let mut extractor = Extractor::default();
    let written = |example: &&Example| example.used == Use::Train && example.set != RECOMBINED;
    for example in examples.iter().filter(written) {
        // Texts in other languages are fewer: their words count three times.
        let weight = if example.language == "en" { 1 } else { 3 };
        extractor.forms(&example.text, |form, whole| {
            if let Some(entry) = counts.get_mut(form) {
                entry.0 += weight;
            } else {
                counts.insert(form.to_owned(), (weight, whole));
            }
        });
    }
    let mut forms: Vec<(&str, u32, bool)> =
        counts.iter().map(|(form, (count, whole))| (form.as_str(), *count, *whole)).collect();
    forms.sort_unstable_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    let mut known = BTreeSet::new();
    let mut left = Vec::new();
    for (form, count, whole) in forms {
        let wanted = count >= SEEN || (lexicon.contains_key(form) && count * 3 >= SEEN);
        if wanted && known.len() < room.words {
            known.insert(Fingerprint::WORD.with(form.as_bytes()).get());
        } else if whole {
            left.push((form, count));
        }
    }
    for (fingerprint, _) in parts(&left, room.parts) {
        known.insert(fingerprint);
    }
    let fingerprints: Vec<u32> = known.into_iter().collect();
    let vocabulary = Vocabulary::new(fingerprints.clone())?;
    Ok((fingerprints, vocabulary))
}

/// Beginnings and inner parts by how many letters they save.
fn parts(left: &[(&str, u32)], room: usize) -> Vec<(u32, u32)> {
    let mut saved: HashMap<u32, (u32, u32)> = HashMap::new();
    for (word, count) in left {
        let ends: Vec<usize> = word.char_indices().map(|(at, _)| at).chain([word.len()]).take(25).collect();
        for start in 0..ends.len() - 1 {
            for end in start + 1..ends.len().min(start + LONGEST_PIECE + 1) {
                let seed = if start == 0 { Fingerprint::WORD } else { Fingerprint::INNER };
                let letters = (end - start) as u32;
                let fingerprint = seed.with(&word.as_bytes()[ends[start]..ends[end]]).get();
                let entry = saved.entry(fingerprint).or_default();
                entry.0 += count * letters;
                entry.1 = letters;
            }
        }
    }
    // Single characters first: with them, hardly a word is unknown.
    let mut parts: Vec<(u32, u32, u32)> =
        saved.into_iter().map(|(fingerprint, (saved, letters))| (fingerprint, saved, letters)).collect();
    parts.retain(|(_, saved, _)| *saved >= 20);
    parts.sort_unstable_by(|a, b| (b.2 == 1).cmp(&(a.2 == 1)).then(b.1.cmp(&a.1)).then(a.0.cmp(&b.0)));
    parts.truncate(room);
    parts.into_iter().map(|(fingerprint, saved, _)| (fingerprint, saved)).collect()
}
