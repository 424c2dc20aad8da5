//! Zendesk: a public comment on the ticket.
//! <https://developer.zendesk.com/api-reference/ticketing/tickets/tickets/#update-ticket>

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use earshot_mention::{Platform, Post};
use serde_json::json;

use super::request::{own_base, part};
use super::{Account, CannotReply, Draft, Limit, Replier, ReplyRequest};

/// Zendesk.
#[derive(Debug)]
pub(super) struct Zendesk;

impl Replier for Zendesk {
    fn platform(&self) -> Platform {
        Platform::named("zendesk")
    }

    fn limit(&self, post: &Post, _privately: bool) -> Option<Limit> {
        ticket(post).map(|_| Limit::of(65_000))
    }

    fn request(
        &self,
        post: &Post,
        draft: &Draft<'_>,
        account: &Account,
    ) -> Result<ReplyRequest, CannotReply> {
        let words = self.fitting(post, draft)?;
        let ticket = ticket(post).ok_or(CannotReply::NotPossible)?;
        let url = format!("{}/api/v2/tickets/{}.json", own_base(account)?, part(ticket));
        let body = json!({ "ticket": { "comment": { "body": words, "public": true } } });
        Ok(shown(ReplyRequest::put(url, account, &body), account))
    }

    fn shows_newest_first(&self) -> bool {
        true
    }

    fn look(&self, post: &Post, _privately: bool, account: &Account) -> Option<ReplyRequest> {
        let url = format!(
            "{}/api/v2/tickets/{}/comments.json?sort_order=desc",
            own_base(account).ok()?,
            part(ticket(post)?)
        );
        Some(shown(ReplyRequest::get(url, account), account))
    }
}

/// A comment hangs from its ticket, which hangs from nothing. What is said in the community or in a conversation that
/// is no ticket yet cannot be answered here.
fn ticket(post: &Post) -> Option<&str> {
    let number = post.thread.as_deref().unwrap_or(&post.id.native);
    number.bytes().all(|byte| byte.is_ascii_digit()).then_some(number).filter(|number| !number.is_empty())
}

/// An API token goes with an agent's address; without one it is an OAuth token.
fn shown(request: ReplyRequest, account: &Account) -> ReplyRequest {
    match &account.user {
        Some(user) => {
            let pair = STANDARD.encode(format!("{user}/token:{}", account.token.expose()));
            request.showing("authorization", format!("Basic {pair}"))
        }
        None => request,
    }
}
