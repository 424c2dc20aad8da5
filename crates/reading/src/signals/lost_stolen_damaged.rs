//! Something of the writer's is lost, stolen, broken, spoilt or not what was ordered.

use super::{Grade, Signal, files};
use crate::Intent;

pub(super) const SIGNAL: Signal = Signal {
    code: "lost_stolen_damaged",
    intents: &[(Grade::High, Intent::LostStolenDamaged)],
    waits: [6, 12, 28, 28],
    harm: [1, 2, 20, 34],
    phrases: files!("lost_stolen_damaged"),
    cue: None,
};

#[cfg(test)]
#[test]
fn the_words_say_it_or_do_not() {
    use super::assert_grades;

    assert_grades(
        "lost_stolen_damaged",
        &[
            ("you lost my suitcase", Some(Grade::High)),
            ("The box arrived smashed", Some(Grade::High)),
            ("my parcel never arrived", Some(Grade::High)),
            ("the zip is broken", Some(Grade::Normal)),
            ("you sent me a torn jacket", Some(Grade::High)),
            ("got the wrong order", Some(Grade::High)),
            ("wrong colour on the page", Some(Grade::Normal)),
            ("such a broken heart", None),
            ("you are missing out", None),
        ],
    );
}
