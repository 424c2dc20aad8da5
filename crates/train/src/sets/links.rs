//! Links in some texts and not in others.

use crate::soft_labels::key;
use crate::{Example, Use};

/// Takes the links out of every other English text that is learnt from, the same ones each time. Who writes a link often
/// has news to tell and says nothing of his own, so a model that always sees them comes to lean on them; but a page may
/// show a post's link as a card beside it, and the tweets that models are compared by have theirs taken out.
pub fn leave_out_links(examples: &mut [Example]) {
    let learnt = examples.iter_mut().filter(|example| example.used == Use::Train && example.language == "en");
    for example in learnt.filter(|example| example.text.contains("http")) {
        if key(&example.text)[1].is_multiple_of(2) {
            let words = example.text.split(' ').filter(|word| !word.starts_with("http"));
            example.text = words.collect::<Vec<_>>().join(" ");
        }
    }
}
