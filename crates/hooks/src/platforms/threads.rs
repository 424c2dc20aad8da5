//! Threads: replies to our posts and mentions of us.
//!
//! - Handshake and signature are Meta's; the body is not: flat, without `entry`, `values` one thing or a list. Meta's
//!   envelope with `object` `threads` is read, too.
//! - Identity: the thread's own `id`. Own: `publish` is our own post; a username of ours.
//! - Deletions come (`moderate`), edits do not. No author id, no followers, no language.
//!
//! <https://developers.facebook.com/docs/threads/webhooks>

use earshot_mention::{Channel, Kind, Platform, PostId, Text, Timestamp, Visibility};
use serde_json::Value;

use super::{meta, post};
use crate::item::{each_or_one, handle, id, link, yes};
use crate::moment::moment;
use crate::text::{words, words_or_fetch};
use crate::{About, Adapter, DropReason, Endpoint, Event, Headers, Incoming, Refusal, Reply, Secret};

const PLATFORM: Platform = Platform::named("threads");

/// Threads.
#[derive(Debug)]
pub(crate) struct Threads;

impl Adapter for Threads {
    fn platform(&self) -> Platform {
        PLATFORM
    }

    fn about(&self) -> About {
        About {
            name: "Threads",
            docs: "https://developers.facebook.com/docs/threads/webhooks",
            handshake: "GET with hub.verify_token, answered with hub.challenge",
            signature: "X-Hub-Signature-256: HMAC-SHA-256 of the body, hex, app secret",
            events: "replies, mentions",
            edits: "none",
            deletes: "posts and replies",
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

/// What one delivery of Threads' own form tells of.
pub(super) fn events(delivery: &Value, endpoint: &Endpoint) -> Vec<Event> {
    let sent = moment(&delivery["time"]);
    let items = each_or_one(&delivery["values"]);
    if items.is_empty() {
        return vec![Event::Dropped(DropReason::UnknownEvent)];
    }
    items.iter().map(|item| event(item, sent, endpoint)).collect()
}

/// One item: `{field, value}`.
pub(super) fn event(item: &Value, sent: Option<Timestamp>, endpoint: &Endpoint) -> Event {
    let value = &item["value"];
    let answered = id(&value["replied_to"]["id"]);
    let kind = match item["field"].as_str() {
        Some("replies") => Kind::Comment,
        // What is answered is told only to apps that may read replies.
        Some("mentions") if answered.is_some() || yes(&value["is_reply"]) => Kind::Comment,
        Some("mentions" | "quotes") => Kind::Post,
        Some("publish") => return Event::Dropped(DropReason::Own),
        Some("delete") => {
            let deleted = id(&value["id"]).map(|native| Event::Deleted {
                id: PostId { platform: PLATFORM, native },
                at: moment(&value["deleted_at"]).or(sent),
            });
            return deleted.unwrap_or(Event::Dropped(DropReason::Malformed));
        }
        _ => return Event::Dropped(DropReason::UnknownEvent),
    };
    let author = handle(&value["username"]);
    if author.as_deref().is_some_and(|author| endpoint.is_own(author)) {
        return Event::Dropped(DropReason::Own);
    }
    let Some(native) = id(&value["id"]) else { return Event::Dropped(DropReason::Malformed) };
    let mut said = post(&PLATFORM, native, kind, Channel::Ours, said(value));
    said.author.handle = author;
    said.published = moment(&value["timestamp"]).or(sent);
    said.permalink = link(&value["permalink"]);
    said.thread = answered.or_else(|| id(&value["root_post"]["id"]));
    if kind == Kind::Comment {
        said.visibility = Visibility::Public;
    }
    Event::Posted(said)
}

/// A picture may stand alone; a post of text whose text is missing was not told.
fn said(value: &Value) -> Text {
    match value["media_type"].as_str() {
        Some("TEXT_POST" | "TEXT") | None => words_or_fetch(&value["text"]),
        Some(_) => value["text"].as_str().map_or(Text::None, words),
    }
}
