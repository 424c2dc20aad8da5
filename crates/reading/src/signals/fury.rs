//! The writer is furious with the company, and says why.

use super::{Grade, Signal, files};
use crate::Intent;

pub(super) const SIGNAL: Signal = Signal {
    code: "fury",
    intents: &[(Grade::Normal, Intent::Complaint)],
    waits: [4, 7, 17, 17],
    harm: [5, 10, 18, 18],
    phrases: files!("fury"),
    cue: None,
};

#[cfg(test)]
#[test]
fn the_words_say_it_or_do_not() {
    use super::assert_grades;

    assert_grades(
        "fury",
        &[
            ("worst customer service ever", Some(Grade::High)),
            ("this is unacceptable", Some(Grade::High)),
            ("a bit disappointed", Some(Grade::Normal)),
            ("just joking", None),
        ],
    );
}
