//! Money was taken, is owed, or is held back.

use super::{Grade, Signal, files};
use crate::Intent;

pub(super) const SIGNAL: Signal = Signal {
    code: "money",
    intents: &[(Grade::Normal, Intent::Billing)],
    waits: [6, 13, 25, 25],
    harm: [6, 14, 24, 36],
    phrases: files!("money"),
    cue: None,
};

#[cfg(test)]
#[test]
fn the_words_say_it_or_do_not() {
    use super::assert_grades;

    assert_grades(
        "money",
        &[
            ("You charged me twice for one ticket", Some(Grade::High)),
            ("I want my money back", Some(Grade::High)),
            ("still waiting for my refund", Some(Grade::High)),
            ("question about the invoice", Some(Grade::Normal)),
            ("who is in charge here", None),
            ("admission is free of charge", None),
        ],
    );
}
