//! LinkedIn: comments on our organisation's posts, and posts that mention it.
//!
//! - Handshake: `GET ?challengeCode=<UUID>`, answered with an HMAC of the code, again every two hours. The key is the
//!   deliveries' own, so anything but a UUID is refused: a code of the form `hmacsha256={body}` would come back as that
//!   body's signature.
//! - Signature: `X-LI-Signature`, HMAC-SHA-256 in hex over `hmacsha256=` and the body. Other receivers report the prefix
//!   in the header and the bare body signed; both are taken, neither can be had from a UUID.
//! - Identity: the URN of the comment or the share. Own: `ADMIN_COMMENT`, or the organisation as owner.
//! - Edits: `COMMENT_EDIT`. Deletions: `COMMENT_DELETE`. Of the author only a URN is told.
//! - Words missing: the decorated activity may be left out. Then the comment or the post is fetched by its URN.
//!
//! <https://learn.microsoft.com/en-us/linkedin/shared/api-guide/webhook-validation>

use std::borrow::Cow;

use earshot_mention::{Channel, Kind, Platform, PostId, Text, Timestamp};
use serde_json::{Value, json};

use super::post;
use crate::item::{each_or_one, id, string};
use crate::moment::moment;
use crate::text::{little, words};
use crate::verify::{BodyMac, Encoding, Hash, mac};
use crate::{
    About, Adapter, DropReason, Endpoint, Event, Headers, Incoming, Method, Refusal, Reply, Secret, body,
    query,
};

const PLATFORM: Platform = Platform::named("linkedin");

const DOCUMENTED: BodyMac =
    BodyMac { header: "x-li-signature", prefix: "", salt: "hmacsha256=", encoding: Encoding::Hex };
const REPORTED: BodyMac =
    BodyMac { header: "x-li-signature", prefix: "hmacsha256=", salt: "", encoding: Encoding::Hex };
const REPORTED_SALTED: BodyMac =
    BodyMac { header: "x-li-signature", prefix: "hmacsha256=", salt: "hmacsha256=", encoding: Encoding::Hex };

/// LinkedIn.
#[derive(Debug)]
pub(crate) struct LinkedIn;

impl Adapter for LinkedIn {
    fn platform(&self) -> Platform {
        PLATFORM
    }

    fn about(&self) -> About {
        About {
            name: "LinkedIn",
            docs: "https://learn.microsoft.com/en-us/linkedin/shared/api-guide/webhook-validation",
            handshake: "GET with challengeCode, answered with its HMAC; every 2 hours",
            signature: "X-LI-Signature: HMAC-SHA-256 of the body with a prefix, hex, client secret",
            events: "comments on our posts, posts that mention us",
            edits: "comments",
            deletes: "comments",
            deadline: "3 seconds for challenges; repeated every 5 minutes for 8 hours",
        }
    }

    fn handshake(&self, incoming: &Incoming<'_>, endpoint: &Endpoint) -> Option<Result<Reply, Refusal>> {
        if incoming.method != Method::Get {
            return None;
        }
        let code = query::value(incoming.query, "challengeCode")?;
        if !is_uuid(&code) {
            return Some(Err(Refusal::BadChallenge));
        }
        let Some(secret) = endpoint.secrets.iter().next() else { return Some(Err(Refusal::NoSecret)) };
        let response =
            Encoding::Hex.encode(&mac(Hash::Sha256, secret.expose().as_bytes(), &[code.as_bytes()]));
        Some(Ok(Reply::json(&json!({ "challengeCode": code, "challengeResponse": response }))))
    }

    fn verify(&self, incoming: &Incoming<'_>, endpoint: &Endpoint, _now: Timestamp) -> Result<(), Refusal> {
        DOCUMENTED
            .verify(incoming, endpoint)
            .or_else(|refusal| REPORTED.verify(incoming, endpoint).map_err(|_| refusal))
            .or_else(|refusal| REPORTED_SALTED.verify(incoming, endpoint).map_err(|_| refusal))
    }

    fn parse(
        &self,
        incoming: &Incoming<'_>,
        endpoint: &Endpoint,
        _now: Timestamp,
    ) -> Result<Vec<Event>, Refusal> {
        let body = body::json(incoming.body)?;
        if body["type"] == "LEAD_ACTION" {
            return Ok(vec![Event::Dropped(DropReason::NotAPost)]);
        }
        // `elements` is what the same notifications are called when they are fetched.
        let mut events = Vec::new();
        for delivery in each_or_one(&body) {
            let lists =
                each_or_one(&delivery["notifications"]).iter().chain(each_or_one(&delivery["elements"]));
            events.extend(lists.map(|item| event(item, endpoint)));
            // A relay may pass on one notification by itself.
            if delivery["action"].is_string() {
                events.push(event(delivery, endpoint));
            }
        }
        if events.is_empty() {
            events.push(Event::Dropped(DropReason::UnknownEvent));
        }
        Ok(events)
    }

