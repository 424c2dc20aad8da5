//! Nigerian Pidgin: English's letters and most of its words, with a grammar of its own. Letter triples cannot tell the two
//! apart; Pidgin's little words can.

use crate::text::{Kind, Tokens, WordMap};

/// Lines `surely word word ...` and `perhaps word word ...`: words no English text has, and those that some have.
const WORDS: &str = include_str!("profiles/pcm.txt");

/// What it is called in ISO 639-3.
pub(super) const CODE: &str = "pcm";

/// What a sure word and a likely one count, and how much makes a text Pidgin: one of the first, or two of the second.
const SURELY: usize = 2;
const PERHAPS: usize = 1;
const ENOUGH: usize = 2;
/// At least one of so many words must speak for it: in a long English text a stray `don` or `dat` says nothing. (On
/// BRIGHTER's validation rows this finds 96 % of Pidgin, and takes none of 2,542 English posts for it.)
const EVERY: usize = 12;
/// Words that are looked at; a text's language shows in its first lines.
const MOST_WORDS: usize = 60;

/// Pidgin's little words.
#[derive(Debug)]
pub(super) struct Pidgin {
    words: WordMap<usize>,
}

impl Pidgin {
    pub(super) fn new() -> Self {
        let mut known = WordMap::default();
        for line in WORDS.lines() {
            let mut words = line.split(' ');
            let counts = if words.next() == Some("surely") { SURELY } else { PERHAPS };
            known.extend(words.map(|word| (word, counts)));
        }
        Self { words: known }
    }

    /// Whether a text that looks like English is Pidgin.
    pub(super) fn is(&self, tokens: &Tokens) -> bool {
        let (mut evidence, mut count) = (0, 0);
        for token in tokens.items().iter().filter(|token| token.kind == Kind::Word).take(MOST_WORDS) {
            count += 1;
            evidence += tokens.look_up(token, |word| self.words.get(word).copied()).unwrap_or(0);
        }
        evidence >= ENOUGH && evidence * EVERY >= count
    }
}
