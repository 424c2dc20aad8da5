//! Something ends soon, and after that an answer is worth nothing.

use super::{Signal, files};

pub(super) const SIGNAL: Signal = Signal {
    code: "deadline",
    intents: &[],
    waits: [0, 0, 4, 4],
    harm: [1, 3, 11, 24],
    phrases: files!("deadline"),
    cue: None,
};

#[cfg(test)]
#[test]
fn the_words_say_it_or_do_not() {
    use super::{Grade, assert_grades};

    assert_grades(
        "deadline",
        &[
            ("my flight boards in 20 minutes", Some(Grade::Critical)),
            ("the interview is tomorrow", Some(Grade::High)),
            ("please answer asap", Some(Grade::High)),
            ("no hurry at all", None),
            ("see the emergency exit", None),
        ],
    );
}
