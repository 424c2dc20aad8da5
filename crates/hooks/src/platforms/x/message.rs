//! Direct messages, which both of X's APIs tell of in the same shape.

use earshot_mention::{Author, Channel, Kind, Text};
use serde_json::Value;

use super::activity::{person, unwrapped};
use super::{Audience, PLATFORM};
use crate::item::{each, id};
use crate::moment::moment;
use crate::platforms::post;
use crate::text::{unescape, words};
use crate::{DropReason, Event};

/// The messages of `direct_message_events`, their authors in `users`.
pub(super) fn events(holder: &Value, audience: &Audience<'_>) -> Vec<Event> {
    each(&holder["direct_message_events"])
        .iter()
        .map(|item| event(item, &holder["users"], audience))
        .collect()
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
