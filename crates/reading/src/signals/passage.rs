//! The tokens as the phrases see them: words by number, sentence ends, durations found.

use super::duration::{Elapsed, Time, duration};
use super::phrase::{Phrasebook, Word, WordNumber, signature_of};
use crate::Span;
use crate::text::{Kind, Token, Tokens};

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
    /// A sentence starts here. Mentions at its head do not count as words.
    pub(super) starts: bool,
    /// No marked stretch of text ends with it: `the`, `and`.
    pub(super) small: bool,
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
    /// For each unit what it is, what it and the next three are, and what it and the next six are: see
    /// [`super::phrase::signature_of`].
    signatures: Vec<[u128; 3]>,
}

impl Passage {
    pub(super) fn units(&self) -> &[Unit] {
        &self.units
    }

    /// The signatures from a unit on.
    pub(super) fn signatures(&self, at: usize) -> [u128; 3] {
        self.signatures.get(at).copied().unwrap_or_default()
    }

    /// The text from one unit to another as a person would mark it: durations whole, no small words at its end.
    pub(super) fn span(&self, first: usize, end: usize) -> Option<Span> {
        let covers = |at: usize| usize::from(self.units.get(at).map_or(0, |unit| unit.duration_units));
        let first = (1..=4_usize)
            .rev()
            .filter_map(|back| Some((back, first.checked_sub(back)?)))
            .find(|(back, at)| covers(*at) > *back)
            .map_or(first, |(_, at)| at);
        let mut end = (first..end).map(|at| at + covers(at)).fold(end, usize::max).min(self.units.len());
        while end > first + 1 && self.units[end - 1].small {
            end -= 1;
        }
        let last = self.units.get(end.checked_sub(1)?)?;
        Some(Span { start: self.units.get(first)?.span.start, end: last.span.end })
    }

    /// Reads the tokens as `book` numbers words.
    pub(super) fn read(&mut self, text: &str, tokens: &Tokens, book: &Phrasebook) {
        self.units.clear();
        self.times.clear();
        let mut starts = true;
        for token in tokens.items() {
            let (kind, word) = match token.kind {
                Kind::Word | Kind::Hashtag => (UnitKind::Word, look_up(tokens, token, book)),
                Kind::Number => {
                    let number = book.word(tokens.normal(token)).map_or(0, |word| word.number);
                    let time = Some(Time::Count(token.value));
                    (UnitKind::Number, Word { number, time, small: false })
                }
                Kind::Mention => (UnitKind::Mention, Word::default()),
                Kind::Punctuation => match tokens.normal(token) {
                    "?" => (UnitKind::Question, Word::default()),
                    "." | "!" | "\n" | "..." => (UnitKind::Stop, Word::default()),
                    _ => continue,
                },
                // A face says something only where a phrase names it.
                Kind::Emoji | Kind::Emoticon => match book.word(tokens.normal(token)) {
                    Some(word) => (UnitKind::Word, word),
                    None => continue,
                },
                Kind::Address => continue,
            };
            let span = token.span();
            let number = matches!(word.time, Some(Time::Count(_)));
            let money = kind == UnitKind::Number
                && span.of(text).is_some_and(|number| number.contains(['$', '£', '€', '₹', '¥']));
            self.times.push(word.time.filter(|_| !money));
            self.units.push(Unit {
                kind,
                word: word.number,
                number,
                money,
                starts,
                small: word.small,
                duration_units: 0,
                elapsed: Elapsed::default(),
                span,
            });
            starts = match kind {
                UnitKind::Mention => starts,
                UnitKind::Question | UnitKind::Stop => true,
                UnitKind::Word | UnitKind::Number => false,
            };
        }
        for at in 0..self.units.len() {
            if self.times[at].is_some()
                && let Some((covered, elapsed)) = duration(self.times[at..].iter().copied())
            {
                self.units[at].duration_units = covered;
                self.units[at].elapsed = elapsed;
            }
        }
        self.signatures.clear();
        self.signatures.extend(self.units.iter().map(|unit| [signature_of(unit), 0, 0]));
        for at in 0..self.signatures.len() {
            let from =
                |reach: usize| self.signatures[at..].iter().take(reach).fold(0, |all, [unit, ..]| all | unit);
            let (near, far) = (from(4), from(7));
            self.signatures[at] = [self.signatures[at][0], near, far];
        }
    }
}

/// What the book knows of a word. Of `j'attends` and `l'aéroport`, which are one word to the scanner, what follows the
/// apostrophe counts where the whole is unknown.
fn look_up(tokens: &Tokens, token: &Token, book: &Phrasebook) -> Word {
    const LONGEST_ELISION: usize = 2;
    tokens
        .look_up(token, |word| {
            book.word(word).or_else(|| {
                let (elided, rest) = word.split_once('\'')?;
                if elided.len() > LONGEST_ELISION { None } else { book.word(rest) }
            })
        })
        .unwrap_or_default()
}
