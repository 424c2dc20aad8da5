//! Lawyers, courts, police.

use super::{Grade, Signal, files};
use crate::Intent;

pub(super) const SIGNAL: Signal = Signal {
    code: "legal",
    intents: &[(Grade::High, Intent::LegalPress)],
    waits: [4, 8, 12, 12],
    harm: [8, 17, 25, 40],
    phrases: files!("legal"),
    cue: None,
};

#[cfg(test)]
#[test]
fn the_words_say_it_or_do_not() {
    use super::assert_grades;

    assert_grades(
        "legal",
        &[
            ("my lawyer will write to you", Some(Grade::Critical)),
            ("see you in court", Some(Grade::Critical)),
            ("I reported it to the police", Some(Grade::Critical)),
            ("you will hear from our solicitors", Some(Grade::Critical)),
            ("we are going to sue you", Some(Grade::Critical)),
            ("his lawyers spoke on the news", Some(Grade::Normal)),
            ("lunch in the food court", None),
        ],
    );
}
