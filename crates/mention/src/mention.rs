//! A post that concerns a brand of ours, with its reading.

use std::fmt;

use earshot_reading::Reading;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{BrandId, Flag, Platform, Post, PostId, Timestamp};

/// A flagged mention: what KV holds. Written once, under a key that its [`MentionId`] determines.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Mention {
    /// Its identity, which the post's determines.
    pub id: MentionId,
    /// What was said.
    pub post: Post,
    /// What the engine makes of it.
    pub reading: Reading,
    /// The brand it concerns, where one of several was named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub brand: Option<BrandId>,
    /// Why somebody should look at it.
    pub flag: Flag,
    /// When it reached us.
    pub received: Timestamp,
}

/// A mention's identity inside its workspace: `x.1789…`. The same post has the same id however often and whichever way
/// it reaches us, so a second delivery writes the same key, and what a page shows and what a webhook says are one
/// mention. Fits an address and a KV key without escaping: at most 129 of `a-z A-Z 0-9 . _ -`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct MentionId(String);

/// Native ids up to this length stand in the mention's id as they are; longer ones as a hash.
const LONGEST_PLAIN_NATIVE: usize = 96;

impl MentionId {
    /// The id of the mention that `post` is.
    #[must_use]
    pub fn of(post: &PostId) -> Self {
        let native = &post.native;
        let plain = (1..=LONGEST_PLAIN_NATIVE).contains(&native.len()) && native.bytes().all(is_plain);
        // A plain id never starts with `~`-like marks, so a hashed one is set apart by its two dots.
        if plain {
            Self(format!("{}.{native}", post.platform))
        } else {
            let digest = Sha256::digest(native.as_bytes());
            Self(format!("{}..{}", post.platform, hex::encode(&digest[..16])))
        }
    }

    /// Takes an id as it stands in an address.
    ///
    /// # Errors
    /// Where it could not be one.
    pub fn parse(id: &str) -> Result<Self, MentionIdError> {
        let (platform, rest) = id.split_once('.').ok_or(MentionIdError)?;
        Platform::parse(platform).map_err(|_| MentionIdError)?;
        let fits = (1..=LONGEST_PLAIN_NATIVE).contains(&rest.len())
            && rest.bytes().all(|byte| is_plain(byte) || byte == b'.');
        if fits { Ok(Self(id.to_owned())) } else { Err(MentionIdError) }
    }

    /// The id as it stands in addresses and keys.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-'
}

impl fmt::Display for MentionId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl TryFrom<String> for MentionId {
    type Error = MentionIdError;

    fn try_from(id: String) -> Result<Self, Self::Error> {
        Self::parse(&id)
    }
}

impl From<MentionId> for String {
    fn from(id: MentionId) -> Self {
        id.0
    }
}

/// Not a mention's id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a mention's id is a platform, a dot, and up to 96 of a-z A-Z 0-9 . _ -")]
pub struct MentionIdError;
