//! Somebody is stuck somewhere, now.

use super::Signal;

pub(super) const SIGNAL: Signal = Signal {
    code: "stranded",
    intents: &[],
    phrases: &[("en", include_str!("phrases/en/stranded.txt"))],
};

#[cfg(test)]
#[test]
fn the_words_say_it_or_do_not() {
    use super::{Grade, assert_grades};

    assert_grades("stranded", &[
        ("stranded in Lisbon with two kids", Some(Grade::Critical)),
        ("stuck at gate B14", Some(Grade::Critical)),
        ("our flight was cancelled", Some(Grade::High)),
        ("that song is stuck in my head", None),
    ]);
}
