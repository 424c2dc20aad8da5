//! WhatsApp: messages to our number.
//!
//! - Handshake, signature and envelope are Meta's, with `object` `whatsapp_business_account`. One change holds several
//!   messages and statuses; statuses outnumber messages and have no words.
//! - Identity: the message's `id` (`wamid…`). The author is the business-scoped user id where there is one (since
//!   2025 the phone number may be missing), else the phone number.
//! - Own: echoes of messages that another of our apps sent, and our own number as sender.
//! - A pressed button and a chosen line say their title; a form that was filled in, its answers.
//! - Edits and revocations come as messages of those types, naming the original.
//!
//! <https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks/payload-examples>

use earshot_mention::{Author, Channel, Kind, Platform, PostId, Text, Timestamp, Visibility};
use serde_json::Value;

use super::meta::{self, Entry};
use super::post;
use crate::item::{each, each_or_one, handle, id, label, string};
use crate::moment::moment;
use crate::text::{words, words_or_none};
use crate::{About, Adapter, DropReason, Endpoint, Event, Headers, Incoming, Refusal, Reply, Secret, body};

pub(super) const PLATFORM: Platform = Platform::named("whatsapp");

/// WhatsApp.
#[derive(Debug)]
pub(crate) struct WhatsApp;

impl Adapter for WhatsApp {
    fn platform(&self) -> Platform {
        PLATFORM
    }

    fn about(&self) -> About {
        About {
            name: "WhatsApp",
            docs: "https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks/components",
            handshake: "GET with hub.verify_token, answered with hub.challenge",
            signature: "X-Hub-Signature-256: HMAC-SHA-256 of the body, hex, app secret",
            events: "messages",
            edits: "messages",
            deletes: "revoked messages",
            deadline: "answer at once; repeated for 7 days",
        }
    }

    fn handshake(&self, incoming: &Incoming<'_>, endpoint: &Endpoint) -> Option<Result<Reply, Refusal>> {
        meta::handshake(incoming, endpoint)
    }

    fn verify(&self, incoming: &Incoming<'_>, endpoint: &Endpoint, _now: Timestamp) -> Result<(), Refusal> {
        meta::SIGNATURE.verify(incoming, endpoint)
    }

    fn parse(
        &self,
        incoming: &Incoming<'_>,
        endpoint: &Endpoint,
        _now: Timestamp,
    ) -> Result<Vec<Event>, Refusal> {
        meta::parse(incoming, endpoint)
    }

    fn sign(&self, secret: &Secret, body: &[u8], _now: Timestamp) -> Option<Headers> {
        Some(meta::SIGNATURE.sign(secret, body))
    }
}

/// The items of one change.
pub(super) fn changes(change: &Value, entry: &Entry<'_>) -> Vec<Event> {
    let value = &change["value"];
    let told = match change["field"].as_str() {
        // Some of Meta's own examples leave the field out.
        Some("messages") => value,
        None if !value["messages"].is_null() => value,
        // While Meta's own agent answers, customers are heard this way alone.
        Some("standby") => &value["standby"],
        Some("smb_message_echoes" | "message_echoes") => return vec![Event::Dropped(DropReason::Own)],
        Some(_) => return vec![Event::Dropped(DropReason::NotAPost)],
        None => return vec![Event::Dropped(DropReason::UnknownEvent)],
    };
    let number = &value["metadata"]["display_phone_number"];
    let messages = each_or_one(&told["messages"]).iter().map(|item| message(item, told, number, entry));
    let statuses = each_or_one(&told["statuses"]).iter().map(|_| Event::Dropped(DropReason::NoWords));
    let echoes = each_or_one(&told["message_echoes"]).iter().map(|_| Event::Dropped(DropReason::Own));
    let events: Vec<Event> = messages.chain(statuses).chain(echoes).collect();
    if events.is_empty() { vec![Event::Dropped(DropReason::NotAPost)] } else { events }
}

