//! The Account Activity API: posts of the API's version 1.1.

use earshot_mention::{Channel, Kind, PostId, Reach, Text};
use serde_json::Value;

use super::activity::{permalink, person};
use super::{Audience, PLATFORM, edited, language, message};
use crate::item::{count, each, each_or_one, id};
use crate::moment::moment;
use crate::platforms::post;
use crate::text::{unescape, words};
use crate::{DropReason, Endpoint, Event};

/// The events of one delivery: every list in it whose name ends in `_events`.
pub(super) fn events(delivery: &Value, endpoint: &Endpoint) -> Vec<Event> {
    let audience = Audience { account: id(&delivery["for_user_id"]), endpoint };
    let mut events = Vec::new();
    for (name, list) in delivery.as_object().into_iter().flatten() {
        match name.as_str() {
            "tweet_create_events" => {
                events.extend(each_or_one(list).iter().flat_map(|post| status(post, &audience)))
            }
            "tweet_delete_events" => {
                events.extend(each_or_one(list).iter().map(|item| deletion(item, &audience)))
            }
            "direct_message_events" => events.extend(message::events(delivery, &Value::Null, &audience)),
            "favorite_events"
            | "direct_message_indicate_typing_events"
            | "direct_message_mark_read_events" => {
                events.extend(each_or_one(list).iter().map(|_| Event::Dropped(DropReason::NoWords)));
            }
            "follow_events" | "unfollow_events" | "block_events" | "unblock_events" | "mute_events"
            | "unmute_events" => {
                events.extend(each_or_one(list).iter().map(|_| Event::Dropped(DropReason::NotAPost)))
            }
            "user_event" | "replay_event" => events.push(Event::Dropped(DropReason::NotAPost)),
            _ if name.ends_with("_events") => events.push(Event::Dropped(DropReason::UnknownEvent)),
            _ => {}
        }
    }
    if events.is_empty() {
        events.push(Event::Dropped(DropReason::UnknownEvent));
    }
    events
}

/// An id of version 1.1: the string beside the number is the exact one.
fn exact(holder: &Value, name: &str) -> Option<String> {
    id(&holder[format!("{name}_str").as_str()]).or_else(|| id(&holder[name]))
}

fn status(status: &Value, audience: &Audience<'_>) -> Vec<Event> {
    let Some(id_now) = exact(status, "id") else { return vec![Event::Dropped(DropReason::Malformed)] };
    let user = &status["user"];
    let ours = |holder: &Value| {
        exact(holder, "id").is_some_and(|account| audience.is_own(&Value::String(account)))
            || audience.is_own(&holder["screen_name"])
    };
    if ours(user) {
        return vec![Event::Dropped(DropReason::Own)];
    }
    if status["retweeted_status"].is_object() {
        return vec![Event::Dropped(DropReason::NoWords)];
    }
    let first = exact(&status["edit_history"], "initial_tweet_id");
    let native = first.clone().unwrap_or_else(|| id_now.clone());
    let answers = exact(status, "in_reply_to_status_id");
    let kind = if answers.is_some() { Kind::Comment } else { Kind::Post };
    let text = said(status);
    let mentions = each(&status["entities"]["user_mentions"])
        .iter()
        .chain(each(&status["extended_tweet"]["entities"]["user_mentions"]));
    let addressed = mentions.into_iter().any(ours)
        || exact(status, "in_reply_to_user_id")
            .is_some_and(|account| audience.is_own(&Value::String(account)))
        || ours(&status["quoted_status"]["user"])
        || audience.endpoint.is_named_in(text.as_str());
    let mut said =
        post(&PLATFORM, native, kind, if addressed { Channel::Ours } else { Channel::Elsewhere }, text);
    said.author = exact(user, "id").map(|author| person(author, user)).unwrap_or_default();
    said.permalink = permalink(said.author.handle.as_deref(), &id_now);
    said.published = moment(&status["timestamp_ms"]).or_else(|| moment(&status["created_at"]));
    said.thread = answers.or_else(|| exact(status, "quoted_status_id"));
    said.language = language(&status["lang"]);
    let (reposts, quotes) = (count(&status["retweet_count"]), count(&status["quote_count"]));
    said.reach = Reach {
        likes: count(&status["favorite_count"]),
        shares: reposts.or(quotes).map(|_| reposts.unwrap_or(0).saturating_add(quotes.unwrap_or(0))),
        replies: count(&status["reply_count"]),
    };
    if first.is_none_or(|first| first == id_now) {
        return vec![Event::Posted(said)];
    }
    let versions = each(&status["edit_history"]["edit_tweet_ids"]);
    edited(said, versions.iter().filter_map(id).chain([id_now]))
}

/// `text` ends after 140 characters; the whole stands in `extended_tweet`. X escapes `&`, `<` and `>`.
fn said(status: &Value) -> Text {
    let whole = [&status["extended_tweet"]["full_text"], &status["full_text"], &status["text"]];
    let text = whole.into_iter().find_map(Value::as_str);
    text.map_or(Text::NotDelivered, |text| words(&unescape(text)))
}

fn deletion(item: &Value, audience: &Audience<'_>) -> Event {
    if audience.is_own(&item["status"]["user_id"]) {
        return Event::Dropped(DropReason::Own);
    }
    let Some(native) = exact(&item["status"], "id") else { return Event::Dropped(DropReason::Malformed) };
    Event::Deleted { id: PostId { platform: PLATFORM, native }, at: moment(&item["timestamp_ms"]) }
}
