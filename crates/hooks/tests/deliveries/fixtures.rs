//! The bodies that the demo posts and other rooms test with: real structure, invented people. What comes out of each
//! stands in `tests/fixtures/hooks/expected.json`; a change there is a change of behaviour and is reviewed as one.

use std::collections::BTreeMap;

use earshot_hooks::{ADAPTERS, Endpoint, Event, Receipt, Refusal, Secret, Secrets};
use earshot_mention::{Post, Text, Timestamp};
use serde_json::{Value, json};

use crate::support::{channel_name, deliver, files, golden, kind_name, reason_name, root, visibility_name};

/// What the demo's workspace has set up for each platform: `{platform: {own: [...]}}`.
fn endpoints() -> BTreeMap<String, Endpoint> {
    let text = std::fs::read_to_string(root().join("tests/fixtures/hooks/endpoints.json"))
        .expect("endpoints.json is here");
    let set_up: BTreeMap<String, Value> = serde_json::from_str(&text).expect("endpoints.json is JSON");
    let own = |value: &Value| -> Vec<String> {
        value["own"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|own| own.as_str().map(str::to_owned))
            .collect()
    };
    set_up
        .into_iter()
        .map(|(platform, value)| {
            let secrets = Secrets::new([Secret::new("whsec_dGhlIHNlY3JldCBvZiB0aGUgdGVzdHM=")]);
            (platform, Endpoint { secrets, own: own(&value), ..Endpoint::default() })
        })
        .collect()
}

#[test]
fn every_fixture_has_the_posts_that_are_written_down_for_it() {
    let endpoints = endpoints();
    let mut told = serde_json::Map::new();
    for adapter in ADAPTERS {
        let platform = adapter.platform();
        let folder = root().join("tests/fixtures/hooks").join(platform.as_str());
        let endpoint = endpoints.get(platform.as_str()).cloned().unwrap_or_default();
        for file in files(&folder, &["json", "xml"]) {
            // What a platform says only in headers stands beside the body.
            let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
            if name.ends_with(".headers.json") {
                continue;
            }
            let body = std::fs::read(&file).expect("a fixture can be read");
            let receipt = deliver(
                *adapter,
                &body,
                &headers_of(&file),
                &endpoint,
                Timestamp::from_seconds(1_795_370_400),
            );
            told.insert(format!("{platform}/{name}"), outcome(&receipt));
        }
    }
    for adapter in ADAPTERS {
        let folder = format!("{}/", adapter.platform());
        assert!(
            told.keys().any(|name| name.starts_with(&folder)),
            "{folder} has no bodies: an adapter comes with samples"
        );
    }
    assert!(told.len() >= 55, "the demo's bodies are gone: {}", told.len());
    let told = serde_json::to_string_pretty(&Value::Object(told)).expect("JSON can be written") + "\n";
    golden(&root().join("tests/fixtures/hooks/expected.json"), &told);
}

fn headers_of(file: &std::path::Path) -> Vec<(String, String)> {
    let Ok(text) = std::fs::read_to_string(file.with_extension("headers.json")) else { return Vec::new() };
    let headers: BTreeMap<String, String> =
        serde_json::from_str(&text).expect("headers are an object of strings");
    headers.into_iter().collect()
}

fn outcome(receipt: &Result<Receipt, Refusal>) -> Value {
    match receipt {
        Ok(Receipt::Reply(reply)) => json!({ "answered": reply.status, "body": reply.body }),
        Ok(Receipt::Events(events)) => events.iter().map(told).collect(),
        Err(refusal) => json!({ "refused": refusal.to_string() }),
    }
}

fn told(event: &Event) -> Value {
    match event {
        Event::Posted(post) => json!({ "posted": post_told(post) }),
        Event::Edited { post, at } => json!({ "edited": post_told(post), "at": at }),
        Event::AlsoKnownAs { id, also } => {
            json!({ "also_known_as": format!("{} {}", also.platform, also.native), "id": format!("{} {}", id.platform, id.native) })
        }
        Event::Deleted { id, at } => json!({ "deleted": format!("{} {}", id.platform, id.native), "at": at }),
        Event::Dropped(reason) => json!({ "dropped": reason_name(*reason) }),
    }
}

/// Every field but the words themselves: of those, how many bytes.
fn post_told(post: &Post) -> Value {
    let text = match &post.text {
        Text::Delivered(text) => json!(text.len()),
        Text::NotDelivered => json!("not delivered"),
        Text::None => json!("none"),
    };
    json!({
        "id": format!("{} {}", post.id.platform, post.id.native),
        "what": format!("{}, {}, {}", kind_name(post.kind), channel_name(post.channel), visibility_name(post.visibility)),
        "text": text,
        "author": post.author,
        "published": post.published,
        "permalink": post.permalink,
        "thread": post.thread,
        "language": post.language,
        "stars": post.stars,
        "reach": post.reach,
    })
}

#[test]
fn every_platform_can_be_told_apart_and_read_up_on() {
    let mut names = std::collections::BTreeSet::new();
    for adapter in ADAPTERS {
        let about = adapter.about();
        assert!(
            names.insert(adapter.platform().to_string()),
            "two adapters are called {}",
            adapter.platform()
        );
        assert!(about.docs.starts_with("https://"), "{}", about.name);
        let told = [
            about.name,
            about.handshake,
            about.signature,
            about.events,
            about.edits,
            about.deletes,
            about.deadline,
        ];
        assert!(
            told.iter().all(|cell| !cell.is_empty() && !cell.contains(['|', '\n'])),
            "{} fits no table",
            about.name
        );
    }
}
