//! A text somebody published or sent, with author, place, time and reach as known.

use earshot_reading::{Context, Stars};
use serde::{Deserialize, Serialize};

use crate::{Platform, Timestamp};

/// A text somebody published or sent. What a platform does not say stays `None`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Post {
    /// Which post this is, everywhere and for ever.
    pub id: PostId,
    /// What sort of post.
    pub kind: Kind,
    /// Whether it reached us through a channel of ours.
    pub channel: Channel,
    /// Its words.
    pub text: Text,
    /// Who wrote it.
    #[serde(default)]
    pub author: Author,
    /// Who can see it.
    pub visibility: Visibility,
    /// When it was published, by the platform's clock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<Timestamp>,
    /// Where a person can read it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub permalink: Option<String>,
    /// The post or thread that it answers or belongs to, by the platform's own id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thread: Option<String>,
    /// The language as the platform states it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// The review's stars.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stars: Option<Stars>,
    /// How far it has gone.
    #[serde(default)]
    pub reach: Reach,
}

impl Post {
    /// What the engine may know of the post besides its text.
    #[must_use]
    pub fn context(&self) -> Context {
        Context {
            language: self.language.clone(),
            stars: self.stars,
            likes: self.reach.likes,
            followers: self.author.followers,
            public: Some(self.visibility != Visibility::Direct),
        }
    }
}

/// A post's identity: the platform and the platform's own id, as a string (ids exceed 2^53).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PostId {
    /// Where it stands.
    pub platform: Platform,
    /// The platform's own id. An edited post keeps the id of its first version.
    pub native: String,
}

/// What sort of post it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A post of its own: a tweet, a status, a topic, a video.
    Post,
    /// A comment or a reply below somebody's post.
    Comment,
    /// A message sent to us.
    Message,
    /// A review, with or without stars.
    Review,
}

/// How a post came to us, which decides whether it must name us to be about us.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// A comment on our page, a message to us, our handle in the post, a review of our listing: about us whatever its
    /// words.
    Ours,
    /// Anywhere else: the brand matcher decides.
    Elsewhere,
}

/// A post's words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "state", content = "words")]
pub enum Text {
    /// The words, as plain text.
    Delivered(String),
    /// The platform told of the post without its words (an Instagram mention, a Google review): they must be fetched.
    NotDelivered,
    /// The post has none: a photo, a sticker, stars alone.
    None,
}

impl Text {
    /// The words; empty where there are none.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Delivered(words) => words,
            Self::NotDelivered | Self::None => "",
        }
    }
}

/// Who wrote a post.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Author {
    /// The platform's own id of the account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The handle, without `@`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub handle: Option<String>,
    /// The name shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Followers of the account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub followers: Option<u64>,
}

/// Who can see a post.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Visibility {
    /// Said to us alone: a message.
    Direct,
    /// Said in a public conversation with us or others: a comment, a reply, a review.
    Public,
    /// Said to everybody who follows the author: a post of its own.
    Broadcast,
}

/// How far a post has gone, at the moment it was seen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Reach {
    /// Likes, upvotes or reactions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub likes: Option<u64>,
    /// Shares, reposts or quotes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shares: Option<u64>,
    /// Answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replies: Option<u64>,
}