    fn sign(&self, secret: &Secret, body: &[u8], _now: Timestamp) -> Option<Headers> {
        Some(DOCUMENTED.sign(secret, body))
    }
}

fn is_uuid(code: &str) -> bool {
    code.len() == 36
        && code.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

fn event(item: &Value, endpoint: &Endpoint) -> Event {
    let action = item["action"].as_str().unwrap_or_default();
    let kind = match action {
        "COMMENT" | "COMMENT_EDIT" | "COMMENT_DELETE" => Kind::Comment,
        "SHARE_MENTION" | "SHARE" => Kind::Post,
        "ADMIN_COMMENT" => return Event::Dropped(DropReason::Own),
        "LIKE" => return Event::Dropped(DropReason::NoWords),
        _ => return Event::Dropped(DropReason::UnknownEvent),
    };
    let decorated =
        &item["decoratedGeneratedActivity"][if kind == Kind::Comment { "comment" } else { "share" }];
    let owner = ["owner", "actor", "author"].iter().find_map(|field| id(&decorated[*field]));
    let organisation = id(&item["organizationalEntity"]);
    if owner.is_some()
        && (owner == organisation || owner.as_deref().is_some_and(|owner| endpoint.is_own(owner)))
    {
        return Event::Dropped(DropReason::Own);
    }
    let native = id(&decorated["entity"])
        .or_else(|| id(&decorated["commentUrn"]))
        .or_else(|| id(&item["generatedActivity"]))
        .map(|urn| whole(&urn));
    let Some(native) = native else { return Event::Dropped(DropReason::Malformed) };
    let at = moment(&item["lastModifiedAt"]);
    if action == "COMMENT_DELETE" {
        return Event::Deleted { id: PostId { platform: PLATFORM, native }, at };
    }
    let text = said(decorated).map_or(Text::NotDelivered, |text| words(&text));
    if action == "SHARE" && text == Text::NotDelivered && decorated.is_object() {
        return Event::Dropped(DropReason::NoWords);
    }
    let mut said = post(&PLATFORM, native, kind, Channel::Ours, text);
    said.author.id = owner;
    said.thread = id(&item["sourcePost"]).filter(|_| kind == Kind::Comment);
    let shown = if kind == Kind::Comment { id(&item["sourcePost"]) } else { Some(said.id.native.clone()) };
    said.permalink = shown
        .filter(|urn| is_plain_urn(urn))
        .map(|urn| format!("https://www.linkedin.com/feed/update/{urn}/"));
    if action == "COMMENT_EDIT" {
        return Event::Edited { post: said, at };
    }
    said.published = at;
    Event::Posted(said)
}

/// The words, wherever this version of the API puts them; `commentary` has marks in it.
fn said(decorated: &Value) -> Option<Cow<'_, str>> {
    let content = &decorated["specificContent"]["com.linkedin.ugc.ShareContent"];
    let plain = [
        &decorated["text"],
        &decorated["text"]["text"],
        &decorated["message"],
        &decorated["message"]["text"],
        &content["shareCommentary"]["text"],
    ];
    let marked = [&decorated["commentary"], &decorated["commentary"]["text"]];
    let plain = plain.into_iter().find_map(string).map(Cow::Borrowed);
    plain.or_else(|| marked.into_iter().find_map(string).map(|text| Cow::Owned(little(text))))
}

/// `urn:li:comment:(activity:1,2)` and `urn:li:comment:(urn:li:activity:1,2)` are the same comment.
fn whole(urn: &str) -> String {
    urn.strip_prefix("urn:li:comment:(")
        .filter(|inner| !inner.starts_with("urn:li:"))
        .map_or_else(|| urn.to_owned(), |inner| format!("urn:li:comment:(urn:li:{inner}"))
}

fn is_plain_urn(urn: &str) -> bool {
    urn.starts_with("urn:li:")
        && urn.bytes().all(|byte| byte.is_ascii_alphanumeric() || b":_-".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_uuid_is_answered() {
        for (code, good) in [
            ("890e4665-4dfe-4ab1-b689-ed553bceeed0", true),
            ("hmacsha256={\"type\":\"ORGANIZATION_SOC", false),
            ("890e4665-4dfe-4ab1-b689-ed553bceeed0 ", false),
            ("", false),
        ] {
            assert_eq!(is_uuid(code), good, "{code}");
        }
    }

    #[test]
    fn a_comment_has_one_urn() {
        let urn = "urn:li:comment:(urn:li:activity:1,2)";
        assert_eq!(whole("urn:li:comment:(activity:1,2)"), urn);
        assert_eq!(whole(urn), urn);
        assert_eq!(whole("urn:li:share:3"), "urn:li:share:3");
    }
}
