//! The service itself is down, for the writer or for many.

use super::{Signal, files};
use crate::Intent;

pub(super) const SIGNAL: Signal = Signal {
    code: "outage",
    intents: &[Intent::Outage],
    waits: [6, 12, 24, 25],
    harm: [0, 1, 16, 32],
    phrases: files!("outage"),
    cue: None,
};

#[cfg(test)]
#[test]
fn the_words_say_it_or_do_not() {
    use super::{Grade, assert_grades};

    assert_grades(
        "outage",
        &[
            ("the website is down", Some(Grade::High)),
            ("third outage this week", Some(Grade::Critical)),
            ("no internet since this morning", Some(Grade::High)),
            ("the app keeps crashing", Some(Grade::High)),
            ("calm down please", None),
            ("sit down with us", None),
        ],
    );
}
