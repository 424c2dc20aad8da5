//! What makes a post urgent, one signal a file.
//!
//! A signal is a list of phrases per language (see [`phrase`] for how they are written), the code that names it as a
//! [`crate::Reason`], and the intents it stands for. Adding one means its file, its phrases and a line in
//! [`SIGNALS`]; adding a language means its phrases and a line in each signal's table. What the signals amount to
//! together is [`crate::urgency`]'s business.

mod account_access;
mod addressed;
mod broadcast;
mod closed;
mod deadline;
mod discrimination;
mod distress;
mod duration;
mod fury;
mod going_public;
mod help_request;
mod irony;
mod leaving;
mod legal;
mod lost_stolen_damaged;
mod money;
mod outage;
mod passage;
mod phrase;
mod praise;
mod purchase;
mod question;
mod repeated_contact;
mod safety;
mod spelling;
mod stranded;
mod suggestion;
mod waiting;

pub(crate) use phrase::Grade;

use std::sync::OnceLock;

use crate::text::Tokens;
use crate::{Intent, Span};
use passage::Passage;
use phrase::{Found, PhraseError, Phrasebook};

/// Finds a signal in something that is no phrase.
type Cue = fn(&str, &Tokens) -> Option<(Grade, Span)>;

/// A rule: words that say something of how long a post can wait.
#[derive(Debug)]
pub(crate) struct Signal {
    /// Its name in reasons, a short snake_case noun.
    pub(crate) code: &'static str,
    /// What a writer wants or reports whose words are of that grade or above. See [`crate::intents`].
    pub(crate) intents: &'static [(Grade, Intent)],
    /// What it says of somebody waiting for an answer, in points by grade. See [`crate::urgency`].
    pub(crate) waits: [i16; 4],
    /// What it says of harm going on, in points by grade.
    pub(crate) harm: [i16; 4],
    /// Language and phrase file.
    phrases: &'static [(&'static str, &'static str)],
    /// What it sees besides phrases, in any language.
    cue: Option<Cue>,
}

/// Every signal. The order is that of equals among reasons: the most telling first.
pub(crate) const SIGNALS: &[Signal] = &[
    waiting::SIGNAL,
    deadline::SIGNAL,
    money::SIGNAL,
    lost_stolen_damaged::SIGNAL,
    outage::SIGNAL,
    account_access::SIGNAL,
    safety::SIGNAL,
    stranded::SIGNAL,
    repeated_contact::SIGNAL,
    leaving::SIGNAL,
    going_public::SIGNAL,
    legal::SIGNAL,
    discrimination::SIGNAL,
    help_request::SIGNAL,
    question::SIGNAL,
    fury::SIGNAL,
    distress::SIGNAL,
    addressed::SIGNAL,
    irony::SIGNAL,
    closed::SIGNAL,
    praise::SIGNAL,
    suggestion::SIGNAL,
    purchase::SIGNAL,
    broadcast::SIGNAL,
];

/// A signal's phrases in every language that has any: `files!("waiting")`.
macro_rules! files {
    ($name:literal) => {
        &[
            ("en", include_str!(concat!("phrases/en/", $name, ".txt"))),
            ("es", include_str!(concat!("phrases/es/", $name, ".txt"))),
            ("de", include_str!(concat!("phrases/de/", $name, ".txt"))),
            ("fr", include_str!(concat!("phrases/fr/", $name, ".txt"))),
            ("pt", include_str!(concat!("phrases/pt/", $name, ".txt"))),
        ]
    };
}
use files;

/// How each language counts time.
const CLOCKS: &[(&str, &str)] = files!("time");
/// Each language's words that no marked stretch of text ends with.
const SMALL_WORDS: &[(&str, &str)] = files!("small_words");

/// How much a hit tells by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Telling {
    /// It counts and is not shown: `flight`.
    Context,
    /// Shown behind everything else: to whom the post is addressed.
    Faint,
    /// Shown as a reason.
    Plain,
}

/// One signal's words in a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Hit {
    /// Index into [`SIGNALS`].
    pub(crate) signal: u8,
    pub(crate) grade: Grade,
    pub(crate) telling: Telling,
    pub(crate) span: Span,
}

impl Hit {
    /// The signal itself.
    pub(crate) fn signal(&self) -> &'static Signal {
        // Hits are only made here, from the table's own indices.
        &SIGNALS[usize::from(self.signal)]
    }

    /// The signal's name.
    pub(crate) fn code(&self) -> &'static str {
        self.signal().code
    }

    /// Points for somebody waiting.
    pub(crate) fn waits(&self) -> i16 {
        self.signal().waits[self.grade as usize]
    }

    /// Points for harm.
    pub(crate) fn harm(&self) -> i16 {
        self.signal().harm[self.grade as usize]
    }
}

/// The phrases of every language that has any, each read when a text first needs it.
#[derive(Debug)]
pub(crate) struct Signals {
    books: Vec<(&'static str, OnceLock<Phrasebook>)>,
}

/// Buffers that a reader keeps from text to text.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    passage: Passage,
    found: Vec<Found>,
}

