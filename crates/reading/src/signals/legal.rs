//! Lawyers, courts, police.

use super::Signal;
use crate::Intent;

pub(super) const SIGNAL: Signal = Signal {
    code: "legal",
    intents: &[Intent::LegalPress],
    phrases: &[("en", include_str!("phrases/en/legal.txt"))],
};

#[cfg(test)]
#[test]
fn the_words_say_it_or_do_not() {
    use super::{Grade, assert_grades};

    assert_grades("legal", &[
        ("my lawyer will write to you", Some(Grade::Critical)),
        ("see you in court", Some(Grade::Critical)),
        ("I reported it to the police", Some(Grade::Critical)),
        ("lunch in the food court", None),
    ]);
}
