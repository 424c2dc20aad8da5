//! Bluesky: events of its Jetstream, which a relay of ours listens to and posts here.
//!
//! - Bluesky has no webhooks. The relay signs as Standard Webhooks do and sends one event or a list. A relay that asks
//!   for our notifications instead may send those as they are (`listNotifications`), or posts as a search shows them.
//! - Identity: the post's `at://` address (author, collection and key). A page shows the author's handle, which may
//!   change, so a staff flag makes the same mention only where the site adapter knows the author's DID.
//! - Own: a DID of ours. Ours: our DID in a facet or in the address that is answered, or our handle in the text.
//! - Edits: `update`. Deletions: `delete`, without the text. Of the author the Jetstream tells only the DID.
//!
//! <https://docs.bsky.app/blog/jetstream>

use earshot_mention::{Channel, Kind, Platform, Post, PostId, Reach, Timestamp};
use serde_json::Value;

use super::post;
use crate::item::{count, each, each_or_one, fits_address, handle, id, label, string};
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
        // The API's answers, as a relay got them.
        let listed =
            ["notifications", "posts"].into_iter().map(|name| &body[name]).find(|list| list.is_array());
        let told = listed.unwrap_or(&body);
        let mut events: Vec<Event> = each_or_one(told).iter().map(|told| event(told, endpoint)).collect();
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
    if told["kind"].is_null() && told["record"].is_object() {
        return view(told, endpoint);
    }
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
    let post = said(&did, &key, &commit["record"], at, endpoint);
    if edited { Event::Edited { post, at } } else { Event::Posted(post) }
}

/// A notification or a post as the API shows it, which a relay that asks for those passes on: with the author's names.
fn view(told: &Value, endpoint: &Endpoint) -> Event {
    let reason = told["reason"].as_str();
    match reason {
        Some("like" | "repost" | "like-via-repost" | "repost-via-repost") => {
            return Event::Dropped(DropReason::NoWords);
        }
        None | Some("mention" | "reply" | "quote" | "subscribed-post") => {}
        Some(_) => return Event::Dropped(DropReason::NotAPost),
    }
    let address = string(&told["uri"]).and_then(|uri| uri.strip_prefix("at://")?.split_once('/'));
    let Some((did, key)) =
        address.and_then(|(did, rest)| Some((did, rest.strip_prefix(POSTS)?.strip_prefix('/')?)))
    else {
        return Event::Dropped(DropReason::Malformed);
    };
    let author = &told["author"];
    if endpoint.is_own(did) || handle(&author["handle"]).is_some_and(|handle| endpoint.is_own(&handle)) {
        return Event::Dropped(DropReason::Own);
    }
    let mut post = said(did, key, &told["record"], moment(&told["indexedAt"]), endpoint);
    if reason.is_some_and(|reason| reason != "subscribed-post") {
        post.channel = Channel::Ours;
    }
    post.author.handle = handle(&author["handle"]);
    post.author.name = label(&author["displayName"]);
    post.author.followers = count(&author["followersCount"]);
    post.reach = Reach {
        likes: count(&told["likeCount"]),
        shares: count(&told["repostCount"]),
        replies: count(&told["replyCount"]),
    };
    Event::Posted(post)
}

/// The post that a record holds.
fn said(did: &str, key: &str, record: &Value, at: Option<Timestamp>, endpoint: &Endpoint) -> Post {
    let answered = string(&record["reply"]["parent"]["uri"]);
    let kind = if answered.is_some() { Kind::Comment } else { Kind::Post };
    let text = words_or_none(&record["text"]);
    let ours = names_us(record, endpoint) || endpoint.is_named_in(text.as_str());
    let channel = if ours { Channel::Ours } else { Channel::Elsewhere };
    let mut said = post(&PLATFORM, format!("at://{did}/{POSTS}/{key}"), kind, channel, text);
    said.published = moment(&record["createdAt"]).or(at);
    let thread = answered.map(str::to_owned).or_else(|| quoted(record).map(str::to_owned));
    said.thread = thread.filter(|thread| thread.len() <= 512);
    said.language = each(&record["langs"]).first().and_then(label);
    said.permalink =
        (is_did(did) && fits_address(key)).then(|| format!("https://bsky.app/profile/{did}/post/{key}"));
    said.author.id = Some(did.to_owned());
    said
}

/// The post that is quoted, alone or beside pictures.
fn quoted(record: &Value) -> Option<&str> {
    let embed = &record["embed"];
    string(&embed["record"]["uri"]).or_else(|| string(&embed["record"]["record"]["uri"]))
}

/// Our DID in a mention, or as the author of what is answered or quoted.
fn names_us(record: &Value, endpoint: &Endpoint) -> bool {
    let owner = |uri: Option<&str>| {
        uri.and_then(|uri| uri.strip_prefix("at://")?.split('/').next())
            .is_some_and(|did| endpoint.is_own(did))
    };
    let mentioned = each(&record["facets"])
        .iter()
        .flat_map(|facet| each(&facet["features"]))
        .any(|feature| string(&feature["did"]).is_some_and(|did| endpoint.is_own(did)));
    mentioned || owner(string(&record["reply"]["parent"]["uri"])) || owner(quoted(record))
}

fn is_did(did: &str) -> bool {
    did.starts_with("did:") && did.bytes().all(|byte| byte.is_ascii_alphanumeric() || b":._-".contains(&byte))
}
