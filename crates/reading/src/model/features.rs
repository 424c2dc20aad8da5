//! What the model sees of a text: word pieces for the deep net, hashed n-grams for the wide one.

use super::vocabulary::{
    CAPITALS, ELONGATED, EMOJI, Fingerprint, HASHTAG, LINK, LONGEST_PIECE, MENTION, NUMBER, UNKNOWN,
    Vocabulary,
};
use crate::text::{Kind, Token, Tokens};

/// The most pieces of a text that are read: what comes later says little that came not before.
pub const MOST_PIECES: usize = 128;
/// The most n-grams of a text that are read.
const MOST_GRAMS: usize = 4096;
/// The most pieces one word is cut into.
const MOST_PIECES_A_WORD: usize = 8;
/// The most characters of a word that n-grams are taken from.
const MOST_LETTERS: usize = 24;
/// The number of places an n-gram can fall into is 2 to this power: one half for English, one for the other languages, of
/// which there is so little to learn from that English would drown it.
pub const BUCKET_BITS: u32 = 19;

/// One piece of a word, or one mark, emoji, handle, address or number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// Its id in the vocabulary.
    pub id: u16,
    /// Which of capitals (1), long letters (2) and hashtag (4) it has.
    pub marks: u8,
    /// The token it comes from.
    pub token: u16,
}

impl Piece {
    /// The ids that are added to the piece's own.
    pub fn mark_ids(self) -> impl Iterator<Item = u16> {
        [(1, CAPITALS), (2, ELONGATED), (4, HASHTAG)]
            .into_iter()
            .filter(move |(bit, _)| self.marks & bit != 0)
            .map(|(_, id)| id)
    }
}

/// One hashed n-gram.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gram {
    /// Where it falls, below 2^[`BUCKET_BITS`].
    pub bucket: u32,
    /// The (last) token it comes from.
    pub token: u16,
}

/// What the model sees of one text. Kept from one text to the next, so that reading allocates nothing.
#[derive(Debug, Default)]
pub struct Features {
    /// In order of the text.
    pub pieces: Vec<Piece>,
    /// In order of the text; repeats count.
    pub grams: Vec<Gram>,
}

impl Features {
    /// Forgets the last text and takes in this one's tokens.
    pub(crate) fn read(&mut self, tokens: &Tokens, english: bool, vocabulary: &Vocabulary) {
        self.pieces.clear();
        self.grams.clear();
        let mut last = hash(0x5EED, b"start");
        for (token, item) in (0_u16..).zip(tokens.items()) {
            let normal = tokens.normal(item);
            if self.pieces.len() < MOST_PIECES {
                self.add_pieces(token, item, tokens, vocabulary);
            }
            if self.grams.len() < MOST_GRAMS && normal != "\n" {
                let word = self.add_grams(token, item, normal, last, english);
                last = word;
            }
        }
    }

    fn add_pieces(&mut self, token: u16, item: &Token, tokens: &Tokens, vocabulary: &Vocabulary) {
        let marks = u8::from(item.capitals)
            | u8::from(item.elongated || (item.kind == Kind::Punctuation && item.value >= 2.0)) << 1
            | u8::from(item.kind == Kind::Hashtag) << 2;
        let mut push = |id| self.pieces.push(Piece { id, marks, token });
        let whole = || tokens.look_up(item, |form| vocabulary.find(Fingerprint::WORD.with(form.as_bytes())));
        match item.kind {
            Kind::Mention => push(MENTION),
            Kind::Address => push(LINK),
            Kind::Number => push(NUMBER),
            Kind::Emoji => push(whole().unwrap_or(EMOJI)),
            Kind::Emoticon | Kind::Punctuation => push(whole().unwrap_or(UNKNOWN)),
            Kind::Word | Kind::Hashtag => match whole() {
                Some(id) => push(id),
                None => cut(tokens.normal(item), vocabulary, push),
            },
        }
    }

