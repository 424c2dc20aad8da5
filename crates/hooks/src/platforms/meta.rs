//! What Facebook, Instagram, WhatsApp and Threads have in common: one app, one secret, one handshake, one envelope.
//!
//! - Handshake: `GET ?hub.mode=subscribe&hub.verify_token=…&hub.challenge=…`, answered with the bare challenge.
//! - Signature: `X-Hub-Signature-256: sha256=<hex>`, HMAC-SHA-256 of the raw body with the app's secret. Meta sends
//!   non-ASCII letters already escaped; whoever decodes and encodes again before hashing hashes something else. The
//!   older `X-Hub-Signature: sha1=` comes along with every delivery and is not accepted.
//! - Envelope: `{object, entry: [{id, time, changes | messaging | standby: […]}]}`, several of each in one delivery.
//!   The `object` decides how an entry is read, not the address: one app may send everything to one address.
//! - No delivery has an id: a repeated one is recognised by its posts' ids.
//!
//! <https://developers.facebook.com/docs/graph-api/webhooks/getting-started>

pub(super) mod messaging;

use earshot_mention::Timestamp;
use serde_json::Value;

use super::{facebook, instagram};
use crate::item::{each, each_or_one, id, string};
use crate::moment::moment;
use crate::verify::{BodyMac, Encoding, same};
use crate::{DropReason, Endpoint, Event, Incoming, Method, Refusal, Reply, body, query};

pub(super) const SIGNATURE: BodyMac =
    BodyMac { header: "x-hub-signature-256", prefix: "sha256=", salt: "", encoding: Encoding::Hex };

/// Longest challenge that is echoed. Meta's are ten digits.
const LONGEST_CHALLENGE: usize = 128;

/// Answers `hub.challenge` where the verify token is the endpoint's.
pub(super) fn handshake(incoming: &Incoming<'_>, endpoint: &Endpoint) -> Option<Result<Reply, Refusal>> {
    if incoming.method != Method::Get || query::value(incoming.query, "hub.mode")? != "subscribe" {
        return None;
    }
    let Some(token) = &endpoint.verify_token else { return Some(Err(Refusal::NoSecret)) };
    let shown = query::value(incoming.query, "hub.verify_token").unwrap_or_default();
    let challenge = query::value(incoming.query, "hub.challenge").filter(|challenge| is_challenge(challenge));
    Some(challenge.filter(|_| same(&shown, token)).map(Reply::plain).ok_or(Refusal::BadChallenge))
}

/// Only plain letters are echoed, so that the answer can never be a script.
pub(super) fn is_challenge(challenge: &str) -> bool {
    (1..=LONGEST_CHALLENGE).contains(&challenge.len())
        && challenge.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte))
}

/// One entry of the envelope: the account it is about, and when it was sent.
pub(super) struct Entry<'a> {
    /// The page's or the account's id.
    pub(super) account: Option<String>,
    /// When Meta sent it.
    pub(super) sent: Option<Timestamp>,
    /// What is set up.
    pub(super) endpoint: &'a Endpoint,
}

impl Entry<'_> {
    /// Whether this id or handle is the entry's account, or another of ours.
    pub(super) fn is_own(&self, account: &Value) -> bool {
        id(account)
            .is_some_and(|account| self.account.as_ref() == Some(&account) || self.endpoint.is_own(&account))
    }
}

/// Reads the envelope and hands each item to the reader of its object.
pub(super) fn parse(incoming: &Incoming<'_>, endpoint: &Endpoint) -> Result<Vec<Event>, Refusal> {
    let body = body::json(incoming.body)?;
    let mut events = Vec::new();
    // The documentation prints the envelope inside an array, and some relays send it so.
    for envelope in each_or_one(&body) {
        let object = string(&envelope["object"]);
        let entries = each(&envelope["entry"]);
        let (Some(object), false) = (object, entries.is_empty()) else {
            events.push(Event::Dropped(DropReason::UnknownEvent));
            continue;
        };
        for entry in entries {
            let context = Entry { account: id(&entry["id"]), sent: moment(&entry["time"]), endpoint };
            let before = events.len();
            for change in each(&entry["changes"]) {
                events.push(match object {
                    "page" => facebook::change(change, &context),
                    "instagram" => instagram::change(change, &context),
                    _ => Event::Dropped(DropReason::UnknownEvent),
                });
            }
            let platform = match object {
                "page" => Some(facebook::PLATFORM),
                "instagram" => Some(instagram::PLATFORM),
                _ => None,
            };
            for item in each(&entry["messaging"]).iter().chain(each(&entry["standby"])) {
                events.push(match &platform {
                    Some(platform) => messaging::event(item, platform, &context),
                    None => Event::Dropped(DropReason::UnknownEvent),
                });
            }
            if events.len() == before {
                events.push(Event::Dropped(DropReason::UnknownEvent));
            }
        }
    }
    Ok(events)
}
