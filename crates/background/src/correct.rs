//! What a person says of a wording, kept and applied.

use earshot_client::{CORRECTIONS_KEY, StorageError, Thresholds};
use earshot_corrections::{Corrections, Says};

use crate::background::sentence;
use crate::outcome::{CorrectionOutcome, ReadPost, Undo};

/// The corrections with what is said of these words of a text, and how to take it back. Without corrections where there
/// is nothing to keep.
pub(crate) fn put(
    kept: Option<Corrections>,
    text: &str,
    words: &str,
    says: Says,
) -> (CorrectionOutcome, Option<Corrections>) {
    let Some(mut kept) = kept else { return (unreadable(), None) };
    let done = kept.say(text, words, says).map(|(put, before)| Undo { put, before });
    match done {
        Ok(undo) => (CorrectionOutcome::Kept { undo }, Some(kept)),
        Err(error) => (CorrectionOutcome::Failed { message: sentence(&error.to_string()) }, None),
    }
}

/// The corrections without what was put, and with what it stood in for.
pub(crate) fn take_back(kept: Option<Corrections>, undo: Undo) -> (CorrectionOutcome, Option<Corrections>) {
    let Some(mut kept) = kept else { return (unreadable(), None) };
    kept.take_back(&undo.put, undo.before);
    (CorrectionOutcome::TakenBack, Some(kept))
}

/// The reading as the person says it is. What is not about us carries no word and names no brand of ours.
pub(crate) fn applied(read: ReadPost, said: Says, thresholds: Thresholds) -> ReadPost {
    let reading = said.of(read.reading);
    let about_us = said.about_us != Some(false);
    // Who says how urgent it is needs no reason of the engine's.
    let has_word = !reading.urgency.reasons.is_empty() || said.urgency.is_some();
    ReadPost {
        word: about_us && has_word && thresholds.shows_words(reading.urgency.level),
        brand: read.brand.filter(|_| about_us),
        reading,
        corrected: Some(said),
    }
}

fn unreadable() -> CorrectionOutcome {
    let error = StorageError::Unreadable { key: CORRECTIONS_KEY.to_owned() };
    CorrectionOutcome::Failed { message: sentence(&error.to_string()) }
}

#[cfg(test)]
mod tests {
    use earshot_reading::{Context, Level, Reader};

    use super::*;

    fn read(text: &str) -> ReadPost {
        let reading = Reader::new().read(text, &Context::default());
        ReadPost { reading, brand: Some("Northwind Air".into()), word: true, corrected: None }
    }

    fn waits(level: Level) -> Says {
        Says { urgency: Some(level), ..Says::default() }
    }

    #[test]
    fn a_word_follows_what_the_person_says() {
        let thresholds = Thresholds::default();
        for (text, says, word) in [
            ("Lovely day in Tromsø.", waits(Level::Critical), true),
            ("Stuck at gate B14, nobody answers!", waits(Level::None), false),
            ("Stuck at gate B14, nobody answers!", waits(Level::High), true),
            ("Stuck at gate B14, nobody answers!", Says { about_us: Some(false), ..Says::default() }, false),
        ] {
            assert_eq!(applied(read(text), says, thresholds).word, word, "{text}");
        }
    }

    #[test]
    fn what_is_not_about_us_names_no_brand() {
        let elsewhere = Says { about_us: Some(false), ..Says::default() };
        assert_eq!(applied(read("Northwind tonight"), elsewhere, Thresholds::default()).brand, None);
        let same = waits(Level::Low);
        assert!(applied(read("Northwind tonight"), same, Thresholds::default()).brand.is_some());
    }

    #[test]
    fn what_was_kept_comes_with_its_undo() {
        let text = "Third outage this week, love it";
        let (outcome, kept) = put(Some(Corrections::default()), text, text, waits(Level::High));
        let CorrectionOutcome::Kept { undo } = outcome else { panic!("it was kept") };
        let (outcome, kept) = take_back(kept, undo);
        assert_eq!(outcome, CorrectionOutcome::TakenBack);
        assert!(kept.unwrap().is_empty());
    }

    #[test]
    fn what_cannot_be_kept_says_why_and_changes_nothing() {
        let (outcome, kept) =
            put(Some(Corrections::default()), "late again today", "late tomorrow", waits(Level::Low));
        assert!(kept.is_none());
        assert_eq!(
            outcome,
            CorrectionOutcome::Failed {
                message: "These words do not stand in the post: take some away, but add none.".into()
            }
        );
        let (outcome, kept) = put(None, "late again", "late again", waits(Level::Low));
        assert!(kept.is_none() && matches!(outcome, CorrectionOutcome::Failed { .. }));
    }
}
