//! What Facebook, Instagram, WhatsApp and Threads have in common: one app, one secret, one handshake, one envelope.
//!
//! - Handshake: `GET ?hub.mode=subscribe&hub.verify_token=…&hub.challenge=…`, answered with the bare challenge.
//! - Signature: `X-Hub-Signature-256: sha256=<hex>`, HMAC-SHA-256 of the raw body with the app's secret. Meta sends
//!   non-ASCII letters already escaped; whoever decodes and encodes again before hashing hashes something else. The
//!   older `X-Hub-Signature: sha1=` comes along with every delivery and is not accepted.
//! - Envelope: `{object, entry: [{id, time, changes | messaging | standby: […]}]}`, several of each in one delivery.
//!   The `object` decides how an entry is read, not the address: one app may send everything to one address. Threads'
//!   deliveries have none of it and are known by their `values`.
//! - No delivery has an id: a repeated one is recognised by its posts' ids.
//!
//! <https://developers.facebook.com/docs/graph-api/webhooks/getting-started>

pub(super) mod messaging;

use earshot_mention::Timestamp;
use serde_json::Value;

use super::{facebook, instagram, threads, whatsapp};
use crate::item::{each_or_one, id, string};
use crate::moment::moment;
use crate::verify::{BodyMac, Encoding, same};
use crate::{DropReason, Endpoint, Event, Incoming, Method, Refusal, Reply, body, query};

pub(super) const SIGNATURE: BodyMac =
    BodyMac { header: "x-hub-signature-256", prefix: "sha256=", salt: "", encoding: Encoding::Hex };

/// Longest challenge that is echoed. Meta's are ten digits.
const LONGEST_CHALLENGE: usize = 128;

/// Answers `hub.challenge` where the verify token is the endpoint's.
pub(super) fn handshake(incoming: &Incoming<'_>, endpoint: &Endpoint) -> Option<Result<Reply, Refusal>> {
    if incoming.method != Method::Get || query::value(incoming.query, "hub.mode")? != "subscribe" {
        return None;
    }
    let Some(token) = &endpoint.verify_token else { return Some(Err(Refusal::NoSecret)) };
    let shown = query::value(incoming.query, "hub.verify_token").unwrap_or_default();
    let challenge = query::value(incoming.query, "hub.challenge").filter(|challenge| is_challenge(challenge));
    Some(challenge.filter(|_| same(&shown, token)).map(Reply::plain).ok_or(Refusal::BadChallenge))
}

/// Only plain letters are echoed, so that the answer can never be a script.
pub(super) fn is_challenge(challenge: &str) -> bool {
    (1..=LONGEST_CHALLENGE).contains(&challenge.len())
        && challenge.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte))
}

/// One entry of the envelope: the account it is about, and when it was sent.
pub(super) struct Entry<'a> {
    /// The page's or the account's id.
    pub(super) account: Option<String>,
    /// When Meta sent it.
    pub(super) sent: Option<Timestamp>,
    /// What is set up.
    pub(super) endpoint: &'a Endpoint,
}

impl Entry<'_> {
    /// Whether this id or handle is the entry's account, or another of ours.
    pub(super) fn is_own(&self, account: &Value) -> bool {
        id(account)
            .is_some_and(|account| self.account.as_ref() == Some(&account) || self.endpoint.is_own(&account))
    }
}

