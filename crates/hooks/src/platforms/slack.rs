//! Slack: messages in channels that our app is in, and messages to it.
//!
//! - Handshake: a signed `url_verification`, answered with its challenge.
//! - Signature: `X-Slack-Signature: v0=<hex>`, HMAC-SHA-256 over `v0:`, the time and the body; five minutes.
//! - Identity: channel and `ts` together. A mention arrives twice, as `app_mention` and as `message`, with the same.
//! - Own: the app's own user among the `authorizations`. Other bots' messages, joins and buttons are nobody's words.
//! - Edits: `message_changed`. Deletions: `message_deleted`; of a message with answers, `message_changed` to a tombstone.
//! - Text is Slack's markup: `<@U1>`, `<https://…|label>`, `&amp;`.
//!
//! <https://docs.slack.dev/authentication/verifying-requests-from-slack>

use earshot_mention::{Channel, Kind, Platform, PostId, Timestamp, Visibility};
use serde_json::{Value, json};

use super::post;
use crate::item::{each, id, label, string};
use crate::moment::from_text;
use crate::text::{unescape, words};
use crate::verify::{Encoding, Hash, in_window, mac, proved};
use crate::{About, Adapter, DropReason, Endpoint, Event, Headers, Incoming, Refusal, Reply, Secret, body};

const PLATFORM: Platform = Platform::named("slack");
const TIME: &str = "x-slack-request-timestamp";
const SIGNATURE: &str = "x-slack-signature";

/// Slack.
#[derive(Debug)]
pub(crate) struct Slack;

impl Adapter for Slack {
    fn platform(&self) -> Platform {
        PLATFORM
    }

    fn about(&self) -> About {
        About {
            name: "Slack",
            docs: "https://docs.slack.dev/apis/events-api/",
            handshake: "signed url_verification, answered with its challenge",
            signature: "X-Slack-Signature: HMAC-SHA-256 of time and body, hex, signing secret; 5 minutes",
            events: "messages in channels our app is in, messages to it",
            edits: "messages",
            deletes: "messages",
            deadline: "3 seconds; repeated 3 times within 6 minutes",
        }
    }

    fn handshake(&self, _incoming: &Incoming<'_>, _endpoint: &Endpoint) -> Option<Result<Reply, Refusal>> {
        None
    }

    fn verify(&self, incoming: &Incoming<'_>, endpoint: &Endpoint, now: Timestamp) -> Result<(), Refusal> {
        let (Some(time), Some(signature)) = (incoming.header(TIME), incoming.header(SIGNATURE)) else {
            return Err(Refusal::NoSignature);
        };
        let seconds: i64 = time.parse().map_err(|_| Refusal::BadSignature)?;
        in_window(Timestamp::from_seconds(seconds), now)?;
        let digest = signature.strip_prefix("v0=").and_then(|digest| Encoding::Hex.decode(digest));
        let parts = [b"v0:", time.as_bytes(), b":", incoming.body];
        proved(Hash::Sha256, endpoint, &parts, &digest.ok_or(Refusal::BadSignature)?)
    }

    fn answer(&self, incoming: &Incoming<'_>) -> Option<Reply> {
        let body = body::json(incoming.body).ok()?;
        let challenge = string(&body["challenge"]).filter(|_| body["type"] == "url_verification")?;
        Some(Reply::json(&json!({ "challenge": challenge })))
    }

    fn parse(
        &self,
        incoming: &Incoming<'_>,
        endpoint: &Endpoint,
        _now: Timestamp,
    ) -> Result<Vec<Event>, Refusal> {
        // Buttons, forms and slash commands come as a form, not as JSON.
        if [b"payload=".as_slice(), b"token="].iter().any(|start| incoming.body.starts_with(start)) {
            return Ok(vec![Event::Dropped(DropReason::NotAPost)]);
        }
        let body = body::json(incoming.body)?;
        let event = match body["type"].as_str() {
            Some("event_callback") => event(&body["event"], &body, endpoint),
            Some(
                "app_rate_limited" | "block_actions" | "view_submission" | "view_closed" | "shortcut"
                | "message_action",
            ) => Event::Dropped(DropReason::NotAPost),
            _ => Event::Dropped(DropReason::UnknownEvent),
        };
        Ok(vec![event])
    }

