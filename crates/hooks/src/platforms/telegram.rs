//! Telegram: messages to our bot, and what it hears in groups and channels.
//!
//! - Handshake: none. Proof: the secret of `setWebhook` comes back in `X-Telegram-Bot-Api-Secret-Token`. Nothing signs
//!   the body, so the secret is all there is.
//! - Identity: chat and message id together; message ids count from one in every chat. A chat that a business account
//!   holds has the connection's id before it: its number may be that of the same person's chat with our bot. Messages that
//!   only some see (`ephemeral_message_id`, reused after a while) and calls from chats we are not in have ids of their own.
//! - Own: our channel's posts, messages of accounts of ours, and what a business account says in a chat that it holds. Other bots' messages and bare commands are nobody's
//!   words; a poll's question is its author's.
//! - Edits: `edited_…`. Deletions are told of business chats only. `language_code` is the app's language, not the message's.
//!
//! <https://core.telegram.org/bots/api#setwebhook>

use earshot_mention::{Author, Channel, Kind, Platform, Post, PostId, Text, Timestamp};
use serde_json::Value;

use super::post;
use crate::item::{each, each_or_one, fits_address, handle, id, yes};
use crate::moment::moment;
use crate::text::words;
use crate::verify::same;
use crate::{About, Adapter, DropReason, Endpoint, Event, Headers, Incoming, Refusal, Reply, Secret, body};

const PLATFORM: Platform = Platform::named("telegram");
const HEADER: &str = "x-telegram-bot-api-secret-token";

/// The updates that hold a message, and whether it is an edited one. `business_…` are those of a business account that
/// our bot is connected to.
const MESSAGES: &[(&str, bool)] = &[
    ("message", false),
    ("channel_post", false),
    ("business_message", false),
    ("guest_message", false),
    ("edited_message", true),
    ("edited_channel_post", true),
    ("edited_business_message", true),
];

/// What a message may hold besides words. Without any of these it tells of something that happened to the chat.
const CONTENT: &[&str] = &[
    "animation",
    "audio",
    "checklist",
    "contact",
    "dice",
    "document",
    "location",
    "paid_media",
    "photo",
    "poll",
    "sticker",
    "story",
    "venue",
    "video",
    "video_note",
    "voice",
];

/// Telegram.
#[derive(Debug)]
pub(crate) struct Telegram;

impl Adapter for Telegram {
    fn platform(&self) -> Platform {
        PLATFORM
    }

    fn about(&self) -> About {
        About {
            name: "Telegram",
            docs: "https://core.telegram.org/bots/api#setwebhook",
            handshake: "none",
            signature: "X-Telegram-Bot-Api-Secret-Token: the secret itself",
            events: "messages to our bot, groups and channels it is in",
            edits: "messages",
            deletes: "messages to a connected business account",
            deadline: "repeated for 24 hours",
        }
    }

    fn handshake(&self, _incoming: &Incoming<'_>, _endpoint: &Endpoint) -> Option<Result<Reply, Refusal>> {
        None
    }

    fn verify(&self, incoming: &Incoming<'_>, endpoint: &Endpoint, _now: Timestamp) -> Result<(), Refusal> {
        let shown = incoming.header(HEADER).ok_or(Refusal::NoSignature)?;
        let fits = endpoint.secrets.iter().any(|secret| same(shown, secret));
        if fits { Ok(()) } else { Err(Refusal::BadSignature) }
    }

    fn parse(
        &self,
        incoming: &Incoming<'_>,
        endpoint: &Endpoint,
        _now: Timestamp,
    ) -> Result<Vec<Event>, Refusal> {
        let body = body::json(incoming.body)?;
        // A delivery is one update; a relay that asks for them passes on what it got (`getUpdates`).
        let updates = if body["result"].is_array() { &body["result"] } else { &body };
        let events: Vec<Event> =
            each_or_one(updates).iter().flat_map(|update| read(update, endpoint)).collect();
        Ok(if events.is_empty() { vec![Event::Dropped(DropReason::UnknownEvent)] } else { events })
    }

