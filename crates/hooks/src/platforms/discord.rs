//! Discord: messages that a relay of its gateway posts here, and what Discord itself can push.
//!
//! - Discord pushes no messages of servers. Its own pushes (interactions, webhook events) are signed with Ed25519:
//!   `X-Signature-Ed25519` over time and body, the application's public key in hex as the secret. A relay that listens
//!   to the gateway signs as Standard Webhooks do, with a secret that starts with `whsec_`; a public key is no secret,
//!   so it is never used for that.
//! - Handshake: a signed ping, answered as its kind wants. Discord tries bad signatures on purpose and wants a 401.
//! - A relay sends `{type, data}`, or what the gateway sent it as it is (`{t, d}`).
//! - Identity: the message's id. Own: accounts of ours; other bots are nobody's words.
//! - Edits and deletions: `…_UPDATE`, `…_DELETE`.
//!
//! <https://docs.discord.com/developers/events/webhook-events>

use earshot_mention::{Author, Channel, Kind, Platform, PostId, Text, Timestamp};
use serde_json::{Value, json};

use super::post;
use crate::item::{each, fits_address, handle, id, label, yes};
use crate::moment::moment;
use crate::text::words_or_none;
use crate::verify::{Encoding, Standard, in_window, signed_by};
use crate::{
    About, Adapter, DropReason, Endpoint, Event, Headers, Incoming, Refusal, Reply, Secret, Secrets, body,
};

const PLATFORM: Platform = Platform::named("discord");
const SIGNATURE: &str = "x-signature-ed25519";
const TIME: &str = "x-signature-timestamp";

/// Discord.
#[derive(Debug)]
pub(crate) struct Discord;

impl Adapter for Discord {
    fn platform(&self) -> Platform {
        PLATFORM
    }

    fn about(&self) -> About {
        About {
            name: "Discord",
            docs: "https://docs.discord.com/developers/events/webhook-events",
            handshake: "signed ping, answered",
            signature: "X-Signature-Ed25519 over time and body; relays: Standard Webhooks; 5 minutes",
            events: "messages, from a relay of the gateway",
            edits: "messages",
            deletes: "messages",
            deadline: "3 seconds; repeated for 10 minutes",
        }
    }

    fn handshake(&self, _incoming: &Incoming<'_>, _endpoint: &Endpoint) -> Option<Result<Reply, Refusal>> {
        None
    }

    fn verify(&self, incoming: &Incoming<'_>, endpoint: &Endpoint, now: Timestamp) -> Result<(), Refusal> {
        let Some(signature) = incoming.header(SIGNATURE) else {
            let relays =
                endpoint.secrets.iter().filter(|secret| secret.expose().starts_with("whsec_")).cloned();
            let relays = Endpoint { secrets: Secrets::new(relays), ..Endpoint::default() };
            return Standard.verify(incoming, &relays, now);
        };
        let time = incoming.header(TIME).ok_or(Refusal::NoSignature)?;
        let seconds: i64 = time.parse().map_err(|_| Refusal::BadSignature)?;
        in_window(Timestamp::from_seconds(seconds), now)?;
        let signature = Encoding::Hex.decode(signature).ok_or(Refusal::BadSignature)?;
        let message = [time.as_bytes(), incoming.body].concat();
        let fits = endpoint.secrets.iter().any(|key| {
            let key = Encoding::Hex.decode(key.expose());
            key.is_some_and(|key| signed_by(&key, &message, &signature))
        });
        if fits { Ok(()) } else { Err(Refusal::BadSignature) }
    }

    fn answer(&self, incoming: &Incoming<'_>) -> Option<Reply> {
        let body = body::json(incoming.body).ok()?;
        match body["type"].as_u64()? {
            0 => Some(Reply { status: 204, ..Reply::plain("") }),
            1 if !body["event"].is_object() => Some(Reply::json(&json!({ "type": 1 }))),
            _ => None,
        }
    }

    fn parse(
        &self,
        incoming: &Incoming<'_>,
        endpoint: &Endpoint,
        _now: Timestamp,
    ) -> Result<Vec<Event>, Refusal> {
        let body = body::json(incoming.body)?;
        // A relay's own envelope, Discord's of webhook events, the gateway's.
        let (name, data) = if let Some(name) = body["type"].as_str() {
            (name, &body["data"])
        } else if let Some(name) = body["event"]["type"].as_str() {
            (name, &body["event"]["data"])
        } else if let Some(name) = body["t"].as_str() {
            (name, &body["d"])
        } else {
            // Interactions: commands, buttons, forms. And what the gateway says to keep a connection.
            let known = body["type"].is_u64() || body["op"].is_u64();
            let reason = if known { DropReason::NotAPost } else { DropReason::UnknownEvent };
            return Ok(vec![Event::Dropped(reason)]);
        };
        if name.ends_with("MESSAGE_DELETE_BULK") {
            let gone = each(&data["ids"]).iter().map(|gone| deletion(id(gone)));
            let gone: Vec<Event> = gone.collect();
            return Ok(if gone.is_empty() { vec![Event::Dropped(DropReason::Malformed)] } else { gone });
        }
        Ok(vec![event(name, data, endpoint)])
    }

    fn sign(&self, secret: &Secret, body: &[u8], now: Timestamp) -> Option<Headers> {
        // Only a relay's: Discord keeps its private key.
        if secret.expose().starts_with("whsec_") { Standard.sign(secret, body, now) } else { None }
    }
}

