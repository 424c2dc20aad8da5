//! Finding phrases in a passage. Few phrases are tried: a unit's word says which may start there, and a signature of what
//! stands behind says which of those may go on.

use super::{Candidate, Element, Found, Grade, Phrasebook, Reach, Section, WordNumber};
use crate::signals::passage::{Passage, Unit, UnitKind};

pub(super) const NUMBER: u128 = 1 << 124;
pub(super) const MENTION: u128 = 1 << 125;
pub(super) const QUESTION: u128 = 1 << 126;
pub(super) const DURATION: u128 = 1 << 127;

/// A bit for a word; several words share one.
pub(super) fn signature_of_word(word: WordNumber) -> u128 {
    if word == 0 { 0 } else { 1 << (word % 124) }
}

/// Bits for what elements may match a unit.
pub(in crate::signals) fn signature_of(unit: &Unit) -> u128 {
    let class = match unit.kind {
        UnitKind::Mention => MENTION,
        UnitKind::Question => QUESTION,
        UnitKind::Word | UnitKind::Number | UnitKind::Stop => 0,
    };
    let number = if unit.number { NUMBER } else { 0 };
    let duration = if unit.duration_units > 0 { DURATION } else { 0 };
    signature_of_word(unit.word) | class | number | duration
}

impl Phrasebook {
    /// Every phrase that the passage holds.
    pub(in crate::signals) fn find(&self, passage: &Passage, found: &mut Vec<Found>) {
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
