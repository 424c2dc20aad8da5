//! The writer asks the company to do something.

use super::{Grade, Signal, files};
use crate::Intent;

pub(super) const SIGNAL: Signal = Signal {
    code: "help_request",
    intents: &[(Grade::Normal, Intent::HelpRequest)],
    waits: [5, 9, 14, 14],
    harm: [2, 3, 6, 6],
    phrases: files!("help_request"),
    cue: None,
};

#[cfg(test)]
#[test]
fn the_words_say_it_or_do_not() {
    use super::assert_grades;

    assert_grades(
        "help_request",
        &[
            ("I am begging you, answer", Some(Grade::High)),
            ("can you fix the seat map", Some(Grade::Normal)),
            ("help each other", None),
        ],
    );
}
