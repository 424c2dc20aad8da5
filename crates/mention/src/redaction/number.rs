//! Payment cards and phone numbers: both are digits in groups, and what is not the one may be the other.

use std::ops::Range;

use super::{Found, PersonalData, goes_on_after, goes_on_before};

/// Digits of a payment card, ISO/IEC 7812.
const CARD_DIGITS: std::ops::RangeInclusive<usize> = 13..=19;
/// Signs and spaces that may stand between two groups of one number: `(0) 20`.
const MOST_BETWEEN: usize = 2;

/// Every card and phone number outside what was `taken` before.
pub(super) fn find(text: &str, taken: &[Found]) -> Vec<Found> {
    let mut found = Vec::new();
    for run in runs(text, taken) {
        let mut rest = 0;
        let mut first = 0;
        while first < run.groups.len() {
            if let Some(last) = card_end(text, &run.groups[first..]).map(|count| first + count) {
                found.extend(phone(text, &run, rest..first));
                let (start, end) = (run.groups[first].start, run.groups[last - 1].end);
                found.push(Found { kind: PersonalData::Card, start, end });
                (first, rest) = (last, last);
            } else {
                first += 1;
            }
        }
        found.extend(phone(text, &run, rest..run.groups.len()));
    }
    found
}

/// Groups of digits with little between them.
#[derive(Debug, Default)]
struct Run {
    /// Where the plus sign stands that the first group follows.
    plus: Option<usize>,
    groups: Vec<Range<usize>>,
}

fn runs(text: &str, taken: &[Found]) -> Vec<Run> {
    let bytes = text.as_bytes();
    let mut taken = taken.iter().peekable();
    let mut runs = Vec::new();
    let mut run = Run::default();
    let mut next = 0;
    while let Some(start) = bytes[next..].iter().position(u8::is_ascii_digit).map(|offset| next + offset) {
        let end = bytes[start..]
            .iter()
            .position(|byte| !byte.is_ascii_digit())
            .map_or(bytes.len(), |offset| start + offset);
        next = end;
        while taken.next_if(|taken| taken.end <= start).is_some() {}
        let is_taken = taken.peek().is_some_and(|taken| taken.start < end);
        let word = is_taken || goes_on_before(text, start) || goes_on_after(text, end);
        let continues = run.groups.last().is_some_and(|last| is_between(text, last.end..start));
        if word || !continues {
            runs.push(std::mem::take(&mut run));
        }
        if word {
            continue;
        }
        if run.groups.is_empty() {
            run.plus = plus(text, start);
        }
        run.groups.push(start..end);
    }
    runs.push(run);
    runs.retain(|run| !run.groups.is_empty());
    runs
}

fn is_between(text: &str, range: Range<usize>) -> bool {
    let between = text.get(range).unwrap_or_default();
    let separates =
        |sign| matches!(sign, ' ' | '-' | '.' | '/' | '(' | ')' | '\u{a0}' | '\u{2011}' | '\u{202f}');
    between.chars().all(separates) && between.chars().count() <= MOST_BETWEEN
}

/// Where the plus before a number stands: `+44`, `+ 44`, `(+44`.
fn plus(text: &str, start: usize) -> Option<usize> {
    let before = text.get(..start)?;
    let before = before.strip_suffix(' ').unwrap_or(before);
    before.ends_with('+').then(|| before.len() - 1)
}

/// How many groups, from the first on, are a payment card.
fn card_end(text: &str, groups: &[Range<usize>]) -> Option<usize> {
    // 1 and above 6 no bank issues; 1 is how ids of posts begin.
    if !matches!(text.as_bytes().get(groups.first()?.start), Some(b'2'..=b'6')) {
        return None;
    }
    let mut digits = Vec::with_capacity(*CARD_DIGITS.end());
    let mut end = None;
    for (index, group) in groups.iter().enumerate() {
        if digits.len() + group.len() > *CARD_DIGITS.end() {
            break;
        }
        digits.extend(text.as_bytes()[group.clone()].iter().map(|digit| digit - b'0'));
        if CARD_DIGITS.contains(&digits.len()) && passes_luhn(&digits) {
            end = Some(index + 1);
        }
    }
    end
}

fn passes_luhn(digits: &[u8]) -> bool {
    let doubled = |digit: u8| if digit > 4 { digit * 2 - 9 } else { digit * 2 };
    let every_second = digits.iter().rev().enumerate();
    let sum: u32 = every_second
        .map(|(index, digit)| u32::from(if index % 2 == 1 { doubled(*digit) } else { *digit }))
        .sum();
    sum.is_multiple_of(10)
}

/// The phone number that these groups of a run are, a date before it aside.
fn phone(text: &str, run: &Run, range: Range<usize>) -> Option<Found> {
    let plus = run.plus.filter(|_| range.start == 0);
    let mut groups = run.groups.get(range)?;
    while plus.is_none() && is_date(groups) {
        groups = &groups[3..];
    }
    let (first, last) = (groups.first()?, groups.last()?);
    let lengths: Vec<usize> = groups.iter().map(ExactSizeIterator::len).collect();
    let digits: usize = lengths.iter().sum();
    let lead = &text.as_bytes()[first.start..first.end];
    let is_phone = if plus.is_some() {
        (7..=15).contains(&digits)
    } else if lead.starts_with(b"00") {
        (9..=17).contains(&digits)
    } else if lead.starts_with(b"0") {
        (9..=12).contains(&digits)
    } else {
        matches!(*lengths, [10 | 11] | [3, 3, 4] | [3, 7] | [1, 3, 3, 4] | [1, 10] | [3, 4])
    };
    is_phone.then(|| Found { kind: PersonalData::Phone, start: plus.unwrap_or(first.start), end: last.end })
}

/// Whether the groups begin with a date: 2026-11-22, 22.11.2026, 1/12/2026.
fn is_date(groups: &[Range<usize>]) -> bool {
    let Some(date) = groups.get(..3) else { return false };
    matches!((date[0].len(), date[1].len(), date[2].len()), (4, 1 | 2, 1 | 2) | (1 | 2, 1 | 2, 4))
}
