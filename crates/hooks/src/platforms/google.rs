//! Google Business Profile: reviews of our places, by Pub/Sub push.
//!
//! - Handshake: none. Proof: the push's OpenID Connect token (`Authorization: Bearer`), checked against keys that the
//!   edge fetches and sets as [`crate::OpenId`]. Where none are set, or for trying a set-up, a secret shown as a bearer
//!   token or as `?token=` in the push address stands in; it is only as secret as that address.
//! - Thin: a notification names the review and nothing else. It must be fetched by that name.
//! - Identity: the review's resource name, `accounts/…/locations/…/reviews/…`.
//! - Edits: `UPDATED_REVIEW`. Deletions are not told.
//! - Pub/Sub repeats until it gets a 2xx; the review's name is what counts, not the `messageId`.
//!
//! <https://developers.google.com/my-business/content/notification-setup>

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};
use earshot_mention::{Channel, Kind, Platform, Text, Timestamp};
use serde_json::Value;

use super::post;
use crate::item::{id, string};
use crate::moment::moment;
use crate::verify::{bearer, shown, signed_by_google};
use crate::{About, Adapter, DropReason, Endpoint, Event, Headers, Incoming, Refusal, Reply, Secret, body};

const PLATFORM: Platform = Platform::named("google");

/// Google Business Profile.
#[derive(Debug)]
pub(crate) struct Google;

impl Adapter for Google {
    fn platform(&self) -> Platform {
        PLATFORM
    }

    fn about(&self) -> About {
        About {
            name: "Google Business Profile",
            docs: "https://developers.google.com/my-business/content/notification-setup",
            handshake: "none",
            signature: "Pub/Sub's OpenID Connect token (RS256), or a secret in the push address",
            events: "reviews (without words)",
            edits: "reviews",
            deletes: "none",
            deadline: "Pub/Sub's: 10 seconds unless set otherwise; repeated for 7 days",
        }
    }

    fn can_prove(&self, endpoint: &Endpoint) -> bool {
        endpoint.open_id.is_some() || !endpoint.secrets.is_empty()
    }

    fn handshake(&self, _incoming: &Incoming<'_>, _endpoint: &Endpoint) -> Option<Result<Reply, Refusal>> {
        None
    }

    fn verify(&self, incoming: &Incoming<'_>, endpoint: &Endpoint, now: Timestamp) -> Result<(), Refusal> {
        let token = incoming.header("authorization").and_then(|header| header.strip_prefix("Bearer "));
        if let (Some(open_id), Some(token)) = (&endpoint.open_id, token)
            && signed_by_google(token.trim(), open_id, now).is_ok()
        {
            return Ok(());
        }
        shown(incoming, endpoint)
    }

    fn parse(
        &self,
        incoming: &Incoming<'_>,
        _endpoint: &Endpoint,
        _now: Timestamp,
    ) -> Result<Vec<Event>, Refusal> {
        let envelope = body::json(incoming.body)?;
        let message = &envelope["message"];
        let data = string(&message["data"]).and_then(|data| {
            let bytes = STANDARD.decode(data).or_else(|_| URL_SAFE.decode(data)).ok()?;
            body::json(&bytes).ok()
        });
        let at = moment(&message["publishTime"]).or_else(|| moment(&message["publish_time"]));
        // A push without its wrapping is the data alone.
        let data = data.as_ref().or_else(|| message.is_null().then_some(&envelope));
        Ok(vec![data.map_or(Event::Dropped(DropReason::Malformed), |data| event(data, at))])
    }

    fn sign(&self, secret: &Secret, _body: &[u8], _now: Timestamp) -> Option<Headers> {
        Some(bearer(secret))
    }
}

/// Keys have been seen in both spellings.
fn event(data: &Value, at: Option<Timestamp>) -> Event {
    let either = |snake: &str, camel: &str| id(&data[snake]).or_else(|| id(&data[camel]));
    let name =
        either("notification_type", "notificationType").or_else(|| id(&data["type"])).unwrap_or_default();
    let edited = match name.as_str() {
        "NEW_REVIEW" => false,
        "UPDATED_REVIEW" => true,
        "" if either("review_name", "reviewName").is_some() => false,
        "" => return Event::Dropped(DropReason::UnknownEvent),
        _ => return Event::Dropped(DropReason::NotAPost),
    };
    let named =
        ["review", "name", "resource_name", "resourceName"].iter().find_map(|field| id(&data[*field]));
    let review = either("review_name", "reviewName").or(named.filter(|name| name.contains("/reviews/")));
    let Some(native) = review else { return Event::Dropped(DropReason::Malformed) };
    let place = either("location_name", "locationName").or_else(|| id(&data["location"]));
    let mut review = post(&PLATFORM, native, Kind::Review, Channel::Ours, Text::NotDelivered);
    review.thread = place;
    if edited {
        return Event::Edited { post: review, at };
    }
    review.published = at;
    Event::Posted(review)
}
