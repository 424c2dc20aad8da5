//! Bluesky: events of its Jetstream, which a relay of ours listens to and posts here.
//!
//! - Bluesky has no webhooks. The relay signs as Standard Webhooks do and sends one event or a list.
//! - Identity: the post's `at://` address (author, collection and key). A page shows the author's handle, which may
//!   change, so a staff flag makes the same mention only where the site adapter knows the author's DID.
//! - Own: a DID of ours. Ours: our DID in a facet or in the address that is answered, or our handle in the text.
//! - Edits: `update`. Deletions: `delete`, without the text. Of the author only the DID is told.
//!
//! <https://docs.bsky.app/blog/jetstream>

use earshot_mention::{Channel, Kind, Platform, PostId, Timestamp};
use serde_json::Value;

use super::post;
use crate::item::{each, each_or_one, fits_address, id, label, string};
use crate::moment::moment;
use crate::text::words_or_none;
use crate::verify::Standard;
use crate::{About, Adapter, DropReason, Endpoint, Event, Headers, Incoming, Refusal, Reply, Secret, body};

const PLATFORM: Platform = Platform::named("bluesky");
const POSTS: &str = "app.bsky.feed.post";

/// Bluesky.
#[derive(Debug)]
pub(crate) struct Bluesky;

impl Adapter for Bluesky {
    fn platform(&self) -> Platform {
        PLATFORM
    }

    fn about(&self) -> About {
        About {
            name: "Bluesky",
            docs: "https://docs.bsky.app/blog/jetstream",
            handshake: "none",
            signature: "a relay's: Standard Webhooks",
            events: "posts and replies, from a relay of the Jetstream",
            edits: "posts",
            deletes: "posts",
            deadline: "the relay's",
        }
    }

    fn handshake(&self, _incoming: &Incoming<'_>, _endpoint: &Endpoint) -> Option<Result<Reply, Refusal>> {
        None
    }

    fn verify(&self, incoming: &Incoming<'_>, endpoint: &Endpoint, now: Timestamp) -> Result<(), Refusal> {
        Standard.verify(incoming, endpoint, now)
    }

    fn parse(
        &self,
        incoming: &Incoming<'_>,
        endpoint: &Endpoint,
        _now: Timestamp,
    ) -> Result<Vec<Event>, Refusal> {
        let body = body::json(incoming.body)?;
        let mut events: Vec<Event> = each_or_one(&body).iter().map(|told| event(told, endpoint)).collect();
        if events.is_empty() {
            events.push(Event::Dropped(DropReason::UnknownEvent));
        }
        Ok(events)
    }

    fn sign(&self, secret: &Secret, body: &[u8], now: Timestamp) -> Option<Headers> {
        Standard.sign(secret, body, now)
    }
}

fn event(told: &Value, endpoint: &Endpoint) -> Event {
    match told["kind"].as_str() {
        Some("commit") => {}
        Some("identity" | "account") => return Event::Dropped(DropReason::NotAPost),
        _ => return Event::Dropped(DropReason::UnknownEvent),
    }
    let commit = &told["commit"];
    match commit["collection"].as_str() {
        Some(POSTS) => {}
        Some("app.bsky.feed.like" | "app.bsky.feed.repost") => return Event::Dropped(DropReason::NoWords),
        Some(_) => return Event::Dropped(DropReason::NotAPost),
        None => return Event::Dropped(DropReason::Malformed),
    }
    let (Some(did), Some(key)) = (id(&told["did"]), id(&commit["rkey"])) else {
        return Event::Dropped(DropReason::Malformed);
    };
    if endpoint.is_own(&did) {
        return Event::Dropped(DropReason::Own);
    }
    let native = format!("at://{did}/{POSTS}/{key}");
    let at = told["time_us"].as_i64().map(|micros| Timestamp::from_millis(micros / 1000));
    let edited = match commit["operation"].as_str() {
        Some("create") => false,
        Some("update") => true,
        Some("delete") => return Event::Deleted { id: PostId { platform: PLATFORM, native }, at },
        _ => return Event::Dropped(DropReason::UnknownEvent),
    };
    let record = &commit["record"];
    let answered = string(&record["reply"]["parent"]["uri"]);
    let kind = if answered.is_some() { Kind::Comment } else { Kind::Post };
    let text = words_or_none(&record["text"]);
    let ours = names_us(record, endpoint) || endpoint.is_named_in(text.as_str());
    let mut said = post(&PLATFORM, native, kind, if ours { Channel::Ours } else { Channel::Elsewhere }, text);
    said.published = moment(&record["createdAt"]).or(at);
    said.thread = answered.map(str::to_owned).filter(|thread| thread.len() <= 512);
    said.language = each(&record["langs"]).first().and_then(label);
    said.permalink =
        (is_did(&did) && fits_address(&key)).then(|| format!("https://bsky.app/profile/{did}/post/{key}"));
    said.author.id = Some(did);
    if edited { Event::Edited { post: said, at } } else { Event::Posted(said) }
}

/// Our DID in a mention, or as the author of what is answered or quoted.
fn names_us(record: &Value, endpoint: &Endpoint) -> bool {
    let owner = |uri: &Value| {
        string(uri)
            .and_then(|uri| uri.strip_prefix("at://")?.split('/').next())
            .is_some_and(|did| endpoint.is_own(did))
    };
    let mentioned = each(&record["facets"])
        .iter()
        .flat_map(|facet| each(&facet["features"]))
        .any(|feature| string(&feature["did"]).is_some_and(|did| endpoint.is_own(did)));
    mentioned || owner(&record["reply"]["parent"]["uri"]) || owner(&record["embed"]["record"]["uri"])
}

fn is_did(did: &str) -> bool {
    did.starts_with("did:") && did.bytes().all(|byte| byte.is_ascii_alphanumeric() || b":._-".contains(&byte))
}
