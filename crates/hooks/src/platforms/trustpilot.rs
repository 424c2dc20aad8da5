//! Trustpilot: reviews of our company and our products.
//!
//! - Handshake: none. Signature: none is documented. So the secret travels with the request: as the password in the
//!   address that is registered (`https://earshot:SECRET@…`), or as `?token=`. Whoever reads the address can forge.
//! - Identity: the review's id. A review without words has its stars. The customer's e-mail address, which product
//!   reviews carry, is left behind.
//! - Edits: `…-updated`. Deletions: `…-deleted`.
//!
//! <https://developers.trustpilot.com/webhooks>

use earshot_mention::{Author, Channel, Kind, Platform, PostId, Text, Timestamp};
use serde_json::Value;

use super::post;
use crate::item::{each_or_one, fits_address, id, label, stars, string};
use crate::moment::moment;
use crate::text::words;
use crate::verify::{bearer, shown};
use crate::{About, Adapter, DropReason, Endpoint, Event, Headers, Incoming, Refusal, Reply, Secret, body};

const PLATFORM: Platform = Platform::named("trustpilot");

/// Trustpilot.
#[derive(Debug)]
pub(crate) struct Trustpilot;

impl Adapter for Trustpilot {
    fn platform(&self) -> Platform {
        PLATFORM
    }

    fn about(&self) -> About {
        About {
            name: "Trustpilot",
            docs: "https://developers.trustpilot.com/webhooks",
            handshake: "none",
            signature: "none of its own: a secret in the address (password or ?token=)",
            events: "service and product reviews",
            edits: "reviews",
            deletes: "reviews",
            deadline: "not documented",
        }
    }

    fn handshake(&self, _incoming: &Incoming<'_>, _endpoint: &Endpoint) -> Option<Result<Reply, Refusal>> {
        None
    }

    fn verify(&self, incoming: &Incoming<'_>, endpoint: &Endpoint, _now: Timestamp) -> Result<(), Refusal> {
        shown(incoming, endpoint)
    }

    fn parse(
        &self,
        incoming: &Incoming<'_>,
        _endpoint: &Endpoint,
        _now: Timestamp,
    ) -> Result<Vec<Event>, Refusal> {
        let body = body::json(incoming.body)?;
        let bare = body["eventName"].is_string().then_some(&body);
        let mut events: Vec<Event> = each_or_one(&body["events"]).iter().chain(bare).map(event).collect();
        if events.is_empty() {
            events.push(Event::Dropped(DropReason::UnknownEvent));
        }
        Ok(events)
    }

    fn sign(&self, secret: &Secret, _body: &[u8], _now: Timestamp) -> Option<Headers> {
        Some(bearer(secret))
    }
}

fn event(item: &Value) -> Event {
    let name = item["eventName"].as_str().unwrap_or_default();
    let service = name.starts_with("service-review-");
    if !service && !name.starts_with("product-review-") {
        return Event::Dropped(DropReason::UnknownEvent);
    }
    let data = &item["eventData"];
    let Some(native) = id(&data["id"]) else { return Event::Dropped(DropReason::Malformed) };
    let edited = match name.rsplit('-').next() {
        Some("created") => false,
        Some("updated") => true,
        Some("deleted") => {
            return Event::Deleted {
                id: PostId { platform: PLATFORM, native },
                at: moment(&data["deletedAt"]),
            };
        }
        _ => return Event::Dropped(DropReason::UnknownEvent),
    };
    let permalink =
        (service && fits_address(&native)).then(|| format!("https://www.trustpilot.com/reviews/{native}"));
    let mut review = post(&PLATFORM, native, Kind::Review, Channel::Ours, said(data));
    review.author = Author {
        id: id(&data["consumer"]["id"]),
        name: label(&data["consumer"]["name"]).or_else(|| label(&data["consumer"]["displayName"])),
        ..Author::default()
    };
    review.published = moment(&data["createdAt"]);
    review.permalink = permalink;
    review.language = label(&data["language"]);
    review.stars = stars(&data["stars"]).or_else(|| stars(&data["rating"]));
    if edited {
        return Event::Edited { post: review, at: moment(&data["updatedAt"]) };
    }
    Event::Posted(review)
}

/// The title is part of what the customer says.
fn said(data: &Value) -> Text {
    let text = string(&data["text"]).or_else(|| string(&data["content"]));
    match (string(&data["title"]), text) {
        (Some(title), Some(text)) => words(&format!("{title}\n\n{text}")),
        (Some(words_alone), None) | (None, Some(words_alone)) => words(words_alone),
        (None, None) => Text::None,
    }
}