    /// Adds the token's n-grams and gives the hash of the token itself.
    fn add_grams(&mut self, token: u16, item: &Token, normal: &str, last: u32, english: bool) -> u32 {
        let word = match item.kind {
            Kind::Mention => hash(1, b"@"),
            Kind::Address => hash(1, b"http"),
            Kind::Number => hash(1, b"0"),
            _ => hash(2, normal.as_bytes()),
        };
        let mut push = |hash: u32| self.grams.push(Gram { bucket: bucket(hash, english), token });
        push(word);
        push((last.rotate_left(7) ^ word).wrapping_mul(0x85EB_CA6B));
        if item.capitals {
            push(hash(3, b"capitals"));
        }
        if item.elongated || (item.kind == Kind::Punctuation && item.value >= 2.0) {
            push(word ^ 0x5555_1234);
        }
        if item.is_word() {
            letters(normal, push);
        }
        word
    }
}

/// Every run of three to five characters of the word between its boundaries.
fn letters(word: &str, mut push: impl FnMut(u32)) {
    let mut ends = [0_u16; MOST_LETTERS + 1];
    let mut count = 0;
    for (at, c) in word.char_indices().take(MOST_LETTERS) {
        count += 1;
        ends[count] = (at + c.len_utf8()) as u16;
    }
    let bytes = word.as_bytes();
    // Boundaries are characters too: position 0 is before the word, count + 1 after it.
    let whole = word.len() == usize::from(ends[count]);
    let last = count + usize::from(whole);
    for start in 0..=count {
        let mut hash = 0x9747_B28C_u32;
        for length in 1..=5 {
            let at = start + length - 1;
            if at > last {
                break;
            }
            hash = if at == 0 || at > count {
                (hash ^ 0xFF).wrapping_mul(0x0100_0193)
            } else {
                bytes[usize::from(ends[at - 1])..usize::from(ends[at])]
                    .iter()
                    .fold(hash, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
            };
            if length >= 3 {
                push(hash);
            }
        }
    }
}

/// Cuts a word that is not known whole: the longest known piece first, then the longest after it, and so on.
fn cut(word: &str, vocabulary: &Vocabulary, mut push: impl FnMut(u16)) {
    let mut rest = word;
    let mut seed = Fingerprint::WORD;
    for _ in 0..MOST_PIECES_A_WORD {
        let mut fingerprint = seed;
        let mut longest = None;
        for (at, c) in rest.char_indices().take(LONGEST_PIECE) {
            let end = at + c.len_utf8();
            fingerprint = fingerprint.with(&rest.as_bytes()[at..end]);
            if let Some(id) = vocabulary.find(fingerprint) {
                longest = Some((id, end));
            }
        }
        let Some((id, end)) = longest else {
            push(UNKNOWN);
            return;
        };
        push(id);
        rest = &rest[end..];
        if rest.is_empty() {
            return;
        }
        seed = Fingerprint::INNER;
    }
}

fn hash(seed: u32, bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811C_9DC5 ^ seed, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
}

fn bucket(hash: u32, english: bool) -> u32 {
    let half = (hash ^ (hash >> 15)).wrapping_mul(0x9E37_79B1) >> (32 - (BUCKET_BITS - 1));
    half | u32::from(!english) << (BUCKET_BITS - 1)
}

/// Texts to features, for the trainer: the same road that the engine takes.
#[derive(Debug, Default)]
pub struct Extractor {
    tokens: Tokens,
}

impl Extractor {
    /// The features of one text.
    pub fn read(&mut self, text: &str, english: bool, vocabulary: &Vocabulary) -> Features {
        let mut features = Features::default();
        self.tokens.read(crate::text::bounded(text));
        features.read(&self.tokens, english, vocabulary);
        features
    }

    /// The bucket that a word alone falls into, by which the trainer gives it what a lexicon says of it.
    #[must_use]
    pub fn word_bucket(word: &str, english: bool) -> u32 {
        bucket(hash(2, word.as_bytes()), english)
    }

    /// The normal forms by which the text's words, emoji and marks are looked up, for making a vocabulary: the form,
    /// and whether it may be cut into pieces.
    pub fn forms(&mut self, text: &str, mut each: impl FnMut(&str, bool)) {
        self.tokens.read(crate::text::bounded(text));
        for item in self.tokens.items() {
            match item.kind {
                Kind::Mention | Kind::Address | Kind::Number => {}
                Kind::Emoji | Kind::Emoticon | Kind::Punctuation => each(self.tokens.normal(item), false),
                Kind::Word | Kind::Hashtag => {
                    each(self.tokens.shortened(item).unwrap_or_else(|| self.tokens.normal(item)), true);
                }
            }
        }
    }
}
