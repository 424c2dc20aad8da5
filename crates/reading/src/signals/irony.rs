//! Words that praise what nobody praises. Whether they do is decided in `crate::reader`, beside the trouble they stand next to.

use super::{Signal, files};

pub(super) const SIGNAL: Signal = Signal {
    code: "irony",
    intents: &[],
    waits: [0, 0, 0, 0],
    harm: [0, 0, 0, 0],
    phrases: files!("irony"),
    cue: None,
};

#[cfg(test)]
#[test]
fn the_words_say_it_or_do_not() {
    use super::{Grade, assert_grades};

    assert_grades(
        "irony",
        &[
            ("thanks for nothing", Some(Grade::Critical)),
            ("Thank you for ruining our holiday", Some(Grade::Critical)),
            ("thanks for charging my card twice", Some(Grade::High)),
            ("Thanks for the help, nothing to add", None),
            ("Oh great, more rain", Some(Grade::High)),
            ("Oh great idea", None),
            ("Just what I needed.", Some(Grade::High)),
            ("Lovely. And now?", Some(Grade::High)),
            ("lovely morning for a walk", None),
            ("Great job.", Some(Grade::Normal)),
            ("love it", Some(Grade::Normal)),
            ("we really love all this", None),
        ],
    );
}
