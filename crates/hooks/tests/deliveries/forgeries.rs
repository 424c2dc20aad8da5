//! Nobody gets in who cannot sign, and nothing that gets in makes us fall over.

use earshot_hooks::{
    ADAPTERS, Adapter, Endpoint, Event, Incoming, Method, Receipt, Refusal, Secret, Secrets, receive,
};
use earshot_mention::{MentionId, Timestamp};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

const NOW: Timestamp = Timestamp::from_seconds(1_795_370_400);
/// Of the form that every adapter takes.
const SECRET: &str = "whsec_dGhlIHNlY3JldCBvZiB0aGUgdGVzdHM=";

fn endpoint() -> Endpoint {
    Endpoint {
        secrets: Secrets::new([Secret::new("an older secret"), Secret::new(SECRET)]),
        verify_token: Some(Secret::new("our token")),
        own: vec!["northwindair".into(), "104920881230045".into(), "1480011223344556677".into()],
        ..Endpoint::default()
    }
}

fn post<'a>(headers: &'a [(String, String)], query: &'a str, body: &'a [u8]) -> Incoming<'a> {
    Incoming { method: Method::Post, query, headers, body }
}

/// How often each law is tried; `FORGERIES` asks for more.
fn runs(usual: u32) -> Config {
    let asked = std::env::var("FORGERIES").ok().and_then(|count| count.parse().ok());
    Config {
        cases: asked.unwrap_or(usual),
        max_global_rejects: u32::MAX,
        failure_persistence: None,
        ..Config::default()
    }
}

/// Adapters whose signature covers the body; the others show a secret.
fn signs_the_body(adapter: &dyn Adapter) -> bool {
    let sign = |body: &[u8]| adapter.sign(&Secret::new(SECRET), body, NOW);
    sign(b"one") != sign(b"another")
}

#[test]
fn every_adapter_takes_its_own_signature_and_no_other() {
    for adapter in ADAPTERS {
        let name = adapter.platform();
        let body = b"{\"a\":1}";
        let headers =
            adapter.sign(&Secret::new(SECRET), body, NOW).expect("every adapter signs with a shared secret");
        assert_eq!(adapter.verify(&post(&headers, "", body), &endpoint(), NOW), Ok(()), "{name}");
        let other = Endpoint { secrets: Secrets::new([Secret::new("whsec_b3RoZXI=")]), ..endpoint() };
        assert_eq!(
            adapter.verify(&post(&headers, "", body), &other, NOW),
            Err(Refusal::BadSignature),
            "{name}"
        );
        assert_eq!(
            adapter.verify(&post(&[], "", body), &endpoint(), NOW),
            Err(Refusal::NoSignature),
            "{name}"
        );
        let nobody = receive(*adapter, &post(&headers, "", body), &Endpoint::default(), NOW);
        assert_eq!(nobody.err(), Some(Refusal::NoSecret), "{name}");
        let empty = Endpoint { secrets: Secrets::new([Secret::new("")]), ..Endpoint::default() };
        assert_eq!(
            receive(*adapter, &post(&headers, "", body), &empty, NOW).err(),
            Some(Refusal::NoSecret),
            "{name}"
        );
    }
}

#[test]
fn a_broken_body_with_a_good_signature_is_broken_and_nothing_worse() {
    for adapter in ADAPTERS {
        for body in [b"".as_slice(), b"{", b"\xff\xfe\x00", b"not json at all"] {
            let headers = adapter.sign(&Secret::new(SECRET), body, NOW).expect("every adapter signs");
            let got = receive(*adapter, &post(&headers, "", body), &endpoint(), NOW);
            assert_eq!(got.err(), Some(Refusal::Broken), "{}", adapter.platform());
        }
    }
}

#[test]
fn what_was_signed_another_day_is_stale_where_a_time_is_signed() {
    let timed = ["standard", "slack", "discord", "tiktok", "zendesk", "bluesky"];
    for adapter in ADAPTERS {
        let name = adapter.platform();
        let headers = adapter.sign(&Secret::new(SECRET), b"{}", NOW).expect("every adapter signs");
        for shift in [-301_000, 301_000] {
            let later = Timestamp::from_millis(NOW.as_millis() + shift);
            let stale = adapter.verify(&post(&headers, "", b"{}"), &endpoint(), later) == Err(Refusal::Stale);
            assert_eq!(stale, timed.contains(&name.as_str()), "{name}");
        }
    }
}

#[test]
fn no_challenge_can_be_made_to_sign_a_body() {
    for adapter in ADAPTERS {
        for body in [
            r#"{"for_user_id":"1","tweet_create_events":[]}"#,
            r#"hmacsha256={"type":"x"}"#,
            "[1,2,3,4,5,6,7,8]",
        ] {
            let code: String = body.bytes().map(|byte| format!("%{byte:02X}")).collect();
            for name in ["crc_token", "challengeCode", "hub.challenge", "challenge"] {
                let query = format!("hub.mode=subscribe&hub.verify_token=our%20token&{name}={code}");
                let incoming = Incoming { method: Method::Get, query: &query, headers: &[], body: b"" };
                let reply = adapter.handshake(&incoming, &endpoint());
                assert!(!matches!(reply, Some(Ok(_))), "{} answered {name}", adapter.platform());
            }
        }
    }
}

