//! Threads: a container first, then its publication.
//! <https://developers.facebook.com/docs/threads/reply-management>

use earshot_mention::{Platform, Post};
use serde_json::json;

use super::meta::graph_error;
use super::request::{base, own_id, part};
use super::{Account, Answered, CannotReply, Draft, Limit, Refused, Replier, ReplyRequest, Said, said_id};

const API: &str = "https://graph.threads.net/v1.0";

/// Threads.
#[derive(Debug)]
pub(super) struct Threads;

impl Replier for Threads {
    fn platform(&self) -> Platform {
        Platform::named("threads")
    }

    fn limit(&self, _post: &Post, privately: bool) -> Option<Limit> {
        (!privately).then_some(Limit::of(500))
    }

    fn request(
        &self,
        post: &Post,
        draft: &Draft<'_>,
        account: &Account,
    ) -> Result<ReplyRequest, CannotReply> {
        let words = self.fitting(post, draft)?;
        let url = format!("{}/{}/threads", base(account, API), part(own_id(account)?));
        Ok(ReplyRequest::post(
            url,
            account,
            &json!({ "media_type": "TEXT", "text": words, "reply_to_id": post.id.native }),
        ))
    }

    /// The first answer has the container's id, the second the reply's. The container alone is not seen by anybody.
    fn answered(
        &self,
        request: &ReplyRequest,
        answer: &[u8],
        account: &Account,
    ) -> Result<Answered, Refused> {
        if request.url.ends_with("/threads_publish") {
            return Ok(Answered::Sent(Said { id: said_id(answer), permalink: None }));
        }
        let Some(container) = said_id(answer) else { return Err(Refused::Trouble) };
        let url =
            format!("{}/{}/threads_publish", base(account, API), part(account.id.as_deref().unwrap_or("me")));
        Ok(Answered::Then(ReplyRequest::post(url, account, &json!({ "creation_id": container }))))
    }

    fn look(&self, post: &Post, _privately: bool, account: &Account) -> Option<ReplyRequest> {
        let url = format!(
            "{}/{}/replies?fields=id,text,timestamp&limit=100",
            base(account, API),
            part(&post.id.native)
        );
        Some(ReplyRequest::get(url, account))
    }

    fn refused(&self, status: u16, answer: &[u8]) -> Refused {
        graph_error(status, answer)
    }
}