impl Signals {
    pub(crate) fn new() -> Self {
        Self { books: CLOCKS.iter().map(|(language, _)| (*language, OnceLock::new())).collect() }
    }

    /// A language's phrases. A file that does not parse is left out from the wrong line on; the tests see to it that none
    /// of ours is.
    fn book(&self, language: &str) -> Option<&Phrasebook> {
        let (language, book) = self.books.iter().find(|(of, _)| *of == language)?;
        Some(book.get_or_init(|| read(language).0))
    }

    /// The signals in a text, the strongest words of each only, in the order of [`SIGNALS`].
    pub(crate) fn find(
        &self,
        text: &str,
        tokens: &Tokens,
        language: &str,
        scratch: &mut Scratch,
        hits: &mut Vec<Hit>,
    ) {
        hits.clear();
        scratch.found.clear();
        if let Some(book) = self.book(language) {
            scratch.passage.read(text, tokens, book);
            book.find(&scratch.passage, &mut scratch.found);
        }
        let mut best: [Option<Found>; SIGNALS.len()] = [None; SIGNALS.len()];
        for found in scratch.found.iter().filter(|found| found.grade.is_some()) {
            let held = &mut best[usize::from(found.signal)];
            // Of equals those that say how long, then the longer.
            let strength =
                |found: &Found| (found.grade, !found.context, found.timed, found.end - found.first);
            let wins = held.is_none_or(|held| strength(found) > strength(&held));
            if wins && !excepted(found, &scratch.found) {
                *held = Some(*found);
            }
        }
        for ((index, signal), found) in (0_u8..).zip(SIGNALS).zip(best) {
            let by_phrase = found.and_then(|found| {
                let (first, end) = whole(&found, &scratch.found);
                let telling = if found.context { Telling::Context } else { Telling::Plain };
                Some((found.grade?, telling, scratch.passage.span(first, end)?))
            });
            let by_cue = signal
                .cue
                .and_then(|cue| cue(text, tokens))
                .map(|(grade, span)| (grade, Telling::Faint, span));
            // Of equals the phrase: it shows more.
            let strongest = match (by_phrase, by_cue) {
                (Some(phrase), Some(cue)) if cue.0 > phrase.0 => Some(cue),
                (phrase, cue) => phrase.or(cue),
            };
            if let Some((grade, telling, span)) = strongest {
                hits.push(Hit { signal: index, grade, telling, span });
            }
        }
    }
}

/// Reads a language's files, and says which could not be read to the end.
fn read(language: &str) -> (Phrasebook, Result<(), (&'static str, PhraseError)>) {
    let of = |files: &[(&str, &'static str)]| {
        files.iter().find(|(of, _)| *of == language).map_or("", |(_, file)| *file)
    };
    let mut book = Phrasebook::new(of(CLOCKS), of(SMALL_WORDS));
    let mut outcome = Ok(());
    for (index, signal) in (0_u8..).zip(SIGNALS) {
        if let Err(error) = book.add(index, of(signal.phrases)) {
            outcome = Err((signal.code, error));
        }
    }
    (book, outcome)
}

/// The units that this and the signal's other phrases cover which overlap or touch it: a person marks them as one.
fn whole(found: &Found, all: &[Found]) -> (usize, usize) {
    let (mut first, mut end) = (found.first, found.end);
    if found.context {
        return (first, end);
    }
    // Those that reach it from the left are met before those that these reach to the right.
    for other in all {
        let counts = other.signal == found.signal && !other.context && other.grade >= Some(Grade::Normal);
        if counts && other.first <= end && first <= other.end && !excepted(other, all) {
            first = first.min(other.first);
            end = end.max(other.end);
        }
    }
    (first, end)
}

/// Whether words that the signal excepts overlap this.
fn excepted(found: &Found, all: &[Found]) -> bool {
    // They are in the order of their first units, and no phrase covers as many units as this.
    const LONGEST: usize = 64;
    let from = all.partition_point(|other| other.first + LONGEST < found.first);
    all[from..]
        .iter()
        .take_while(|other| other.first < found.end)
        .any(|other| other.grade.is_none() && other.signal == found.signal && found.first < other.end)
}

#[cfg(test)]
mod audit;

#[cfg(test)]
fn assert_grades(code: &str, cases: &[(&str, Option<Grade>)]) {
    let signals = Signals::new();
    let (mut tokens, mut scratch, mut hits) = (Tokens::default(), Scratch::default(), Vec::new());
    for (text, expected) in cases {
        tokens.read(text);
        signals.find(text, &tokens, "en", &mut scratch, &mut hits);
        let grade = hits.iter().find(|hit| hit.code() == code).map(|hit| hit.grade);
        assert_eq!(grade, *expected, "{code}: {text}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_phrase_file_parses() {
        for (language, _) in CLOCKS {
            assert_eq!(read(language).1, Ok(()), "{language}");
        }
    }

    #[test]
    fn every_code_is_there_once() {
        let mut codes: Vec<_> = SIGNALS.iter().map(|signal| signal.code).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), SIGNALS.len());
    }
}
