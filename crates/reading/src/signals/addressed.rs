//! The post speaks to a company: it starts with a handle, and more so where the handle is a help desk's. Whoever writes
//! to a help desk waits for an answer, also with "It is the blue one." In every language.

use super::{Grade, Signal};
use crate::Span;
use crate::text::{Kind, Tokens};

pub(super) const SIGNAL: Signal = Signal {
    code: "addressed",
    intents: &[],
    waits: [7, 30, 30, 30],
    harm: [4, 4, 4, 4],
    phrases: &[],
    cue: Some(handle),
};

/// What help desks have in their handles.
const DESK: [&str; 12] = [
    "support", "help", "care", "service", "custserv", "cust", "ask", "assist", "team", "hilfe", "ayuda",
    "atencion",
];

fn handle(text: &str, tokens: &Tokens) -> Option<(Grade, Span)> {
    let first = tokens
        .items()
        .iter()
        .find(|token| token.kind != Kind::Punctuation)
        .filter(|token| token.kind == Kind::Mention)?;
    let leading = tokens
        .items()
        .iter()
        .filter(|token| token.kind != Kind::Punctuation)
        .take_while(|token| token.kind == Kind::Mention);
    for token in leading.take(8) {
        let handle = token.span().of(text).unwrap_or_default().to_ascii_lowercase();
        if DESK.iter().any(|word| handle.contains(word)) {
            return Some((Grade::Normal, token.span()));
        }
    }
    Some((Grade::Low, first.span()))
}

#[cfg(test)]
#[test]
fn the_handle_says_it_or_does_not() {
    use super::assert_grades;

    assert_grades(
        "addressed",
        &[
            ("@northwindair my seat is wet", Some(Grade::Low)),
            (".@NorthwindHelp my seat is wet", Some(Grade::Normal)),
            ("@somebody @NorthwindCares look", Some(Grade::Normal)),
            ("flying with @northwindair today", None),
            ("no handle at all", None),
        ],
    );
}
