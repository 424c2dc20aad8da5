//! X: posts that mention, answer or quote us, and direct messages.
//!
//! - Three shapes come to one address: the X Activity API (`data.event_type`, dotted names), the older Account
//!   Activity API (`for_user_id` and `*_events`), and filtered-stream webhooks (`matching_rules`).
//! - Handshake: `GET ?crc_token=…`, answered with an HMAC of the token. It uses the key and the algorithm of the
//!   deliveries' signature, so a body sent as the token would come back signed: only tokens of the documented shape
//!   are answered.
//! - Signature: `x-twitter-webhooks-signature: sha256=<base64>` over the raw body with the consumer secret. No time is
//!   signed; a repeated delivery is recognised by the posts' ids.
//! - Identity: a status id as a string (they exceed 2^53), of an edited post the first id of its edit history: what a
//!   page's address shows, too. A message's event id.
//! - Own: the author is the subscribed account or another of ours; `dm.sent`, `chat.sent`.
//! - Edits come as a new id with an edit history, deletions with the id of any version: every version's id is told of.
//!   Plain reposts and likes have no words. Encrypted chat is a message whose words only the app can show.
//!
//! <https://docs.x.com/x-api/webhooks/quickstart>, <https://docs.x.com/x-api/activity/introduction>

mod account;
mod activity;
mod message;

use std::collections::BTreeSet;

use earshot_mention::{Platform, Post, PostId, Timestamp};
use serde_json::{Value, json};

use crate::item::{each_or_one, id};
use crate::verify::{BodyMac, Encoding, Hash, mac};
use crate::{
    About, Adapter, DropReason, Endpoint, Event, Headers, Incoming, Method, Refusal, Reply, Secret, body,
    query,
};

const PLATFORM: Platform = Platform::named("x");

const SIGNATURE: BodyMac = BodyMac {
    header: "x-twitter-webhooks-signature",
    prefix: "sha256=",
    salt: "",
    encoding: Encoding::Base64,
};

/// X.
#[derive(Debug)]
pub(crate) struct X;

impl Adapter for X {
    fn platform(&self) -> Platform {
        PLATFORM
    }

    fn about(&self) -> About {
        About {
            name: "X",
            docs: "https://docs.x.com/x-api/webhooks/quickstart",
            handshake: "GET with crc_token, answered with its HMAC; hourly",
            signature: "x-twitter-webhooks-signature: HMAC-SHA-256 of the body, base64, consumer secret",
            events: "mentions, replies, quotes, direct messages; posts of filtered streams",
            edits: "a new post with its edit history",
            deletes: "posts",
            deadline: "10 seconds; lost events can be replayed for 24 hours",
        }
    }

    fn handshake(&self, incoming: &Incoming<'_>, endpoint: &Endpoint) -> Option<Result<Reply, Refusal>> {
        if incoming.method != Method::Get {
            return None;
        }
        let token = query::value(incoming.query, "crc_token")?;
        if !is_token(&token) {
            return Some(Err(Refusal::BadChallenge));
        }
        let Some(secret) = endpoint.secrets.iter().next() else { return Some(Err(Refusal::NoSecret)) };
        let digest = mac(Hash::Sha256, secret.expose().as_bytes(), &[token.as_bytes()]);
        let response = format!("sha256={}", Encoding::Base64.encode(&digest));
        Some(Ok(Reply::json(&json!({ "response_token": response }))))
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
        let mut events: Vec<Event> =
            each_or_one(&body).iter().flat_map(|delivery| read(delivery, endpoint)).collect();
        if events.is_empty() {
            events.push(Event::Dropped(DropReason::UnknownEvent));
        }
        Ok(events)
    }

    fn sign(&self, secret: &Secret, body: &[u8], _now: Timestamp) -> Option<Headers> {
        Some(SIGNATURE.sign(secret, body))
    }
}

/// The documented shape of a token: base64 of 16 to 128 letters. A body in JSON starts with a brace, which is none.
fn is_token(token: &str) -> bool {
    (16..=128).contains(&token.len())
        && token.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+/=_-".contains(&byte))
}

fn read(delivery: &Value, endpoint: &Endpoint) -> Vec<Event> {
    let data = &delivery["data"];
    if data["event_type"].is_string() {
        return activity::events(data, endpoint);
    }
    // Some relays leave out which rules a post met.
    let is_streamed = delivery["includes"].is_object() && !data["author_id"].is_null();
    if delivery["matching_rules"].is_array() || is_streamed {
        let audience = Audience { account: None, endpoint };
        return activity::stream_post(data, &delivery["includes"], &audience);
    }
    if delivery.get("for_user_id").is_some() {
        return account::events(delivery, endpoint);
    }
    let administrative = ["user_event", "replay_job_status"].iter().any(|kind| delivery[*kind].is_object());
    vec![Event::Dropped(if administrative { DropReason::NotAPost } else { DropReason::UnknownEvent })]
}

/// The most versions of a post that are told of; X allows five edits.
const MOST_VERSIONS: usize = 16;

/// An edited post is kept by its first version's id, and may be deleted by any.
fn edited(post: Post, versions: impl Iterator<Item = String>) -> Vec<Event> {
    let others: BTreeSet<String> =
        versions.filter(|version| *version != post.id.native).take(MOST_VERSIONS).collect();
    let mut events: Vec<Event> = others
        .into_iter()
        .map(|native| Event::AlsoKnownAs { id: post.id.clone(), also: PostId { platform: PLATFORM, native } })
        .collect();
    let at = post.published;
    events.push(Event::Edited { post, at });
    events
}

/// Whose ears we are: the account that subscribed, and what is set up.
struct Audience<'a> {
    /// The account that subscribed, where it is ours for certain.
    account: Option<String>,
    endpoint: &'a Endpoint,
}

impl Audience<'_> {
    /// Whether this id or handle is ours.
    fn is_own(&self, account: &Value) -> bool {
        id(account)
            .is_some_and(|account| self.account.as_ref() == Some(&account) || self.endpoint.is_own(&account))
    }
}

/// X's language codes that name none: undetermined, or only mentions, media, hashtags.
fn language(value: &Value) -> Option<String> {
    let code = crate::item::label(value)?;
    let none = matches!(code.as_str(), "und" | "zxx" | "art") || (code.len() == 3 && code.starts_with('q'));
    (!none).then_some(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_tokens_of_the_documented_shape_are_signed() {
        for (token, good) in [
            ("Y3JjX3Rva2VuX2Zvcl90ZXN0cw==", true),
            ("abcdefghijklmnop", true),
            ("{\"for_user_id\":\"2244994945\"}", false),
            ("[{\"a\":1},{\"b\":2}]", false),
            ("short", false),
            ("", false),
            ("abcdefghijklmno p", false),
        ] {
            assert_eq!(is_token(token), good, "{token}");
        }
        assert!(!is_token(&"a".repeat(129)));
    }
}
