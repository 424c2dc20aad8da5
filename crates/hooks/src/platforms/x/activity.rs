//! The X Activity API (version 2) and filtered-stream webhooks: posts of the API's version 2.

use earshot_mention::{Author, Channel, Kind, Post, PostId, Reach, Text};
use serde_json::Value;

use super::{Audience, PLATFORM, edited, language, message};
use crate::item::{count, each, fits_address, handle, id, label};
use crate::moment::moment;
use crate::platforms::post;
use crate::text::{unescape, words, words_or_none};
use crate::{DropReason, Endpoint, Event};

/// The events of one delivery.
pub(super) fn events(data: &Value, endpoint: &Endpoint) -> Vec<Event> {
    let name = dotted(data["event_type"].as_str().unwrap_or_default());
    let payload = unwrapped(&data["payload"]);
    let subscriber = id(&data["filter"]["user_id"]);
    // Mentions, replies, quotes and messages need the account's own consent, so whose they are is ours. Anybody's
    // public posts may be followed: there the subscriber is ours only if nothing is set up that says otherwise.
    let private = ["post.mention.", "post.reply.", "post.quote.", "dm.", "chat.", "broadcast."];
    let is_private = private.iter().any(|family| name.starts_with(family));
    let account = subscriber.filter(|_| is_private || endpoint.own.is_empty());
    let audience = Audience { account, endpoint };
    let addressed =
        ["post.mention.", "post.reply.", "post.quote."].iter().any(|family| name.starts_with(family));
    match name.as_str() {
        "post.delete" => vec![deletion(payload, &audience)],
        "dm.sent" | "chat.sent" => vec![Event::Dropped(DropReason::Own)],
        "dm.read" | "dm.indicate_typing" | "chat.read" | "like.create" | "like.delete"
        | "post.repost.create" | "post.repost.delete" | "repost.create" | "repost.delete" => {
            vec![Event::Dropped(DropReason::NoWords)]
        }
        "dm.received" => message::events(payload, &data["includes"], &audience),
        "chat.received" => vec![encrypted(payload, &audience)],
        "broadcast.chat" => vec![broadcast_chat(payload, &audience)],
        _ if name.starts_with("post.") => stream(payload, &data["includes"], &audience, addressed),
        _ if ["follow.", "profile.", "spaces.", "broadcast.", "block.", "mute.", "news.", "chat."]
            .iter()
            .any(|family| name.starts_with(family)) =>
        {
            vec![Event::Dropped(DropReason::NotAPost)]
        }
        _ => vec![Event::Dropped(DropReason::UnknownEvent)],
    }
}

/// A post of a filtered stream: it met a rule, which does not mean that it is addressed to us.
pub(super) fn stream_post(payload: &Value, includes: &Value, audience: &Audience<'_>) -> Vec<Event> {
    stream(payload, includes, audience, false)
}

fn stream(payload: &Value, includes: &Value, audience: &Audience<'_>, addressed: bool) -> Vec<Event> {
    let Some(id_now) = id(&payload["id"]) else { return vec![Event::Dropped(DropReason::Malformed)] };
    if audience.is_own(&payload["author_id"]) {
        return vec![Event::Dropped(DropReason::Own)];
    }
    let referenced = |kind: &str| {
        each(&payload["referenced_tweets"])
            .iter()
            .find(|post| post["type"] == kind)
            .and_then(|post| id(&post["id"]))
    };
    if referenced("retweeted").is_some() {
        return vec![Event::Dropped(DropReason::NoWords)];
    }
    let author = author(&payload["author_id"], includes);
    if author.handle.as_deref().is_some_and(|handle| audience.endpoint.is_own(handle)) {
        return vec![Event::Dropped(DropReason::Own)];
    }
    let versions = each(&payload["edit_history_tweet_ids"]);
    let native = versions.first().and_then(id).unwrap_or_else(|| id_now.clone());
    let answers = id(&payload["in_reply_to_tweet_id"]).or_else(|| referenced("replied_to"));
    let kind = if answers.is_some() { Kind::Comment } else { Kind::Post };
    let text = said(payload);
    let channel = if addressed
        || addresses_us(payload, &text, audience)
        || audience.is_own(quoted_author(payload, includes))
    {
        Channel::Ours
    } else {
        Channel::Elsewhere
    };
    let mut said = post(&PLATFORM, native, kind, channel, text);
    said.permalink = permalink(author.handle.as_deref(), &id_now);
    said.author = author;
    said.published = moment(&payload["created_at"]);
    said.thread = answers.or_else(|| referenced("quoted")).or_else(|| {
        id(&payload["conversation_id"]).filter(|root| *root != said.id.native && *root != id_now)
    });
    said.language = language(&payload["lang"]);
    said.reach = reach(&payload["public_metrics"]);
    if versions.len() < 2 {
        return vec![Event::Posted(said)];
    }
    edited(said, versions.iter().filter_map(id).chain([id_now]))
}

/// A long post has its whole text in a note; X escapes `&`, `<` and `>`.
fn said(payload: &Value) -> Text {
    let text = payload["note_tweet"]["text"].as_str().or_else(|| payload["text"].as_str());
    text.map_or(Text::NotDelivered, |text| words(&unescape(text)))
}

/// The post that was quoted, where it came along.
fn quoted_author<'a>(payload: &Value, includes: &'a Value) -> &'a Value {
    let quoted = each(&payload["referenced_tweets"]).iter().find(|post| post["type"] == "quoted");
    let quoted = quoted.and_then(|post| id(&post["id"]));
    let posts = each(&includes["tweets"]).iter().chain(each(&includes["posts"]));
    let post = posts.map(unwrapped).find(|post| quoted.is_some() && id(&post["id"]) == quoted);
    post.map_or(&Value::Null, |post| &post["author_id"])
}

