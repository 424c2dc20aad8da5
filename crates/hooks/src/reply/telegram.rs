//! Telegram: a message in the chat, as an answer to the message.
//! <https://core.telegram.org/bots/api#sendmessage>

use earshot_mention::{Kind, Platform, Post};
use serde_json::{Value, json};

use super::request::base;
use super::{Account, Answered, CannotReply, Draft, Limit, Refused, Replier, ReplyRequest, Said, said_id};

const API: &str = "https://api.telegram.org";

/// Telegram.
#[derive(Debug)]
pub(super) struct Telegram;

impl Replier for Telegram {
    fn platform(&self) -> Platform {
        Platform::named("telegram")
    }

    fn limit(&self, post: &Post, privately: bool) -> Option<Limit> {
        (!privately || post.kind == Kind::Message).then_some(Limit::of(4096))
    }

    fn request(
        &self,
        post: &Post,
        draft: &Draft<'_>,
        account: &Account,
    ) -> Result<ReplyRequest, CannotReply> {
        let words = self.fitting(post, draft)?;
        let (chat, message) = post.id.native.rsplit_once('_').ok_or(CannotReply::NotPossible)?;
        // A business account's chat is answered in its name.
        let (connection, chat) =
            chat.rsplit_once('/').map_or((None, chat), |(held, chat)| (Some(held), chat));
        let (chat, message): (i64, i64) =
            chat.parse().ok().zip(message.parse().ok()).ok_or(CannotReply::NotPossible)?;
        // The token stands in the path, as this API wants it.
        let url = format!("{}/bot{}/sendMessage", base(account, API), account.token.expose());
        let mut body =
            json!({ "chat_id": chat, "text": words, "reply_parameters": { "message_id": message } });
        if let Some(connection) = connection {
            body["business_connection_id"] = connection.into();
        } else if let Some(topic) = written_to_channel(post, chat) {
            body["direct_messages_topic_id"] = topic.into();
        }
        let mut request = ReplyRequest::post(url, account, &body);
        request.headers.retain(|(name, _)| *name != "authorization");
        Ok(request)
    }

    fn answered(
        &self,
        _request: &ReplyRequest,
        answer: &[u8],
        _account: &Account,
    ) -> Result<Answered, Refused> {
        let told: Value = serde_json::from_slice(answer).unwrap_or_default();
        if told["ok"] == true {
            Ok(Answered::Sent(Said { id: said_id(answer), permalink: None }))
        } else {
            Err(self.refused(200, answer))
        }
    }

    /// A bot cannot read what it said.
    fn look(&self, _post: &Post, _privately: bool, _account: &Account) -> Option<ReplyRequest> {
        None
    }

    fn refused(&self, status: u16, answer: &[u8]) -> Refused {
        let told: Value = serde_json::from_slice(answer).unwrap_or_default();
        let description = told["description"].as_str().unwrap_or_default();
        if ["blocked by the user", "not found", "deactivated", "kicked"]
            .iter()
            .any(|words| description.contains(words))
        {
            return Refused::Gone;
        }
        if description.contains("too long") {
            return Refused::Words;
        }
        Refused::from_status(
            told["error_code"].as_u64().and_then(|code| u16::try_from(code).ok()).unwrap_or(status),
        )
    }
}

/// The topic in which somebody writes to a channel. (The chats of groups and channels have numbers below zero.)
fn written_to_channel(post: &Post, chat: i64) -> Option<i64> {
    let (_, topic) = post.thread.as_ref()?.rsplit_once('_')?;
    (post.kind == Kind::Message && chat < 0).then(|| topic.parse().ok())?
}
