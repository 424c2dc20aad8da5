//! Anything else that can post JSON: Zapier, n8n, Make, a relay of Google Alerts, a plug-in of WordPress or Disqus.
//!
//! - Handshake: none. Proof: a secret shown as a bearer token, as a password or as `?token=`; or, better, an HMAC-SHA-256
//!   of the body in hex, as `X-Signature-256` or `X-Hub-Signature-256: sha256=…`, or in base64 as
//!   `X-WC-Webhook-Signature` (WooCommerce).
//! - Body: Earshot's own JSON (see [`crate::relayed`]), or any other with a [`crate::Mapping`] that says where its fields
//!   stand.

use earshot_mention::{Platform, Timestamp};
use serde_json::{Map, Value};

use crate::item::each_or_one;
use crate::verify::{BodyMac, Encoding, shown};
use crate::{
    About, Adapter, DropReason, Endpoint, Event, Headers, Incoming, Mapping, Refusal, Reply, Secret, body,
    relayed,
};

const PLATFORM: Platform = Platform::named("generic");

const SIGNATURES: &[BodyMac] = &[
    BodyMac { header: "x-signature-256", prefix: "sha256=", salt: "", encoding: Encoding::Hex },
    BodyMac { header: "x-hub-signature-256", prefix: "sha256=", salt: "", encoding: Encoding::Hex },
    BodyMac { header: "x-wc-webhook-signature", prefix: "", salt: "", encoding: Encoding::Base64 },
];

/// Anything that can post JSON.
#[derive(Debug)]
pub(crate) struct Generic;

impl Adapter for Generic {
    fn platform(&self) -> Platform {
        PLATFORM
    }

    fn about(&self) -> About {
        About {
            name: "Anything else (Zapier, n8n, Make, WordPress …)",
            docs: "https://zapier.com/apps/webhook/integrations",
            handshake: "none",
            signature: "X-Signature-256: HMAC-SHA-256 of the body, hex; or a bearer token",
            events: "posts, comments, messages and reviews, fields mapped",
            edits: "post.updated",
            deletes: "post.deleted",
            deadline: "the sender's",
        }
    }

    fn handshake(&self, _incoming: &Incoming<'_>, _endpoint: &Endpoint) -> Option<Result<Reply, Refusal>> {
        None
    }

    fn verify(&self, incoming: &Incoming<'_>, endpoint: &Endpoint, _now: Timestamp) -> Result<(), Refusal> {
        // A signature that is there must fit: a token beside it does not make up for it.
        match SIGNATURES.iter().find(|signature| incoming.header(signature.header).is_some()) {
            Some(signature) => signature.verify(incoming, endpoint),
            None => shown(incoming, endpoint),
        }
    }

    fn parse(
        &self,
        incoming: &Incoming<'_>,
        endpoint: &Endpoint,
        _now: Timestamp,
    ) -> Result<Vec<Event>, Refusal> {
        let body = body::json(incoming.body)?;
        let Some(mapping) = &endpoint.mapping else {
            return Ok(relayed::events(&body, &PLATFORM, endpoint, None));
        };
        let items = mapping.0.get("items").and_then(|pointer| body.pointer(pointer)).unwrap_or(&body);
        let mut events: Vec<Event> = each_or_one(items)
            .iter()
            .map(|item| {
                let item = mapped(item, mapping);
                let what = item["type"].as_str().unwrap_or("post.created");
                relayed::event(what, &item, &PLATFORM, endpoint, None)
            })
            .collect();
        if events.is_empty() {
            events.push(Event::Dropped(DropReason::UnknownEvent));
        }
        Ok(events)
    }

    fn sign(&self, secret: &Secret, body: &[u8], _now: Timestamp) -> Option<Headers> {
        SIGNATURES.first().map(|signature| signature.sign(secret, body))
    }
}

/// The item in our own words: each field that the mapping finds. What is no pointer is taken as it stands, so that a
/// mapping may say `"platform": "wordpress"`.
fn mapped(item: &Value, mapping: &Mapping) -> Value {
    let fields = mapping.0.iter().filter(|(name, _)| *name != "items").filter_map(|(name, place)| {
        let value =
            if place.starts_with('/') { item.pointer(place)?.clone() } else { Value::String(place.clone()) };
        Some((name.clone(), value))
    });
    Value::Object(fields.collect::<Map<String, Value>>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_mapping_finds_the_fields() {
        let places = [
            ("items", "/feed"),
            ("id", "/guid"),
            ("text", "/body/plain"),
            ("platform", "wordpress"),
            ("url", "/nowhere"),
        ];
        let mapping = Mapping(places.map(|(name, place)| (name.to_owned(), place.to_owned())).into());
        let item = json!({ "guid": 7, "body": { "plain": "hello" }, "other": 1 });
        assert_eq!(mapped(&item, &mapping), json!({ "id": 7, "text": "hello", "platform": "wordpress" }));
    }
}