fn addresses_us(payload: &Value, text: &Text, audience: &Audience<'_>) -> bool {
    let mentions = each(&payload["entities"]["mentions"]);
    audience.is_own(&payload["in_reply_to_user_id"])
        || mentions
            .iter()
            .any(|mention| audience.is_own(&mention["id"]) || audience.is_own(&mention["username"]))
        || audience.endpoint.is_named_in(text.as_str())
}

/// The author stands apart, in `includes.users`, sometimes wrapped in `data`.
pub(super) fn author(author: &Value, includes: &Value) -> Author {
    let Some(author_id) = id(author) else { return Author::default() };
    let users = each(&includes["users"]).iter().map(unwrapped);
    let user = users.into_iter().find(|user| id(&user["id"]).as_ref() == Some(&author_id));
    user.map_or_else(
        || Author { id: Some(author_id.clone()), ..Author::default() },
        |user| person(author_id.clone(), user),
    )
}

/// A user of either version of the API.
pub(super) fn person(author_id: String, user: &Value) -> Author {
    let metrics = &user["public_metrics"];
    Author {
        id: Some(author_id),
        handle: handle(&user["username"]).or_else(|| handle(&user["screen_name"])),
        name: label(&user["name"]),
        followers: count(&metrics["followers_count"])
            .or_else(|| count(&metrics["followers_count_str"]))
            .or_else(|| count(&user["followers_count"])),
    }
}

/// What stands in `data`, where something does.
pub(super) fn unwrapped(user: &Value) -> &Value {
    if user["data"].is_object() { &user["data"] } else { user }
}

fn reach(metrics: &Value) -> Reach {
    let reposts = count(&metrics["retweet_count"]);
    let quotes = count(&metrics["quote_count"]);
    Reach {
        likes: count(&metrics["like_count"]),
        shares: reposts.or(quotes).map(|_| reposts.unwrap_or(0).saturating_add(quotes.unwrap_or(0))),
        replies: count(&metrics["reply_count"]),
    }
}

/// Where a person reads a post; without a handle X finds it all the same.
pub(super) fn permalink(handle: Option<&str>, status: &str) -> Option<String> {
    let handle = handle.filter(|handle| fits_address(handle)).unwrap_or("i");
    fits_address(status).then(|| format!("https://x.com/{handle}/status/{status}"))
}

fn deletion(payload: &Value, audience: &Audience<'_>) -> Event {
    if audience.is_own(&payload["author_id"]) {
        return Event::Dropped(DropReason::Own);
    }
    let Some(native) = id(&payload["id"]) else { return Event::Dropped(DropReason::Malformed) };
    Event::Deleted { id: PostId { platform: PLATFORM, native }, at: moment(&payload["deleted_at"]) }
}

/// An encrypted message: that somebody wrote is known, what they wrote only to the app.
fn encrypted(payload: &Value, audience: &Audience<'_>) -> Event {
    if audience.is_own(&payload["sender_id"]) {
        return Event::Dropped(DropReason::Own);
    }
    let Some(native) = id(&payload["id"]) else { return Event::Dropped(DropReason::Malformed) };
    let mut chat = post(&PLATFORM, native, Kind::Message, Channel::Ours, Text::NotDelivered);
    chat.author.id = id(&payload["sender_id"]);
    chat.published = moment(&payload["created_at_msec"]);
    chat.thread = id(&payload["conversation_id"]);
    Event::Posted(chat)
}

/// Something said in the chat of a broadcast of ours.
fn broadcast_chat(payload: &Value, audience: &Audience<'_>) -> Event {
    let user = unwrapped(&payload["author"]);
    if audience.is_own(&user["id"]) || audience.is_own(&user["username"]) {
        return Event::Dropped(DropReason::Own);
    }
    let Some(native) = id(&payload["message_id"]) else { return Event::Dropped(DropReason::Malformed) };
    let mut said: Post =
        post(&PLATFORM, native, Kind::Comment, Channel::Ours, words_or_none(&payload["message"]));
    said.author = id(&user["id"]).map(|author| person(author, user)).unwrap_or_default();
    said.thread = id(&payload["broadcast_id"]);
    Event::Posted(said)
}

/// Names were `PostMentionCreate` until 2026-03-18 and `post.mention.create` since.
fn dotted(name: &str) -> String {
    let letters: Vec<char> = name.chars().take(64).collect();
    let mut dotted = String::with_capacity(letters.len() + 4);
    for (at, letter) in letters.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| letters.get(at)).copied().unwrap_or('.');
        let after = letters.get(at + 1).copied().unwrap_or('.');
        let starts = letter.is_ascii_uppercase() && before.is_ascii_alphabetic();
        if starts && (before.is_ascii_lowercase() || after.is_ascii_lowercase()) {
            dotted.push('.');
        }
        dotted.push(letter.to_ascii_lowercase());
    }
    dotted
}

#[cfg(test)]
mod tests {
    use super::dotted;

    #[test]
    fn old_names_become_new_ones() {
        for (old, new) in [
            ("PostMentionCreate", "post.mention.create"),
            ("DMReceived", "dm.received"),
            ("post.mention.create", "post.mention.create"),
            ("follow.follow", "follow.follow"),
            ("", ""),
        ] {
            assert_eq!(dotted(old), new);
        }
    }
}
