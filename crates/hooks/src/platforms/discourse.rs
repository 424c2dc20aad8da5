//! Discourse: topics and posts of our own forum.
//!
//! - Handshake: none; the forum's *ping* is an ordinary delivery.
//! - Signature: `X-Discourse-Event-Signature: sha256=<hex>`, HMAC-SHA-256 of the body. Without a secret in the forum's
//!   settings there is none, and we refuse.
//! - The event's name stands in `X-Discourse-Event` only. The first post of a topic carries the topic's words; topic
//!   events repeat its title and nothing else.
//! - Identity: the post's id, so one forum a workspace. Own: a username of ours. Whispers, small actions and the
//!   system's posts are not somebody's words.
//! - Edits: `post_edited`; `post_recovered`, which shows a deleted one again, is told as one, and the desk keeps away what
//!   it heard was deleted. Deletions: `post_destroyed`, and the edit by which an author takes a post back.
//! - A retry may come with another `X-Discourse-Event-Id`; the post's id is what counts.
//!
//! <https://meta.discourse.org/t/configure-webhooks-that-trigger-on-discourse-events/49045>

use earshot_mention::{Channel, Kind, Platform, PostId, Text, Timestamp};
use serde_json::Value;

use super::post;
use crate::item::{count, fits_address, handle, id, label, link, string};
use crate::moment::moment;
use crate::text::{plain, words, words_or_fetch};
use crate::verify::{BodyMac, Encoding};
use crate::{About, Adapter, DropReason, Endpoint, Event, Headers, Incoming, Refusal, Reply, Secret, body};

const PLATFORM: Platform = Platform::named("discourse");

const SIGNATURE: BodyMac =
    BodyMac { header: "x-discourse-event-signature", prefix: "sha256=", salt: "", encoding: Encoding::Hex };

/// Discourse.
#[derive(Debug)]
pub(crate) struct Discourse;

impl Adapter for Discourse {
    fn platform(&self) -> Platform {
        PLATFORM
    }

    fn about(&self) -> About {
        About {
            name: "Discourse",
            docs: "https://meta.discourse.org/t/configure-webhooks-that-trigger-on-discourse-events/49045",
            handshake: "none",
            signature: "X-Discourse-Event-Signature: HMAC-SHA-256 of the body, hex",
            events: "posts and private messages of our forum",
            edits: "posts",
            deletes: "posts",
            deadline: "20 seconds; repeated 4 times within 2 hours where the forum's setting says so",
        }
    }

    fn handshake(&self, _incoming: &Incoming<'_>, _endpoint: &Endpoint) -> Option<Result<Reply, Refusal>> {
        None
    }

    fn verify(&self, incoming: &Incoming<'_>, endpoint: &Endpoint, _now: Timestamp) -> Result<(), Refusal> {
        SIGNATURE.verify(incoming, endpoint)
    }

    fn parse(
        &self,
        incoming: &Incoming<'_>,
        endpoint: &Endpoint,
        _now: Timestamp,
    ) -> Result<Vec<Event>, Refusal> {
        let body = body::json(incoming.body)?;
        let name = incoming.header("x-discourse-event").unwrap_or_default();
        let forum = incoming.header("x-discourse-instance").unwrap_or_default();
        let reason = match body.as_object().and_then(|body| body.keys().next()).map(String::as_str) {
            Some("post") => return Ok(vec![event(&body["post"], name, forum, endpoint)]),
            Some("chat_message") => return Ok(vec![chat(&body["chat_message"], name, endpoint)]),
            Some("like") => DropReason::NoWords,
            Some(
                "ping" | "topic" | "user" | "group" | "category" | "tag" | "solved" | "notification"
                | "reviewable",
            ) => DropReason::NotAPost,
            Some("badge" | "user_badge" | "group_user" | "assign" | "topic_voting") => DropReason::NotAPost,
            _ => DropReason::UnknownEvent,
        };
        Ok(vec![Event::Dropped(reason)])
    }

    fn sign(&self, secret: &Secret, body: &[u8], _now: Timestamp) -> Option<Headers> {
        Some(SIGNATURE.sign(secret, body))
    }
}

