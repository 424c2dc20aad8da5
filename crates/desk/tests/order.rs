//! In whatever order the versions of a post come, and however often, the same stands in the end.

use earshot_desk::{Reads, Standing, Step, Told};
use earshot_mention::Timestamp;
use proptest::prelude::*;

/// A version of a post: when it was edited (`None`: as it was posted) and what triage makes of it.
type Version = (Option<i64>, Reads);

/// What the desk and its memory hold of one post.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Keeper {
    here: Option<Option<i64>>,
    in_mind: Option<i64>,
}

impl Keeper {
    fn hear(&mut self, (edited, reads): Version) {
        let at = edited.map(Timestamp::from_seconds);
        // Of a post that nobody needs to look at the desk is told nothing.
        let told = match (edited, reads) {
            (None, Reads::Flagged) => Told::Posted,
            (None, _) => return,
            (Some(_), reads) => Told::Edited { at, reads },
        };
        let standing = match (self.here, self.in_mind) {
            (Some(shown), _) => Standing::Here { edited: shown.map(Timestamp::from_seconds) },
            (None, Some(at)) => {
                Standing::InMind { edited: Some(Timestamp::from_seconds(at)), with_words: true }
            }
            (None, None) => Standing::Unknown,
        };
        match standing.step(told) {
            Step::Admit => *self = Self { here: Some(edited), in_mind: None },
            Step::AdmitThenRecall => *self = Self { here: Some(self.in_mind), in_mind: None },
            Step::Revise => self.here = Some(edited),
            Step::KeepInMind | Step::KeepItsTime => self.in_mind = edited,
            Step::Pass => {}
        }
    }
}

fn versions() -> impl Strategy<Value = Vec<Version>> {
    let reads = prop_oneof![Just(Reads::Flagged), Just(Reads::Quiet)];
    prop::collection::vec(reads, 1..6).prop_map(|reads| {
        let edits = std::iter::once(None).chain((1..).map(Some));
        edits.zip(reads).collect()
    })
}

/// The versions of a post, and a day on which each of them is told once or twice, in any order.
fn day() -> impl Strategy<Value = (Vec<Version>, Vec<Version>)> {
    let repeated = versions().prop_flat_map(|versions| {
        let count = versions.len();
        (Just(versions.clone()), prop::sample::subsequence(versions, 0..=count))
    });
    repeated.prop_flat_map(|(versions, again)| {
        let told = [versions.clone(), again].concat();
        (Just(versions), Just(told).prop_shuffle())
    })
}

proptest! {
    #[test]
    fn the_newest_version_stands_if_any_of_them_is_worth_a_look((versions, told) in day()) {
        let mut keeper = Keeper::default();
        for version in &told {
            keeper.hear(*version);
        }
        let newest = versions.last().map(|(edited, _)| *edited);
        let is_worth_a_look = versions.iter().any(|(_, reads)| *reads == Reads::Flagged);
        prop_assert_eq!(keeper.here, newest.filter(|_| is_worth_a_look), "{:?}", told);
    }
}
