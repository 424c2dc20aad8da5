//! Somebody is stuck somewhere, now.

use super::{Signal, files};

pub(super) const SIGNAL: Signal = Signal {
    code: "stranded",
    intents: &[],
    waits: [7, 14, 25, 27],
    harm: [6, 12, 22, 40],
    phrases: files!("stranded"),
    cue: None,
};

#[cfg(test)]
#[test]
fn the_words_say_it_or_do_not() {
    use super::{Grade, assert_grades};

    assert_grades(
        "stranded",
        &[
            ("stranded in Lisbon with two kids", Some(Grade::Critical)),
            ("stuck at gate B14", Some(Grade::Critical)),
            ("our flight was cancelled", Some(Grade::High)),
            ("we are stuck here with no crew", Some(Grade::High)),
            ("the zip is stuck", Some(Grade::Normal)),
            ("the update is stuck on the loading screen", None),
            ("that song is stuck in my head", None),
        ],
    );
}
