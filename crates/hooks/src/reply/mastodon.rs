//! Mastodon: a status in answer, as public as the one that is answered. A key makes a second delivery the first.
//! <https://docs.joinmastodon.org/methods/statuses/#create>

use earshot_mention::{Platform, Post, Visibility};
use serde_json::json;

use super::request::{own_base, part};
use super::{Account, CannotReply, Draft, Replier, ReplyRequest, fitting};

/// Mastodon.
#[derive(Debug)]
pub(super) struct Mastodon;

impl Replier for Mastodon {
    fn platform(&self) -> Platform {
        Platform::named("mastodon")
    }

    fn request(
        &self,
        post: &Post,
        draft: &Draft<'_>,
        account: &Account,
    ) -> Result<ReplyRequest, CannotReply> {
        // Who is not named is not told.
        let named = post.author.handle.as_ref().map_or_else(String::new, |handle| format!("@{handle} "));
        let status = format!("{named}{}", draft.words.trim());
        fitting(draft.words, 500)?;
        fitting(&status, 500)?;
        let direct = draft.privately || post.visibility == Visibility::Direct;
        let body = json!({
            "status": status,
            "in_reply_to_id": post.id.native,
            "visibility": if direct { "direct" } else { "public" },
        });
        let request = ReplyRequest::post(format!("{}/api/v1/statuses", own_base(account)?), account, &body);
        Ok(request.with("idempotency-key", draft.key))
    }

    fn look(&self, post: &Post, account: &Account) -> Option<ReplyRequest> {
        let url = format!("{}/api/v1/statuses/{}/context", own_base(account).ok()?, part(&post.id.native));
        Some(ReplyRequest::get(url, account))
    }
}
