//! Praise: nice to answer, nothing waits.

use super::{Signal, files};
use crate::Intent;

pub(super) const SIGNAL: Signal = Signal {
    code: "praise",
    intents: &[Intent::Praise],
    waits: [-4, -7, -7, -7],
    harm: [-3, -5, -5, -5],
    phrases: files!("praise"),
    cue: None,
};

#[cfg(test)]
#[test]
fn the_words_say_it_or_do_not() {
    use super::{Grade, assert_grades};

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
