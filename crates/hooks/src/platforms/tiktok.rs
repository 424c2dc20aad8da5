//! TikTok: comments, mentions and messages, as far as an app is granted them.
//!
//! - Handshake: none. Signature: `TikTok-Signature: t=<seconds>,s=<hex>`, HMAC-SHA-256 over the time, a full stop and
//!   the body; five minutes.
//! - The `content` of a delivery is JSON inside a string. The business API's `comment.update` names the comment and its
//!   video and what was done (`insert`, `delete`, `set_to_hidden` …), and mostly not the words: they are fetched from its
//!   list of comments. `brand.mention.event` is a video whose caption names us, or a comment that does, without its words.
//!   Not all names are documented openly: every `comment.…` and `mention.…` with an id is taken, with its words where it
//!   has them. The author's `unique_identifier` is the same in all of them; a message's `from` is a handle.
//! - Messages of the European Economic Area come as `im_receive_msg_eu`, stripped of their words, their sender and their
//!   conversation: somebody wrote.
//! - A message that is told of by its conversation alone stays without words: TikTok documents no way to ask for one.
//! - Identity: the message's, comment's or video's id. Own: `im_send_msg`, an account of ours.
//! - Deletions: a comment event that says so.
//!
//! <https://developers.tiktok.com/doc/webhooks-verification>

use earshot_mention::{Author, Channel, Kind, Platform, PostId, Text, Timestamp};
use serde_json::Value;

use super::post;
use crate::item::{handle, id, label, link, string};
use crate::moment::moment;
use crate::text::{words_or_fetch, words_or_none};
use crate::verify::{Encoding, Hash, in_window, mac, proved};
use crate::{About, Adapter, DropReason, Endpoint, Event, Headers, Incoming, Refusal, Reply, Secret, body};

const PLATFORM: Platform = Platform::named("tiktok");
const SIGNATURE: &str = "tiktok-signature";

/// TikTok.
#[derive(Debug)]
pub(crate) struct TikTok;

impl Adapter for TikTok {
    fn platform(&self) -> Platform {
        PLATFORM
    }

    fn about(&self) -> About {
        About {
            name: "TikTok",
            docs: "https://developers.tiktok.com/doc/webhooks-verification",
            handshake: "none",
            signature: "TikTok-Signature: HMAC-SHA-256 of time and body, hex, client secret; 5 minutes",
            events: "messages, comments (without words), mentions where granted",
            edits: "captions that mention us",
            deletes: "comments",
            deadline: "repeated for 72 hours",
        }
    }

    fn handshake(&self, _incoming: &Incoming<'_>, _endpoint: &Endpoint) -> Option<Result<Reply, Refusal>> {
        None
    }

    fn verify(&self, incoming: &Incoming<'_>, endpoint: &Endpoint, now: Timestamp) -> Result<(), Refusal> {
        let header = incoming.header(SIGNATURE).ok_or(Refusal::NoSignature)?;
        let part = |name: &str| {
            header.split(',').find_map(|part| {
                part.trim().split_once('=').filter(|(key, _)| *key == name).map(|(_, value)| value)
            })
        };
        let (Some(time), Some(digest)) = (part("t"), part("s")) else { return Err(Refusal::BadSignature) };
        let seconds: i64 = time.parse().map_err(|_| Refusal::BadSignature)?;
        in_window(Timestamp::from_seconds(seconds), now)?;
        let digest = Encoding::Hex.decode(digest).ok_or(Refusal::BadSignature)?;
        proved(Hash::Sha256, endpoint, &[time.as_bytes(), b".", incoming.body], &digest)
    }

    fn parse(
        &self,
        incoming: &Incoming<'_>,
        endpoint: &Endpoint,
        _now: Timestamp,
    ) -> Result<Vec<Event>, Refusal> {
        let body = body::json(incoming.body)?;
        let inner = body["content"].as_str().map(|content| body::json(content.as_bytes()));
        let content = match inner {
            Some(Ok(content)) => content,
            Some(Err(_)) => return Ok(vec![Event::Dropped(DropReason::Malformed)]),
            None => body["content"].clone(),
        };
        let name = body["event"].as_str().unwrap_or_default();
        Ok(vec![event(name, &content, moment(&body["create_time"]), endpoint)])
    }

    fn sign(&self, secret: &Secret, body: &[u8], now: Timestamp) -> Option<Headers> {
        let time = (now.as_millis() / 1000).to_string();
        let digest = mac(Hash::Sha256, secret.expose().as_bytes(), &[time.as_bytes(), b".", body]);
        Some(vec![(SIGNATURE.to_owned(), format!("t={time},s={}", Encoding::Hex.encode(&digest)))])
    }
}

