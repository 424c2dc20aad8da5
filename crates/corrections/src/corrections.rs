//! All corrections that are kept, and which of them hold of a text.

use serde::{Deserialize, Serialize};

use crate::{Correction, CorrectionError, CorrectionId, Says, Wording};

/// All corrections that are kept, oldest first; one an id.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<Correction>", into = "Vec<Correction>")]
pub struct Corrections(Vec<Known>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Known {
    correction: Correction,
    wording: Wording,
}

impl Corrections {
    /// How many are kept at most: what a browser's storage holds many times over and a text is held against in
    /// microseconds.
    pub const MOST: usize = 500;

    /// Keeps what a person says of these words of a post: of its whole wording, or of a phrase of it. What was said before
    /// of the same words, and is not said anew, stays. Gives what is kept now, and what it stands in for: together they
    /// are what [`Self::take_back`] wants.
    ///
    /// # Errors
    /// As for [`Correction::of_post`] and [`Self::put`].
    pub fn say(
        &mut self,
        post: &str,
        words: &str,
        says: Says,
    ) -> Result<(Correction, Option<Correction>), CorrectionError> {
        let said = Correction::of_post(post, words, says)?;
        let id = said.id();
        let correction = match self.iter().find(|known| known.id() == id) {
            Some(known) => said.over(known),
            None => said,
        };
        let before = self.put(correction.clone())?;
        Ok((correction, before))
    }

    /// Keeps a correction in place of the one of the same wording, which comes back.
    ///
    /// # Errors
    /// Where as many as fit are kept.
    pub fn put(&mut self, correction: Correction) -> Result<Option<Correction>, CorrectionError> {
        let wording = Wording::of(correction.text());
        let before = self.0.iter().position(|known| {
            known.wording == wording && known.correction.is_phrase() == correction.is_phrase()
        });
        if before.is_none() && self.0.len() >= Self::MOST {
            return Err(CorrectionError::Full);
        }
        let before = before.map(|place| self.0.remove(place).correction);
        self.0.push(Known { correction, wording });
        Ok(before)
    }

    /// Forgets one; gives it where it was there.
    pub fn remove(&mut self, id: &CorrectionId) -> Option<Correction> {
        let place = self.0.iter().position(|known| known.correction.id() == *id)?;
        Some(self.0.remove(place).correction)
    }

    /// Takes [`Self::put`] back: forgets this correction and keeps the one that stood in its place before.
    pub fn take_back(&mut self, put: &Correction, before: Option<Correction>) {
        self.remove(&put.id());
        if let Some(before) = before {
            // There is room: one was forgotten just now, or it stands in for one that somebody else forgot meanwhile.
            let _ = self.put(before);
        }
    }

    /// Every correction, oldest first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Correction> {
        self.0.iter().map(|known| &known.correction)
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What was said of this text, if anything. The correction of its whole wording goes before those of phrases, a
    /// longer phrase before a shorter, a newer before an older; each fills in what those before it leave out.
    #[must_use]
    pub fn said_of(&self, text: &str) -> Option<Says> {
        if self.0.is_empty() {
            return None;
        }
        let text = Wording::of(text);
        let mut hold: Vec<&Known> = self
            .0
            .iter()
            .rev()
            .filter(|known| match known.correction.is_phrase() {
                true => known.wording.stands_in(&text),
                false => known.wording == text,
            })
            .collect();
        hold.sort_by_key(|known| {
            (known.correction.is_phrase(), std::cmp::Reverse(known.wording.as_str().len()))
        });
        hold.into_iter().map(|known| known.correction.says()).fold(None, |said: Option<Says>, says| {
            Some(said.map_or_else(|| says.clone(), |said| said.or(says)))
        })
    }
}

impl From<Vec<Correction>> for Corrections {
    /// Later ones take the place of earlier ones of the same wording; beyond [`Corrections::MOST`] they are left out.
    fn from(corrections: Vec<Correction>) -> Self {
        let mut kept = Self::default();
        for correction in corrections {
            let _ = kept.put(correction);
        }
        kept
    }
}

impl From<Corrections> for Vec<Correction> {
    fn from(corrections: Corrections) -> Self {
        corrections.0.into_iter().map(|known| known.correction).collect()
    }
}
