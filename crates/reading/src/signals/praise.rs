//! Praise: nice to answer, nothing waits.

use super::{Signal, files};
use crate::Intent;

pub(super) const SIGNAL: Signal = Signal {
    code: "praise",
    intents: &[Intent::Praise],
    waits: [-3, -5, -5, -5],
    harm: [-2, -4, -4, -4],
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
            ("not happy", None),
            ("would be great", None),
        ],
    );
}
