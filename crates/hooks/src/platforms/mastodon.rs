//! Mastodon: statuses of our own instance, by its administration webhooks.
//!
//! - Handshake: none. Signature: `X-Hub-Signature: sha256=<hex>`, HMAC-SHA-256 of the body (the name ends without
//!   `-256`).
//! - A status stands in `object`, or bare where a template of ours sends it so. `content` is HTML. A relay of the
//!   streaming API may send its events as they come (`{event, payload}`), or notifications.
//! - Identity: the instance's own id of the status. Own: `acct` or username of ours. Boosts have no words.
//! - Edits: `status.updated`. Deletions are told by the streaming API alone.
//! - Accounts and reports are an administrator's business: they are dropped.
//! - A 4xx answer is final for Mastodon: a temporary trouble must be a 5xx.
//!
//! <https://docs.joinmastodon.org/admin/webhooks/>

use earshot_mention::{Author, Channel, Kind, Platform, PostId, Text, Timestamp, Visibility};
use serde_json::Value;

use super::post;
use crate::item::{count, each, handle, id, label, link, string};
use crate::moment::moment;
use crate::text::{plain, words};
use crate::verify::{BodyMac, Encoding};
use crate::{About, Adapter, DropReason, Endpoint, Event, Headers, Incoming, Refusal, Reply, Secret, body};

const PLATFORM: Platform = Platform::named("mastodon");

const SIGNATURE: BodyMac =
    BodyMac { header: "x-hub-signature", prefix: "sha256=", salt: "", encoding: Encoding::Hex };

/// Mastodon.
#[derive(Debug)]
pub(crate) struct Mastodon;

impl Adapter for Mastodon {
    fn platform(&self) -> Platform {
        PLATFORM
    }

    fn about(&self) -> About {
        About {
            name: "Mastodon",
            docs: "https://docs.joinmastodon.org/admin/webhooks/",
            handshake: "none",
            signature: "X-Hub-Signature: HMAC-SHA-256 of the body, hex",
            events: "statuses of our own instance; notifications from a relay",
            edits: "statuses",
            deletes: "from a relay of the streaming API",
            deadline: "repeated 16 times; a 4xx answer ends it",
        }
    }

    fn handshake(&self, _incoming: &Incoming<'_>, _endpoint: &Endpoint) -> Option<Result<Reply, Refusal>> {
        None
    }

    fn verify(&self, incoming: &Incoming<'_>, endpoint: &Endpoint, _now: Timestamp) -> Result<(), Refusal> {
        SIGNATURE.verify(incoming, endpoint)
    }

    fn parse(
        &self,
        incoming: &Incoming<'_>,
        endpoint: &Endpoint,
        _now: Timestamp,
    ) -> Result<Vec<Event>, Refusal> {
        let mut body = body::json(incoming.body)?;
        // What the streaming API says has its payload as JSON in a string; a deletion's is the bare id.
        let streamed = body["event"].as_str().filter(|_| body["payload"].is_string()).map(str::to_owned);
        if let Some(name) = streamed {
            let payload = body["payload"].as_str().unwrap_or_default();
            if name == "delete" {
                return Ok(vec![deletion(payload)]);
            }
            let Ok(payload) = body::json(payload.as_bytes()) else {
                return Ok(vec![Event::Dropped(DropReason::Malformed)]);
            };
            let edited = match name.as_str() {
                "update" => Some(false),
                "status.update" => Some(true),
                "notification" | "conversation" => None,
                _ => return Ok(vec![Event::Dropped(DropReason::NotAPost)]),
            };
            if let Some(edited) = edited {
                return Ok(vec![status(&payload, edited, endpoint)]);
            }
            body = payload;
        }
        let event = match body["event"].as_str() {
            Some("status.created") => status(&body["object"], false, endpoint),
            Some("status.updated") => status(&body["object"], true, endpoint),
            Some(name) if ["account.", "report."].iter().any(|family| name.starts_with(family)) => {
                Event::Dropped(DropReason::NotAPost)
            }
            None if body["content"].is_string() && body["account"].is_object() => {
                status(&body, !body["edited_at"].is_null(), endpoint)
            }
            // A notification that a relay passes on.
            None if body["status"]["content"].is_string() => match body["type"].as_str() {
                Some("mention" | "status" | "quote" | "quoted_update") => {
                    status(&body["status"], false, endpoint)
                }
                Some("update") => status(&body["status"], true, endpoint),
                Some("favourite" | "reblog" | "poll" | "pleroma:emoji_reaction") => {
                    Event::Dropped(DropReason::NoWords)
                }
                _ => Event::Dropped(DropReason::UnknownEvent),
            },
            None if body["account"].is_object() && body["type"].is_string() => {
                Event::Dropped(DropReason::NotAPost)
            }
            None if body["last_status"]["content"].is_string() => {
                status(&body["last_status"], false, endpoint)
            }
            _ => Event::Dropped(DropReason::UnknownEvent),
        };
        Ok(vec![event])
    }

