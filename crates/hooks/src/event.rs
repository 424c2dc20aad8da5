//! What a webhook tells of.

use earshot_mention::{Post, PostId, Timestamp};
use serde::{Deserialize, Serialize};

/// One thing that a webhook tells of. Written down where a batch waits to be taken in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// Somebody posted.
    Posted(Post),
    /// Somebody changed what they had posted: the post as it is now.
    Edited {
        /// The post as it is now.
        post: Post,
        /// When it was changed, where the platform says.
        at: Option<Timestamp>,
    },
    /// The platform has given a post that it already calls `id` another one, by which it may say that it is gone: on X
    /// every edit has an id of its own. Comes before what the edit says.
    AlsoKnownAs {
        /// By which the post is kept.
        id: PostId,
        /// The other one.
        also: PostId,
    },
    /// A post is gone.
    Deleted {
        /// Which.
        id: PostId,
        /// When, where the platform says.
        at: Option<Timestamp>,
    },
    /// Nothing for us, for a stated reason.
    Dropped(DropReason),
}

/// Why an item of a webhook is nothing for us. Counted, never logged with the item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum DropReason {
    /// Written by an account of ours.
    Own,
    /// A like, a reaction, a share without words, a read receipt, a delivery status.
    NoWords,
    /// A kind of event that this adapter knows and has no use for.
    NotAPost,
    /// A kind of event that this adapter does not know.
    UnknownEvent,
    /// The item lacks what makes it a post: its id, for one.
    Malformed,
}
