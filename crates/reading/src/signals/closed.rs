//! The matter is settled, or somebody only says thank you.

use super::{Signal, files};
use crate::Intent;

pub(super) const SIGNAL: Signal = Signal {
    code: "closed",
    intents: &[Intent::Thanks],
    waits: [-6, -13, -13, -13],
    harm: [-1, -3, -3, -3],
    phrases: files!("closed"),
    cue: None,
};

#[cfg(test)]
#[test]
fn the_words_say_it_or_do_not() {
    use super::{Grade, assert_grades};

    assert_grades(
        "closed",
        &[
            ("thank you", Some(Grade::Normal)),
            ("all sorted now", Some(Grade::Normal)),
            ("never mind", Some(Grade::Normal)),
            ("thanks for nothing", None),
            ("not fixed", None),
        ],
    );
}
