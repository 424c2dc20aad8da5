//! Booking, ticket and order codes: what follows a word that announces one, and what looks like an airline's record
//! locator (six of A-Z and 0-9) by itself.

use super::{Found, PersonalData};

/// Words that announce a code, in lower case.
const CUES: &[&str] = &[
    "booking",
    "bookings",
    "boeking",
    "buchung",
    "buchungscode",
    "buchungsnummer",
    "code",
    "confirmation",
    "locator",
    "order",
    "pnr",
    "prenotazione",
    "ref",
    "reference",
    "refs",
    "reserva",
    "reservation",
    "reservierung",
    "réservation",
    "ticket",
    "tracking",
];
/// How many words may stand between the cue and the code: "booking reference is".
const MOST_BETWEEN: usize = 3;
/// How long an announced code may be.
const CODE_LENGTHS: std::ops::RangeInclusive<usize> = 5..=14;
/// How long a record locator is.
const LOCATOR_LENGTH: usize = 6;

/// Every code, those inside what was `found` before aside.
pub(super) fn find(text: &str, found: &[Found]) -> Vec<Found> {
    let mut codes = Vec::new();
    let mut since_cue = usize::MAX;
    let mut known = found.iter().peekable();
    for (start, word) in words(text) {
        let end = start + word.len();
        while known.next_if(|found| found.end <= start).is_some() {
            since_cue = usize::MAX;
        }
        if known.peek().is_some_and(|found| found.start < end) || is_placeholder(text, start, end, word) {
            since_cue = usize::MAX;
            continue;
        }
        since_cue = since_cue.saturating_add(1);
        let announced = since_cue <= MOST_BETWEEN + 1;
        let is_code = if announced { is_announced_code(word) } else { looks_like_a_locator(word) };
        if is_code {
            codes.push(Found { kind: PersonalData::Booking, start, end });
        }
        // A code announces the next, "QX7P2L and QX7P2M", as its placeholder does.
        if is_code || is_cue(word) {
            since_cue = 0;
        }
    }
    codes
}

/// Runs of letters and digits, each with where it starts.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut next = 0;
    let pieces = text.split_inclusive(|letter: char| !letter.is_alphanumeric());
    pieces.filter_map(move |piece| {
        let start = next;
        next += piece.len();
        let word = piece.trim_end_matches(|letter: char| !letter.is_alphanumeric());
        (!word.is_empty()).then_some((start, word))
    })
}

fn is_cue(word: &str) -> bool {
    let lower = word.to_lowercase();
    CUES.contains(&lower.as_str())
}

/// After a cue: anything with a digit in it, or six capitals.
fn is_announced_code(word: &str) -> bool {
    let plain = word.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let has_digit = word.bytes().any(|byte| byte.is_ascii_digit());
    let capitals = word.len() == LOCATOR_LENGTH && word.bytes().all(|byte| byte.is_ascii_uppercase());
    plain && CODE_LENGTHS.contains(&word.len()) && (has_digit || capitals) && !is_cue(word)
}

/// By itself: six capitals and digits that change at least twice, unlike the flight NW1234 and the sum 500GBP.
fn looks_like_a_locator(word: &str) -> bool {
    let fits = word.len() == LOCATOR_LENGTH
        && word.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    let changes =
        word.as_bytes().windows(2).filter(|pair| pair[0].is_ascii_digit() != pair[1].is_ascii_digit());
    fits && changes.count() >= 2
}

/// Whether this word stands where something else than a code was removed.
fn is_placeholder(text: &str, start: usize, end: usize, word: &str) -> bool {
    is_bracketed(text, start, end) && matches!(word, "email" | "iban" | "card" | "phone")
}

fn is_bracketed(text: &str, start: usize, end: usize) -> bool {
    text[..start].ends_with('[') && text[end..].starts_with(']')
}
