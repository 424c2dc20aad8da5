//! The writer goes, or says so.

use super::{Grade, Signal, files};
use crate::Intent;

pub(super) const SIGNAL: Signal = Signal {
    code: "leaving",
    intents: &[(Grade::High, Intent::ChurnThreat)],
    waits: [2, 3, 11, 11],
    harm: [3, 6, 15, 15],
    phrases: files!("leaving"),
    cue: None,
};

#[cfg(test)]
#[test]
fn the_words_say_it_or_do_not() {
    use super::assert_grades;

    assert_grades(
        "leaving",
        &[
            ("I will never fly with you again", Some(Grade::High)),
            ("cancelling my subscription", Some(Grade::High)),
            ("done with you", Some(Grade::High)),
            ("I never go wrong with this", None),
        ],
    );
}
