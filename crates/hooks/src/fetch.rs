//! Fetching the words of a post that its platform told of without them: requests as data, sent by the edge.
//!
//! An Instagram mention is two ids, a Google review a name, a TikTok comment its number and its video's; LinkedIn may leave
//! the decoration of a comment or a share away, Facebook the words of a mention. The account that answers there may also read, so it is the
//! same [`Account`].

mod facebook;
mod google;
mod instagram;
mod linkedin;
mod tiktok;

use earshot_mention::{Platform, Post};

use crate::{Account, ReplyRequest};

/// How to fetch what one platform leaves out.
pub trait Fetcher: Sync {
    /// Which.
    fn platform(&self) -> Platform;

    /// The request that brings the words; `None` where the account or the post lacks something.
    fn request(&self, post: &Post, account: &Account) -> Option<ReplyRequest>;

    /// The post as the answer, which got a 2xx, has it; `None` where it cannot be read as one. What the answer does not
    /// say stays as it was.
    fn read(&self, post: &Post, answer: &[u8]) -> Option<Post>;

    /// Whether an answer that got a 2xx says all the same that it should be asked again later.
    fn is_for_later(&self, _answer: &[u8]) -> bool {
        false
    }
}

/// Every platform whose left-out words can be fetched.
pub static FETCHERS: &[&dyn Fetcher] =
    &[&facebook::Facebook, &instagram::Instagram, &google::Google, &linkedin::LinkedIn, &tiktok::TikTok];

/// How to fetch on this platform.
#[must_use]
pub fn fetcher(platform: &Platform) -> Option<&'static dyn Fetcher> {
    FETCHERS.iter().copied().find(|fetcher| fetcher.platform() == *platform)
}
