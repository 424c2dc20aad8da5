//! Standard Webhooks: anything that can sign as the specification says and tell of posts in our own words.
//!
//! For relays, automation tools (Zapier, n8n, Make), plug-ins and home-made scripts. The body is the one described in
//! [`crate::relayed`]. The specification's `webhook-id` stands for the post's id where the body has none.
//!
//! <https://www.standardwebhooks.com>

use earshot_mention::{Platform, Timestamp};

use crate::verify::Standard;
use crate::{About, Adapter, Endpoint, Event, Headers, Incoming, Refusal, Reply, Secret, body, relayed};

const PLATFORM: Platform = Platform::named("standard");

/// Standard Webhooks.
#[derive(Debug)]
pub(crate) struct StandardWebhooks;

impl Adapter for StandardWebhooks {
    fn platform(&self) -> Platform {
        PLATFORM
    }

    fn about(&self) -> About {
        About {
            name: "Standard Webhooks",
            docs: "https://www.standardwebhooks.com",
            handshake: "none",
            signature: "webhook-signature: HMAC-SHA-256 of id, time and body, base64 (v1), or Ed25519 (v1a); 5 minutes",
            events: "posts, comments, messages and reviews in Earshot's own JSON",
            edits: "post.updated",
            deletes: "post.deleted",
            deadline: "the sender's",
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
        let delivery = incoming.header("webhook-id").or_else(|| incoming.header("svix-id"));
        Ok(relayed::events(&body, &PLATFORM, endpoint, delivery))
    }

    fn sign(&self, secret: &Secret, body: &[u8], now: Timestamp) -> Option<Headers> {
        Standard.sign(secret, body, now)
    }
}