fn event(value: &Value, name: &str, forum: &str, endpoint: &Endpoint) -> Event {
    let Some(native) = id(&value["id"]) else { return Event::Dropped(DropReason::Malformed) };
    // Type 1 is a post; 2 a moderator's action, 3 a small action, 4 a whisper among staff.
    let ordinary = value["post_type"].as_u64().is_none_or(|kind| kind == 1);
    if !ordinary || is_the_forum(&value["user_id"]) {
        return Event::Dropped(DropReason::NotAPost);
    }
    let gone = match name {
        "post_destroyed" => Some(&value["deleted_at"]),
        // Whoever deletes their own post leaves "(post deleted by author)" in its place; that it is gone is told a day later.
        "post_edited" | "" if value["user_deleted"] == true => Some(&value["updated_at"]),
        // Sent without its name by a relay: the newest version is what we are told.
        "" if !value["deleted_at"].is_null() => Some(&value["deleted_at"]),
        _ => None,
    };
    if let Some(at) = gone {
        return Event::Deleted { id: PostId { platform: PLATFORM, native }, at: moment(at) };
    }
    let edited = match name {
        "post_edited" | "post_recovered" => true,
        "post_created" | "" => false,
        _ => return Event::Dropped(DropReason::UnknownEvent),
    };
    let author = handle(&value["username"]);
    if author.as_deref().is_some_and(|author| endpoint.is_own(author)) {
        return Event::Dropped(DropReason::Own);
    }
    let number = count(&value["post_number"]);
    let kind = match (value["topic_archetype"].as_str(), number) {
        (Some("private_message"), _) => Kind::Message,
        (_, Some(1)) => Kind::Post,
        _ => Kind::Comment,
    };
    let mut said = post(&PLATFORM, native, kind, Channel::Ours, said(value, number == Some(1)));
    said.author.id = id(&value["user_id"]);
    said.author.handle = author;
    said.author.name = label(&value["name"]);
    said.published = moment(&value["created_at"]);
    said.thread = id(&value["topic_id"]);
    said.permalink = permalink(value, forum);
    said.reach.replies = count(&value["reply_count"]);
    if edited {
        return Event::Edited { post: said, at: moment(&value["updated_at"]) };
    }
    Event::Posted(said)
}

/// Whether a user is the forum itself: its system is -1, its bot -2.
fn is_the_forum(user: &Value) -> bool {
    user.as_i64().is_some_and(|user| user < 0)
}

/// A message in the forum's chat; its ids are counted apart from the posts'.
fn chat(value: &Value, name: &str, endpoint: &Endpoint) -> Event {
    let message = &value["message"];
    let Some(number) = id(&message["id"]) else { return Event::Dropped(DropReason::Malformed) };
    let which = PostId { platform: PLATFORM, native: format!("chat-{number}") };
    let edited = match name {
        "chat_message_trashed" => return Event::Deleted { id: which, at: moment(&message["deleted_at"]) },
        "chat_message_edited" | "chat_message_restored" => true,
        "chat_message_created" | "" => false,
        _ => return Event::Dropped(DropReason::UnknownEvent),
    };
    if is_the_forum(&message["user"]["id"]) {
        return Event::Dropped(DropReason::NotAPost);
    }
    let author = handle(&message["user"]["username"]);
    if author.as_deref().is_some_and(|author| endpoint.is_own(author)) {
        return Event::Dropped(DropReason::Own);
    }
    let private = value["channel"]["chatable_type"] == "DirectMessage";
    let kind = if private { Kind::Message } else { Kind::Comment };
    let mut said = post(&PLATFORM, which.native, kind, Channel::Ours, words_or_fetch(&message["message"]));
    said.author.id = id(&message["user"]["id"]);
    said.author.handle = author;
    said.author.name = label(&message["user"]["name"]);
    said.published = moment(&message["created_at"]);
    said.thread = id(&value["channel"]["id"]).map(|channel| format!("chat-channel-{channel}"));
    if edited { Event::Edited { post: said, at: None } } else { Event::Posted(said) }
}

/// The first post of a topic is read with its title, where the question often stands.
fn said(value: &Value, first: bool) -> Text {
    let raw = string(&value["raw"]).map(str::to_owned);
    let text = raw
        .or_else(|| value["cooked"].as_str().map(plain))
        .or_else(|| Some(value["raw"].as_str()?.to_owned()));
    let Some(text) = text else { return Text::NotDelivered };
    match string(&value["topic_title"]).filter(|_| first) {
        Some(title) => words(&format!("{title}\n\n{text}")),
        None => words(&text),
    }
}

fn permalink(value: &Value, forum: &str) -> Option<String> {
    let (slug, topic, number) =
        (id(&value["topic_slug"])?, id(&value["topic_id"])?, id(&value["post_number"])?);
    let fits = [&slug, &topic, &number].into_iter().all(|part| fits_address(part));
    let address = format!("{}/t/{slug}/{topic}/{number}", forum.trim_end_matches('/'));
    link(&Value::String(address)).filter(|_| fits)
}
