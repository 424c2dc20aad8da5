//! Zendesk: tickets and their comments.
//!
//! - Handshake: none. Signature: `X-Zendesk-Webhook-Signature`, base64 of the HMAC-SHA-256 over the time (as it stands
//!   in its header: a date, not a number) and the body, nothing between them; five minutes.
//! - Body: Zendesk's own events (`zen:event-type:…`), or whatever the trigger's template says: write Earshot's own JSON
//!   there (see [`crate::relayed`]).
//! - Identity: the ticket, or the ticket and the comment. Own: what an agent writes.
//!
//! <https://developer.zendesk.com/documentation/webhooks/verifying/>

use earshot_mention::{Author, Channel, Kind, Platform, Timestamp};
use serde_json::Value;

use super::post;
use crate::item::{each_or_one, id, label, string, yes};
use crate::moment::{from_text, moment};
use crate::text::{words, words_or_none};
use crate::verify::{Encoding, Hash, in_window, mac, proved};
use crate::{
    About, Adapter, DropReason, Endpoint, Event, Headers, Incoming, Refusal, Reply, Secret, body, relayed,
};

const PLATFORM: Platform = Platform::named("zendesk");
const SIGNATURE: &str = "x-zendesk-webhook-signature";
const TIME: &str = "x-zendesk-webhook-signature-timestamp";

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
            events: "tickets, comments; anything a trigger's template says",
            edits: "as the template says",
            deletes: "as the template says",
            deadline: "12 seconds; repeated 3 times",
        }
    }

    fn handshake(&self, _incoming: &Incoming<'_>, _endpoint: &Endpoint) -> Option<Result<Reply, Refusal>> {
        None
    }

    fn verify(&self, incoming: &Incoming<'_>, endpoint: &Endpoint, now: Timestamp) -> Result<(), Refusal> {
        let (Some(time), Some(signature)) = (incoming.header(TIME), incoming.header(SIGNATURE)) else {
            return Err(Refusal::NoSignature);
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
        let mut events = Vec::new();
        for told in each_or_one(&body) {
            match told["type"].as_str().and_then(|name| name.strip_prefix("zen:event-type:")) {
                Some(name) => events.push(event(name, told)),
                None => events.extend(relayed::events(told, &PLATFORM, endpoint, None)),
            }
        }
        if events.is_empty() {
            events.push(Event::Dropped(DropReason::UnknownEvent));
        }
        Ok(events)
    }

    fn sign(&self, secret: &Secret, body: &[u8], now: Timestamp) -> Option<Headers> {
        let seconds = now.as_millis().div_euclid(1000);
        let time = time::OffsetDateTime::from_unix_timestamp(seconds).ok()?;
        let time = time.format(&time::format_description::well_known::Rfc3339).ok()?;
        let digest = mac(Hash::Sha256, secret.expose().as_bytes(), &[time.as_bytes(), body]);
        Some(vec![(TIME.to_owned(), time), (SIGNATURE.to_owned(), Encoding::Base64.encode(&digest))])
    }
}

fn event(name: &str, told: &Value) -> Event {
    let ticket = &told["detail"];
    let Some(ticket_id) = id(&ticket["id"]) else { return Event::Dropped(DropReason::Malformed) };
    let at = moment(&told["time"]);
    match name {
        "ticket.created" => {
            let text = match (string(&ticket["subject"]), string(&ticket["description"])) {
                (Some(subject), Some(text)) if !text.starts_with(subject) => {
                    words(&format!("{subject}\n\n{text}"))
                }
                (subject, text) => words(text.or(subject).unwrap_or_default()),
            };
            let mut said = post(&PLATFORM, ticket_id, Kind::Message, Channel::Ours, text);
            said.author.id = id(&ticket["requester_id"]);
            said.published = moment(&ticket["created_at"]).or(at);
            Event::Posted(said)
        }
        "ticket.comment_added" => {
            let comment = &told["event"]["comment"];
            if yes(&comment["author"]["is_staff"]) {
                return Event::Dropped(DropReason::Own);
            }
            let Some(comment_id) = id(&comment["id"]) else { return Event::Dropped(DropReason::Malformed) };
            let native = format!("{ticket_id}-{comment_id}");
            let mut said =
                post(&PLATFORM, native, Kind::Message, Channel::Ours, words_or_none(&comment["body"]));
            let author = &comment["author"];
            said.author = Author { id: id(&author["id"]), name: label(&author["name"]), ..Author::default() };
            said.published = at;
            said.thread = Some(ticket_id);
            Event::Posted(said)
        }
        _ => Event::Dropped(DropReason::NotAPost),
    }
}
