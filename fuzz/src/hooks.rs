//! Webhooks: what platforms send, what nobody signed, and what platforms' APIs answer.

use std::sync::LazyLock;

use earshot_hooks::{
    Account, Draft, Endpoint, Event, FETCHERS, Headers, Incoming, KeySource, Mapping, Method, OpenId, REPLIERS, Receipt, Refusal, ReplyRequest,
    Secret, Secrets, adapter, receive,
};
use earshot_mention::{
    Author, Channel, Kind, MentionId, Platform, Post, PostId, Reach, Text, Timestamp, Visibility,
};

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
                    Event::AlsoKnownAs { also: id, .. } | Event::Deleted { id, .. } => id,
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

/// A delivery from a sender of the operator's choice: the mapping before the first line's end, the body behind it.
pub fn mapped(data: &[u8]) {
    let (mapping, body) = halves(data);
    let Ok(mapping) = serde_json::from_slice::<Mapping>(mapping) else { return };
    let adapter = adapter("generic").expect("the table has it");
    let endpoint = Endpoint { mapping: Some(mapping), ..ENDPOINT.clone() };
    let secret = endpoint.secrets.iter().next().cloned().expect("there is a secret");
    let headers = adapter.sign(&secret, body, NOW).expect("the adapter signs");
    let incoming = Incoming { method: Method::Post, query: "", headers: &headers, body };
    match receive(adapter, &incoming, &endpoint, NOW) {
        Ok(_) | Err(Refusal::Broken) => {}
        Err(refusal) => panic!("a good signature was refused: {refusal:?}"),
    }
}

/// A push with a token that Google never signed: the keys as they may come, then the token.
pub fn pushed(data: &[u8]) {
    let (keys, token) = halves(data);
    let adapter = adapter("google").expect("the table has it");
    let open_id = OpenId {
        keys: String::from_utf8_lossy(keys).into_owned(),
        audience: "https://desk.example/v1/hooks/northwind/google".into(),
        email: "pusher@northwind.example".into(),
    };
    let endpoint = Endpoint { open_id: Some(open_id), secrets: Secrets::default(), ..ENDPOINT.clone() };
    let headers: Headers = vec![("authorization".into(), format!("Bearer {}", String::from_utf8_lossy(token)))];
    let incoming = Incoming { method: Method::Post, query: "", headers: &headers, body: b"{}" };
    let got = receive(adapter, &incoming, &endpoint, NOW);
    assert!(!matches!(got, Ok(Receipt::Events(_))), "a token that nobody signed got in");
}

/// What a platform's API answers is as hostile as what it sends.
pub fn answered(data: &[u8]) {
    for replier in REPLIERS {
        let _ = replier.looked(data, "We are on it.", NOW);
        let _ = replier.refused(400, data);
    }
    for fetcher in FETCHERS {
        let _ = fetcher.read(&thin(fetcher.platform()), data);
        let _ = fetcher.is_for_later(data);
    }
    let mut source = KeySource::default();
    source.came(String::from_utf8_lossy(data).into_owned(), None, NOW);
    let _ = source.wants(&String::from_utf8_lossy(data), NOW);
}

/// A post that its platform told of without its words.
fn thin(platform: Platform) -> Post {
    Post {
        id: PostId { platform, native: "1".into() },
        kind: Kind::Comment,
        channel: Channel::Ours,
        text: Text::NotDelivered,
        author: Author::default(),
        visibility: Visibility::Public,
        published: None,
        permalink: None,
        thread: None,
        language: None,
        stars: None,
        reach: Reach::default(),
    }
}

/// Ids come from the platforms and words from people: neither may lead a reply to another host or another path.
pub fn replied(data: &[u8]) {
    const BASE: &str = "https://api.example";
    let text = String::from_utf8_lossy(data);
    let mut parts = text.splitn(4, '\n');
    let mut part = || parts.next().unwrap_or_default().to_owned();
    let (native, thread, author, words) = (part(), part(), part(), part());
    let account = Account {
        token: Secret::new("token"),
        id: Some("104920881230045".into()),
        user: Some("desk".into()),
        base: Some(BASE.into()),
    };
    let about = |platform: Platform, index: usize| Post {
        id: PostId { platform, native: native.clone() },
        kind: [Kind::Comment, Kind::Message, Kind::Post, Kind::Review][(data.len() + index) % 4],
        author: Author { id: Some(author.clone()), handle: Some(author.clone()), ..Author::default() },
        permalink: Some(thread.clone()),
        thread: Some(thread.clone()),
        ..thin(Platform::named("x"))
    };
    let stays = |request: ReplyRequest, platform: Platform| {
        assert!(request.url.strip_prefix(BASE).is_some_and(|rest| rest.starts_with('/')), "{platform}");
        assert!(!request.url.contains("/../") && !request.url.contains(['\n', ' ', '#']), "{platform}");
        for (_, value) in &request.headers {
            assert!(!value.expose().contains(['\n', '\r']), "a header that breaks out: {platform}");
        }
    };
    for (index, replier) in REPLIERS.iter().enumerate() {
        let post = about(replier.platform(), index);
        let draft = Draft { words: &words, privately: data.len() % 3 == 0, key: "4f0c" };
        let said = replier.request(&post, &draft, &account).ok();
        for request in said.into_iter().chain(replier.look(&post, false, &account)) {
            stays(request, replier.platform());
        }
    }
    for (index, fetcher) in FETCHERS.iter().enumerate() {
        if let Some(request) = fetcher.request(&about(fetcher.platform(), index), &account) {
            stays(request, fetcher.platform());
        }
    }
}

/// What stands before the first line's end, and what behind it.
fn halves(data: &[u8]) -> (&[u8], &[u8]) {
    let end = data.iter().position(|byte| *byte == b'\n').unwrap_or(data.len());
    (&data[..end], data.get(end + 1..).unwrap_or_default())
}
