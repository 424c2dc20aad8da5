//! Phrases: how the rules say which words they look for.
//!
//! A phrase file is a list that a person who speaks the language can read and correct. One phrase a line, under the
//! grade that those words alone give a post:
//!
//! ```text
//! # Lines that start with # are remarks. A set is a name for words that may stand for each other:
//! {parcel} = parcel | package | order
//!
//! [high]
//! {parcel} never arrived        these words in this order
//! lost|misplaced my {parcel}    any of the words between bars
//! been waiting (for) <days>     a word in round brackets may be missing; <days> is any duration of a day or more
//! where .. my {parcel}          up to three other words between (four dots: up to six), within the sentence
//!
//! [context]
//! flight                        counts as [normal], but proves nothing: never shown as a reason
//!
//! [except]
//! never arrived late            where these words match, what they overlap does not count
//! ```
//!
//! Classes: `<number>`, `<duration>` and `<minutes>`, `<hours>`, `<days>`, `<weeks>`, `<months>` (that long at
//! least), `<money>`, `<mention>`, `<word>`, `<start>` and `<end>` of a sentence, `<?>` a question mark.
//! Case, punctuation within a sentence and apostrophes (`can't`, `cant`) do not matter. Write words with their accents:
//! a text's words match with and without them.

mod file;
mod search;

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

pub(super) use search::signature_of;

use super::duration::{self, Elapsed, Time};
use super::spelling::without_accents;
use crate::text::WordHasher;

/// How much the words of a phrase say on their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Grade {
    /// A hint: counts beside other signals.
    Low,
    /// The person waits for something.
    Normal,
    /// Harm is going on, or trust is about to break.
    High,
    /// Cannot wait an hour.
    Critical,
}

/// Why a phrase file cannot be used.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub(crate) enum PhraseError {
    /// A phrase before any `[grade]`.
    #[error("line {0}: put a grade such as [high] above the first phrase")]
    NoGrade(usize),
    /// A section that is no grade.
    #[error("line {0}: sections are [critical], [high], [normal], [low], [context] and [except]")]
    UnknownSection(usize),
    /// A set that was not defined above.
    #[error("line {0}: define the set above its first use, as {{name}} = a | b")]
    UnknownSet(usize),
    /// A class that does not exist, or that stands between bars.
    #[error(
        "line {0}: no such class, or one between bars; see the head of signals/phrase/mod.rs for the list"
    )]
    UnknownClass(usize),
    /// A phrase that could start anywhere.
    #[error("line {0}: a phrase starts with a word, a set, or a class other than <word> and <end>")]
    StartsAnywhere(usize),
}

/// A number for a word that some phrase uses. 0 is every other word.
pub(super) type WordNumber = u16;

/// All that a language's files say of a word.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Word {
    pub(super) number: WordNumber,
    pub(super) time: Option<Time>,
    /// An article, a conjunction: see [`Unit::small`].
    pub(super) small: bool,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Element {
    /// One of the words `alternatives[start..end]`.
    Words {
        start: u32,
        end: u32,
    },
    Gap(usize),
    Number,
    Money,
    Mention,
    AnyWord,
    SentenceStart,
    SentenceEnd,
    Question,
    Duration(Elapsed),
}

#[derive(Debug)]
struct Phrase {
    signal: u8,
    /// Where it stands in its file.
    line: u16,
    section: Section,
    elements: Box<[Element]>,
}

/// What a section's phrases do.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Section {
    Grade(Grade),
    Context,
    Except,
}

/// How far behind a phrase's first unit its second element may stand.
#[derive(Debug, Clone, Copy)]
enum Reach {
    Next,
    /// A gap of three between.
    Near,
    /// A gap of six.
    Far,
    /// It matches something that leaves no signature.
    Anything,
}

/// A phrase that may start with some unit: worth trying if what stands behind shares a bit with `mask`.
#[derive(Debug, Clone, Copy)]
struct Candidate {
    phrase: u16,
    reach: Reach,
    mask: u128,
}

/// A phrase that was found: the units it covers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Found {
    pub(super) signal: u8,
    /// The phrase's line in its file.
    pub(super) line: u16,
    /// `None` for an exception.
    pub(super) grade: Option<Grade>,
    /// Counts, and is not shown.
    pub(super) context: bool,
    /// Says how long.
    pub(super) timed: bool,
    pub(super) first: usize,
    /// One past the last unit.
    pub(super) end: usize,
}

/// All phrases of one language.
#[derive(Debug, Default)]
pub(super) struct Phrasebook {
    words: HashMap<Box<str>, Word, BuildHasherDefault<WordHasher>>,
    alternatives: Vec<WordNumber>,
    phrases: Vec<Phrase>,
    /// Which phrases may start with a word, by the word's number.
    by_word: Vec<Vec<Candidate>>,
    /// Which start a sentence; their masks are of the unit itself.
    by_start: Vec<Candidate>,
    by_number: Vec<Candidate>,
    by_duration: Vec<Candidate>,
    by_mention: Vec<Candidate>,
    by_question: Vec<Candidate>,
}

impl Phrasebook {
    /// One without phrases that knows the language's words for time, and the small words that no marked stretch ends with.
    pub(super) fn new(clock: &'static str, small_words: &'static str) -> Self {
        let mut book = Self { by_word: vec![Vec::new()], ..Self::default() };
        for (word, time) in duration::clock(clock) {
            book.spell(word, |known| known.time = Some(time));
        }
        for word in small_words.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace)
        {
            book.spell(word, |known| known.small = true);
        }
        book
    }

    /// What is known of a word, if anything.
    pub(super) fn word(&self, word: &str) -> Option<Word> {
        self.words.get(word).copied()
    }

    /// Notes something of a word in each of its spellings.
    fn spell(&mut self, word: &str, mut note: impl FnMut(&mut Word)) {
        note(self.words.entry(word.into()).or_default());
        if let Some(bare) = without_accents(word) {
            note(self.words.entry(bare.into()).or_default());
        }
    }
}
