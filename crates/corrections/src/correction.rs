//! One correction.

use std::fmt;

use earshot_reading::Level;
use serde::{Deserialize, Serialize};

use crate::{Emotion, Feeling, Says, Wording};

/// What a person says of a wording. Its JSON is a line of what `earshot train --add` reads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Written", into = "Written")]
pub struct Correction {
    text: String,
    phrase: bool,
    says: Says,
}

/// What tells one correction from another: of a wording there is one, whole, and one as a phrase.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct CorrectionId(String);

impl fmt::Display for CorrectionId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl Correction {
    /// The longest text that is kept, in bytes; of a longer one a phrase can be.
    pub const LONGEST: usize = 4_000;

    /// Of a post's whole wording.
    ///
    /// # Errors
    /// Where the text has no words or is too long, or nothing is said of it.
    pub fn whole(text: &str, says: Says) -> Result<Self, CorrectionError> {
        Self::new(text, false, says)
    }

    /// Of a phrase, wherever it stands.
    ///
    /// # Errors
    /// Where it is a single word (which says too little to hold everywhere), too long, or nothing is said of it.
    pub fn phrase(text: &str, says: Says) -> Result<Self, CorrectionError> {
        Self::new(text, true, says)
    }

    /// Of these words of a post: of its whole wording where they are that, else of a phrase of it.
    ///
    /// # Errors
    /// Where the words do not stand in the post, and as for [`Self::whole`] and [`Self::phrase`].
    pub fn of_post(post: &str, words: &str, says: Says) -> Result<Self, CorrectionError> {
        let (post, chosen) = (Wording::of(post), Wording::of(words));
        if chosen == post {
            return Self::whole(words, says);
        }
        if chosen.words() > 0 && !chosen.stands_in(&post) {
            return Err(CorrectionError::NotInThePost);
        }
        Self::phrase(words, says)
    }

    fn new(text: &str, phrase: bool, says: Says) -> Result<Self, CorrectionError> {
        let text = text.trim();
        if text.len() > Self::LONGEST {
            return Err(CorrectionError::TooLong);
        }
        match Wording::of(text).words() {
            0 => return Err(CorrectionError::NoWords),
            1 if phrase => return Err(CorrectionError::OneWord),
            _ => {}
        }
        if says.is_empty() {
            return Err(CorrectionError::SaysNothing);
        }
        Ok(Self { text: text.to_owned(), phrase, says })
    }

    /// The words as they were written.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether it holds wherever these words stand, and not only where a post is nothing else.
    #[must_use]
    pub const fn is_phrase(&self) -> bool {
        self.phrase
    }

    /// What is said of them.
    #[must_use]
    pub const fn says(&self) -> &Says {
        &self.says
    }

    /// This, and of what it leaves out what `other` says.
    pub(crate) fn over(self, other: &Self) -> Self {
        Self { says: self.says.or(&other.says), ..self }
    }

    /// What tells it from others.
    #[must_use]
    pub fn id(&self) -> CorrectionId {
        CorrectionId(format!(
            "{} {}",
            if self.phrase { "phrase" } else { "whole" },
            Wording::of(&self.text).as_str()
        ))
    }
}

/// A correction as it is written, by us or by hand.
#[derive(Serialize, Deserialize)]
struct Written {
    text: String,
    #[serde(default, skip_serializing_if = "is_false")]
    phrase: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sentiment: Option<Feeling>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    urgency: Option<Level>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    emotions: Option<Vec<Emotion>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    about_us: Option<bool>,
}

impl TryFrom<Written> for Correction {
    type Error = CorrectionError;

    fn try_from(written: Written) -> Result<Self, Self::Error> {
        let Written { text, phrase, sentiment, urgency, emotions, about_us } = written;
        Self::new(&text, phrase, Says { sentiment, urgency, emotions, about_us })
    }
}

impl From<Correction> for Written {
    fn from(correction: Correction) -> Self {
        let Correction { text, phrase, says: Says { sentiment, urgency, emotions, about_us } } = correction;
        Self { text, phrase, sentiment, urgency, emotions, about_us }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands out references")]
fn is_false(flag: &bool) -> bool {
    !flag
}

/// Why a correction cannot be kept. Never says the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CorrectionError {
    /// Nothing but punctuation, addresses and handles.
    #[error("there are no words that could be known again")]
    NoWords,
    /// A phrase of one word.
    #[error("one word says too little to hold everywhere: leave at least two")]
    OneWord,
    /// Over [`Correction::LONGEST`].
    #[error("the text is too long to be kept whole: leave the words that matter")]
    TooLong,
    /// The words are not the post's.
    #[error("these words do not stand in the post: take some away, but add none")]
    NotInThePost,
    /// Nothing is said.
    #[error("nothing was changed: choose what is right first")]
    SaysNothing,
    /// There are [`Corrections::MOST`](crate::Corrections::MOST).
    #[error("as many corrections as fit are kept: export them in the options, then remove some")]
    Full,
}
