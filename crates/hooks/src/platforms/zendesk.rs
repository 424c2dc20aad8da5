//! Zendesk: tickets and their comments, messages, the help centre's community.
//!
//! - Handshake: none. Signature: `X-Zendesk-Webhook-Signature`, base64 of the HMAC-SHA-256 over the time (as it stands
//!   in its header: a date, not a number) and the body, nothing between them; five minutes. Sunshine Conversations, which carries Zendesk's messaging, signs nothing and shows
//!   its webhook's secret as `X-API-Key` instead.
//! - Body: Zendesk's own events (`zen:event-type:…`), or whatever the trigger's template says: write Earshot's own JSON
//!   there (see [`crate::relayed`]).
//! - Identity: the ticket, or the ticket and the comment; in the help centre the place and its number. Own: what an agent
//!   or the business writes, and authors in `own`.
//! - Edits: the community's. Deletions: tickets, redacted comments, messages.
//!
//! <https://developer.zendesk.com/documentation/webhooks/verifying/>

mod conversations;
mod events;

use earshot_mention::{Platform, Timestamp};

use crate::item::each_or_one;
use crate::moment::from_text;
use crate::verify::{Encoding, Hash, in_window, mac, proved, same};
use crate::{
    About, Adapter, DropReason, Endpoint, Event, Headers, Incoming, Refusal, Reply, Secret, body, relayed,
};

const PLATFORM: Platform = Platform::named("zendesk");
const SIGNATURE: &str = "x-zendesk-webhook-signature";
const TIME: &str = "x-zendesk-webhook-signature-timestamp";
const KEY: &str = "x-api-key";

/// Zendesk.
#[derive(Debug)]
pub(crate) struct Zendesk;

impl Adapter for Zendesk {
    fn platform(&self) -> Platform {
        PLATFORM
    }

    fn about(&self) -> About {
        About {
            name: "Zendesk",
            docs: "https://developer.zendesk.com/documentation/webhooks/verifying/",
            handshake: "none",
            signature: "X-Zendesk-Webhook-Signature: HMAC-SHA-256 of time and body, base64; 5 minutes",
            events: "tickets, comments, messages, the community; anything a trigger's template says",
            edits: "the community; as the template says",
            deletes: "tickets, redacted comments, messages; as the template says",
            deadline: "12 seconds; repeated 3 times",
        }
    }

    fn handshake(&self, _incoming: &Incoming<'_>, _endpoint: &Endpoint) -> Option<Result<Reply, Refusal>> {
        None
    }

    fn verify(&self, incoming: &Incoming<'_>, endpoint: &Endpoint, now: Timestamp) -> Result<(), Refusal> {
        let (Some(time), Some(signature)) = (incoming.header(TIME), incoming.header(SIGNATURE)) else {
            let key = incoming.header(KEY).ok_or(Refusal::NoSignature)?;
            let fits = endpoint.secrets.iter().any(|secret| same(key, secret));
            return if fits { Ok(()) } else { Err(Refusal::BadSignature) };
        };
        in_window(from_text(time).ok_or(Refusal::BadSignature)?, now)?;
        let digest = Encoding::Base64.decode(signature.trim()).ok_or(Refusal::BadSignature)?;
        proved(Hash::Sha256, endpoint, &[time.as_bytes(), incoming.body], &digest)
    }

    fn parse(
        &self,
        incoming: &Incoming<'_>,
        endpoint: &Endpoint,
        _now: Timestamp,
    ) -> Result<Vec<Event>, Refusal> {
        let body = body::json(incoming.body)?;
        let mut found = Vec::new();
        for told in each_or_one(&body) {
            if conversations::is_one(told) {
                found.extend(conversations::events(told, endpoint));
                continue;
            }
            match told["type"].as_str().and_then(|name| name.strip_prefix("zen:event-type:")) {
                Some(name) => found.push(events::event(name, told, endpoint)),
                None => found.extend(relayed::events(told, &PLATFORM, endpoint, None)),
            }
        }
        if found.is_empty() {
            found.push(Event::Dropped(DropReason::UnknownEvent));
        }
        Ok(found)
    }

    fn sign(&self, secret: &Secret, body: &[u8], now: Timestamp) -> Option<Headers> {
        let seconds = now.as_millis().div_euclid(1000);
        let time = time::OffsetDateTime::from_unix_timestamp(seconds).ok()?;
        let time = time.format(&time::format_description::well_known::Rfc3339).ok()?;
        let digest = mac(Hash::Sha256, secret.expose().as_bytes(), &[time.as_bytes(), body]);
        Some(vec![(TIME.to_owned(), time), (SIGNATURE.to_owned(), Encoding::Base64.encode(&digest))])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Method, Secrets};

    #[test]
    fn who_signs_is_proved_by_the_signature_and_who_does_not_by_the_secret() {
        let endpoint = Endpoint { secrets: Secrets::new([Secret::new("the secret")]), ..Endpoint::default() };
        let now = Timestamp::from_seconds(1_795_370_400);
        let key = |key: &str| vec![(KEY.to_owned(), key.to_owned())];
        let signed = |body: &[u8]| Zendesk.sign(&Secret::new("the secret"), body, now).unwrap_or_default();
        for (headers, proved) in [
            (signed(b"{}"), Ok(())),
            (signed(b"[]"), Err(Refusal::BadSignature)),
            (key("the secret"), Ok(())),
            (key("the secre"), Err(Refusal::BadSignature)),
            (key(""), Err(Refusal::BadSignature)),
            // A signature that is there must fit: the secret beside it does not make up for it.
            ([signed(b"[]"), key("the secret")].concat(), Err(Refusal::BadSignature)),
            (Vec::new(), Err(Refusal::NoSignature)),
        ] {
            let incoming = Incoming { method: Method::Post, query: "", headers: &headers, body: b"{}" };
            assert_eq!(Zendesk.verify(&incoming, &endpoint, now), proved, "{headers:?}");
        }
    }
}
