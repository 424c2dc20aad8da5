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
//! [except]
//! never arrived late            where these words match, what they overlap does not count
//! ```
//!
//! Classes: `<number>`, `<duration>` and `<minutes>`, `<hours>`, `<days>`, `<weeks>`, `<months>` (that long at
//! least), `<money>`, `<mention>`, `<word>`, `<start>` and `<end>` of a sentence, `<?>` a question mark.
//! Case, punctuation within a sentence and apostrophes (`can't`, `cant`) do not matter.

use super::duration::{Clock, DAY, Elapsed, HOUR, MINUTE, MONTH, WEEK};
use super::passage::{Passage, Unit, UnitKind};
use crate::text::WordMap;

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
    #[error("line {0}: sections are [critical], [high], [normal], [low] and [except]")]
    UnknownSection(usize),
    /// A set that was not defined above.
    #[error("line {0}: define the set above its first use, as {{name}} = a | b")]
    UnknownSet(usize),
    /// A class that does not exist.
    #[error("line {0}: no such class; see the head of phrase.rs for the list")]
    UnknownClass(usize),
    /// A phrase that could start anywhere.
    #[error("line {0}: a phrase starts with a word, a set or a class, not with a gap")]
    StartsWithGap(usize),
}

/// A number for a word that some phrase uses. 0 is every other word.
pub(super) type WordNumber = u16;

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
    /// `None` for an exception.
    grade: Option<Grade>,
    elements: Box<[Element]>,
}

/// A phrase that was found: the units it covers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Found {
    pub(super) signal: u8,
    /// The phrase's line in its file.
    pub(super) line: u16,
    pub(super) grade: Option<Grade>,
    pub(super) first: usize,
    /// One past the last unit.
    pub(super) end: usize,
}

/// All phrases of one language.
#[derive(Debug, Default)]
pub(super) struct Phrasebook {
    numbers: WordMap<WordNumber>,
    alternatives: Vec<WordNumber>,
    phrases: Vec<Phrase>,
    /// Which phrases may start with a word, by the word's number.
    by_word: Vec<Vec<u16>>,
    /// Which may start with something that is not a word.
    by_class: Vec<u16>,
    pub(super) clock: Clock,
}

impl Phrasebook {
    /// An empty one that tells durations by `clock`.
    pub(super) fn new(clock: Clock) -> Self {
        Self { clock, by_word: vec![Vec::new()], ..Self::default() }
    }

    /// The word's number, 0 where no phrase uses it.
    pub(super) fn number(&self, word: &str) -> Option<WordNumber> {
        self.numbers.get(word).copied()
    }

    /// Adds a signal's file.
    pub(super) fn add(&mut self, signal: u8, file: &'static str) -> Result<(), PhraseError> {
        let mut sets: WordMap<&'static str> = WordMap::default();
        let mut section: Option<Option<Grade>> = None;
        for (index, line) in file.lines().enumerate() {
            let line_number = index + 1;
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if let Some((name, words)) = line.split_once('=').filter(|_| line.starts_with('{')) {
                sets.insert(name.trim(), words.trim());
            } else if let Some(name) = line.strip_prefix('[') {
                section = Some(match name.trim_end_matches(']') {
                    "critical" => Some(Grade::Critical),
                    "high" => Some(Grade::High),
                    "normal" => Some(Grade::Normal),
                    "low" => Some(Grade::Low),
                    "except" => None,
                    _ => return Err(PhraseError::UnknownSection(line_number)),
                });
            } else {
                let grade = section.ok_or(PhraseError::NoGrade(line_number))?;
                self.add_phrase(signal, grade, line, line_number, &sets)?;
            }
        }
        Ok(())
    }

    fn add_phrase(
        &mut self,
        signal: u8,
        grade: Option<Grade>,
        line: &'static str,
        line_number: usize,
        sets: &WordMap<&'static str>,
    ) -> Result<(), PhraseError> {
        let mut variants: Vec<Vec<Element>> = vec![Vec::new()];
        for part in line.split_whitespace() {
            let bare = part.strip_prefix('(').and_then(|inner| inner.strip_suffix(')'));
            let element = self.element(bare.unwrap_or(part), line_number, sets)?;
            let without = if bare.is_some() { variants.clone() } else { Vec::new() };
            for variant in &mut variants {
                variant.push(element);
            }
            variants.extend(without);
        }
        for elements in variants.into_iter().filter(|elements| !elements.is_empty()) {
            let index = u16::try_from(self.phrases.len()).unwrap_or(u16::MAX);
            match elements[0] {
                Element::Gap(_) => return Err(PhraseError::StartsWithGap(line_number)),
                Element::Words { start, end } => {
                    for word in &self.alternatives[start as usize..end as usize] {
                        self.by_word[usize::from(*word)].push(index);
                    }
                }
                _ => self.by_class.push(index),
            }
            self.phrases.push(Phrase {
                signal,
                line: u16::try_from(line_number).unwrap_or(u16::MAX),
                grade,
                elements: elements.into_boxed_slice(),
            });
        }
        Ok(())
    }

