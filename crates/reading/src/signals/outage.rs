//! The service itself is down, for the writer or for many.

use super::{Grade, Signal, files};
use crate::Intent;

pub(super) const SIGNAL: Signal = Signal {
    code: "outage",
    intents: &[(Grade::High, Intent::Outage)],
    waits: [5, 10, 22, 23],
    harm: [0, 2, 25, 40],
    phrases: files!("outage"),
    cue: None,
};

#[cfg(test)]
#[test]
fn the_words_say_it_or_do_not() {
    use super::assert_grades;

    assert_grades(
        "outage",
        &[
            ("the website is down", Some(Grade::High)),
            ("third outage this week", Some(Grade::Critical)),
            ("no internet since this morning", Some(Grade::High)),
            ("the app keeps crashing", Some(Grade::Normal)),
            ("our power just went out", Some(Grade::High)),
            ("we have no signal in town since noon", Some(Grade::High)),
            ("calm down please", None),
            ("sit down with us", None),
        ],
    );
}
