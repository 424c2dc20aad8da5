//! Google Business Profile: a review by its name.
//! <https://developers.google.com/my-business/reference/rest/v4/accounts.locations.reviews/get>

use earshot_mention::{Platform, Post};
use earshot_reading::Stars;
use serde_json::Value;

use super::Fetcher;
use crate::item::label;
use crate::moment::moment;
use crate::reply::{GOOGLE, base, review_name};
use crate::text::words_or_none;
use crate::{Account, ReplyRequest};

/// Google Business Profile.
#[derive(Debug)]
pub(super) struct Google;

impl Fetcher for Google {
    fn platform(&self) -> Platform {
        Platform::named("google")
    }

    fn request(&self, post: &Post, account: &Account) -> Option<ReplyRequest> {
        Some(ReplyRequest::get(format!("{}/v4/{}", base(account, GOOGLE), review_name(post)?), account))
    }

    fn read(&self, post: &Post, answer: &[u8]) -> Option<Post> {
        let review: Value = serde_json::from_slice(answer).ok()?;
        let stars = match review["starRating"].as_str()? {
            "ONE" => Stars::new(1),
            "TWO" => Stars::new(2),
            "THREE" => Stars::new(3),
            "FOUR" => Stars::new(4),
            "FIVE" => Stars::new(5),
            _ => None,
        };
        let mut post = post.clone();
        // A comment in another language comes with Google's translation before or behind it; both are read.
        post.text = words_or_none(&review["comment"]);
        post.stars = stars.or(post.stars);
        post.author.name = label(&review["reviewer"]["displayName"]).or(post.author.name);
        post.published = moment(&review["createTime"]).or(post.published);
        Some(post)
    }
}