    fn sign(&self, secret: &Secret, body: &[u8], now: Timestamp) -> Option<Headers> {
        let time = (now.as_millis() / 1000).to_string();
        let digest = mac(Hash::Sha256, secret.expose().as_bytes(), &[b"v0:", time.as_bytes(), b":", body]);
        Some(vec![
            (TIME.to_owned(), time),
            (SIGNATURE.to_owned(), format!("v0={}", Encoding::Hex.encode(&digest))),
        ])
    }
}

fn event(event: &Value, delivery: &Value, endpoint: &Endpoint) -> Event {
    let kind = event["type"].as_str().unwrap_or_default();
    if kind.starts_with("reaction_") {
        return Event::Dropped(DropReason::NoWords);
    }
    if kind != "message" && kind != "app_mention" {
        return Event::Dropped(DropReason::NotAPost);
    }
    let Some(channel) = id(&event["channel"]) else { return Event::Dropped(DropReason::Malformed) };
    let named =
        |ts: &Value| id(ts).map(|ts| PostId { platform: PLATFORM, native: format!("{channel}-{ts}") });
    let (message, edited) = match event["subtype"].as_str() {
        Some("message_deleted") => {
            let gone = named(&event["deleted_ts"]).or_else(|| named(&event["previous_message"]["ts"]));
            let at = event["event_ts"].as_str().and_then(moment_of);
            return gone.map_or(Event::Dropped(DropReason::Malformed), |id| Event::Deleted { id, at });
        }
        // What is left of a message that others had answered.
        Some("message_changed") if event["message"]["subtype"] == "tombstone" => {
            let gone = named(&event["message"]["ts"]).or_else(|| named(&event["previous_message"]["ts"]));
            let at = event["event_ts"].as_str().and_then(moment_of);
            return gone.map_or(Event::Dropped(DropReason::Malformed), |id| Event::Deleted { id, at });
        }
        Some("message_changed") => (&event["message"], true),
        Some("bot_message") => return Event::Dropped(by_bot(event, delivery, endpoint)),
        // To an edit that names us Slack adds an `app_mention` with the words as they are now.
        None | Some("thread_broadcast" | "file_share" | "me_message" | "file_comment") => {
            (event, event["edited"].is_object())
        }
        Some(_) => return Event::Dropped(DropReason::NotAPost),
    };
    if is_us(&message["user"], delivery, endpoint) {
        return Event::Dropped(DropReason::Own);
    }
    if !message["bot_id"].is_null() || message["subtype"] == "bot_message" {
        return Event::Dropped(by_bot(message, delivery, endpoint));
    }
    let which = named(&message["ts"]).or_else(|| named(&event["previous_message"]["ts"]));
    let Some(which) = which else { return Event::Dropped(DropReason::Malformed) };
    let direct = event["channel_type"] == "im" || event["channel_type"] == "mpim" || channel.starts_with('D');
    let thread = id(&message["thread_ts"]).filter(|thread| id(&message["ts"]).as_ref() != Some(thread));
    let shape = match (direct, &thread) {
        (true, _) => Kind::Message,
        (false, Some(_)) => Kind::Comment,
        (false, None) => Kind::Post,
    };
    let raw = said(message);
    let ours = direct || kind == "app_mention" || names_us(&raw, delivery, endpoint);
    let mut said = post(
        &PLATFORM,
        which.native,
        shape,
        if ours { Channel::Ours } else { Channel::Elsewhere },
        words(&readable(&raw)),
    );
    // A channel is a room, not a stage.
    if shape == Kind::Post {
        said.visibility = Visibility::Public;
    }
    said.author.id = id(&message["user"]).or_else(|| id(&message["comment"]["user"]));
    said.author.name = label(&message["user_profile"]["display_name"])
        .or_else(|| label(&message["user_profile"]["real_name"]));
    said.published = which_moment(&said.id.native);
    said.thread = thread.map(|thread| format!("{channel}-{thread}"));
    if edited {
        let at = message["edited"]["ts"].as_str().and_then(moment_of);
        return Event::Edited { post: said, at };
    }
    Event::Posted(said)
}

