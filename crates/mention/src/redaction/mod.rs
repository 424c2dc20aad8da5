//! Takes personal data out of texts that leave their place: notes, exports, whatever a person copies further.
//!
//! Finds what identifies or pays for a person and follows a form: mail addresses, phone numbers, payment cards, bank
//! accounts, booking codes. Names and places follow none and stay. Rather removes a number too many than one too few.

mod booking;
mod email;
mod iban;
mod number;

use earshot_reading::Span;

/// What sort of personal data a stretch of text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PersonalData {
    /// A mail address.
    Email,
    /// A bank account: an IBAN whose check digits fit, ISO 13616.
    Iban,
    /// A payment card: 13 to 19 digits that pass the Luhn check of ISO/IEC 7812.
    Card,
    /// A phone number.
    Phone,
    /// A booking, ticket or order code.
    Booking,
}

impl PersonalData {
    /// What stands in its place once it is removed.
    #[must_use]
    pub const fn placeholder(self) -> &'static str {
        match self {
            Self::Email => "[email]",
            Self::Iban => "[iban]",
            Self::Card => "[card]",
            Self::Phone => "[phone]",
            Self::Booking => "[booking]",
        }
    }
}

/// A text without its personal data.
#[derive(Clone, PartialEq, Eq)]
pub struct Redacted {
    /// The text, each removed stretch replaced by its [`PersonalData::placeholder`].
    pub text: String,
    /// What was removed, as spans of the original text, in order, none overlapping another.
    pub removed: Vec<(PersonalData, Span)>,
}

/// Shows how much was removed and nothing of what was left, which is still somebody's text.
impl std::fmt::Debug for Redacted {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Redacted").field("removed", &self.removed).finish_non_exhaustive()
    }
}

/// Takes the personal data out of a text. Time is linear in the text; redacting twice changes nothing more.
#[must_use]
pub fn redact(text: &str) -> Redacted {
    let removed = find_personal_data(text);
    let mut redacted = String::with_capacity(text.len());
    let mut copied = 0;
    for (kind, span) in &removed {
        redacted.push_str(text.get(copied..span.start as usize).unwrap_or_default());
        redacted.push_str(kind.placeholder());
        copied = span.end as usize;
    }
    redacted.push_str(text.get(copied..).unwrap_or_default());
    Redacted { text: redacted, removed }
}

/// Every stretch of personal data in a text, in order, none overlapping another.
#[must_use]
pub fn find_personal_data(text: &str) -> Vec<(PersonalData, Span)> {
    let mut found: Vec<Found> = email::find(text).chain(iban::find(text)).collect();
    found = joined(found);
    // Each looks only at what the ones before left, as it would in the redacted text.
    found.extend(booking::find(text, &found));
    found = joined(found);
    found.extend(number::find(text, &found));
    let spans = joined(found).into_iter().filter_map(|Found { kind, start, end }| {
        let span = Span { start: u32::try_from(start).ok()?, end: u32::try_from(end).ok()? };
        Some((kind, span))
    });
    spans.collect()
}

/// A stretch of personal data, in bytes of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Found {
    kind: PersonalData,
    start: usize,
    end: usize,
}

/// In order, those that overlap as one: what any of them covers goes.
fn joined(mut found: Vec<Found>) -> Vec<Found> {
    found.sort_by_key(|found| (found.start, found.kind));
    let mut joined: Vec<Found> = Vec::with_capacity(found.len());
    for next in found {
        match joined.last_mut() {
            Some(last) if next.start < last.end => {
                last.end = last.end.max(next.end);
                last.kind = last.kind.min(next.kind);
            }
            _ => joined.push(next),
        }
    }
    joined
}

/// Whether the letter or digit before `start`, if there is one, makes what starts there part of a longer word.
fn goes_on_before(text: &str, start: usize) -> bool {
    text.get(..start).and_then(|before| before.chars().next_back()).is_some_and(char::is_alphanumeric)
}

/// The same at the other end.
fn goes_on_after(text: &str, end: usize) -> bool {
    text.get(end..).and_then(|after| after.chars().next()).is_some_and(char::is_alphanumeric)
}
