//! A person in distress.

use super::{Signal, files};

pub(super) const SIGNAL: Signal = Signal {
    code: "distress",
    intents: &[],
    waits: [0, 0, 0, 0],
    harm: [3, 6, 10, 10],
    phrases: files!("distress"),
    cue: None,
};

#[cfg(test)]
#[test]
fn the_words_say_it_or_do_not() {
    use super::{Grade, assert_grades};

    assert_grades(
        "distress",
        &[
            ("I am panicking", Some(Grade::High)),
            ("so stressed and scared", Some(Grade::High)),
            ("tears of joy", None),
        ],
    );
}
