//! Slack: a message in the message's thread. Slack says no with status 200.
//! <https://docs.slack.dev/reference/methods/chat.postMessage>

use earshot_mention::{Kind, Platform, Post};
use serde_json::{Value, json};

use super::request::{base, part};
use super::{Account, Answered, CannotReply, Draft, Limit, Refused, Replier, ReplyRequest, Said, said_id};

const API: &str = "https://slack.com/api";

/// Slack.
#[derive(Debug)]
pub(super) struct Slack;

impl Replier for Slack {
    fn platform(&self) -> Platform {
        Platform::named("slack")
    }

    fn limit(&self, post: &Post, privately: bool) -> Option<Limit> {
        (!privately || post.kind == Kind::Message).then_some(Limit::of(4000))
    }

    fn request(
        &self,
        post: &Post,
        draft: &Draft<'_>,
        account: &Account,
    ) -> Result<ReplyRequest, CannotReply> {
        let (channel, thread) = place(post).ok_or(CannotReply::NotPossible)?;
        let words = escaped(self.fitting(post, draft)?);
        let body = json!({ "channel": channel, "thread_ts": thread, "text": words });
        Ok(ReplyRequest::post(format!("{}/chat.postMessage", base(account, API)), account, &body))
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

    fn look(&self, post: &Post, _privately: bool, account: &Account) -> Option<ReplyRequest> {
        let (channel, thread) = place(post)?;
        let url = format!(
            "{}/conversations.replies?channel={}&ts={}&limit=200",
            base(account, API),
            part(channel),
            part(thread)
        );
        Some(ReplyRequest::get(url, account))
    }

    fn refused(&self, status: u16, answer: &[u8]) -> Refused {
        let told: Value = serde_json::from_slice(answer).unwrap_or_default();
        match told["error"].as_str() {
            Some("invalid_auth" | "not_authed" | "token_revoked" | "token_expired" | "account_inactive") => {
                Refused::Token
            }
            Some("not_in_channel" | "missing_scope" | "restricted_action" | "no_permission") => {
                Refused::NotAllowed
            }
            Some("channel_not_found" | "is_archived" | "thread_not_found" | "message_not_found") => {
                Refused::Gone
            }
            Some("msg_too_long" | "no_text") => Refused::Words,
            Some("ratelimited" | "rate_limited") => Refused::TooMany,
            Some("fatal_error" | "internal_error") => Refused::Trouble,
            _ => Refused::from_status(status),
        }
    }
}

/// The channel, and the thread that the message is in or begins.
fn place(post: &Post) -> Option<(&str, &str)> {
    post.thread.as_deref().unwrap_or(&post.id.native).split_once('-')
}

/// A person's words are no markup: <https://docs.slack.dev/messaging/formatting-message-text#escaping>
fn escaped(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
