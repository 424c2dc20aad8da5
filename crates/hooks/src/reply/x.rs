//! X: a reply below the post, or a direct message. Since 2026-02 a self-serve app may reply only to posts whose author
//! mentioned or quoted the account.
//! <https://docs.x.com/x-api/posts/create-post>

use earshot_mention::{Kind, Platform, Post};
use serde_json::{Value, json};

use super::request::{author_id, base, part};
use super::{Account, Answered, CannotReply, Draft, Limit, Refused, Replier, ReplyRequest, Said, said_id};

const API: &str = "https://api.x.com";

/// X.
#[derive(Debug)]
pub(super) struct X;

impl Replier for X {
    fn platform(&self) -> Platform {
        Platform::named("x")
    }

    fn limit(&self, post: &Post, privately: bool) -> Option<Limit> {
        let is_message = privately || post.kind == Kind::Message;
        Some(Limit::of(if is_message { 10_000 } else { 280 }))
    }

    fn request(
        &self,
        post: &Post,
        draft: &Draft<'_>,
        account: &Account,
    ) -> Result<ReplyRequest, CannotReply> {
        let base = base(account, API);
        let words = self.fitting(post, draft)?;
        if post.kind == Kind::Message || draft.privately {
            let url = format!("{base}/2/dm_conversations/with/{}/messages", part(author_id(post)?));
            return Ok(ReplyRequest::post(url, account, &json!({ "text": words })));
        }
        let body = json!({ "text": words, "reply": { "in_reply_to_tweet_id": post.id.native } });
        Ok(ReplyRequest::post(format!("{base}/2/tweets"), account, &body))
    }

    fn look(&self, post: &Post, privately: bool, account: &Account) -> Option<ReplyRequest> {
        let base = base(account, API);
        let url = if post.kind == Kind::Message || privately {
            format!(
                "{base}/2/dm_conversations/with/{}/dm_events?dm_event.fields=created_at,text&max_results=100",
                part(post.author.id.as_deref()?)
            )
        } else {
            let query = format!("in_reply_to_tweet_id:{} from:{}", post.id.native, account.id.as_deref()?);
            format!(
                "{base}/2/tweets/search/recent?query={}&tweet.fields=created_at&max_results=100",
                part(&query)
            )
        };
        Some(ReplyRequest::get(url, account))
    }

    fn shows_newest_first(&self) -> bool {
        true
    }

    fn permalink(&self, id: &str) -> Option<String> {
        id.bytes().all(|byte| byte.is_ascii_digit()).then(|| format!("https://x.com/i/web/status/{id}"))
    }

    fn answered(
        &self,
        request: &ReplyRequest,
        answer: &[u8],
        _account: &Account,
    ) -> Result<Answered, Refused> {
        let id = said_id(answer);
        let is_message = request.url.ends_with("/messages");
        let permalink = id.as_deref().filter(|_| !is_message).and_then(|id| self.permalink(id));
        Ok(Answered::Sent(Said { id, permalink }))
    }

    fn refused(&self, status: u16, answer: &[u8]) -> Refused {
        let answer: Value = serde_json::from_slice(answer).unwrap_or_default();
        let detail = answer["detail"].as_str().unwrap_or_default();
        match status {
            403 if detail.contains("duplicate content") => Refused::Duplicate,
            403 if detail.contains("deleted") || detail.contains("not visible") => Refused::Gone,
            400 if detail.contains("deleted or not visible") => Refused::Gone,
            400 => Refused::Words,
            _ => Refused::from_status(status),
        }
    }
}
