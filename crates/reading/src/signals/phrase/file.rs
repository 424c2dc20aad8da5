//! From a phrase file's lines to a phrasebook.

use super::search::{DURATION, MENTION, NUMBER, QUESTION, signature_of_word};
use super::{Candidate, Element, Grade, Phrase, PhraseError, Phrasebook, Reach, Section, WordNumber};
use crate::signals::duration::{DAY, Elapsed, HOUR, MINUTE, MONTH, WEEK};
use crate::signals::spelling::{without_accents, without_apostrophe};
use crate::text::WordMap;

impl Phrasebook {
    /// Adds a signal's file.
    pub(in crate::signals) fn add(&mut self, signal: u8, file: &'static str) -> Result<(), PhraseError> {
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
}
