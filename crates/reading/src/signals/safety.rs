//! Somebody's body or health is in danger, or was hurt.

use super::{Grade, Signal, files};
use crate::Intent;

pub(super) const SIGNAL: Signal = Signal {
    code: "safety",
    intents: &[(Grade::Normal, Intent::Safety)],
    waits: [4, 9, 14, 18],
    harm: [7, 15, 23, 42],
    phrases: files!("safety"),
    cue: None,
};

#[cfg(test)]
#[test]
fn the_words_say_it_or_do_not() {
    use super::assert_grades;

    assert_grades(
        "safety",
        &[
            ("there was smoke coming from the charger", Some(Grade::Critical)),
            ("a piece of glass in my salad", Some(Grade::Critical)),
            ("my daughter had an allergic reaction", Some(Grade::Critical)),
            ("the charger is dangerous to touch", Some(Grade::Critical)),
            ("the driver was speeding and on the phone", Some(Grade::Critical)),
            ("a building on fire in town", Some(Grade::Normal)),
            ("what a dangerous idea", Some(Grade::Normal)),
            ("this album is fire", None),
            ("add the fire tablet", None),
        ],
    );
}
