//! LinkedIn: a comment below the comment, in the organisation's name. Messages cannot be sent.
//! <https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/comments-api>

use earshot_mention::{Kind, Platform, Post};
use serde_json::json;

use super::request::{base, own_id, part};
use super::{Account, CannotReply, Draft, Replier, ReplyRequest, fitting};

const API: &str = "https://api.linkedin.com";
/// The version of the API that these requests were written for.
const VERSION: &str = "202610";

/// LinkedIn.
#[derive(Debug)]
pub(super) struct LinkedIn;

impl Replier for LinkedIn {
    fn platform(&self) -> Platform {
        Platform::named("linkedin")
    }

    fn request(
        &self,
        post: &Post,
        draft: &Draft<'_>,
        account: &Account,
    ) -> Result<ReplyRequest, CannotReply> {
        let words = fitting(draft.words, 1250)?;
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

    fn look(&self, post: &Post, account: &Account) -> Option<ReplyRequest> {
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
