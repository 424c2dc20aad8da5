//! The model card.

use std::fmt::Write as _;

use super::Section;

/// Everything that has to be said of the model besides its figures.
const BEFORE: &str = include_str!("card_before.md");
/// Limits and known failures.
const AFTER: &str = include_str!("card_after.md");

/// The card: what the model is and learnt from, the figures, its limits.
#[must_use]
pub fn card(sections: &[Section]) -> String {
    let mut card = BEFORE.to_owned();
    for section in sections {
        let _ = write!(card, "\n### {}\n{}", section.title, section.body);
    }
    card.push('\n');
    card.push_str(AFTER);
    card
}
