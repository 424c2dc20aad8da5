//! The writer asks the company to do something.

use super::Signal;
use crate::Intent;

pub(super) const SIGNAL: Signal = Signal {
    code: "help_request",
    intents: &[Intent::HelpRequest],
    phrases: &[("en", include_str!("phrases/en/help_request.txt"))],
};

#[cfg(test)]
#[test]
fn the_words_say_it_or_do_not() {
    use super::{Grade, assert_grades};

    assert_grades("help_request", &[
        ("please help me", Some(Grade::High)),
        ("can you fix the seat map", Some(Grade::Normal)),
        ("help each other", None),
    ]);
}