    fn sign(&self, secret: &Secret, _body: &[u8], _now: Timestamp) -> Option<Headers> {
        Some(vec![(HEADER.to_owned(), secret.expose().to_owned())])
    }
}

fn read(update: &Value, endpoint: &Endpoint) -> Vec<Event> {
    let gone = &update["deleted_business_messages"];
    if let Some(place) = place(gone) {
        return deletions(&place, &gone["message_ids"]);
    }
    for (name, edited) in MESSAGES.iter().copied() {
        if update[name].is_object() {
            return vec![event(&update[name], edited, endpoint)];
        }
    }
    let reaction =
        ["message_reaction", "message_reaction_count"].iter().any(|kind| update[*kind].is_object());
    let known = update["update_id"].is_u64();
    vec![Event::Dropped(match (reaction, known) {
        (true, _) => DropReason::NoWords,
        (false, true) => DropReason::NotAPost,
        (false, false) => DropReason::UnknownEvent,
    })]
}

fn event(message: &Value, edited: bool, endpoint: &Endpoint) -> Event {
    let (from, chat, channel) = (&message["from"], &message["chat"], &message["sender_chat"]);
    let own = |who: &Value| {
        id(&who["id"]).is_some_and(|id| endpoint.is_own(&id))
            || handle(&who["username"]).is_some_and(|name| endpoint.is_own(&name))
    };
    // Who speaks in a channel's or a group's name has a bot of Telegram's as `from`.
    let writer = [channel, from, chat].into_iter().find(|who| who.is_object()).unwrap_or(chat);
    if own(from) || own(channel) || (chat["type"] == "channel" && own(chat)) || is_business_own(message) {
        return Event::Dropped(DropReason::Own);
    }
    let (Some(place), Some(native)) = (place(message), native(message)) else {
        return Event::Dropped(DropReason::Malformed);
    };
    let text = said(message);
    let shows = CONTENT.iter().any(|content| !message[*content].is_null());
    if yes(&writer["is_bot"]) || is_mere_command(text.as_str()) || (text == Text::None && !shows) {
        return Event::Dropped(DropReason::NotAPost);
    }
    let is_seen_by_us_alone = yes(&chat["is_direct_messages"]) || message["ephemeral_message_id"].is_u64();
    let kind = match chat["type"].as_str() {
        _ if is_seen_by_us_alone => Kind::Message,
        Some("private") => Kind::Message,
        Some("channel") => Kind::Post,
        _ => Kind::Comment,
    };
    let answers_us = own(&message["reply_to_message"]["from"]);
    // Who has no handle is named by a mark on some of the words.
    let marks = each(&message["entities"]).iter().chain(each(&message["caption_entities"]));
    let names_us = marks.map(|mark| &mark["user"]).any(own) || endpoint.is_named_in(text.as_str());
    let calls_us = message["guest_query_id"].is_string();
    let ours = kind == Kind::Message || answers_us || names_us || calls_us;
    let mut said: Post =
        post(&PLATFORM, native, kind, if ours { Channel::Ours } else { Channel::Elsewhere }, text);
    said.author = author(writer);
    // Whoever writes to a channel has a topic there, and it takes no answer without it.
    said.thread = id(&message["direct_messages_topic"]["topic_id"])
        .or_else(|| id(&message["reply_to_message"]["message_id"]))
        .or_else(|| id(&message["message_thread_id"]))
        .map(|answered| format!("{place}_{answered}"));
    said.published = moment(&message["date"]);
    said.permalink = handle(&chat["username"])
        .zip(id(&message["message_id"]))
        .filter(|(name, number)| kind != Kind::Message && fits_address(name) && fits_address(number))
        .map(|(name, number)| format!("https://t.me/{name}/{number}"));
    if edited { Event::Edited { post: said, at: moment(&message["edit_date"]) } } else { Event::Posted(said) }
}

/// Where message ids count: a chat of our bot's, or one that a business account holds.
fn place(told: &Value) -> Option<String> {
    let chat = id(&told["chat"]["id"])?;
    Some(match id(&told["business_connection_id"]) {
        Some(connection) => format!("{connection}/{chat}"),
        None => chat,
    })
}

