//! Bank accounts: an IBAN whose check digits fit (ISO 13616, check of ISO/IEC 7064 MOD 97-10), in groups or not.

use super::{Found, PersonalData, goes_on_before};

/// Norway's 15 characters to the most the standard allows.
const LENGTHS: std::ops::RangeInclusive<usize> = 15..=34;

pub(super) fn find(text: &str) -> Vec<Found> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut next = 0;
    while next + 4 <= bytes.len() {
        let head = &bytes[next..next + 4];
        let shaped =
            head[..2].iter().all(u8::is_ascii_alphabetic) && head[2..].iter().all(u8::is_ascii_digit);
        if shaped
            && !goes_on_before(text, next)
            && let Some(end) = end(text, next)
        {
            found.push(Found { kind: PersonalData::Iban, start: next, end });
            next = end;
        } else {
            next += 1;
        }
    }
    found
}

/// The end of the longest stretch from `start` on that is an IBAN.
fn end(text: &str, start: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut length = 4;
    let mut account = 0;
    let mut end = None;
    for (index, byte) in bytes.iter().enumerate().skip(start + 4) {
        if *byte == b' ' && bytes[index - 1] != b' ' {
            continue;
        }
        if !byte.is_ascii_alphanumeric() || length == *LENGTHS.end() {
            break;
        }
        account = append(account, *byte);
        length += 1;
        if LENGTHS.contains(&length)
            && bytes[start..start + 4].iter().fold(account, |sum, byte| append(sum, *byte)) == 1
            && !super::goes_on_after(text, index + 1)
        {
            end = Some(index + 1);
        }
    }
    end
}

/// The number with one more character at its end, a letter counting as 10 to 35, modulo 97.
fn append(number: u32, byte: u8) -> u32 {
    let value = char::from(byte).to_digit(36).unwrap_or(0);
    (number * if value < 10 { 10 } else { 100 } + value) % 97
}
