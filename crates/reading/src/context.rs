//! What is known of a post besides its text.

use serde::{Deserialize, Serialize};

/// What is known of a post besides its text. Every field may be unknown; none is needed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Context {
    /// The language as the platform states it (BCP 47, e.g. `en` or `pt-BR`). A hint: the text may overrule it.
    pub language: Option<String>,
    /// The review's stars.
    pub stars: Option<Stars>,
    /// Likes, upvotes or reactions the post has received.
    pub likes: Option<u64>,
    /// Followers of the author.
    pub followers: Option<u64>,
    /// `true` for a post that anybody can see, `false` for a direct message.
    pub public: Option<bool>,
}

/// The stars of a review, one to five.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Stars(u8);

impl Stars {
    /// `Some` for 1 to 5.
    #[must_use]
    pub fn new(stars: u8) -> Option<Self> {
        (1..=5).contains(&stars).then_some(Self(stars))
    }

    /// One to five.
    #[must_use]
    pub fn get(self) -> u8 {
        self.0
    }
}

impl TryFrom<u8> for Stars {
    type Error = StarsOutOfRange;

    fn try_from(stars: u8) -> Result<Self, Self::Error> {
        Self::new(stars).ok_or(StarsOutOfRange(stars))
    }
}

impl From<Stars> for u8 {
    fn from(stars: Stars) -> Self {
        stars.0
    }
}

/// A number of stars that no review has.
#[derive(Debug, thiserror::Error)]
#[error("a review has 1 to 5 stars, not {0}")]
pub struct StarsOutOfRange(u8);
