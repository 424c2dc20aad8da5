//! WhatsApp: a message back, within 24 hours of the customer's last.
//! <https://developers.facebook.com/docs/whatsapp/cloud-api/messages/text-messages>

use earshot_mention::{Platform, Post};
use serde_json::json;

use super::meta::{GRAPH, graph_error};
use super::request::{author_id, base, own_id, part};
use super::{Account, CannotReply, DAY, Draft, Limit, Refused, Replier, ReplyRequest};

/// WhatsApp.
#[derive(Debug)]
pub(super) struct WhatsApp;

impl Replier for WhatsApp {
    fn platform(&self) -> Platform {
        Platform::named("whatsapp")
    }

    fn limit(&self, _post: &Post, _privately: bool) -> Option<Limit> {
        Some(Limit::of(4096).within(DAY))
    }

    fn request(
        &self,
        post: &Post,
        draft: &Draft<'_>,
        account: &Account,
    ) -> Result<ReplyRequest, CannotReply> {
        let words = self.fitting(post, draft)?;
        let person = author_id(post)?;
        // A business-scoped id has the country before a full stop; a phone number is digits.
        let to = if person.contains('.') { "recipient" } else { "to" };
        let url = format!("{}/{}/messages", base(account, GRAPH), part(own_id(account)?));
        let body = json!({
            "messaging_product": "whatsapp",
            "recipient_type": "individual",
            to: person,
            "type": "text",
            "context": { "message_id": post.id.native },
            "text": { "body": words },
        });
        Ok(ReplyRequest::post(url, account, &body))
    }

    /// WhatsApp shows nobody what was sent.
    fn look(&self, _post: &Post, _privately: bool, _account: &Account) -> Option<ReplyRequest> {
        None
    }

    fn refused(&self, status: u16, answer: &[u8]) -> Refused {
        graph_error(status, answer)
    }
}