/// What was typed. Without it: what stands in the message's blocks, what a shared message says, a comment below a file.
fn said(message: &Value) -> String {
    if let Some(text) = string(&message["text"]) {
        return text.to_owned();
    }
    if let Some(comment) = string(&message["comment"]["comment"]) {
        return comment.to_owned();
    }
    let mut found = String::new();
    each(&message["blocks"]).iter().for_each(|block| read_block(block, &mut found));
    if !found.trim().is_empty() {
        return found;
    }
    let attachments = each(&message["attachments"]).iter();
    let shared = attachments.flat_map(|shared| {
        let text = string(&shared["text"]).or_else(|| string(&shared["fallback"]));
        [string(&shared["pretext"]), string(&shared["title"]), text]
    });
    shared.flatten().collect::<Vec<_>>().join("\n")
}

/// The words of a block and of all that is in it. The body's depth was looked at before it was parsed.
fn read_block(block: &Value, found: &mut String) {
    match block["type"].as_str() {
        Some("text" | "plain_text" | "mrkdwn") => found.push_str(block["text"].as_str().unwrap_or_default()),
        Some("link") => {
            found.push_str(string(&block["text"]).or_else(|| string(&block["url"])).unwrap_or_default());
        }
        Some("user") => {
            found.push_str("<@");
            found.push_str(block["user_id"].as_str().unwrap_or_default());
            found.push('>');
        }
        Some(kind @ ("broadcast" | "channel" | "usergroup")) => {
            let (mark, named) = match kind {
                "broadcast" => ("<!", "range"),
                "channel" => ("<#", "channel_id"),
                _ => ("<@", "usergroup_id"),
            };
            for part in [mark, block[named].as_str().unwrap_or_default(), ">"] {
                found.push_str(part);
            }
        }
        Some("emoji") => found.extend(emoji(block["unicode"].as_str().unwrap_or_default())),
        _ => read_block_of(block, found),
    }
}

/// The characters of an emoji that Slack names by their numbers: `1f468-200d-1f469`. A team's own have none.
fn emoji(numbers: &str) -> impl Iterator<Item = char> {
    numbers.split('-').filter_map(|number| char::from_u32(u32::from_str_radix(number, 16).ok()?))
}

fn read_block_of(block: &Value, found: &mut String) {
    if block["text"].is_object() {
        read_block(&block["text"], found);
        found.push('\n');
    }
    for inner in each(&block["elements"]).iter().chain(each(&block["fields"])) {
        read_block(inner, found);
    }
    if block["type"].as_str().is_some_and(|kind| kind.starts_with("rich_text_")) {
        found.push('\n');
    }
}

fn by_bot(message: &Value, delivery: &Value, endpoint: &Endpoint) -> DropReason {
    let own_app = id(&message["bot_profile"]["app_id"]).or_else(|| id(&message["app_id"]));
    let ours = is_us(&message["user"], delivery, endpoint)
        || id(&message["bot_id"]).is_some_and(|bot| endpoint.is_own(&bot))
        || (own_app.is_some() && own_app == id(&delivery["api_app_id"]));
    if ours { DropReason::Own } else { DropReason::NotAPost }
}

/// The app's own user is the bot among those for whom the event was delivered.
fn is_us(user: &Value, delivery: &Value, endpoint: &Endpoint) -> bool {
    let Some(user) = id(user) else { return false };
    endpoint.is_own(&user)
        || each(&delivery["authorizations"])
            .iter()
            .any(|us| us["is_bot"] == true && us["user_id"] == user.as_str())
}

