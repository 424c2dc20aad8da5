//! Discourse: a post in the topic, as an answer to the post.
//! <https://docs.discourse.org/#tag/Posts/operation/createTopicPostPM>

use earshot_mention::{Platform, Post};
use serde_json::json;

use super::request::{own_base, part};
use super::{Account, CannotReply, Draft, Limit, Replier, ReplyRequest};

/// Discourse.
#[derive(Debug)]
pub(super) struct Discourse;

impl Replier for Discourse {
    fn platform(&self) -> Platform {
        Platform::named("discourse")
    }

    fn limit(&self, _post: &Post, privately: bool) -> Option<Limit> {
        (!privately).then_some(Limit::of(32_000))
    }

    fn request(
        &self,
        post: &Post,
        draft: &Draft<'_>,
        account: &Account,
    ) -> Result<ReplyRequest, CannotReply> {
        let words = self.fitting(post, draft)?;
        let topic: u64 =
            post.thread.as_deref().and_then(|topic| topic.parse().ok()).ok_or(CannotReply::NotPossible)?;
        let mut body = json!({ "topic_id": topic, "raw": words });
        if let Some(number) = number(post) {
            body["reply_to_post_number"] = json!(number);
        }
        let request = ReplyRequest::post(format!("{}/posts.json", own_base(account)?), account, &body);
        Ok(keyed(request, account))
    }

    fn look(&self, post: &Post, _privately: bool, account: &Account) -> Option<ReplyRequest> {
        // What answers no post in particular is not among a post's answers.
        number(post)?;
        let url = format!("{}/posts/{}/replies.json", own_base(account).ok()?, part(&post.id.native));
        Some(keyed(ReplyRequest::get(url, account), account))
    }
}

fn keyed(request: ReplyRequest, account: &Account) -> ReplyRequest {
    let request = request.showing("api-key", account.token.expose());
    request.with("api-username", account.user.as_deref().unwrap_or("system"))
}

/// The post's number within the topic, which ends its address.
fn number(post: &Post) -> Option<u64> {
    post.permalink.as_deref()?.rsplit('/').next()?.parse().ok()
}
