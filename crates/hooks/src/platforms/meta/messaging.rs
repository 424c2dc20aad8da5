//! Messages to a Facebook page or an Instagram account: `entry[].messaging[]`, and `standby[]` where another app holds
//! the thread. The id is the message's `mid`, which an edit and an unsending carry too. A pressed button says what stands
//! on it; what was typed into a survey of Messenger's is a message, too.
//!
//! <https://developers.facebook.com/docs/messenger-platform/reference/webhook-events>

use earshot_mention::{Author, Channel, Kind, Platform, Post, PostId, Text, Timestamp};
use serde_json::Value;

use super::Entry;
use crate::item::{each_or_one, id, stars, string, yes};
use crate::moment::moment;
use crate::platforms::post;
use crate::text::{words, words_or_none};
use crate::{DropReason, Event};

/// Kinds of items that are not somebody's words: consents, hand-overs, warnings, calls, payments.
const NOT_WORDS: &[&str] = &[
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
    "calls",
    "order",
    "payment",
    "checkout_update",
    "pre_checkout",
    "customer_information",
    "messaging_customer_information",
    "messaging_in_thread_lead_form_submit",
    "typing",
];

/// One item of `messaging` or `standby`.
pub(in crate::platforms) fn event(item: &Value, platform: &Platform, entry: &Entry<'_>) -> Event {
    if item["message"].is_object() {
        return message(item, platform, entry);
    }
    if item["message_edit"].is_object() {
        return edit(item, platform, entry);
    }
    if item["postback"].is_object() {
        return pressed(item, platform, entry);
    }
    if item["messaging_feedback"].is_object() {
        return survey(item, platform, entry);
    }
    if ["read", "delivery", "reaction", "message_reads"].iter().any(|kind| !item[*kind].is_null()) {
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
    let Some(mid) = id(&message["mid"]).or_else(|| id(&message["id"])) else {
        return Event::Dropped(DropReason::Malformed);
    };
    let at = when(item, entry);
    if yes(&message["is_deleted"]) {
        return Event::Deleted { id: PostId { platform: platform.clone(), native: mid }, at };
    }
    let mut said = to_us(mid, said(message), item, platform, entry);
    said.thread = id(&message["reply_to"]["mid"]).or_else(|| id(&message["reply_to"]["story"]["id"]));
    Event::Posted(said)
}

fn edit(item: &Value, platform: &Platform, entry: &Entry<'_>) -> Event {
    if entry.is_own(&item["sender"]["id"]) {
        return Event::Dropped(DropReason::Own);
    }
    let edit = &item["message_edit"];
    let Some(mid) = id(&edit["mid"]) else { return Event::Dropped(DropReason::Malformed) };
    let text = words_or_none(&edit["text"]);
    // Meta also says so of a message that is new: its words come as a message.
    if text == Text::None {
        return Event::Dropped(DropReason::NoWords);
    }
    let mut edited = to_us(mid, text, item, platform, entry);
    edited.published = None;
    Event::Edited { post: edited, at: when(item, entry) }
}

/// A button, a menu's line, a suggested question: its title is what the person says by pressing it.
fn pressed(item: &Value, platform: &Platform, entry: &Entry<'_>) -> Event {
    let button = &item["postback"];
    if entry.is_own(&item["sender"]["id"]) {
        return Event::Dropped(DropReason::Own);
    }
    let Some(title) = string(&button["title"]) else { return Event::Dropped(DropReason::NotAPost) };
    // Older ones have no id of their own: one person presses one button at a time.
    let Some(native) = id(&button["mid"]).or_else(|| moment_id("postback", item)) else {
        return Event::Dropped(DropReason::Malformed);
    };
    Event::Posted(to_us(native, words(title), item, platform, entry))
}

/// An answered survey: what was typed, and how many stars.
fn survey(item: &Value, platform: &Platform, entry: &Entry<'_>) -> Event {
    let screens = each_or_one(&item["messaging_feedback"]["feedback_screens"]).iter();
    let questions: Vec<&Value> =
        screens.flat_map(|screen| screen["questions"].as_object()).flat_map(|named| named.values()).collect();
    let typed = questions.iter().flat_map(|question| {
        let typed = (question["type"] == "free_form").then(|| &question["payload"]);
        typed.into_iter().chain([&question["follow_up"]["payload"]]).filter_map(string)
    });
    let text = words(&typed.collect::<Vec<_>>().join("\n"));
    // Satisfaction is asked on a scale of five; the other kinds of questions have other scales.
    let scored = questions.iter().filter(|question| question["type"] == "csat");
    let rated = scored.filter_map(|question| stars(&question["payload"])).next();
    if text == Text::None && rated.is_none() {
        return Event::Dropped(DropReason::NotAPost);
    }
    let Some(native) = moment_id("survey", item) else { return Event::Dropped(DropReason::Malformed) };
    let mut answer = to_us(native, text, item, platform, entry);
    answer.stars = rated;
    Event::Posted(answer)
}

fn to_us(native: String, text: Text, item: &Value, platform: &Platform, entry: &Entry<'_>) -> Post {
    let mut said = post(platform, native, Kind::Message, Channel::Ours, text);
    said.author = Author { id: id(&item["sender"]["id"]), ..Author::default() };
    said.published = when(item, entry);
    said
}

/// Attachments whose title is somebody else's words: what the sender shares, and not what they say of it.
const OF_OTHERS: &[&str] = &["ig_post", "ig_reel", "post", "reel", "share"];

/// What was typed; without it, what an attachment is called.
fn said(message: &Value) -> Text {
    let attachments = each_or_one(&message["attachments"]);
    let text = words_or_none(&message["text"]);
    if text != Text::None {
        return text;
    }
    let unsupported = yes(&message["is_unsupported"])
        || attachments.iter().any(|attachment| attachment["type"] == "unsupported_type");
    if unsupported {
        // Something was said that Meta does not pass on: it stands in the inbox.
        return Text::NotDelivered;
    }
    attachments
        .iter()
        // A place is called what Facebook calls it.
        .filter(|attachment| attachment["type"] != "location" && !is_of_others(attachment))
        .find_map(|attachment| {
            string(&attachment["title"]).or_else(|| string(&attachment["payload"]["title"]))
        })
        .map_or(Text::None, words)
}

fn is_of_others(attachment: &Value) -> bool {
    attachment["type"].as_str().is_some_and(|kind| OF_OTHERS.contains(&kind))
}

fn when(item: &Value, entry: &Entry<'_>) -> Option<Timestamp> {
    moment(&item["timestamp"]).or(entry.sent)
}

/// The id of what has none: stable across repeated deliveries, because the time is the event's.
fn moment_id(what: &str, item: &Value) -> Option<String> {
    let (who, at) = (id(&item["sender"]["id"])?, moment(&item["timestamp"])?);
    Some(format!("{what}-{who}-{}", at.as_millis()))
}