fn event(name: &str, content: &Value, sent: Option<Timestamp>, endpoint: &Endpoint) -> Event {
    let kind = match name {
        "im_receive_msg" | "im_receive_msg_eu" => Kind::Message,
        "im_send_msg" | "im_send_msg_eu" => return Event::Dropped(DropReason::Own),
        "im_mark_read_msg" | "im_mark_read_msg_eu" => return Event::Dropped(DropReason::NoWords),
        "im_referral_msg" => return Event::Dropped(DropReason::NotAPost),
        "im_receive_high_intent_comment" => Kind::Comment,
        "brand.mention.event" if content["type_of_event"] == "PRIVACY_CHANGE" => {
            return Event::Dropped(DropReason::NotAPost);
        }
        // Of a video the comment's id is "0".
        "brand.mention.event" if content["mention_type"] == "COMMENT" => Kind::Comment,
        "brand.mention.event" => Kind::Post,
        _ if name.starts_with("post.publish.")
            || name.starts_with("authorization.")
            || name.starts_with("video.")
            || name.starts_with("portability.") =>
        {
            return Event::Dropped(DropReason::NotAPost);
        }
        _ if name.starts_with("comment.") => Kind::Comment,
        _ if name.starts_with("mention.") && !content["comment_id"].is_null() => Kind::Comment,
        _ if name.starts_with("mention.") => Kind::Post,
        _ => return Event::Dropped(DropReason::UnknownEvent),
    };
    let ids: &[&str] = match kind {
        Kind::Message => &["message_id", "id"],
        Kind::Comment => &["comment_id", "id"],
        _ => &["video_id", "item_id", "id"],
    };
    let named = ids.iter().find_map(|field| id(&content[*field]));
    if kind == Kind::Message && content["type"] == "reaction" {
        return Event::Dropped(DropReason::NoWords);
    }
    let told_at = moment(&content["timestamp"]);
    let conversation = id(&content["conversation_id"]);
    // Of a message of Europe's not even that: our account and its moment tell it from others.
    let place = conversation.as_ref().cloned().or_else(|| {
        id(&content["to_user"]["id"]).filter(|_| name == "im_receive_msg_eu" && told_at.is_some())
    });
    let native = match (named, place, kind) {
        (Some(native), _, _) => native,
        // Told that somebody wrote, and where, but not what: one mention a conversation and moment, to be fetched.
        (None, Some(place), Kind::Message) => {
            let at = if conversation.is_some() { sent } else { told_at };
            let mut unread = post(&PLATFORM, unread_id(&place, at), kind, Channel::Ours, Text::NotDelivered);
            unread.author.id = id(&content["from_user"]["id"]);
            unread.published = at;
            unread.thread = conversation;
            return Event::Posted(unread);
        }
        _ => return Event::Dropped(DropReason::Malformed),
    };
    let action = string(&content["comment_action"]).unwrap_or_default();
    if action == "delete" || name.ends_with(".delete") {
        return Event::Deleted { id: PostId { platform: PLATFORM, native }, at: sent };
    }
    // Hidden, shown to friends, shown to all: what it says is the same.
    if action.starts_with("set_") {
        return Event::Dropped(DropReason::NotAPost);
    }
    let user =
        ["from_user", "user", "author"].iter().map(|field| &content[*field]).find(|user| user.is_object());
    let user = user.unwrap_or(&Value::Null);
    let author = Author {
        id: ["user_id", "unique_identifier"]
            .iter()
            .fold(id(&user["id"]), |found, field| found.or_else(|| id(&content[*field]))),
        handle: handle(&user["username"])
            .or_else(|| handle(&content["username"]))
            .or_else(|| handle(&content["from"]).filter(|_| kind == Kind::Message)),
        name: label(&user["display_name"]),
        followers: None,
    };
    let own = |account: &Option<String>| account.as_deref().is_some_and(|account| endpoint.is_own(account));
    if own(&author.id) || own(&author.handle) {
        return Event::Dropped(DropReason::Own);
    }
    let texts: &[&str] = match kind {
        Kind::Post => &["video_caption", "text"],
        _ => &["text", "message", "comment", "comment_text"],
    };
    let text = texts.iter().map(|field| &content[*field]).find(|text| !text.is_null());
    let text = text.map(|text| if text.is_object() { &text["body"] } else { text }).unwrap_or(&Value::Null);
    // A message may be a picture alone. A comment, or a message of Europe's, that comes without its words was not told.
    let may_be_without = kind == Kind::Message && !name.ends_with("_eu") && content["type"] != "text";
    let text = if may_be_without { words_or_none(text) } else { words_or_fetch(text) };
    let mut said = post(&PLATFORM, native, kind, Channel::Ours, text);
    said.author = author;
    let made = if kind == Kind::Post { moment(&content["video_create_time"]) } else { None };
    said.published = made.or(told_at).or_else(|| moment(&content["create_time"])).or(sent);
    // The video, also for an answer to a comment: without it the words cannot be asked for.
    said.thread = id(&content["conversation_id"])
        .or_else(|| id(&content["video_id"]).filter(|_| kind == Kind::Comment))
        .or_else(|| id(&content["parent_comment_id"]));
    said.permalink = link(&content["share_url"]);
    if content["type_of_event"] == "EDIT" {
        return Event::Edited { post: said, at: sent };
    }
    Event::Posted(said)
}

/// Stable across repeated deliveries: the time is the event's, not the delivery's.
fn unread_id(conversation: &str, sent: Option<Timestamp>) -> String {
    sent.map_or_else(|| conversation.to_owned(), |sent| format!("{conversation}-{}", sent.as_millis()))
}
