//! Praise: nice to answer, nothing waits.

use super::{Grade, Signal, files};
use crate::Intent;

pub(super) const SIGNAL: Signal = Signal {
    code: "praise",
    intents: &[(Grade::Normal, Intent::Praise)],
    waits: [-4, -7, -7, -7],
    harm: [-3, -5, -5, -5],
    phrases: files!("praise"),
    cue: None,
};

#[cfg(test)]
#[test]
fn the_words_say_it_or_do_not() {
    use super::assert_grades;

    assert_grades(
        "praise",
        &[
            ("I love the new seats", Some(Grade::Normal)),
            ("great crew", Some(Grade::Normal)),
            ("well done", Some(Grade::Normal)),
            ("the crew at work", None),
            ("not happy", None),
            ("would be great", None),
        ],
    );
}
