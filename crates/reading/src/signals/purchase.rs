//! The writer wants to buy: asks where, whether it is in stock, or tries to order. It says nothing of how long a post can
//! wait; the question that it comes with does.

use super::{Grade, Signal, files};
use crate::Intent;

pub(super) const SIGNAL: Signal = Signal {
    code: "purchase",
    intents: &[(Grade::Normal, Intent::PurchaseIntent)],
    waits: [0, 0, 0, 0],
    harm: [0, 0, 0, 0],
    phrases: files!("purchase"),
    cue: None,
};

#[cfg(test)]
#[test]
fn the_words_say_it_or_do_not() {
    use super::assert_grades;

    assert_grades(
        "purchase",
        &[
            ("where can I buy the blue suitcase?", Some(Grade::Normal)),
            ("is the night flight available to book yet", Some(Grade::Normal)),
            ("do you have this coat in stock", Some(Grade::Normal)),
            ("how much does a second bag cost", Some(Grade::Normal)),
            ("I am thinking of buying a pass", Some(Grade::Normal)),
            ("I bought a pass in May", None),
            ("I will never buy from you again", None),
            ("where can I get help", None),
        ],
    );
}