    fn sign(&self, secret: &Secret, body: &[u8], _now: Timestamp) -> Option<Headers> {
        Some(SIGNATURE.sign(secret, body))
    }
}

fn deletion(native: &str) -> Event {
    match id(&Value::String(native.to_owned())) {
        Some(native) => Event::Deleted { id: PostId { platform: PLATFORM, native }, at: None },
        None => Event::Dropped(DropReason::Malformed),
    }
}

fn status(status: &Value, edited: bool, endpoint: &Endpoint) -> Event {
    let account = &status["account"];
    let own = |field: &Value| handle(field).is_some_and(|name| endpoint.is_own(&name));
    if own(&account["acct"])
        || own(&account["username"]) && !string(&account["acct"]).unwrap_or_default().contains('@')
    {
        return Event::Dropped(DropReason::Own);
    }
    if status["reblog"].is_object() {
        return Event::Dropped(DropReason::NoWords);
    }
    let Some(native) = id(&status["id"]) else { return Event::Dropped(DropReason::Malformed) };
    let text = said(status);
    let answers = id(&status["in_reply_to_id"]);
    let kind = match (status["visibility"].as_str(), &answers) {
        (Some("direct"), _) => Kind::Message,
        (_, Some(_)) => Kind::Comment,
        (_, None) => Kind::Post,
    };
    let mentioned = each(&status["mentions"]).iter().any(|mention| own(&mention["acct"]));
    let ours = mentioned || endpoint.is_named_in(text.as_str());
    let mut said = post(&PLATFORM, native, kind, if ours { Channel::Ours } else { Channel::Elsewhere }, text);
    if kind == Kind::Message {
        said.visibility = Visibility::Direct;
    }
    said.author = Author {
        id: id(&account["id"]),
        handle: handle(&account["acct"]),
        name: label(&account["display_name"]),
        followers: count(&account["followers_count"]),
    };
    said.published = moment(&status["created_at"]);
    said.permalink = link(&status["url"]).or_else(|| link(&status["uri"]));
    said.thread = answers;
    said.language = label(&status["language"]);
    said.reach.likes = count(&status["favourites_count"]);
    said.reach.shares = count(&status["reblogs_count"]);
    said.reach.replies = count(&status["replies_count"]);
    if edited {
        return Event::Edited { post: said, at: moment(&status["edited_at"]) };
    }
    Event::Posted(said)
}

/// A warning stands before the words it warns of.
fn said(status: &Value) -> Text {
    let Some(content) = status["content"].as_str() else { return Text::NotDelivered };
    // A poll's options are part of the question.
    let options = each(&status["poll"]["options"]).iter().filter_map(|option| string(&option["title"]));
    let parts = string(&status["spoiler_text"]).map(str::to_owned).into_iter();
    let parts = parts.chain([plain(content)]).chain(options.map(|option| format!("- {option}")));
    words(&parts.collect::<Vec<_>>().join("\n\n"))
}
