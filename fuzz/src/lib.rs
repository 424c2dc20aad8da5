//! What the targets have in common.

use std::sync::LazyLock;

use earshot_hooks::{Endpoint, Event, Headers, Incoming, Method, Receipt, Refusal, Secret, Secrets, adapter, receive};
use earshot_mention::{MentionId, Timestamp};

const NOW: Timestamp = Timestamp::from_seconds(1_795_370_400);

static ENDPOINT: LazyLock<Endpoint> = LazyLock::new(|| Endpoint {
    secrets: Secrets::new([Secret::new("whsec_dGhlIHNlY3JldCBvZiB0aGUgdGVzdHM=")]),
    verify_token: Some(Secret::new("our token")),
    own: vec!["northwindair".into(), "104920881230045".into()],
    ..Endpoint::default()
});

/// Event names that two platforms send in a header; the first byte of the input chooses.
const NAMES: &[(&str, &str)] = &[
    ("x-discourse-event", "post_created"),
    ("x-discourse-event", "post_edited"),
    ("x-discourse-event", "post_destroyed"),
    ("ce-type", "example.post.created"),
    ("ce-type", "example.review.deleted"),
];

/// A delivery with a good signature and any body: posts, or dropped, or broken; never a panic.
pub fn deliver(platform: &str, data: &[u8]) {
    let adapter = adapter(platform).expect("the target names an adapter");
    let (choice, body) = data.split_first().map_or((0, data), |(choice, body)| (*choice, body));
    let secret = ENDPOINT.secrets.iter().next().cloned().expect("there is a secret");
    let mut headers: Headers = adapter.sign(&secret, body, NOW).expect("every adapter signs");
    if let Some((name, value)) = NAMES.get(usize::from(choice)) {
        headers.push(((*name).to_owned(), (*value).to_owned()));
    }
    let incoming = Incoming { method: Method::Post, query: "", headers: &headers, body };
    match receive(adapter, &incoming, &ENDPOINT, NOW) {
        Ok(Receipt::Events(events)) => {
            assert!(!events.is_empty(), "neither posts nor dropped");
            for event in events {
                let id = match event {
                    Event::Posted(post) | Event::Edited { post, .. } => post.id,
                    Event::Deleted { id, .. } => id,
                    Event::Dropped(_) => continue,
                };
                MentionId::parse(MentionId::of(&id).as_str()).expect("every post has a mention's id");
            }
        }
        Ok(Receipt::Reply(_)) | Err(Refusal::Broken) => {}
        Err(refusal) => panic!("a good signature was refused: {refusal:?}"),
    }
}

/// A request that nobody signed: it never gets in.
pub fn unsigned(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let mut parts = text.splitn(4, '\n');
    let mut part = || parts.next().unwrap_or_default().to_owned();
    let (query, signature, time) = (part(), part(), part());
    let body = part();
    let names = [
        "x-hub-signature-256", "x-hub-signature", "x-twitter-webhooks-signature", "x-li-signature", "x-discourse-event-signature",
        "x-slack-signature", "tiktok-signature", "x-zendesk-webhook-signature", "webhook-signature", "x-signature-ed25519",
        "x-telegram-bot-api-secret-token", "authorization", "webhook-request-origin",
    ];
    let times = ["x-slack-request-timestamp", "x-zendesk-webhook-signature-timestamp", "webhook-timestamp", "x-signature-timestamp", "webhook-id"];
    let mut headers: Headers = names.iter().map(|name| ((*name).to_owned(), signature.clone())).collect();
    headers.extend(times.iter().map(|name| ((*name).to_owned(), time.clone())));
    for adapter in earshot_hooks::ADAPTERS {
        for method in [Method::Get, Method::Post, Method::Options] {
            let incoming = Incoming { method, query: &query, headers: &headers, body: body.as_bytes() };
            let got = receive(*adapter, &incoming, &ENDPOINT, NOW);
            assert!(!matches!(got, Ok(Receipt::Events(_))), "{} let it in", adapter.platform());
        }
    }
}

/// What a platform's API answers is as hostile as what it sends.
pub fn answered(data: &[u8]) {
    for replier in earshot_hooks::REPLIERS {
        let _ = replier.found(data, "We are on it.");
        let _ = replier.refused(400, data);
    }
}
