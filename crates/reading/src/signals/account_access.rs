//! The writer is shut out of an account, or somebody else is in it.

use super::{Grade, Signal, files};
use crate::Intent;

pub(super) const SIGNAL: Signal = Signal {
    code: "account_access",
    intents: &[(Grade::Normal, Intent::AccountAccess)],
    waits: [7, 15, 18, 19],
    harm: [1, 3, 24, 41],
    phrases: files!("account_access"),
    cue: None,
};

#[cfg(test)]
#[test]
fn the_words_say_it_or_do_not() {
    use super::assert_grades;

    assert_grades(
        "account_access",
        &[
            ("my account was hacked", Some(Grade::Critical)),
            ("I can't log into my account", Some(Grade::High)),
            ("locked out of my account", Some(Grade::High)),
            ("password question", Some(Grade::Normal)),
            ("they changed my recovery email", Some(Grade::Critical)),
            ("I just changed my password", None),
            ("hacking is on the rise", Some(Grade::High)),
            ("finally I have access again", None),
            ("ten life hacks for travellers", None),
        ],
    );
}