    fn element(
        &mut self,
        part: &'static str,
        line_number: usize,
        sets: &WordMap<&'static str>,
    ) -> Result<Element, PhraseError> {
        Ok(match part {
            ".." => Element::Gap(3),
            "...." => Element::Gap(6),
            "<number>" => Element::Number,
            "<money>" => Element::Money,
            "<mention>" => Element::Mention,
            "<word>" => Element::AnyWord,
            "<start>" => Element::SentenceStart,
            "<end>" => Element::SentenceEnd,
            "<?>" => Element::Question,
            "<duration>" => Element::Duration(Elapsed(0)),
            "<minutes>" => Element::Duration(MINUTE),
            "<hours>" => Element::Duration(HOUR),
            "<days>" => Element::Duration(DAY),
            "<weeks>" => Element::Duration(WEEK),
            "<months>" => Element::Duration(MONTH),
            _ if part.starts_with('<') => return Err(PhraseError::UnknownClass(line_number)),
            _ => {
                let start = self.alternatives.len();
                for word in part.split('|') {
                    if word.starts_with('{') {
                        let words = sets.get(word).ok_or(PhraseError::UnknownSet(line_number))?;
                        words.split('|').for_each(|word| self.add_word(word.trim()));
                    } else {
                        self.add_word(word);
                    }
                }
                let fit = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
                Element::Words { start: fit(start), end: fit(self.alternatives.len()) }
            }
        })
    }

    fn add_word(&mut self, word: &'static str) {
        let number = self.new_number(word);
        self.alternatives.push(number);
        if let Some(bare) = without_apostrophe(word) {
            let number = self.new_number(bare);
            self.alternatives.push(number);
        }
    }

    fn new_number(&mut self, word: &'static str) -> WordNumber {
        let next = WordNumber::try_from(self.by_word.len()).unwrap_or(0);
        let number = *self.numbers.entry(word).or_insert(next);
        if number == next {
            self.by_word.push(Vec::new());
        }
        number
    }

    /// Every phrase that the passage holds.
    pub(super) fn find(&self, passage: &Passage, found: &mut Vec<Found>) {
        for first in 0..passage.units().len() {
            let unit = passage.units()[first];
            let candidates: &[u16] = if unit.word == 0 {
                &[]
            } else {
                self.by_word.get(usize::from(unit.word)).map_or(&[], Vec::as_slice)
            };
            let by_class: &[u16] =
                if unit.kind == UnitKind::Word && unit.duration_units == 0 && !passage.starts_sentence(first)
                {
                    &[]
                } else {
                    &self.by_class
                };
            for index in candidates.iter().chain(by_class) {
                let phrase = &self.phrases[usize::from(*index)];
                if let Some(end) = self.matches(&phrase.elements, passage, first) {
                    found.push(Found {
                        signal: phrase.signal,
                        line: phrase.line,
                        grade: phrase.grade,
                        first,
                        end: end.max(first + 1),
                    });
                }
            }
        }
    }

    /// Where the elements end if they match at `at`.
    fn matches(&self, elements: &[Element], passage: &Passage, at: usize) -> Option<usize> {
        let Some((element, rest)) = elements.split_first() else { return Some(at) };
        let unit = passage.units().get(at);
        let one = |fits: bool| if fits { self.matches(rest, passage, at + 1) } else { None };
        match *element {
            Element::Words { start, end } => one(unit.is_some_and(|unit: &Unit| {
                unit.word != 0 && self.alternatives[start as usize..end as usize].contains(&unit.word)
            })),
            Element::Number => one(unit.is_some_and(|unit| unit.number)),
            Element::Money => one(unit.is_some_and(|unit| unit.money)),
            Element::Mention => one(unit.is_some_and(|unit| unit.kind == UnitKind::Mention)),
            Element::AnyWord => one(unit.is_some_and(|unit| unit.kind == UnitKind::Word)),
            Element::Question => one(unit.is_some_and(|unit| unit.kind == UnitKind::Question)),
            Element::SentenceStart if passage.starts_sentence(at) => self.matches(rest, passage, at),
            Element::SentenceEnd if unit.is_none_or(|unit| unit.ends_sentence()) => {
                self.matches(rest, passage, at)
            }
            Element::SentenceStart | Element::SentenceEnd => None,
            Element::Duration(least) => {
                let unit = unit?;
                if unit.duration_units == 0 || unit.elapsed < least {
                    return None;
                }
                self.matches(rest, passage, at + usize::from(unit.duration_units))
            }
            Element::Gap(most) => {
                for skip in 0..=most {
                    if let Some(end) = self.matches(rest, passage, at + skip) {
                        return Some(end);
                    }
                    if passage.units().get(at + skip).is_none_or(|unit| unit.ends_sentence()) {
                        return None;
                    }
                }
                None
            }
        }
    }
}

/// People leave apostrophes out, except where that makes another word.
fn without_apostrophe(word: &'static str) -> Option<&'static str> {
    const PAIRS: [(&str, &str); 29] = [
        ("can't", "cant"),
        ("won't", "wont"),
        ("don't", "dont"),
        ("didn't", "didnt"),
        ("doesn't", "doesnt"),
        ("isn't", "isnt"),
        ("wasn't", "wasnt"),
        ("aren't", "arent"),
        ("weren't", "werent"),
        ("haven't", "havent"),
        ("hasn't", "hasnt"),
        ("hadn't", "hadnt"),
        ("couldn't", "couldnt"),
        ("wouldn't", "wouldnt"),
        ("shouldn't", "shouldnt"),
        ("i'm", "im"),
        ("i've", "ive"),
        ("you've", "youve"),
        ("you're", "youre"),
        ("that's", "thats"),
        ("what's", "whats"),
        ("where's", "wheres"),
        ("there's", "theres"),
        ("how's", "hows"),
        ("let's", "lets"),
        ("it's", "its"),
        ("he's", "hes"),
        ("we've", "weve"),
        ("they're", "theyre"),
    ];
    PAIRS.iter().find(|(full, _)| *full == word).map(|(_, bare)| *bare)
}
