//! Mail addresses, as people write them: RFC 5321 without its quoted forms and its limits, letters of any script.

use super::{Found, PersonalData};

pub(super) fn find(text: &str) -> impl Iterator<Item = Found> {
    text.match_indices('@').filter_map(|(at, _)| {
        let start = local_start(text, at)?;
        let end = domain_end(text, at + 1)?;
        Some(Found { kind: PersonalData::Email, start, end })
    })
}

fn local_start(text: &str, at: usize) -> Option<usize> {
    let before = text.get(..at)?.char_indices().rev();
    before.take_while(|(_, letter)| is_local(*letter)).last().map(|(start, _)| start)
}

fn is_local(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '.' | '_' | '%' | '+' | '-' | '\'')
}

/// The end of the longest domain from `start` on: labels with dots between, the last one of letters.
fn domain_end(text: &str, start: usize) -> Option<usize> {
    let mut end = None;
    let mut dots = 0;
    let mut letters = Some(0_usize);
    for (offset, letter) in text.get(start..)?.char_indices() {
        match letter {
            '.' => {
                dots += 1;
                letters = Some(0);
                continue;
            }
            _ if letter.is_alphabetic() => letters = letters.map(|count| count + 1),
            '-' | '0'..='9' => letters = None,
            _ => break,
        }
        let after = start + offset + letter.len_utf8();
        if dots > 0 && letters.is_some_and(|count| count >= 2) && !super::goes_on_after(text, after) {
            end = Some(after);
        }
    }
    end
}
