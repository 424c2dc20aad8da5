//! Somebody was treated worse for who they are, or harassed or humiliated by staff.

use super::{Grade, Signal, files};
use crate::Intent;

pub(super) const SIGNAL: Signal = Signal {
    code: "discrimination",
    intents: &[(Grade::Critical, Intent::Discrimination)],
    waits: [3, 6, 9, 9],
    harm: [5, 8, 13, 38],
    phrases: files!("discrimination"),
    cue: None,
};

#[cfg(test)]
#[test]
fn the_words_say_it_or_do_not() {
    use super::assert_grades;

    assert_grades(
        "discrimination",
        &[
            ("your agent was racist to my mother", Some(Grade::Critical)),
            ("they ignored me because I am deaf", Some(Grade::Critical)),
            ("treated like a criminal", Some(Grade::High)),
            ("so rude", Some(Grade::High)),
            ("a sexist remark by one of the crew", Some(Grade::Normal)),
            ("he is a racist and always was", Some(Grade::Normal)),
            ("staff humiliated a disabled passenger", Some(Grade::Critical)),
            ("my phone says it is disabled without reason", None),
            ("price discrimination in economics", None),
        ],
    );
}
