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

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use super::duration::{self, DAY, Elapsed, HOUR, MINUTE, MONTH, Time, WEEK};
use super::passage::{Passage, Unit, UnitKind};
use super::spelling::{without_accents, without_apostrophe};
use crate::text::{WordHasher, WordMap};

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
    #[error("line {0}: no such class, or one between bars; see the head of phrase.rs for the list")]
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

const NUMBER: u128 = 1 << 124;
const MENTION: u128 = 1 << 125;
const QUESTION: u128 = 1 << 126;
const DURATION: u128 = 1 << 127;

/// A bit for a word; several words share one.
fn signature_of_word(word: WordNumber) -> u128 {
    if word == 0 { 0 } else { 1 << (word % 124) }
}

/// Bits for what elements may match a unit.
pub(super) fn signature_of(unit: &Unit) -> u128 {
    let class = match unit.kind {
        UnitKind::Mention => MENTION,
        UnitKind::Question => QUESTION,
        UnitKind::Word | UnitKind::Number | UnitKind::Stop => 0,
    };
    let number = if unit.number { NUMBER } else { 0 };
    let duration = if unit.duration_units > 0 { DURATION } else { 0 };
    signature_of_word(unit.word) | class | number | duration
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

    /// Adds a signal's file.
    pub(super) fn add(&mut self, signal: u8, file: &'static str) -> Result<(), PhraseError> {
        let mut sets: WordMap<&'static str> = WordMap::default();
        let mut section = None;
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
                    "critical" => Section::Grade(Grade::Critical),
                    "high" => Section::Grade(Grade::High),
                    "normal" => Section::Grade(Grade::Normal),
                    "low" => Section::Grade(Grade::Low),
                    "context" => Section::Context,
                    "except" => Section::Except,
                    _ => return Err(PhraseError::UnknownSection(line_number)),
                });
            } else {
                let section = section.ok_or(PhraseError::NoGrade(line_number))?;
                self.add_phrase(signal, section, line, line_number, &sets)?;
            }
        }
        Ok(())
    }

    fn add_phrase(
        &mut self,
        signal: u8,
        section: Section,
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
            let second = self.candidate(index, elements.get(1), elements.get(2));
            match elements[0] {
                Element::Gap(_) | Element::AnyWord | Element::SentenceEnd => {
                    return Err(PhraseError::StartsAnywhere(line_number));
                }
                Element::Words { start, end } => {
                    for word in &self.alternatives[start as usize..end as usize] {
                        self.by_word[usize::from(*word)].push(second);
                    }
                }
                Element::SentenceStart => self.by_start.push(second),
                Element::Number | Element::Money => self.by_number.push(second),
                // How many units it covers is not known here.
                Element::Duration(_) => {
                    self.by_duration.push(Candidate { reach: Reach::Anything, ..second });
                }
                Element::Mention => self.by_mention.push(second),
                Element::Question => self.by_question.push(second),
            }
            self.phrases.push(Phrase {
                signal,
                line: u16::try_from(line_number).unwrap_or(u16::MAX),
                section,
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
                    if word.starts_with('<') {
                        return Err(PhraseError::UnknownClass(line_number));
                    }
                    if word.starts_with('{') {
                        let words = sets.get(word).ok_or(PhraseError::UnknownSet(line_number))?;
                        words.split('|').for_each(|word| self.add_word(word.trim()));
                    } else {
                        self.add_word(word);
                    }
                }
                // Sorted for the search, each word once, so that no phrase is tried twice at one place.
                let mut words = self.alternatives.split_off(start);
                words.sort_unstable();
                words.dedup();
                self.alternatives.extend(words);
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

    fn new_number(&mut self, word: &str) -> WordNumber {
        let bare = without_accents(word);
        let known = [Some(word), bare.as_deref()]
            .into_iter()
            .flatten()
            .filter_map(|spelling| self.words.get(spelling))
            .map(|known| known.number)
            .find(|number| *number != 0);
        let number = known.unwrap_or_else(|| {
            self.by_word.push(Vec::new());
            WordNumber::try_from(self.by_word.len() - 1).unwrap_or(0)
        });
        self.spell(word, |known| {
            if known.number == 0 {
                known.number = number;
            }
        });
        number
    }

    /// What must stand behind the first element for a phrase to be worth trying.
    fn candidate(&self, phrase: u16, second: Option<&Element>, third: Option<&Element>) -> Candidate {
        let (reach, element) = match second {
            Some(Element::Gap(most)) => (if *most <= 3 { Reach::Near } else { Reach::Far }, third),
            other => (Reach::Next, other),
        };
        let mask = match element {
            Some(Element::Words { start, end }) => self.alternatives[*start as usize..*end as usize]
                .iter()
                .fold(0, |mask, word| mask | signature_of_word(*word)),
            Some(Element::Number | Element::Money) => NUMBER,
            Some(Element::Mention) => MENTION,
            Some(Element::Question) => QUESTION,
            Some(Element::Duration(_)) => DURATION,
            _ => return Candidate { phrase, reach: Reach::Anything, mask: u128::MAX },
        };
        Candidate { phrase, reach, mask }
    }

    /// Every phrase that the passage holds.
    pub(super) fn find(&self, passage: &Passage, found: &mut Vec<Found>) {
        for (first, unit) in passage.units().iter().enumerate() {
            let behind = passage.signatures(first + 1);
            if unit.starts {
                self.attempt(&self.by_start, passage, first, passage.signatures(first), found);
            }
            if let Some(candidates) = self.by_word.get(usize::from(unit.word)).filter(|_| unit.word != 0) {
                self.attempt(candidates, passage, first, behind, found);
            }
            if unit.number {
                self.attempt(&self.by_number, passage, first, behind, found);
            }
            if unit.duration_units > 0 {
                self.attempt(&self.by_duration, passage, first, behind, found);
            }
            match unit.kind {
                UnitKind::Mention => self.attempt(&self.by_mention, passage, first, behind, found),
                UnitKind::Question => self.attempt(&self.by_question, passage, first, behind, found),
                UnitKind::Word | UnitKind::Number | UnitKind::Stop => {}
            }
        }
    }

    fn attempt(
        &self,
        candidates: &[Candidate],
        passage: &Passage,
        first: usize,
        [next, near, far]: [u128; 3],
        found: &mut Vec<Found>,
    ) {
        for candidate in candidates {
            let there = match candidate.reach {
                Reach::Next => next,
                Reach::Near => near,
                Reach::Far => far,
                Reach::Anything => u128::MAX,
            };
            if candidate.mask & there == 0 {
                continue;
            }
            let phrase = &self.phrases[usize::from(candidate.phrase)];
            if let Some(end) = self.matches(&phrase.elements, passage, first) {
                found.push(Found {
                    signal: phrase.signal,
                    line: phrase.line,
                    grade: match phrase.section {
                        Section::Grade(grade) => Some(grade),
                        Section::Context => Some(Grade::Normal),
                        Section::Except => None,
                    },
                    context: phrase.section == Section::Context,
                    timed: phrase.elements.iter().any(|element| matches!(element, Element::Duration(_))),
                    first,
                    end: end.max(first + 1),
                });
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
                unit.word != 0
                    && self.alternatives[start as usize..end as usize].binary_search(&unit.word).is_ok()
            })),
            Element::Number => one(unit.is_some_and(|unit| unit.number)),
            Element::Money => one(unit.is_some_and(|unit| unit.money)),
            Element::Mention => one(unit.is_some_and(|unit| unit.kind == UnitKind::Mention)),
            Element::AnyWord => one(unit.is_some_and(|unit| unit.kind == UnitKind::Word)),
            Element::Question => one(unit.is_some_and(|unit| unit.kind == UnitKind::Question)),
            Element::SentenceStart if unit.is_some_and(|unit| unit.starts) => self.matches(rest, passage, at),
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