/// One message among those that a change tells of; `number_of_ours` is written as people do.
fn message(item: &Value, value: &Value, number_of_ours: &Value, entry: &Entry<'_>) -> Event {
    let from = id(&item["from"]);
    let number = from.as_deref().map(digits).filter(|number| !number.is_empty());
    let ours = id(number_of_ours).map(|ours| digits(&ours));
    let own = |account: &Option<String>| account.as_deref().is_some_and(|id| entry.endpoint.is_own(id));
    if number.is_some() && number == ours || own(&from) || own(&id(&item["from_user_id"])) {
        return Event::Dropped(DropReason::Own);
    }
    let at = moment(&item["timestamp"]);
    let named = |native: &Value| id(native).map(|native| PostId { platform: PLATFORM, native });
    let (content, edited) = match item["type"].as_str() {
        Some("reaction") => return Event::Dropped(DropReason::NoWords),
        Some("system" | "ephemeral" | "request_welcome" | "call_permission_reply") => {
            return Event::Dropped(DropReason::NotAPost);
        }
        Some("revoke") => {
            let revoked = named(&item["revoke"]["original_message_id"]);
            return revoked.map_or(Event::Dropped(DropReason::Malformed), |id| Event::Deleted { id, at });
        }
        Some("interactive") if item["interactive"]["type"] == "call_permission_reply" => {
            return Event::Dropped(DropReason::NotAPost);
        }
        Some("edit") => (&item["edit"]["message"], true),
        _ => (item, false),
    };
    let which = if edited { named(&item["edit"]["original_message_id"]) } else { named(&item["id"]) };
    let Some(which) = which else { return Event::Dropped(DropReason::Malformed) };
    let mut said = post(&PLATFORM, which.native, Kind::Message, Channel::Ours, said(content));
    said.author = author(item, value, from);
    said.thread = id(&item["context"]["id"]).or_else(|| id(&item["group_id"]));
    if item["group_id"].is_string() {
        said.visibility = Visibility::Public;
    }
    if edited {
        return Event::Edited { post: said, at };
    }
    said.published = at;
    Event::Posted(said)
}

fn said(message: &Value) -> Text {
    let kind = message["type"].as_str().unwrap_or_default();
    let content = &message[kind];
    match kind {
        "text" => words_or_none(&content["body"]),
        "button" => words_or_none(&content["text"]),
        "interactive" if content["nfm_reply"].is_object() => filled_in(&content["nfm_reply"]),
        // Meta could not pass on what was chosen and says so beside it.
        "interactive" if content.is_null() => Text::NotDelivered,
        "interactive" => {
            let chosen = ["button_reply", "list_reply"].into_iter().find(|reply| content[*reply].is_object());
            chosen.map_or(Text::None, |reply| words_or_none(&content[reply]["title"]))
        }
        "order" => words_or_none(&content["text"]),
        "unsupported" | "unknown" => Text::NotDelivered,
        "" => words_or_none(&message["text"]["body"]),
        // A picture, a video, a document may have a caption; a sticker, a place, a voice message have no words.
        _ => words_or_none(&content["caption"]),
    }
}

/// What was typed into a form (a *flow*): the answers stand in a JSON of their own, each below a name that the form's
/// maker chose.
fn filled_in(form: &Value) -> Text {
    // An address form's answers are told once more the way a person writes them.
    if form["name"] == "address_message" {
        return words_or_none(&form["body"]);
    }
    let answers = form["response_json"].as_str().and_then(|answers| body::json(answers.as_bytes()).ok());
    let answers = answers.as_ref().or(Some(&form["response_json"])).and_then(Value::as_object);
    let mut typed = Vec::new();
    for (_, answer) in answers.into_iter().flatten().filter(|(name, _)| *name != "flow_token") {
        strings(answer, &mut typed);
    }
    // The body beside an answered flow is always "Sent".
    if typed.is_empty() && form["name"] != "flow" {
        words_or_none(&form["body"])
    } else {
        words(&typed.join("\n"))
    }
}

/// Every string in an answer: boxes that were ticked come as a list. As deep as [`body::json`] lets anything be.
fn strings<'a>(answer: &'a Value, out: &mut Vec<&'a str>) {
    match answer {
        Value::Array(answers) => answers.iter().for_each(|answer| strings(answer, out)),
        Value::Object(answers) => answers.values().for_each(|answer| strings(answer, out)),
        answer => out.extend(string(answer)),
    }
}

/// A phone number without how it is written: the same number comes with and without `+` and blanks.
fn digits(number: &str) -> String {
    number.chars().filter(char::is_ascii_digit).collect()
}

fn author(item: &Value, value: &Value, from: Option<String>) -> Author {
    let scoped = id(&item["from_user_id"]);
    let contacts = each(&value["contacts"]);
    let contact = contacts
        .iter()
        .find(|contact| {
            let (phone, user) = (id(&contact["wa_id"]), id(&contact["user_id"]));
            (phone.is_some() && phone == from) || (user.is_some() && user == scoped)
        })
        // A lone contact is the sender's; of several we would have to guess.
        .or_else(|| contacts.first().filter(|_| contacts.len() == 1));
    let profile = contact.map(|contact| &contact["profile"]);
    Author {
        id: scoped.or_else(|| contact.and_then(|contact| id(&contact["user_id"]))).or(from),
        handle: profile.and_then(|profile| handle(&profile["username"])),
        name: profile.and_then(|profile| label(&profile["name"])),
        followers: None,
    }
}