/// One change to a signed delivery.
#[derive(Debug, Clone)]
enum Forgery {
    Flip { at: usize, bit: u8 },
    Insert { at: usize, byte: u8 },
    Remove { at: usize },
    Truncate { at: usize },
    Header { which: usize, at: usize, byte: u8 },
    HeaderCut { which: usize, at: usize },
    HeaderGone { which: usize },
}

fn forgery() -> impl Strategy<Value = Forgery> {
    prop_oneof![
        (any::<usize>(), 0..8_u8).prop_map(|(at, bit)| Forgery::Flip { at, bit }),
        (any::<usize>(), any::<u8>()).prop_map(|(at, byte)| Forgery::Insert { at, byte }),
        any::<usize>().prop_map(|at| Forgery::Remove { at }),
        any::<usize>().prop_map(|at| Forgery::Truncate { at }),
        (any::<usize>(), any::<usize>(), b'!'..=b'~').prop_map(|(which, at, byte)| Forgery::Header {
            which,
            at,
            byte
        }),
        (any::<usize>(), any::<usize>()).prop_map(|(which, at)| Forgery::HeaderCut { which, at }),
        any::<usize>().prop_map(|which| Forgery::HeaderGone { which }),
    ]
}

/// The delivery with the change made, and whether the change was in the body.
fn forged(
    forgery: &Forgery,
    mut headers: Vec<(String, String)>,
    mut body: Vec<u8>,
) -> (Vec<(String, String)>, Vec<u8>, bool) {
    let in_body = match *forgery {
        Forgery::Flip { at, bit } => {
            let at = at % body.len();
            body[at] ^= 1 << bit;
            true
        }
        Forgery::Insert { at, byte } => {
            body.insert(at % (body.len() + 1), byte);
            true
        }
        Forgery::Remove { at } => {
            body.remove(at % body.len());
            true
        }
        Forgery::Truncate { at } => {
            body.truncate(at % body.len());
            true
        }
        Forgery::Header { which, at, byte } => {
            let which = which % headers.len();
            let value = &mut headers[which].1;
            let at = at % value.len();
            value.replace_range(at..=at, &char::from(byte).to_string());
            false
        }
        Forgery::HeaderCut { which, at } => {
            let which = which % headers.len();
            let value = &mut headers[which].1;
            value.truncate(at % value.len());
            false
        }
        Forgery::HeaderGone { which } => {
            headers.remove(which % headers.len());
            false
        }
    };
    (headers, body, in_body)
}

/// A header says the same in other letters: hexadecimal digits and schemes have no case, and blanks around a digest,
/// a nought before a number are no forgery.
fn says_the_same(one: &[(String, String)], other: &[(String, String)]) -> bool {
    one.len() == other.len()
        && one.iter().zip(other).all(|(one, other)| one.0 == other.0 && one.1.eq_ignore_ascii_case(&other.1))
}

#[test]
fn no_forgery_is_accepted() {
    let bodies = [
        br#"{"object":"page","entry":[]}"#.to_vec(),
        br#"{"type":"post.created","data":{"id":"1","text":"hi"}}"#.to_vec(),
    ];
    let mut runner = TestRunner::new(runs(20_000));
    let strategy = (0..ADAPTERS.len(), 0..bodies.len(), forgery());
    let outcome = runner.run(&strategy, |(which, body, forgery)| {
        let adapter = ADAPTERS[which];
        let body = bodies[body].clone();
        let headers = adapter.sign(&Secret::new(SECRET), &body, NOW).expect("every adapter signs");
        let (altered_headers, altered_body, in_body) = forged(&forgery, headers.clone(), body.clone());
        let untouched = altered_body == body && says_the_same(&headers, &altered_headers);
        // A secret that is shown says nothing of the body: a forged body there takes the secret, not a trick.
        let uncovered = in_body && !signs_the_body(adapter);
        prop_assume!(!untouched && !uncovered);
        let verified = adapter.verify(&post(&altered_headers, "", &altered_body), &endpoint(), NOW);
        prop_assert!(verified.is_err(), "{} took {forgery:?}", adapter.platform());
        Ok(())
    });
    outcome.expect("no forgery is accepted");
}

/// Bytes that look enough like a body to get somewhere.
fn body() -> impl Strategy<Value = Vec<u8>> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        any::<f64>().prop_map(Into::into),
        "\\PC{0,12}".prop_map(Into::into),
        prop::sample::select(WORDS).prop_map(Into::into),
    ];
    let json = leaf.prop_recursive(6, 48, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Into::into),
            prop::collection::vec((prop::sample::select(WORDS), inner), 0..7).prop_map(|fields| fields
                .into_iter()
                .map(|(name, value)| (name.to_owned(), value))
                .collect::<serde_json::Map<_, _>>()
                .into()),
        ]
    });
    prop_oneof![
        1 => prop::collection::vec(any::<u8>(), 0..200),
        1 => "\\PC{0,120}".prop_map(String::into_bytes),
        1 => "(<[/!?]?(feed|entry|yt:videoId|title|at:deleted-entry)( xmlns='http://www.w3.org/2005/Atom'| ref='x')?/?>|&[a-z#0-9]{0,5};|\\PC{0,6}){0,14}"
            .prop_map(String::into_bytes),
        8 => json.prop_map(|json: serde_json::Value| json.to_string().into_bytes()),
    ]
}

