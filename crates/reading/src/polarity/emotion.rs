//! Emotions and abuse from word lists: a first, honest estimate. Only English has words so far; emoji count in every
//! language.

use std::sync::OnceLock;

use super::EmotionScores;
use crate::Head;
use crate::text::WordMap;

/// The heads in the order of [`EmotionScores`].
pub(super) const HEADS: [Head; 8] = [
    Head::Anger,
    Head::Frustration,
    Head::Sadness,
    Head::Fear,
    Head::Joy,
    Head::Gratitude,
    Head::Surprise,
    Head::Optimism,
];

const NAMES: [&str; 8] =
    ["anger", "frustration", "sadness", "fear", "joy", "gratitude", "surprise", "optimism"];

const STRONG: f32 = 0.55;
const WEAK: f32 = 0.2;

/// How much a word shows of each emotion.
pub(super) fn weights(word: &str, english: bool) -> Option<&'static EmotionScores> {
    static FACES: OnceLock<WordMap<EmotionScores>> = OnceLock::new();
    static ENGLISH: OnceLock<WordMap<EmotionScores>> = OnceLock::new();
    let faces = || FACES.get_or_init(|| table(include_str!("emotions.emoji.txt"))).get(word);
    if english { ENGLISH.get_or_init(|| table(include_str!("emotions.en.txt"))).get(word) } else { None }
        .or_else(faces)
}

fn table(file: &'static str) -> WordMap<EmotionScores> {
    let mut table: WordMap<EmotionScores> = WordMap::default();
    for line in file.lines() {
        let mut words = line.split_whitespace();
        let Some(head) = words.next().and_then(|name| NAMES.iter().position(|known| *known == name)) else {
            continue;
        };
        let mut weight = STRONG;
        for word in words {
            if word == "|" {
                weight = WEAK;
            } else {
                let scores = &mut table.entry(word).or_default().0;
                scores[head] = scores[head].max(weight);
            }
        }
    }
    table
}

/// How insulting a word is.
pub(super) fn insult(word: &str) -> f32 {
    static WORDS: OnceLock<WordMap<f32>> = OnceLock::new();
    let words = WORDS.get_or_init(|| {
        let mut words = WordMap::default();
        for line in include_str!("offensive.en.txt").lines() {
            let (weight, rest) = match line.split_once(' ') {
                Some(("strong", rest)) => (0.75, rest),
                Some(("weak", rest)) => (0.3, rest),
                _ => continue,
            };
            words.extend(rest.split_whitespace().map(|word| (word, weight)));
        }
        words
    });
    words.get(word).copied().unwrap_or_default()
}
