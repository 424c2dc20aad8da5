//! Latin-letter languages by their letter triples and common words.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use super::SUPPORTED;
use crate::text::{Kind, Tokens, WordHasher, WordMap};

/// Every language that is weighed, with its file: lines `weight triple triple ...` (a triple's weight is the rounded
/// logarithm of its share; `_` is a word's edge) and `words word word ...`.
macro_rules! languages {
    ($($code:literal),* $(,)?) => {
        const LANGUAGES: &[(&str, &str)] = &[$(($code, include_str!(concat!("profiles/", $code, ".txt")))),*];
    };
}

languages!(
    "en", "es", "pt", "fr", "de", "it", "hi", "af", "ca", "cs", "cy", "da", "et", "fi", "ha", "hr", "hu",
    "id", "ig", "lt", "lv", "nl", "no", "om", "pl", "ro", "rw", "sk", "sl", "so", "sq", "su", "sv", "sw",
    "tl", "tr", "vi", "vmw", "yo",
);

/// Rows are this wide so that adding one is a few vector instructions.
const WIDTH: usize = 40;
/// Words that are weighed; a text's language shows in its first lines.
const MOST_WORDS: usize = 60;
/// Triples of a word that are weighed; a longer one is no word.
const MOST_TRIPLES: usize = 24;
/// What a common word counts, in halves of a triple's weight.
const WORD: u16 = 8;
/// What a language that the engine reads has ahead of one that it does not: more of a desk's posts are in it. (On UMSAB's and
/// BRIGHTER's validation rows of more than twenty characters it halves those that are passed over, 2.1 % to 1.1 %, and lets
/// through 0.1 % more of those in other languages.)
const READ: f32 = 2.0;

type Row = [u8; WIDTH];

/// The languages' weights.
#[derive(Debug)]
pub(super) struct Profiles {
    triples: HashMap<u64, Row, BuildHasherDefault<WordHasher>>,
    words: WordMap<u64>,
    /// Which of the languages the engine reads.
    read: [bool; LANGUAGES.len()],
}

/// The language most like the text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Leader {
    pub(super) code: &'static str,
    /// How far ahead of the next.
    pub(super) lead: f32,
    /// How far a language that is read is ahead of the next that is not; of any other language as `lead`.
    pub(super) clear: f32,
    pub(super) evidence: f32,
}

impl Profiles {
    pub(super) fn new() -> Self {
        let mut profiles = Self {
            triples: HashMap::default(),
            words: WordMap::default(),
            read: std::array::from_fn(|at| SUPPORTED.contains(&LANGUAGES[at].0)),
        };
        profiles.triples.reserve(6_000);
        profiles.words.reserve(12_000);
        for (index, (_, file)) in LANGUAGES.iter().enumerate() {
            for line in file.lines() {
                let Some((head, rest)) = line.split_once(' ') else { continue };
                if head == "words" {
                    for word in rest.split(' ') {
                        *profiles.words.entry(word).or_default() |= 1 << index;
                    }
                } else if let Ok(weight) = head.parse::<u8>() {
                    for triple in rest.split(' ') {
                        let mut letters = triple.chars().map(|c| if c == '_' { ' ' } else { c });
                        let mut next = || letters.next().unwrap_or(' ');
                        let row = profiles.triples.entry(key([next(), next(), next()])).or_insert([0; WIDTH]);
                        row[index] = weight;
                    }
                }
            }
        }
        profiles
    }

    /// The code as this table names it, or one that a script decides.
    pub(super) fn code(&self, code: &str) -> Option<&'static str> {
        const BY_SCRIPT: [&str; 2] = ["hi", "ar"];
        LANGUAGES.iter().map(|(known, _)| *known).chain(BY_SCRIPT).find(|known| *known == code)
    }

    /// Weighs running words; where there are none, those of hashtags.
    pub(super) fn weigh(&self, tokens: &Tokens, hint: Option<&str>, bonus: f32) -> Leader {
        let mut sums = [0_u16; WIDTH];
        if !self.add(tokens, Kind::Word, &mut sums) {
            self.add(tokens, Kind::Hashtag, &mut sums);
        }
        let scores = std::array::from_fn(|at| {
            let evidence = f32::from(sums[at]) / 2.0;
            let ahead = if self.read[at] { READ } else { 0.0 };
            let hinted = if hint == Some(LANGUAGES[at].0) { bonus } else { 0.0 };
            if evidence > 0.0 { evidence + ahead + hinted } else { 0.0 }
        });
        let best = best_of(&scores, |_| true).unwrap_or(0);
        let ahead_of = |rival: Option<usize>| scores[best] - rival.map_or(0.0, |rival| scores[rival]);
        let lead = ahead_of(best_of(&scores, |at| at != best));
        let clear = if self.read[best] { ahead_of(best_of(&scores, |at| !self.read[at])) } else { lead };
        Leader { code: LANGUAGES[best].0, lead, clear, evidence: f32::from(sums[best]) / 2.0 }
    }

    /// False where no token of the kind was found.
    fn add(&self, tokens: &Tokens, kind: Kind, sums: &mut [u16; WIDTH]) -> bool {
        let mut any = false;
        for token in tokens.items().iter().filter(|token| token.kind == kind).take(MOST_WORDS) {
            any = true;
            let word = tokens.shortened(token).unwrap_or_else(|| tokens.normal(token));
            if let Some(languages) = self.words.get(word) {
                let mut left = *languages;
                while left != 0 {
                    let index = left.trailing_zeros() as usize;
                    left &= left - 1;
                    sums[index] = sums[index].saturating_add(WORD);
                }
            }
            let mut window = [' '; 3];
            for c in std::iter::once(' ')
                .chain(word.chars().take(MOST_TRIPLES))
                .chain(std::iter::once(' '))
                .enumerate()
            {
                window = [window[1], window[2], c.1];
                if c.0 >= 2
                    && let Some(row) = self.triples.get(&key(window))
                {
                    for (sum, weight) in sums.iter_mut().zip(row) {
                        *sum = sum.saturating_add(u16::from(*weight));
                    }
                }
            }
        }
        any
    }
}

/// The first of those with the highest score, among the languages that may be it.
fn best_of(scores: &[f32; LANGUAGES.len()], may: impl Fn(usize) -> bool) -> Option<usize> {
    (0..scores.len())
        .filter(|at| may(*at))
        .reduce(|best, at| if scores[at] > scores[best] { at } else { best })
}

/// Three characters in one number: 21 bits hold any.
fn key([a, b, c]: [char; 3]) -> u64 {
    (u64::from(u32::from(a)) << 42) | (u64::from(u32::from(b)) << 21) | u64::from(u32::from(c))
}