fn names_us(raw: &str, delivery: &Value, endpoint: &Endpoint) -> bool {
    raw.split("<@").skip(1).any(|rest| {
        let user = rest.split(['>', '|']).next().unwrap_or_default();
        is_us(&Value::String(user.to_owned()), delivery, endpoint)
    }) || endpoint.is_named_in(raw)
}

/// Slack's markup as people read it.
fn readable(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find('<') {
        text.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let Some(end) = rest.find('>') else {
            text.push('<');
            break;
        };
        let (target, label) =
            rest[..end].split_once('|').map_or((&rest[..end], None), |(target, label)| (target, Some(label)));
        let mark = match target.as_bytes().first() {
            Some(b'@' | b'#') => &target[..1],
            // A date, a group: its label is what people see, mark and all.
            Some(b'!') if label.is_none() => "@",
            _ => "",
        };
        text.push_str(mark);
        text.push_str(label.unwrap_or_else(|| target.trim_start_matches(['@', '#', '!'])));
        rest = &rest[end + 1..];
    }
    text.push_str(rest);
    unescape(&text).into_owned()
}

/// `1595926230.009600`: seconds, and a number that makes it unique.
fn moment_of(ts: &str) -> Option<Timestamp> {
    from_text(ts.split('.').next()?)
}

fn which_moment(native: &str) -> Option<Timestamp> {
    moment_of(native.rsplit('-').next()?)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{readable, said};

    #[test]
    fn words_that_stand_elsewhere_are_found() {
        let section = json!({"type": "rich_text_section", "elements": [
            {"type": "user", "user_id": "U1"}, {"type": "text", "text": " my bag is "},
            {"type": "link", "url": "https://bag.example", "text": "gone"}]});
        let marked = json!({"type": "rich_text_section", "elements": [
            {"type": "broadcast", "range": "here"}, {"type": "text", "text": " no bag "},
            {"type": "emoji", "name": "flag-no", "unicode": "1f1f3-1f1f4"}, {"type": "emoji", "name": "ours"},
            {"type": "text", "text": " ask "}, {"type": "channel", "channel_id": "C9"}]});
        for (message, words) in [
            (json!({"text": "typed", "blocks": [section]}), "typed"),
            (
                json!({"text": "", "blocks": [{"type": "rich_text", "elements": [section]}]}),
                "<@U1> my bag is gone",
            ),
            (
                json!({"text": "", "blocks": [{"type": "rich_text", "elements": [marked]}]}),
                "<!here> no bag 🇳🇴 ask <#C9>",
            ),
            (
                json!({"blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "*help*"}}]}),
                "*help*",
            ),
            (
                json!({"text": "", "attachments": [{"is_share": true, "text": "My refund never came", "fallback": "x"}]}),
                "My refund never came",
            ),
            (json!({"text": "", "attachments": [{"fallback": "a page"}]}), "a page"),
            (json!({"comment": {"comment": "is this right?"}}), "is this right?"),
            (json!({"files": [{"title": "IMG_1"}]}), ""),
            (json!({"blocks": 7, "attachments": {"text": 1}}), ""),
        ] {
            assert_eq!(said(&message).trim(), words, "{message}");
        }
    }

    #[test]
    fn markup_becomes_what_people_read() {
        for (raw, text) in [
            ("<@U1> hi", "@U1 hi"),
            (
                "see <https://a.example/x|the page> &amp; <https://b.example>",
                "see the page & https://b.example",
            ),
            ("<!here> <#C1|help> 1 &lt; 2", "@here #help 1 < 2"),
            ("<!subteam^S1|@support> since <!date^1795370370^{date}|Sunday>", "@support since Sunday"),
            ("a < b", "a < b"),
            ("<>", ""),
            ("<é|x>", "x"),
        ] {
            assert_eq!(readable(raw), text, "{raw}");
        }
    }
}
