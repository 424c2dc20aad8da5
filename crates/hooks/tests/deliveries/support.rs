//! What the tests of bodies share: finding them, and saying in a line what came of them.

use std::path::{Path, PathBuf};

use earshot_hooks::{
    Adapter, DropReason, Endpoint, Event, Incoming, Method, Receipt, Refusal, Secret, Secrets, receive,
};
use earshot_mention::{Channel, Kind, Post, Text, Timestamp, Visibility};

/// The repository's root.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Test data that is not part of the repository; `None` where it is missing, which is said.
pub(crate) fn shared(folder: &str) -> Option<PathBuf> {
    let path = root().join("../shared").join(folder);
    if path.exists() {
        return Some(path);
    }
    eprintln!("skipped: ../shared/{folder} is not here");
    None
}

/// The files of a folder with these endings, sorted.
pub(crate) fn files(folder: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut files: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|ending| endings.iter().any(|wanted| ending == *wanted)))
        .collect();
    files.sort();
    files
}

/// An endpoint with one secret.
pub(crate) fn endpoint(secret: &str, own: &[&str]) -> Endpoint {
    Endpoint {
        secrets: Secrets::new([Secret::new(secret)]),
        own: own.iter().map(|own| (*own).to_owned()).collect(),
        ..Endpoint::default()
    }
}

/// Delivers a body as the platform would, correctly signed.
pub(crate) fn deliver(
    adapter: &dyn Adapter,
    body: &[u8],
    extra: &[(String, String)],
    endpoint: &Endpoint,
    now: Timestamp,
) -> Result<Receipt, Refusal> {
    let secret = endpoint.secrets.iter().next().cloned().unwrap_or_else(|| Secret::new(""));
    let mut headers = adapter.sign(&secret, body, now).unwrap_or_default();
    headers.extend_from_slice(extra);
    let incoming = Incoming { method: Method::Post, query: "", headers: &headers, body };
    receive(adapter, &incoming, endpoint, now)
}

/// What came of a delivery, a line an event, without any of its words.
pub(crate) fn shape(receipt: &Result<Receipt, Refusal>) -> Vec<String> {
    match receipt {
        Ok(Receipt::Reply(reply)) => vec![format!("answered {} {} bytes", reply.status, reply.body.len())],
        Ok(Receipt::Events(events)) => events.iter().map(event_shape).collect(),
        Err(refusal) => vec![format!("refused {refusal:?}")],
    }
}

fn event_shape(event: &Event) -> String {
    match event {
        Event::Posted(post) => format!("posted {}", post_shape(post)),
        Event::Edited { post, at } => {
            format!("edited{} {}", if at.is_some() { " at a time" } else { "" }, post_shape(post))
        }
        Event::AlsoKnownAs { .. } => "also known by another id".to_owned(),
        Event::Deleted { at, .. } => format!("deleted{}", if at.is_some() { " at a time" } else { "" }),
        Event::Dropped(reason) => format!("dropped {}", reason_name(*reason)),
    }
}

/// The reason in words.
pub(crate) fn reason_name(reason: DropReason) -> &'static str {
    match reason {
        DropReason::Own => "own",
        DropReason::NoWords => "no words",
        DropReason::NotAPost => "not a post",
        DropReason::UnknownEvent => "unknown event",
        DropReason::Malformed => "malformed",
        _ => "another reason",
    }
}

/// The kind in words.
pub(crate) fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Post => "post",
        Kind::Comment => "comment",
        Kind::Message => "message",
        Kind::Review => "review",
    }
}

/// The channel in words.
pub(crate) fn channel_name(channel: Channel) -> &'static str {
    match channel {
        Channel::Ours => "ours",
        Channel::Elsewhere => "elsewhere",
    }
}

/// The visibility in words.
pub(crate) fn visibility_name(visibility: Visibility) -> &'static str {
    match visibility {
        Visibility::Direct => "direct",
        Visibility::Public => "public",
        Visibility::Broadcast => "broadcast",
    }
}

fn post_shape(post: &Post) -> String {
    let text = match &post.text {
        Text::Delivered(text) => format!("text of {} bytes", text.len()),
        Text::NotDelivered => "text not delivered".to_owned(),
        Text::None => "no text".to_owned(),
    };
    let mut known = vec![
        kind_name(post.kind).to_owned(),
        channel_name(post.channel).to_owned(),
        visibility_name(post.visibility).to_owned(),
        text,
    ];
    let author = [
        ("id", post.author.id.is_some()),
        ("handle", post.author.handle.is_some()),
        ("name", post.author.name.is_some()),
        ("followers", post.author.followers.is_some()),
    ];
    let author: Vec<&str> = author.iter().filter(|(_, known)| *known).map(|(field, _)| *field).collect();
    known.push(if author.is_empty() {
        "no author".to_owned()
    } else {
        format!("author {}", author.join("+"))
    });
    for (field, there) in [
        ("time", post.published.is_some()),
        ("permalink", post.permalink.is_some()),
        ("thread", post.thread.is_some()),
        ("language", post.language.is_some()),
        ("stars", post.stars.is_some()),
        ("reach", post.reach.likes.or(post.reach.shares).or(post.reach.replies).is_some()),
    ] {
        if there {
            known.push(field.to_owned());
        }
    }
    known.join(", ")
}

/// Compares with the golden file, or writes it where `UPDATE` is set.
pub(crate) fn golden(path: &Path, actual: &str) {
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(path, actual).expect("the golden file can be written");
        return;
    }
    let expected = std::fs::read_to_string(path).unwrap_or_default();
    for (line, (expected, actual)) in expected.lines().zip(actual.lines()).enumerate() {
        assert_eq!(
            expected,
            actual,
            "{} line {}; run with UPDATE=1 and review the change",
            path.display(),
            line + 1
        );
    }
    assert_eq!(
        expected.lines().count(),
        actual.lines().count(),
        "{}: run with UPDATE=1 and review",
        path.display()
    );
}
