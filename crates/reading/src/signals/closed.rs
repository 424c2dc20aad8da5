//! The matter is settled, or somebody only says thank you.

use super::{Grade, Signal, files};
use crate::Intent;

pub(super) const SIGNAL: Signal = Signal {
    code: "closed",
    intents: &[(Grade::Normal, Intent::Thanks)],
    waits: [-6, -13, -20, -20],
    harm: [-1, -3, -8, -8],
    phrases: files!("closed"),
    cue: None,
};

#[cfg(test)]
#[test]
fn the_words_say_it_or_do_not() {
    use super::assert_grades;

    assert_grades(
        "closed",
        &[
            ("thank you", Some(Grade::Normal)),
            ("all sorted now", Some(Grade::High)),
            ("Thank you I will call this afternoon", Some(Grade::Normal)),
            ("restarting it helped, thanks", Some(Grade::High)),
            ("it was working fine until Monday", None),
            ("never mind", Some(Grade::Normal)),
            ("thanks for nothing", None),
            ("not fixed", None),
        ],
    );
}
