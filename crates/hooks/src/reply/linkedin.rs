//! LinkedIn: a comment below the comment, in the organisation's name. Messages cannot be sent.
//! <https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/comments-api>

use earshot_mention::{Kind, Platform, Post};
use serde_json::json;

use super::request::{base, own_id, part};
use super::{Account, CannotReply, Draft, Limit, Replier, ReplyRequest};

pub(crate) const API: &str = "https://api.linkedin.com";
/// The version of the API that these requests were written for.
pub(crate) const VERSION: &str = "202610";

/// LinkedIn.
#[derive(Debug)]
pub(super) struct LinkedIn;

impl Replier for LinkedIn {
    fn platform(&self) -> Platform {
        Platform::named("linkedin")
    }

    fn limit(&self, post: &Post, privately: bool) -> Option<Limit> {
        (!privately && post.kind != Kind::Message).then_some(Limit::of(1250))
    }

    fn request(
        &self,
        post: &Post,
        draft: &Draft<'_>,
        account: &Account,
    ) -> Result<ReplyRequest, CannotReply> {
        let words = self.fitting(post, draft)?;
        let on = root(post).ok_or(CannotReply::NotPossible)?;
        let url = format!("{}/rest/socialActions/{}/comments", base(account, API), part(&post.id.native));
        let mut body = json!({ "actor": own_id(account)?, "object": on, "message": { "text": words } });
        if post.kind == Kind::Comment {
            body["parentComment"] = json!(post.id.native);
        }
        Ok(ReplyRequest::post(url, account, &body)
            .with("linkedin-version", VERSION)
            .with("x-restli-protocol-version", "2.0.0"))
    }

    fn permalink(&self, id: &str) -> Option<String> {
        id.starts_with("urn:li:").then(|| format!("https://www.linkedin.com/feed/update/{}/", part(id)))
    }

    fn look(&self, post: &Post, _privately: bool, account: &Account) -> Option<ReplyRequest> {
        let url = format!("{}/rest/socialActions/{}/comments", base(account, API), part(&post.id.native));
        Some(
            ReplyRequest::get(url, account)
                .with("linkedin-version", VERSION)
                .with("x-restli-protocol-version", "2.0.0"),
        )
    }
}

/// The post that everything hangs from.
fn root(post: &Post) -> Option<&str> {
    if post.kind == Kind::Comment { post.thread.as_deref() } else { Some(&post.id.native) }
}
