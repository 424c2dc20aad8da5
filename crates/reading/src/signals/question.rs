//! Something is asked.

use super::{Grade, Signal, files};
use crate::text::{Kind, Tokens};
use crate::{Intent, Span};

pub(super) const SIGNAL: Signal = Signal {
    code: "question",
    intents: &[(Grade::Normal, Intent::Question)],
    waits: [8, 16, 16, 16],
    harm: [0, 0, 0, 0],
    phrases: files!("question"),
    cue: Some(mark),
};

/// A question mark asks in every language.
fn mark(_text: &str, tokens: &Tokens) -> Option<(Grade, Span)> {
    tokens
        .items()
        .iter()
        .find(|token| token.kind == Kind::Punctuation && tokens.normal(token) == "?")
        .map(|token| (Grade::Low, token.span()))
}

#[cfg(test)]
#[test]
fn the_words_say_it_or_do_not() {
    use super::assert_grades;

    assert_grades(
        "question",
        &[
            ("Is the lounge open?", Some(Grade::Normal)),
            ("how do I add a bag", Some(Grade::Normal)),
            ("who knew", None),
        ],
    );
}
