//! Somebody has been waiting: for an answer, a delivery, a flight, a repair.

use super::{Grade, Signal, files};
use crate::Intent;

pub(super) const SIGNAL: Signal = Signal {
    code: "waiting",
    intents: &[(Grade::Normal, Intent::Delay)],
    waits: [5, 10, 21, 21],
    harm: [3, 7, 25, 25],
    phrases: files!("waiting"),
    cue: None,
};

#[cfg(test)]
#[test]
fn the_words_say_it_or_do_not() {
    use super::assert_grades;

    assert_grades(
        "waiting",
        &[
            ("Where is my order? It has been three weeks.", Some(Grade::High)),
            ("I've been on hold for 45 minutes", Some(Grade::High)),
            ("still waiting for my reply", Some(Grade::Normal)),
            ("We waited two hours at the gate", Some(Grade::High)),
            ("I cannot wait for the concert", None),
            ("Waiting for the new season", None),
        ],
    );
}
