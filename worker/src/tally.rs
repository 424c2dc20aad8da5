//! Counts of what was let go, kept in the isolate and handed to the desk with the next delivery that goes there anyway:
//! a dropped post costs no storage. An isolate that is taken down takes its last counts with it; they are for watching
//! trends, never for deciding.

use std::cell::RefCell;
use std::collections::BTreeMap;

use earshot_hooks::DropReason;
use serde::{Deserialize, Serialize};

/// How often each thing happened.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Tally(pub(crate) BTreeMap<String, u32>);

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Counted {
    /// An item that is nothing for us.
    Dropped(DropReason),
    /// A post that triage passed over.
    Passed,
    /// A body that could not be read and was acknowledged, because its platform would send it for ever.
    Broken,
}

impl Counted {
    fn name(self) -> &'static str {
        match self {
            Self::Dropped(DropReason::Own) => "own",
            Self::Dropped(DropReason::NoWords) => "no_words",
            Self::Dropped(DropReason::NotAPost) => "not_a_post",
            Self::Dropped(DropReason::UnknownEvent) => "unknown_event",
            Self::Dropped(DropReason::Malformed) => "malformed",
            // `DropReason` may grow; a reason without a name here is still counted.
            Self::Dropped(_) => "other",
            Self::Passed => "passed",
            Self::Broken => "broken",
        }
    }
}

thread_local! {
    static WAITING: RefCell<BTreeMap<String, Tally>> = const { RefCell::new(BTreeMap::new()) };
}

/// Counts one.
pub(crate) fn count(workspace: &str, counted: Counted) {
    WAITING.with_borrow_mut(|waiting| {
        if !waiting.contains_key(workspace) {
            waiting.insert(workspace.to_owned(), Tally::default());
        }
        if let Some(Tally(counts)) = waiting.get_mut(workspace) {
            match counts.get_mut(counted.name()) {
                Some(count) => *count = count.saturating_add(1),
                None => drop(counts.insert(counted.name().to_owned(), 1)),
            }
        }
    });
}

/// Takes what was counted, to hand it on.
pub(crate) fn take(workspace: &str) -> Tally {
    WAITING.with_borrow_mut(|waiting| waiting.remove(workspace).unwrap_or_default())
}
