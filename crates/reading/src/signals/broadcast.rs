//! Said to the world, not to the company: news, offers, jobs, chatter.

use super::{Grade, Signal, files};
use crate::Intent;

pub(super) const SIGNAL: Signal = Signal {
    code: "broadcast",
    intents: &[(Grade::Normal, Intent::SpamOrIrrelevant)],
    waits: [-3, -6, -6, -6],
    harm: [-3, -7, -7, -7],
    phrases: files!("broadcast"),
    cue: None,
};

#[cfg(test)]
#[test]
fn the_words_say_it_or_do_not() {
    use super::assert_grades;

    assert_grades(
        "broadcast",
        &[
            ("giveaway! follow us", Some(Grade::Normal)),
            ("listen to our new episode", Some(Grade::Normal)),
            ("my bag is gone", None),
            ("I would like to watch the film I paid for", None),
        ],
    );
}