/// Names and values that the adapters look for.
const WORDS: &[&str] = &[
    "object",
    "page",
    "instagram",
    "whatsapp_business_account",
    "entry",
    "changes",
    "messaging",
    "field",
    "value",
    "feed",
    "item",
    "comment",
    "verb",
    "add",
    "edited",
    "remove",
    "comment_id",
    "post_id",
    "message",
    "messages",
    "mid",
    "text",
    "from",
    "sender",
    "id",
    "is_echo",
    "data",
    "event_type",
    "post.create",
    "post.mention.create",
    "dm.received",
    "payload",
    "includes",
    "users",
    "author_id",
    "for_user_id",
    "tweet_create_events",
    "user",
    "id_str",
    "matching_rules",
    "edit_history_tweet_ids",
    "type",
    "post.created",
    "post.deleted",
    "stars",
    "notifications",
    "action",
    "COMMENT",
    "decoratedGeneratedActivity",
    "entity",
    "post",
    "raw",
    "status.created",
    "content",
    "account",
    "events",
    "eventName",
    "service-review-created",
    "eventData",
    "update_id",
    "chat",
    "message_id",
    "date",
    "event_callback",
    "event",
    "channel",
    "ts",
    "subtype",
    "message_changed",
    "MESSAGE_CREATE",
    "author",
    "im_receive_msg",
    "comment.create",
    "kind",
    "commit",
    "did",
    "collection",
    "app.bsky.feed.post",
    "rkey",
    "operation",
    "create",
    "record",
    "specversion",
    "data_base64",
    "time",
    "timestamp",
    "values",
    "replies",
    "rating",
    "review_text",
    "http://a.example",
    "2026-11-22T18:00:00Z",
    "-1",
    "@northwindair",
    "<@U1>",
    "&amp;",
];

/// Events that two adapters are told of in headers.
const NAMES: &[&str] = &["", "post_created", "com.example.post.created", "post_destroyed"];

#[test]
fn no_body_makes_an_adapter_fall_over() {
    let mut runner = TestRunner::new(runs(6_000));
    let outcome =
        runner.run(&(0..ADAPTERS.len(), body(), prop::sample::select(NAMES)), |(which, body, name)| {
            let adapter = ADAPTERS[which];
            let mut headers = adapter.sign(&Secret::new(SECRET), &body, NOW).expect("every adapter signs");
            headers.push(("x-discourse-event".to_owned(), name.to_owned()));
            if !name.is_empty() && !name.starts_with("post_") {
                headers.push(("ce-type".to_owned(), name.to_owned()));
            }
            match receive(adapter, &post(&headers, "", &body), &endpoint(), NOW) {
                Ok(Receipt::Events(events)) => {
                    prop_assert!(!events.is_empty(), "{}: neither posts nor dropped", adapter.platform());
                    for event in events {
                        let id = match event {
                            Event::Posted(post) | Event::Edited { post, .. } => {
                                if let Some(link) = &post.permalink {
                                    prop_assert!(link.starts_with("http"), "{link}");
                                }
                                post.id
                            }
                            Event::AlsoKnownAs { also: id, .. } | Event::Deleted { id, .. } => id,
                            Event::Dropped(_) => continue,
                        };
                        prop_assert!(!id.native.is_empty());
                        prop_assert!(MentionId::parse(MentionId::of(&id).as_str()).is_ok());
                    }
                }
                Ok(Receipt::Reply(_)) => {}
                Err(refusal) => prop_assert_eq!(refusal, Refusal::Broken, "{}", adapter.platform()),
            }
            Ok(())
        });
    outcome.expect("no body makes an adapter fall over");
}

#[test]
fn no_request_makes_a_handshake_fall_over() {
    let mut runner = TestRunner::new(runs(4_000));
    let query = "((hub\\.mode|hub\\.challenge|hub\\.topic|hub\\.verify_token|crc_token|challengeCode)=(subscribe|%[0-9A-F]{0,2}|\\PC{0,20})&?){0,4}";
    let outcome = runner.run(&(0..ADAPTERS.len(), query, 0..3_u8), |(which, query, method)| {
        let method = [Method::Get, Method::Post, Method::Options][usize::from(method)];
        let headers = [("webhook-request-origin".to_owned(), query.clone())];
        let incoming = Incoming { method, query: &query, headers: &headers, body: query.as_bytes() };
        if let Ok(Receipt::Reply(reply)) = receive(ADAPTERS[which], &incoming, &endpoint(), NOW) {
            prop_assert!(!reply.body.contains('<'), "an answer could be a script: {}", reply.body);
        }
        Ok(())
    });
    outcome.expect("no request makes a handshake fall over");
}