fn event(name: &str, message: &Value, endpoint: &Endpoint) -> Event {
    let name = name.strip_prefix("GATEWAY_").unwrap_or(name);
    let edited = match name {
        "MESSAGE_CREATE" | "LOBBY_MESSAGE_CREATE" | "GAME_DIRECT_MESSAGE_CREATE" => false,
        "MESSAGE_UPDATE" | "LOBBY_MESSAGE_UPDATE" | "GAME_DIRECT_MESSAGE_UPDATE" => true,
        "MESSAGE_DELETE" | "LOBBY_MESSAGE_DELETE" | "GAME_DIRECT_MESSAGE_DELETE" => {
            return deletion(id(&message["id"]));
        }
        _ if name.contains("REACTION") => return Event::Dropped(DropReason::NoWords),
        _ if [
            "ENTITLEMENT_",
            "APPLICATION_",
            "QUEST_",
            "THREAD_",
            "GUILD_",
            "CHANNEL_",
            "TYPING_",
            "PRESENCE_",
            "INTERACTION_",
            "VOICE_",
            "USER_",
            "INVITE_",
            "STAGE_",
        ]
        .iter()
        .any(|family| name.starts_with(family)) =>
        {
            return Event::Dropped(DropReason::NotAPost);
        }
        _ => return Event::Dropped(DropReason::UnknownEvent),
    };
    let author = &message["author"];
    let own = |who: &Value| {
        id(&who["id"]).is_some_and(|id| endpoint.is_own(&id))
            || handle(&who["username"]).is_some_and(|name| endpoint.is_own(&name))
    };
    if own(author) {
        return Event::Dropped(DropReason::Own);
    }
    if yes(&author["bot"]) || !message["webhook_id"].is_null() {
        return Event::Dropped(DropReason::NotAPost);
    }
    // 0 is a message, 19 an answer to one; the others tell that somebody joined, pinned, called.
    if message["type"].as_u64().is_some_and(|kind| !matches!(kind, 0 | 19)) {
        return Event::Dropped(DropReason::NotAPost);
    }
    // A link's preview changes a message, too, and comes without its words.
    if edited && message["content"].is_null() {
        return Event::Dropped(DropReason::NoWords);
    }
    let Some(native) = id(&message["id"]) else { return Event::Dropped(DropReason::Malformed) };
    let room = id(&message["guild_id"]).or_else(|| id(&message["lobby_id"]));
    let channel = id(&message["channel_id"]);
    let kind = if room.is_some() { Kind::Comment } else { Kind::Message };
    let text = said(message);
    let named = each(&message["mentions"]).iter().any(own)
        || each(&message["mention_roles"]).iter().filter_map(id).any(|role| endpoint.is_own(&role))
        || endpoint.is_named_in(text.as_str());
    let ours = kind == Kind::Message || named || own(&message["referenced_message"]["author"]);
    let mut said = post(&PLATFORM, native, kind, if ours { Channel::Ours } else { Channel::Elsewhere }, text);
    said.author = Author {
        id: id(&author["id"]),
        handle: handle(&author["username"]),
        name: label(&message["member"]["nick"]).or_else(|| label(&author["global_name"])),
        followers: None,
    };
    said.published = moment(&message["timestamp"]).or_else(|| made(&said.id.native));
    // What is forwarded stands in another channel, maybe another server.
    let answered = &message["message_reference"];
    said.thread =
        id(&answered["message_id"]).filter(|_| answered["type"] != FORWARD).or_else(|| channel.clone());
    // A lobby is a game's, not a place of Discord's own.
    said.permalink = channel
        .filter(|_| message["lobby_id"].is_null())
        .filter(|channel| fits_address(channel) && fits_address(&said.id.native))
        .and_then(|channel| {
            let guild = id(&message["guild_id"]).unwrap_or_else(|| "@me".to_owned());
            let fits = guild == "@me" || fits_address(&guild);
            fits.then(|| format!("https://discord.com/channels/{guild}/{channel}/{}", said.id.native))
        });
    if edited {
        Event::Edited { post: said, at: moment(&message["edited_timestamp"]) }
    } else {
        Event::Posted(said)
    }
}

/// <https://discord.com/developers/docs/resources/message#message-reference-types>
const FORWARD: u64 = 1;

/// When an id was made: its upper bits are milliseconds since 2015.
/// <https://discord.com/developers/docs/reference#snowflakes>
fn made(id: &str) -> Option<Timestamp> {
    const SINCE: i64 = 1_420_070_400_000;
    let id: u64 = id.parse().ok()?;
    Some(Timestamp::from_millis(SINCE + i64::try_from(id >> 22).ok()?))
}

/// What was typed; of a poll its question, of a forwarded message what that says.
fn said(message: &Value) -> Text {
    let forwarded =
        each(&message["message_snapshots"]).iter().map(|snapshot| &snapshot["message"]["content"]);
    [&message["content"], &message["poll"]["question"]["text"]]
        .into_iter()
        .chain(forwarded)
        .map(words_or_none)
        .find(|text| *text != Text::None)
        .unwrap_or(Text::None)
}

fn deletion(native: Option<String>) -> Event {
    let gone = native.map(|native| PostId { platform: PLATFORM, native });
    gone.map_or(Event::Dropped(DropReason::Malformed), |id| Event::Deleted { id, at: None })
}
