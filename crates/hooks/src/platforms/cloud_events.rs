//! CloudEvents: posts in Earshot's own JSON (see [`crate::relayed`]) inside the envelope that many event buses speak.
//!
//! - Handshake: `OPTIONS` with `WebHook-Request-Origin`, answered with leave to deliver.
//! - Proof: a bearer token or `?token=`, as the specification has it; or Standard Webhooks' headers, where they come.
//! - All three modes: structured (`application/cloudevents+json`), batched, and binary (`ce-…` headers).
//! - `type` ends in one of Earshot's event names (`com.example.post.created`). Identity: the data's id, else `source`
//!   and `id` of the envelope, which together are unique by definition.
//!
//! <https://github.com/cloudevents/spec/blob/main/cloudevents/http-webhook.md>

use std::borrow::Cow;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use earshot_mention::{Platform, Timestamp};
use serde_json::{Value, json};

use crate::item::{each_or_one, id, string};
use crate::moment::{from_text, moment};
use crate::verify::{Standard, bearer, shown};
use crate::{
    About, Adapter, DropReason, Endpoint, Event, Headers, Incoming, LONGEST_BODY, Method, Refusal, Reply,
    Secret, body, relayed,
};

const PLATFORM: Platform = Platform::named("cloudevents");

/// CloudEvents.
#[derive(Debug)]
pub(crate) struct CloudEvents;

impl Adapter for CloudEvents {
    fn platform(&self) -> Platform {
        PLATFORM
    }

    fn about(&self) -> About {
        About {
            name: "CloudEvents",
            docs: "https://github.com/cloudevents/spec/blob/main/cloudevents/http-webhook.md",
            handshake: "OPTIONS with WebHook-Request-Origin, answered with leave",
            signature: "bearer token or ?token=; or Standard Webhooks",
            events: "posts, comments, messages and reviews in Earshot's own JSON",
            edits: "….updated",
            deletes: "….deleted",
            deadline: "the sender's",
        }
    }

    fn handshake(&self, incoming: &Incoming<'_>, _endpoint: &Endpoint) -> Option<Result<Reply, Refusal>> {
        if incoming.method != Method::Options {
            return None;
        }
        let origin = incoming.header("webhook-request-origin")?;
        if !is_origin(origin) {
            return Some(Err(Refusal::BadChallenge));
        }
        // Leave to deliver proves nothing: every delivery still has to.
        let headers =
            vec![("webhook-allowed-origin", origin.to_owned()), ("webhook-allowed-rate", "*".to_owned())];
        Some(Ok(Reply { headers, ..Reply::plain("") }))
    }

    fn verify(&self, incoming: &Incoming<'_>, endpoint: &Endpoint, now: Timestamp) -> Result<(), Refusal> {
        if incoming.header("webhook-signature").is_some() {
            return Standard.verify(incoming, endpoint, now);
        }
        shown(incoming, endpoint)
    }

    fn parse(
        &self,
        incoming: &Incoming<'_>,
        endpoint: &Endpoint,
        _now: Timestamp,
    ) -> Result<Vec<Event>, Refusal> {
        // In binary mode the body is the data: plain words where its type says so.
        let plain =
            incoming.header("content-type").is_some_and(|kind| kind.trim_start().starts_with("text/"));
        let body = if plain && incoming.header("ce-type").is_some() {
            let length = incoming.body.len();
            let words = std::str::from_utf8(incoming.body).ok().filter(|_| length <= LONGEST_BODY);
            Value::String(words.ok_or(Refusal::Broken)?.to_owned())
        } else {
            body::json(incoming.body)?
        };
        if let Some(kind) = incoming.header("ce-type") {
            let source = incoming.header("ce-source").unwrap_or_default();
            let id = incoming.header("ce-id").filter(|id| !id.is_empty());
            let delivery = id.map(|id| format!("{source}#{id}"));
            let event = relayed::event(kind, &in_own_words(&body), &PLATFORM, endpoint, delivery.as_deref());
            return Ok(vec![at_latest(event, incoming.header("ce-time").and_then(from_text))]);
        }
        let mut events: Vec<Event> = each_or_one(&body).iter().map(|told| event(told, endpoint)).collect();
        if events.is_empty() {
            events.push(Event::Dropped(DropReason::UnknownEvent));
        }
        Ok(events)
    }

    fn sign(&self, secret: &Secret, _body: &[u8], _now: Timestamp) -> Option<Headers> {
        Some(bearer(secret))
    }
}

fn event(told: &Value, endpoint: &Endpoint) -> Event {
    let Some(kind) = string(&told["type"]).filter(|_| told["specversion"].is_string()) else {
        return Event::Dropped(DropReason::UnknownEvent);
    };
    let delivery = id(&told["id"]).map(|id| format!("{}#{id}", string(&told["source"]).unwrap_or_default()));
    // Version 0.3 said beside `data` that it is packed.
    let old = &told["data"];
    let packed = string(&told["data_base64"])
        .or_else(|| string(old).filter(|_| told["datacontentencoding"] == "base64"));
    let unpacked = packed.map(unpack);
    let data = unpacked.as_ref().unwrap_or(old);
    let event = relayed::event(kind, &in_own_words(data), &PLATFORM, endpoint, delivery.as_deref());
    at_latest(event, moment(&told["time"]))
}

/// What is packed: JSON, else words.
fn unpack(packed: &str) -> Value {
    let Ok(bytes) = STANDARD.decode(packed) else { return Value::Null };
    body::json(&bytes).unwrap_or_else(|_| String::from_utf8(bytes).map_or(Value::Null, Value::String))
}

/// Whoever does not say when a post was made made it before telling of it.
fn at_latest(mut event: Event, told: Option<Timestamp>) -> Event {
    if let Event::Posted(post) = &mut event {
        post.published = post.published.or(told);
    }
    event
}

/// Data that is no more than words is a post's words; the envelope's id stands for the post's.
fn in_own_words(data: &Value) -> Cow<'_, Value> {
    if data.is_string() { Cow::Owned(json!({ "text": data })) } else { Cow::Borrowed(data) }
}

/// A host, as the specification has it; nothing that could break out of a header.
fn is_origin(origin: &str) -> bool {
    (1..=253).contains(&origin.len())
        && origin.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-:/".contains(&byte))
}
