//! Sunshine Conversations: what is said in Zendesk's messaging, as its own webhooks tell of it.
//!
//! One delivery holds several `events`; `conversation:message` is somebody's words, a business's author is us. The
//! message's id is the platform's.
//!
//! <https://docs.smooch.io/rest/#tag/Webhooks>

use earshot_mention::{Author, Channel, Kind, PostId};
use serde_json::Value;

use super::PLATFORM;
use crate::item::{each_or_one, id, label, string};
use crate::moment::moment;
use crate::platforms::post;
use crate::text::{words, words_or_none};
use crate::{DropReason, Endpoint, Event};

/// Whether a delivery is one of these.
pub(super) fn is_one(told: &Value) -> bool {
    told["events"].is_array() && told["app"].is_object()
}

/// What a delivery tells of.
pub(super) fn events(told: &Value, endpoint: &Endpoint) -> Vec<Event> {
    let events: Vec<Event> = each_or_one(&told["events"]).iter().map(|item| event(item, endpoint)).collect();
    if events.is_empty() { vec![Event::Dropped(DropReason::UnknownEvent)] } else { events }
}

fn event(item: &Value, endpoint: &Endpoint) -> Event {
    let payload = &item["payload"];
    let at = moment(&item["createdAt"]);
    match item["type"].as_str() {
        Some("conversation:message") => message(payload, endpoint),
        Some("conversation:message:deleted") => {
            let gone = id(&payload["message"]["id"]).map(|native| PostId { platform: PLATFORM, native });
            gone.map_or(Event::Dropped(DropReason::Malformed), |id| Event::Deleted { id, at })
        }
        Some("conversation:postback") => pressed(item, endpoint),
        Some("conversation:read" | "conversation:typing") => Event::Dropped(DropReason::NoWords),
        Some(_) => Event::Dropped(DropReason::NotAPost),
        None => Event::Dropped(DropReason::Malformed),
    }
}

fn message(payload: &Value, endpoint: &Endpoint) -> Event {
    let message = &payload["message"];
    let author = &message["author"];
    let own = id(&author["userId"]).is_some_and(|user| endpoint.is_own(&user));
    if own || author["type"] == "business" {
        return Event::Dropped(DropReason::Own);
    }
    let Some(native) = id(&message["id"]) else { return Event::Dropped(DropReason::Malformed) };
    let content = &message["content"];
    let shown =
        ["text", "altText", "caption", "textFallback"].iter().find_map(|field| string(&content[*field]));
    // What was typed into a form stands field by field.
    let typed = each_or_one(&content["fields"])
        .iter()
        .filter_map(|field| string(&field["text"]).or_else(|| string(&field["email"])));
    let text = shown.map_or_else(|| words(&typed.collect::<Vec<_>>().join("\n")), words);
    let mut said = post(&PLATFORM, native, Kind::Message, Channel::Ours, text);
    said.author = Author {
        id: id(&author["userId"]).or_else(|| id(&author["userExternalId"])),
        name: label(&author["displayName"]),
        ..Author::default()
    };
    said.published = moment(&message["received"]);
    said.thread = id(&payload["conversation"]["id"]);
    Event::Posted(said)
}

/// A button says what stands on it.
fn pressed(item: &Value, endpoint: &Endpoint) -> Event {
    let (payload, at) = (&item["payload"], moment(&item["createdAt"]));
    let user = &payload["user"];
    if id(&user["id"]).is_some_and(|user| endpoint.is_own(&user)) {
        return Event::Dropped(DropReason::Own);
    }
    if string(&payload["postback"]["text"]).is_none() {
        return Event::Dropped(DropReason::NotAPost);
    }
    let Some(native) = id(&item["id"]) else { return Event::Dropped(DropReason::Malformed) };
    let text = words_or_none(&payload["postback"]["text"]);
    let mut said = post(&PLATFORM, native, Kind::Message, Channel::Ours, text);
    said.author.id = id(&user["id"]);
    said.published = at;
    said.thread = id(&payload["conversation"]["id"]);
    Event::Posted(said)
}
