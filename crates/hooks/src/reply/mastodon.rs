//! Mastodon: a status in answer, as public as the one that is answered. A key makes a second delivery the first.
//! <https://docs.joinmastodon.org/methods/statuses/#create>

use earshot_mention::{Platform, Post, Visibility};
use serde_json::{Value, json};

use super::request::{own_base, part};
use super::{Account, Answered, CannotReply, Draft, Limit, Refused, Replier, ReplyRequest, Said, said_id};
use crate::item::link;

/// Mastodon.
#[derive(Debug)]
pub(super) struct Mastodon;

impl Replier for Mastodon {
    fn platform(&self) -> Platform {
        Platform::named("mastodon")
    }

    fn limit(&self, post: &Post, _privately: bool) -> Option<Limit> {
        // Who is not named is not told.
        Some(Limit::of(500 - naming(post).chars().count().min(499)))
    }

    fn request(
        &self,
        post: &Post,
        draft: &Draft<'_>,
        account: &Account,
    ) -> Result<ReplyRequest, CannotReply> {
        let status = format!("{}{}", naming(post), self.fitting(post, draft)?);
        let direct = draft.privately || post.visibility == Visibility::Direct;
        let body = json!({
            "status": status,
            "in_reply_to_id": post.id.native,
            "visibility": if direct { "direct" } else { "public" },
        });
        let request = ReplyRequest::post(format!("{}/api/v1/statuses", own_base(account)?), account, &body);
        Ok(request.with("idempotency-key", draft.key))
    }

    fn answered(
        &self,
        _request: &ReplyRequest,
        answer: &[u8],
        _account: &Account,
    ) -> Result<Answered, Refused> {
        let told: Value = serde_json::from_slice(answer).unwrap_or_default();
        Ok(Answered::Sent(Said { id: said_id(answer), permalink: link(&told["url"]) }))
    }

    fn look(&self, post: &Post, _privately: bool, account: &Account) -> Option<ReplyRequest> {
        let url = format!("{}/api/v1/statuses/{}/context", own_base(account).ok()?, part(&post.id.native));
        Some(ReplyRequest::get(url, account))
    }
}

fn naming(post: &Post) -> String {
    post.author.handle.as_ref().map_or_else(String::new, |handle| format!("@{handle} "))
}
