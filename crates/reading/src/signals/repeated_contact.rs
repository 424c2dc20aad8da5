//! The writer has tried before, and was ignored, cut off or sent round in circles.

use super::{Signal, files};

pub(super) const SIGNAL: Signal = Signal {
    code: "repeated_contact",
    intents: &[],
    waits: [2, 5, 12, 12],
    harm: [1, 2, 20, 20],
    phrases: files!("repeated_contact"),
    cue: None,
};

#[cfg(test)]
#[test]
fn the_words_say_it_or_do_not() {
    use super::{Grade, assert_grades};

    assert_grades(
        "repeated_contact",
        &[
            ("I emailed you three times", Some(Grade::High)),
            ("nobody answers the phone", Some(Grade::High)),
            ("your agent hung up", Some(Grade::High)),
            ("on hold 90 min then disconnected", Some(Grade::High)),
            ("my router was disconnected", None),
            ("fourth time I ask", Some(Grade::High)),
            ("spent the whole day on hold", Some(Grade::High)),
            ("the second season was better", None),
            ("third time I have asked you", Some(Grade::High)),
            ("I stop once a day", None),
        ],
    );
}
