//! Messages to a Facebook page or an Instagram account: `entry[].messaging[]`, and `standby[]` where another app holds
//! the thread. The id is the message's `mid`, which an edit and an unsending carry too.
//!
//! <https://developers.facebook.com/docs/messenger-platform/reference/webhook-events>

use earshot_mention::{Author, Channel, Kind, Platform, PostId, Text};
use serde_json::Value;

use super::Entry;
use crate::item::{each, id, yes};
use crate::moment::moment;
use crate::platforms::post;
use crate::text::words_or_none;
use crate::{DropReason, Event};

/// Kinds of items that are not somebody's words: presses, consents, hand-overs, warnings.
const NOT_WORDS: &[&str] = &[
    "postback",
    "optin",
    "referral",
    "account_linking",
    "policy-enforcement",
    "policy_enforcement",
    "pass_thread_control",
    "take_thread_control",
    "request_thread_control",
    "app_roles",
    "game_play",
    "messaging_feedback",
];

/// One item of `messaging` or `standby`.
pub(in crate::platforms) fn event(item: &Value, platform: &Platform, entry: &Entry<'_>) -> Event {
    if item["message"].is_object() {
        return message(item, platform, entry);
    }
    if item["message_edit"].is_object() {
        return edit(item, platform, entry);
    }
    if ["read", "delivery", "reaction"].iter().any(|kind| !item[*kind].is_null()) {
        return Event::Dropped(DropReason::NoWords);
    }
    let known = NOT_WORDS.iter().any(|kind| !item[*kind].is_null());
    Event::Dropped(if known { DropReason::NotAPost } else { DropReason::UnknownEvent })
}

fn message(item: &Value, platform: &Platform, entry: &Entry<'_>) -> Event {
    let message = &item["message"];
    if yes(&message["is_echo"]) || entry.is_own(&item["sender"]["id"]) {
        return Event::Dropped(DropReason::Own);
    }
    let Some(mid) = id(&message["mid"]) else { return Event::Dropped(DropReason::Malformed) };
    let at = moment(&item["timestamp"]).or(entry.sent);
    if yes(&message["is_deleted"]) {
        return Event::Deleted { id: PostId { platform: platform.clone(), native: mid }, at };
    }
    let unsupported = yes(&message["is_unsupported"])
        || each(&message["attachments"]).iter().any(|attachment| attachment["type"] == "unsupported_type");
    let text = match words_or_none(&message["text"]) {
        // Something was said that Meta does not pass on: it stands in the inbox.
        Text::None if unsupported => Text::NotDelivered,
        text => text,
    };
    let mut message_to_us = post(platform, mid, Kind::Message, Channel::Ours, text);
    message_to_us.author.id = id(&item["sender"]["id"]);
    message_to_us.published = at;
    message_to_us.thread =
        id(&message["reply_to"]["mid"]).or_else(|| id(&message["reply_to"]["story"]["id"]));
    Event::Posted(message_to_us)
}

fn edit(item: &Value, platform: &Platform, entry: &Entry<'_>) -> Event {
    if entry.is_own(&item["sender"]["id"]) {
        return Event::Dropped(DropReason::Own);
    }
    let edit = &item["message_edit"];
    let Some(mid) = id(&edit["mid"]) else { return Event::Dropped(DropReason::Malformed) };
    let mut edited = post(platform, mid, Kind::Message, Channel::Ours, words_or_none(&edit["text"]));
    edited.author = Author { id: id(&item["sender"]["id"]), ..Author::default() };
    Event::Edited { post: edited, at: moment(&item["timestamp"]).or(entry.sent) }
}
