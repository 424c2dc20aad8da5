//! Deliveries overtake each other: an edit may come before its post. What is done with what is told of a post, so that in
//! the end the newest version stands, in whatever order its versions came.
//!
//! Only what somebody should look at comes to the desk. So an edit that nobody needs to look at has nothing to change
//! when it comes first, and would be forgotten; then its post comes, is worth a look, and shows words that its author
//! has taken back. Such an edit is *kept in mind*: for as long as a platform may still send the post, and not more than
//! [`MOST_IN_MIND`] of them, the oldest forgotten first. Of an edit that is not about us only the time is kept, never the
//! words; a post that it overtook has become one that is not about us, and is let go.

use earshot_mention::Timestamp;

/// The most edits a workspace keeps in mind.
pub const MOST_IN_MIND: u32 = 500;

/// What is known of a post when something is told of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Nothing.
    Unknown,
    /// An edit of then, kept in mind.
    InMind {
        /// When it was edited, where the platform says.
        edited: Option<Timestamp>,
        /// Whether its words were kept, too.
        with_words: bool,
    },
    /// A mention on the desk.
    Here {
        /// When the version that it shows was edited; `None` where it is the first, or the platform does not say.
        edited: Option<Timestamp>,
    },
}

/// What is told of a post.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// It was posted, and is worth a look.
    Posted,
    /// It was edited.
    Edited {
        /// When, where the platform says.
        at: Option<Timestamp>,
        /// What triage makes of it as it is now.
        reads: Reads,
    },
}

/// What triage makes of an edited post.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reads {
    /// Somebody should look at it.
    Flagged,
    /// It is about us, and nobody needs to look at it.
    Quiet,
    /// It is not about us.
    NotAboutUs,
}

/// What is to be done with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// It comes to the desk. What was kept in mind is forgotten.
    Admit,
    /// It comes to the desk, and then what was kept in mind takes its place, as if it had come in this order.
    AdmitThenRecall,
    /// It takes the place of what the desk shows.
    Revise,
    /// It is kept in mind with its words, instead of what was.
    KeepInMind,
    /// Only that there is such an edit is kept in mind.
    KeepItsTime,
    /// It changes nothing.
    Pass,
}

impl Standing {
    /// What is to be done with what is told.
    ///
    /// | | nothing is known | a newer edit is in mind | an older edit is in mind | here, newer | here, older |
    /// |---|---|---|---|---|---|
    /// | posted | admit | admit, then recall | | pass | pass |
    /// | edit, flagged | admit | admit, then recall | admit | pass | revise |
    /// | edit, quiet | keep in mind | pass | keep in mind | pass | revise |
    /// | edit, not about us | keep its time | pass | keep its time | pass | revise |
    ///
    /// Every edit is newer than the post. Where the newer edit was kept without its words, what it overtook passes.
    #[must_use]
    pub fn step(self, told: Told) -> Step {
        let kept = match reads_of(told) {
            Reads::Flagged => Step::Admit,
            Reads::Quiet => Step::KeepInMind,
            Reads::NotAboutUs => Step::KeepItsTime,
        };
        match (self, told) {
            (Self::Unknown, _) => kept,
            (Self::InMind { with_words, .. }, told) if !self.is_overtaken_by(told) => {
                if kept == Step::Admit && with_words { Step::AdmitThenRecall } else { Step::Pass }
            }
            (Self::InMind { .. }, _) => kept,
            (Self::Here { .. }, told) if self.is_overtaken_by(told) => Step::Revise,
            (Self::Here { .. }, _) => Step::Pass,
        }
    }

    /// Whether what is told is newer than what is known. Where a time is missing, what comes later is taken for newer.
    fn is_overtaken_by(self, told: Told) -> bool {
        let known = match self {
            Self::Unknown => return true,
            Self::InMind { edited, .. } | Self::Here { edited } => edited,
        };
        match told {
            Told::Posted => false,
            Told::Edited { at, .. } => !matches!((at, known), (Some(new), Some(old)) if new <= old),
        }
    }
}

fn reads_of(told: Told) -> Reads {
    match told {
        Told::Posted => Reads::Flagged,
        Told::Edited { reads, .. } => reads,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EARLY: Option<Timestamp> = Some(Timestamp::from_seconds(100));
    const LATE: Option<Timestamp> = Some(Timestamp::from_seconds(200));

    fn edit(at: Option<Timestamp>, reads: Reads) -> Told {
        Told::Edited { at, reads }
    }

    fn in_mind(edited: Option<Timestamp>) -> Standing {
        Standing::InMind { edited, with_words: true }
    }

    #[test]
    fn what_is_done_with_what_is_told() {
        use Reads::{Flagged, NotAboutUs, Quiet};
        let here = |edited| Standing::Here { edited };
        let time_alone = Standing::InMind { edited: LATE, with_words: false };
        for (known, told, step) in [
            (Standing::Unknown, Told::Posted, Step::Admit),
            (Standing::Unknown, edit(EARLY, Flagged), Step::Admit),
            (Standing::Unknown, edit(EARLY, Quiet), Step::KeepInMind),
            (Standing::Unknown, edit(EARLY, NotAboutUs), Step::KeepItsTime),
            (in_mind(LATE), Told::Posted, Step::AdmitThenRecall),
            (in_mind(None), Told::Posted, Step::AdmitThenRecall),
            (in_mind(LATE), edit(EARLY, Flagged), Step::AdmitThenRecall),
            (in_mind(LATE), edit(LATE, Flagged), Step::AdmitThenRecall),
            (in_mind(EARLY), edit(LATE, Flagged), Step::Admit),
            (in_mind(LATE), edit(EARLY, Quiet), Step::Pass),
            (in_mind(EARLY), edit(LATE, Quiet), Step::KeepInMind),
            (in_mind(EARLY), edit(LATE, NotAboutUs), Step::KeepItsTime),
            (in_mind(None), edit(None, Quiet), Step::KeepInMind),
            (time_alone, Told::Posted, Step::Pass),
            (time_alone, edit(EARLY, Flagged), Step::Pass),
            (Standing::InMind { edited: EARLY, with_words: false }, edit(LATE, Flagged), Step::Admit),
            (here(None), Told::Posted, Step::Pass),
            (here(None), edit(EARLY, Quiet), Step::Revise),
            (here(EARLY), edit(LATE, Flagged), Step::Revise),
            (here(EARLY), edit(LATE, NotAboutUs), Step::Revise),
            (here(LATE), edit(EARLY, Flagged), Step::Pass),
            (here(LATE), edit(LATE, Flagged), Step::Pass),
            (here(LATE), edit(None, Quiet), Step::Revise),
        ] {
            assert_eq!(known.step(told), step, "{known:?} {told:?}");
        }
    }
}
