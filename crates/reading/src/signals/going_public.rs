//! Others will hear of it: warnings, reviews, the press, regulators.

use super::{Grade, Signal, files};
use crate::Intent;

pub(super) const SIGNAL: Signal = Signal {
    code: "going_public",
    intents: &[(Grade::Critical, Intent::LegalPress)],
    waits: [0, 0, 0, 0],
    harm: [5, 10, 20, 28],
    phrases: files!("going_public"),
    cue: None,
};

#[cfg(test)]
#[test]
fn the_words_say_it_or_do_not() {
    use super::assert_grades;

    assert_grades(
        "going_public",
        &[
            ("I am telling the press", Some(Grade::Critical)),
            ("do not buy from them", Some(Grade::High)),
            ("I am filing a complaint", Some(Grade::High)),
            ("northwind dot com", None),
        ],
    );
}
