//! An idea for the company; nothing waits for it.

use super::{Grade, Signal, files};
use crate::Intent;

pub(super) const SIGNAL: Signal = Signal {
    code: "suggestion",
    intents: &[(Grade::Normal, Intent::Suggestion)],
    waits: [-1, -2, -2, -2],
    harm: [-1, -1, -1, -1],
    phrases: files!("suggestion"),
    cue: None,
};

#[cfg(test)]
#[test]
fn the_words_say_it_or_do_not() {
    use super::assert_grades;

    assert_grades(
        "suggestion",
        &[
            ("you should add a night flight", Some(Grade::Normal)),
            ("a suggestion", Some(Grade::Normal)),
            ("nothing to see", None),
        ],
    );
}