/// Reads the envelope and hands each item to the reader of its object.
pub(super) fn parse(incoming: &Incoming<'_>, endpoint: &Endpoint) -> Result<Vec<Event>, Refusal> {
    let body = body::json(incoming.body)?;
    let mut events = Vec::new();
    // The documentation prints the envelope inside an array, and some relays send it so.
    for envelope in each_or_one(&body) {
        let object = string(&envelope["object"]);
        let entries = each_or_one(&envelope["entry"]);
        if object.is_none() && !envelope["values"].is_null() {
            events.extend(threads::events(envelope, endpoint));
            continue;
        }
        let (Some(object), false) = (object, entries.is_empty()) else {
            events.push(Event::Dropped(DropReason::UnknownEvent));
            continue;
        };
        for entry in entries {
            let context = Entry { account: id(&entry["id"]), sent: moment(&entry["time"]), endpoint };
            let before = events.len();
            // Instagram's business login is documented with the change in the entry itself.
            let bare = if entry["field"].is_string() { std::slice::from_ref(entry) } else { &[] };
            for change in each_or_one(&entry["changes"]).iter().chain(bare) {
                match object {
                    "page" => events.push(facebook::change(change, &context)),
                    "instagram" => events.push(instagram::change(change, &context)),
                    "whatsapp_business_account" => events.extend(whatsapp::changes(change, &context)),
                    "threads" => events.push(threads::event(change, context.sent, endpoint)),
                    _ => events.push(Event::Dropped(DropReason::UnknownEvent)),
                }
            }
            let platform = match object {
                "page" => Some(facebook::PLATFORM),
                "instagram" => Some(instagram::PLATFORM),
                _ => None,
            };
            for item in each_or_one(&entry["messaging"]).iter().chain(each_or_one(&entry["standby"])) {
                events.push(match &platform {
                    Some(platform) => messaging::event(item, platform, &context),
                    None => Event::Dropped(DropReason::UnknownEvent),
                });
            }
            if events.len() == before {
                events.push(Event::Dropped(DropReason::UnknownEvent));
            }
        }
    }
    if events.is_empty() {
        events.push(Event::Dropped(DropReason::UnknownEvent));
    }
    Ok(events)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Receipt, Secret, Secrets, adapter, receive, sign};

    const NOW: Timestamp = Timestamp::from_seconds(1_763_830_800);

    fn endpoint() -> Endpoint {
        Endpoint {
            secrets: Secrets::new([Secret::new("app secret")]),
            verify_token: Some(Secret::new("our token")),
            own: vec!["northwindair".into(), "17841400000000001".into()],
            ..Endpoint::default()
        }
    }

    fn events(body: &str) -> Vec<Event> {
        let secret = Secret::new("app secret");
        let headers = sign("facebook", &secret, body.as_bytes(), NOW).unwrap_or_default();
        let incoming = Incoming { method: Method::Post, query: "", headers: &headers, body: body.as_bytes() };
        let Some(adapter) = adapter("facebook") else { panic!("there is no such adapter") };
        match receive(adapter, &incoming, &endpoint(), NOW) {
            Ok(Receipt::Events(events)) => events,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_challenge_is_echoed_to_whoever_shows_the_token() {
        for (query, answer) in [
            (
                "hub.mode=subscribe&hub.verify_token=our%20token&hub.challenge=1158201444",
                Some(Ok("1158201444")),
            ),
            ("hub.mode=subscribe&hub.verify_token=wrong&hub.challenge=1", Some(Err(Refusal::BadChallenge))),
            ("hub.mode=subscribe&hub.challenge=1", Some(Err(Refusal::BadChallenge))),
            (
                "hub.mode=subscribe&hub.verify_token=our%20token&hub.challenge=%3Cscript%3E",
                Some(Err(Refusal::BadChallenge)),
            ),
            ("hub.mode=unsubscribe&hub.verify_token=our%20token&hub.challenge=1", None),
            ("", None),
        ] {
            let incoming = Incoming { method: Method::Get, query, headers: &[], body: b"" };
            let reply = handshake(&incoming, &endpoint()).map(|reply| reply.map(|reply| reply.body));
            assert_eq!(reply, answer.map(|answer| answer.map(str::to_owned)), "{query}");
        }
        let unset = Endpoint { verify_token: None, ..endpoint() };
        let query = "hub.mode=subscribe&hub.verify_token=&hub.challenge=1";
        let incoming = Incoming { method: Method::Get, query, headers: &[], body: b"" };
        assert_eq!(handshake(&incoming, &unset), Some(Err(Refusal::NoSecret)));
    }

    #[test]
    fn a_bad_item_does_not_lose_its_batch() {
        let batch = r#"{"object":"page","entry":[
            {"id":"1","time":1,"changes":[
                {"field":"feed","value":{"item":"comment","verb":"add","comment_id":null}},
                {"field":"feed","value":7},
                null,
                {"field":"feed","value":{"item":"comment","verb":"add","comment_id":"1_2","post_id":"9_1","message":"help"}}]},
            17,
            {"id":"1","time":1,"messaging":[{"sender":{"id":"5"},"message":{"mid":"m1","text":"hello"}},[]]}]}"#;
        let kept: Vec<Event> =
            events(batch).into_iter().filter(|event| matches!(event, Event::Posted(_))).collect();
        assert_eq!(kept.len(), 2);
        assert_eq!(events(batch).len(), 7);
    }

    #[test]
    fn what_is_not_ours_to_read_is_dropped_for_a_reason() {
        let change = |field: &str, value: &str| {
            format!(
                r#"{{"object":"page","entry":[{{"id":"1","time":1,"changes":[{{"field":"{field}","value":{value}}}]}}]}}"#
            )
        };
        let item = |item: &str| {
            format!(r#"{{"object":"page","entry":[{{"id":"1","time":1,"messaging":[{item}]}}]}}"#)
        };
        for (body, reason) in [
            (change("feed", r#"{"item":"reaction","verb":"add"}"#), DropReason::NoWords),
            (change("feed", r#"{"item":"comment","verb":"hide","comment_id":"1"}"#), DropReason::NotAPost),
            (
                change("feed", r#"{"item":"comment","verb":"add","comment_id":"1","from":{"id":1}}"#),
                DropReason::Own,
            ),
            (
                change(
                    "feed",
                    r#"{"item":"comment","verb":"add","comment_id":"1","from":{"id":"17841400000000001"}}"#,
                ),
                DropReason::Own,
            ),
            (change("feed", r#"{"item":"comment","verb":"add"}"#), DropReason::Malformed),
            (
                change("feed", r#"{"item":"comment","verb":"sing","comment_id":"1"}"#),
                DropReason::UnknownEvent,
            ),
            (change("parking", "{}"), DropReason::NotAPost),
            (change("gardening", "{}"), DropReason::UnknownEvent),
            (item(r#"{"message":{"mid":"m","text":"x","is_echo":true}}"#), DropReason::Own),
            (item(r#"{"sender":{"id":"1"},"message":{"mid":"m","text":"x"}}"#), DropReason::Own),
            (item(r#"{"read":{"watermark":1}}"#), DropReason::NoWords),
            (item(r#"{"postback":{"payload":"x"}}"#), DropReason::NotAPost),
            (item(r#"{"postback":{"title":"Menu"}}"#), DropReason::Malformed),
            (item(r#"{"messaging_feedback":{"feedback_screens":[{"questions":7}]}}"#), DropReason::NotAPost),
            (item(r#"{"message":{"text":"x"}}"#), DropReason::Malformed),
            (item("{}"), DropReason::UnknownEvent),
            (r#"{"object":"page"}"#.to_owned(), DropReason::UnknownEvent),
            (r#"{"object":"group","entry":[{"changes":[{}]}]}"#.to_owned(), DropReason::UnknownEvent),
            ("[]".to_owned(), DropReason::UnknownEvent),
            ("7".to_owned(), DropReason::UnknownEvent),
        ] {
            assert_eq!(events(&body), [Event::Dropped(reason)], "{body}");
        }
    }
}
