//! YouTube: an answer below a comment, or a comment below a video.
//! <https://developers.google.com/youtube/v3/docs/comments/insert>

use earshot_mention::{Kind, Platform, Post};
use serde_json::{Value, json};

use super::request::{base, part};
use super::{Account, CannotReply, Draft, Limit, Refused, Replier, ReplyRequest};

const API: &str = "https://www.googleapis.com";

/// YouTube.
#[derive(Debug)]
pub(super) struct YouTube;

impl Replier for YouTube {
    fn platform(&self) -> Platform {
        Platform::named("youtube")
    }

    fn limit(&self, _post: &Post, privately: bool) -> Option<Limit> {
        (!privately).then_some(Limit::of(10_000))
    }

    fn request(
        &self,
        post: &Post,
        draft: &Draft<'_>,
        account: &Account,
    ) -> Result<ReplyRequest, CannotReply> {
        let words = self.fitting(post, draft)?;
        let base = base(account, API);
        if post.kind == Kind::Comment {
            let body = json!({ "snippet": { "parentId": top(post), "textOriginal": words } });
            return Ok(ReplyRequest::post(
                format!("{base}/youtube/v3/comments?part=snippet"),
                account,
                &body,
            ));
        }
        let comment = json!({ "snippet": { "textOriginal": words } });
        let body = json!({ "snippet": { "videoId": post.id.native, "topLevelComment": comment } });
        Ok(ReplyRequest::post(format!("{base}/youtube/v3/commentThreads?part=snippet"), account, &body))
    }

    fn look(&self, post: &Post, _privately: bool, account: &Account) -> Option<ReplyRequest> {
        let base = base(account, API);
        let url = if post.kind == Kind::Comment {
            format!(
                "{base}/youtube/v3/comments?part=snippet&maxResults=100&textFormat=plainText&parentId={}",
                part(top(post))
            )
        } else {
            format!(
                "{base}/youtube/v3/commentThreads?part=snippet&textFormat=plainText&order=time&maxResults=100&videoId={}",
                part(&post.id.native)
            )
        };
        Some(ReplyRequest::get(url, account))
    }

    fn refused(&self, status: u16, answer: &[u8]) -> Refused {
        let answer: Value = serde_json::from_slice(answer).unwrap_or_default();
        match answer["error"]["errors"][0]["reason"].as_str() {
            Some("quotaExceeded" | "rateLimitExceeded" | "dailyLimitExceeded") => Refused::TooMany,
            Some("commentsDisabled" | "forbidden" | "ineligibleAccount") => Refused::NotAllowed,
            Some("commentTextTooLong" | "processingFailure" | "commentTextRequired") => Refused::Words,
            Some("parentCommentNotFound" | "videoNotFound") => Refused::Gone,
            _ => Refused::from_status(status),
        }
    }
}

/// An answer's id is its top comment's, a full stop, and its own; answers hang from the top comment only.
fn top(post: &Post) -> &str {
    post.id.native.split('.').next().unwrap_or(&post.id.native)
}
