//! Direct messages, which both of X's APIs tell of in the same shape.

use earshot_mention::{Author, Channel, Kind, Text};
use serde_json::Value;

use super::activity::{author, person, unwrapped};
use super::{Audience, PLATFORM};
use crate::item::{each_or_one, id};
use crate::moment::moment;
use crate::platforms::post;
use crate::text::{unescape, words};
use crate::{DropReason, Event};

/// The messages of `direct_message_events`, their authors in `users`; or one message as version 2 of the API has it.
pub(super) fn events(holder: &Value, includes: &Value, audience: &Audience<'_>) -> Vec<Event> {
    if holder["direct_message_events"].is_null() && !holder["sender_id"].is_null() {
        return vec![one(holder, includes, audience)];
    }
    each_or_one(&holder["direct_message_events"])
        .iter()
        .map(|item| event(item, &holder["users"], audience))
        .collect()
}

/// Version 2: `{id, text, sender_id, dm_conversation_id, created_at}`.
fn one(item: &Value, includes: &Value, audience: &Audience<'_>) -> Event {
    if audience.is_own(&item["sender_id"]) {
        return Event::Dropped(DropReason::Own);
    }
    let Some(native) = id(&item["id"]) else { return Event::Dropped(DropReason::Malformed) };
    if item["event_type"].as_str().is_some_and(|kind| kind != "MessageCreate") {
        return Event::Dropped(DropReason::NotAPost);
    }
    let text = item["text"].as_str().map_or(Text::None, |text| words(&unescape(text)));
    let mut said = post(&PLATFORM, native, Kind::Message, Channel::Ours, text);
    said.author = author(&item["sender_id"], includes);
    said.published = moment(&item["created_at"]);
    said.thread = id(&item["dm_conversation_id"]);
    Event::Posted(said)
}

fn event(item: &Value, users: &Value, audience: &Audience<'_>) -> Event {
    let message = &item["message_create"];
    if !message.is_object() {
        return Event::Dropped(DropReason::UnknownEvent);
    }
    if audience.is_own(&message["sender_id"]) {
        return Event::Dropped(DropReason::Own);
    }
    let (Some(native), Some(sender)) = (id(&item["id"]), id(&message["sender_id"])) else {
        return Event::Dropped(DropReason::Malformed);
    };
    let text = message["message_data"]["text"].as_str().map_or(Text::None, |text| words(&unescape(text)));
    let mut said = post(&PLATFORM, native, Kind::Message, Channel::Ours, text);
    let user = users.get(&sender).map(unwrapped);
    said.author = user.map_or_else(
        || Author { id: Some(sender.clone()), ..Author::default() },
        |user| person(sender.clone(), user),
    );
    said.published = moment(&item["created_timestamp"]);
    Event::Posted(said)
}
