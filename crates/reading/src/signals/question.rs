//! Something is asked.

use super::Signal;
use crate::Intent;

pub(super) const SIGNAL: Signal = Signal {
    code: "question",
    intents: &[Intent::Question],
    phrases: &[("en", include_str!("phrases/en/question.txt"))],
};

#[cfg(test)]
#[test]
fn the_words_say_it_or_do_not() {
    use super::{Grade, assert_grades};

    assert_grades("question", &[
        ("Is the lounge open?", Some(Grade::Normal)),
        ("how do I add a bag", Some(Grade::Normal)),
        ("who knew", None),
    ]);
}