fn native(message: &Value) -> Option<String> {
    if let Some(call) = id(&message["guest_query_id"]) {
        return Some(format!("guest_{call}"));
    }
    let place = place(message)?;
    match (id(&message["ephemeral_message_id"]), id(&message["message_id"])?.as_str()) {
        (Some(ephemeral), _) => Some(format!("{place}_e{ephemeral}-{}", id(&message["date"])?)),
        (None, "0") => None,
        (None, number) => Some(format!("{place}_{number}")),
    }
}

/// Whether a business account, or a bot for it, writes to a customer.
fn is_business_own(message: &Value) -> bool {
    let (chat, from) = (&message["chat"], id(&message["from"]["id"]));
    message["business_connection_id"].is_string()
        && (message["sender_business_bot"].is_object()
            || (chat["type"] == "private" && from.is_some() && from != id(&chat["id"])))
}

/// What was typed, or stands below a picture; of a poll or a list, what it is about.
fn said(message: &Value) -> Text {
    let places =
        [&message["text"], &message["caption"], &message["poll"]["question"], &message["checklist"]["title"]];
    places.into_iter().filter_map(Value::as_str).map(words).find(|text| *text != Text::None).unwrap_or_else(
        || {
            let mut written = String::new();
            rich(&message["rich_message"]["blocks"], &mut written);
            words(&written)
        },
    )
}

/// The words of blocks, a line each, and of the blocks in them. As deep as [`body::json`] lets anything be.
fn rich(blocks: &Value, written: &mut String) {
    for block in each(blocks) {
        in_line(&block["text"], written);
        rich(&block["items"], written);
        rich(&block["blocks"], written);
        written.push('\n');
    }
}

/// What stands in a line: words, or pieces of it that are bold, a link, hidden.
fn in_line(text: &Value, written: &mut String) {
    match text {
        Value::String(words) => written.push_str(words),
        Value::Array(pieces) => pieces.iter().for_each(|piece| in_line(piece, written)),
        Value::Object(piece) => in_line(piece.get("text").unwrap_or(&Value::Null), written),
        _ => {}
    }
}

/// Whether a command says nothing but its name: `/start` and whatever an address gave it along, `/help@our_bot`. Words
/// behind one are somebody's words: `/complaint My bag is gone`.
fn is_mere_command(text: &str) -> bool {
    let Some(command) = text.strip_prefix('/') else { return false };
    let mut parts = command.split_whitespace();
    let name = parts.next().unwrap_or_default();
    let is_named = name.starts_with(|letter: char| letter.is_ascii_alphanumeric() || letter == '_');
    is_named && (parts.next().is_none() || name.split('@').next() == Some("start")) || command.is_empty()
}

fn deletions(place: &str, messages: &Value) -> Vec<Event> {
    let one = |message: &Value| match id(message) {
        Some(message) => Event::Deleted {
            id: PostId { platform: PLATFORM, native: format!("{place}_{message}") },
            at: None,
        },
        None => Event::Dropped(DropReason::Malformed),
    };
    let events: Vec<Event> = each(messages).iter().map(one).collect();
    if events.is_empty() { vec![Event::Dropped(DropReason::Malformed)] } else { events }
}

fn author(who: &Value) -> Author {
    let names = [&who["first_name"], &who["last_name"], &who["title"]];
    let name = names.into_iter().filter_map(crate::item::label).collect::<Vec<_>>().join(" ");
    Author {
        id: id(&who["id"]),
        handle: handle(&who["username"]),
        name: Some(name).filter(|name| !name.is_empty()),
        followers: None,
    }
}

#[cfg(test)]
mod tests {
    use super::is_mere_command;

    #[test]
    fn a_command_with_words_behind_it_is_not_a_mere_command() {
        for (text, mere) in [
            ("/start", true),
            ("/start ref_2026", true),
            ("/start@northwindair_bot ref_2026", true),
            ("/help@northwindair_bot", true),
            ("/", true),
            ("/complaint My bag is gone", false),
            ("/ I wonder", false),
            ("Where is my bag?", false),
            ("", false),
        ] {
            assert_eq!(is_mere_command(text), mere, "{text}");
        }
    }
}
