//! The tokens as the phrases see them: words by number, sentence ends, durations found.

use super::duration::{Elapsed, Time, duration};
use super::phrase::{Phrasebook, WordNumber};
use crate::Span;
use crate::text::{Kind, Tokens};

/// What a unit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum UnitKind {
    Word,
    Number,
    Mention,
    /// A sentence ends here, with a question mark.
    Question,
    /// A sentence ends here.
    Stop,
}

/// One word, number, mention or sentence end.
#[derive(Debug, Clone, Copy)]
pub(super) struct Unit {
    pub(super) kind: UnitKind,
    pub(super) word: WordNumber,
    pub(super) number: bool,
    pub(super) money: bool,
    /// How many units the duration covers that starts here; 0 for none.
    pub(super) duration_units: u8,
    pub(super) elapsed: Elapsed,
    pub(super) span: Span,
}

impl Unit {
    pub(super) fn ends_sentence(&self) -> bool {
        matches!(self.kind, UnitKind::Question | UnitKind::Stop)
    }
}

/// A text ready for phrases.
#[derive(Debug, Default)]
pub(super) struct Passage {
    units: Vec<Unit>,
    times: Vec<Option<Time>>,
}

impl Passage {
    pub(super) fn units(&self) -> &[Unit] {
        &self.units
    }

    /// Whether a sentence starts with this unit. Mentions at the head do not count as words.
    pub(super) fn starts_sentence(&self, at: usize) -> bool {
        self.units[..at.min(self.units.len())]
            .iter()
            .rev()
            .take(8)
            .find(|unit| unit.kind != UnitKind::Mention)
            .is_none_or(Unit::ends_sentence)
    }

    /// The text from one unit to another.
    pub(super) fn span(&self, first: usize, end: usize) -> Option<Span> {
        let last = self.units.get(end.checked_sub(1)?).or(self.units.last())?;
        Some(Span { start: self.units.get(first)?.span.start, end: last.span.end })
    }

    /// Reads the tokens as `book` numbers words.
    pub(super) fn read(&mut self, text: &str, tokens: &Tokens, book: &Phrasebook) {
        self.units.clear();
        self.times.clear();
        for token in tokens.items() {
            let mut time = None;
            let (kind, word, number) = match token.kind {
                Kind::Word | Kind::Hashtag => {
                    time = tokens.look_up(token, |word| book.clock.time(word));
                    let word = tokens.look_up(token, |word| book.number(word)).unwrap_or(0);
                    (UnitKind::Word, word, matches!(time, Some(Time::Count(_))))
                }
                Kind::Number => {
                    time = Some(Time::Count(token.value));
                    (UnitKind::Number, book.number(tokens.normal(token)).unwrap_or(0), true)
                }
                Kind::Mention => (UnitKind::Mention, 0, false),
                Kind::Punctuation => match tokens.normal(token) {
                    "?" => (UnitKind::Question, 0, false),
                    "." | "!" | "\n" | "..." => (UnitKind::Stop, 0, false),
                    _ => continue,
                },
                // A face says something only where a phrase names it.
                Kind::Emoji | Kind::Emoticon => match book.number(tokens.normal(token)) {
                    Some(word) => (UnitKind::Word, word, false),
                    None => continue,
                },
                Kind::Address => continue,
            };
            let span = token.span();
            let money =
                number && span.of(text).is_some_and(|number| number.contains(['$', '£', '€', '₹', '¥']));
            self.units.push(Unit {
                kind,
                word,
                number,
                money,
                duration_units: 0,
                elapsed: Elapsed::default(),
                span,
            });
            self.times.push(time);
        }
        for at in 0..self.units.len() {
            if self.times[at].is_some()
                && !self.units[at].money
                && let Some((covered, elapsed)) = duration(self.times[at..].iter().copied())
            {
                self.units[at].duration_units = covered;
                self.units[at].elapsed = elapsed;
            }
        }
    }
}
