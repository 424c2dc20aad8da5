//! Instagram: comments on our media, mentions, messages.
//!
//! - Identity: the comment's `id`, or of a mention its `comment_id`, else the `media_id`; a message's `mid`.
//! - Own: an account has two ids (`id` and `user_id`, only the latter comes in `entry.id`), a scoped one and a
//!   username: all are compared, so the endpoint should name both ids and the handle.
//! - Thin: a mention comes without its words and its author; they must be fetched by the id. Comments come without
//!   time (the entry's is taken), address and language.
//! - Edits: messages only. Deletions: an unsent message (`is_deleted`); comments' are never told of.
//!
//! <https://developers.facebook.com/docs/instagram-platform/webhooks>

use earshot_mention::{Author, Channel, Kind, Platform, Text, Timestamp};
use serde_json::Value;

use super::meta::{self, Entry, messaging};
use super::post;
use crate::item::{handle, id, link};
use crate::moment::moment;
use crate::text::words_or_fetch;
use crate::{About, Adapter, DropReason, Endpoint, Event, Headers, Incoming, Refusal, Reply, Secret};

pub(super) const PLATFORM: Platform = Platform::named("instagram");

/// Instagram.
#[derive(Debug)]
pub(crate) struct Instagram;

impl Adapter for Instagram {
    fn platform(&self) -> Platform {
        PLATFORM
    }

    fn about(&self) -> About {
        About {
            name: "Instagram",
            docs: "https://developers.facebook.com/docs/instagram-platform/webhooks",
            handshake: "GET with hub.verify_token, answered with hub.challenge",
            signature: "X-Hub-Signature-256: HMAC-SHA-256 of the body, hex, app secret",
            events: "comments, live comments, mentions (without words), messages",
            edits: "messages",
            deletes: "unsent messages",
            deadline: "answer at once; repeated for 36 hours",
        }
    }

    fn handshake(&self, incoming: &Incoming<'_>, endpoint: &Endpoint) -> Option<Result<Reply, Refusal>> {
        meta::handshake(incoming, endpoint)
    }

    fn verify(&self, incoming: &Incoming<'_>, endpoint: &Endpoint, _now: Timestamp) -> Result<(), Refusal> {
        meta::SIGNATURE.verify(incoming, endpoint)
    }

    fn parse(
        &self,
        incoming: &Incoming<'_>,
        endpoint: &Endpoint,
        _now: Timestamp,
    ) -> Result<Vec<Event>, Refusal> {
        meta::parse(incoming, endpoint)
    }

    fn sign(&self, secret: &Secret, body: &[u8], _now: Timestamp) -> Option<Headers> {
        Some(meta::SIGNATURE.sign(secret, body))
    }
}

/// One item of an account's `changes`.
pub(super) fn change(change: &Value, entry: &Entry<'_>) -> Event {
    let value = &change["value"];
    match change["field"].as_str() {
        Some("comments" | "live_comments") => comment(value, entry),
        Some("mentions") => mention(value, entry),
        // The dashboard's test button sends messages this way.
        Some("messages" | "standby" | "message_edit" | "message_edits" | "messaging_postbacks") => {
            messaging::event(value, &PLATFORM, entry)
        }
        Some("message_reactions" | "messaging_seen") => Event::Dropped(DropReason::NoWords),
        Some("story_insights" | "messaging_referral" | "messaging_optins" | "messaging_handover") => {
            Event::Dropped(DropReason::NotAPost)
        }
        _ => Event::Dropped(DropReason::UnknownEvent),
    }
}

fn comment(value: &Value, entry: &Entry<'_>) -> Event {
    let from = &value["from"];
    if ["id", "self_ig_scoped_id", "username"].iter().any(|field| entry.is_own(&from[*field])) {
        return Event::Dropped(DropReason::Own);
    }
    // Facebook's login is documented with the second name.
    let native = id(&value["id"]).or_else(|| id(&value["comment_id"]));
    let Some(native) = native else { return Event::Dropped(DropReason::Malformed) };
    let mut comment = post(&PLATFORM, native, Kind::Comment, Channel::Ours, words_or_fetch(&value["text"]));
    comment.author = Author { id: id(&from["id"]), handle: handle(&from["username"]), ..Author::default() };
    comment.published = moment(&value["timestamp"]).or(entry.sent);
    comment.permalink = link(&value["permalink"]);
    comment.thread = id(&value["parent_id"]).or_else(|| id(&value["media"]["id"]));
    Event::Posted(comment)
}

fn mention(value: &Value, entry: &Entry<'_>) -> Event {
    let media = id(&value["media_id"]);
    let (native, kind, thread) = match (id(&value["comment_id"]), media) {
        (Some(comment), media) => (comment, Kind::Comment, media),
        (None, Some(media)) => (media, Kind::Post, None),
        (None, None) => return Event::Dropped(DropReason::Malformed),
    };
    let mut mention = post(&PLATFORM, native, kind, Channel::Ours, Text::NotDelivered);
    mention.published = entry.sent;
    mention.thread = thread;
    Event::Posted(mention)
}
