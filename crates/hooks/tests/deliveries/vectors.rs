//! Every published signature verifies or is refused as its source says. The vectors are not part of the repository.

use std::collections::BTreeMap;

use crate::support::shared;
use earshot_hooks::{Endpoint, Incoming, Method, Refusal, Reply, Secret, Secrets, adapter as find};
use earshot_mention::Timestamp;
use serde::Deserialize;

#[derive(Debug, Deserialize)]
struct Vector {
    scheme: String,
    #[serde(default)]
    secret: Option<String>,
    #[serde(default)]
    public_key: Option<String>,
    #[serde(default)]
    headers: BTreeMap<String, String>,
    #[serde(default)]
    query: BTreeMap<String, String>,
    #[serde(default)]
    body: String,
    #[serde(default)]
    expected_json: Option<serde_json::Value>,
    valid: bool,
}

/// Which adapter proves which scheme.
const SCHEMES: &[(&str, &str)] = &[
    ("standard-webhooks", "standard"),
    ("meta-", "facebook"),
    ("x-hub-signature-256", "facebook"),
    ("x-twitter", "x"),
    ("x-crc", "x"),
    ("slack", "slack"),
    ("discourse", "discourse"),
    ("linkedin", "linkedin"),
    ("tiktok", "tiktok"),
    ("zendesk", "zendesk"),
    ("mastodon", "mastodon"),
];

#[test]
fn every_vector_verifies_or_is_refused_as_it_says() {
    let Some(folder) = shared("samples/hooks/signature_vectors") else { return };
    let text = std::fs::read_to_string(folder.join("vectors.json")).expect("the vectors can be read");
    let vectors: Vec<Vector> = serde_json::from_str(&text).expect("the vectors are JSON");
    assert!(vectors.len() > 20);
    for vector in vectors {
        let name =
            SCHEMES.iter().find(|(scheme, _)| vector.scheme.starts_with(scheme)).map(|(_, name)| *name);
        let name = name.unwrap_or_else(|| panic!("nobody proves {}", vector.scheme));
        let Some(adapter) = find(name) else {
            eprintln!("skipped: {} (no adapter for {name} yet)", vector.scheme);
            continue;
        };
        let secret = vector.secret.clone().or(vector.public_key.clone()).expect("a vector has a secret");
        let endpoint = Endpoint {
            secrets: Secrets::new([Secret::new("an older one"), Secret::new(secret.clone())]),
            ..Endpoint::default()
        };
        let headers: Vec<(String, String)> =
            vector.headers.iter().map(|(name, value)| (name.to_ascii_lowercase(), value.clone())).collect();
        let context = format!("{} {:?}", vector.scheme, vector.headers);

        if !vector.query.is_empty() {
            let endpoint = Endpoint { secrets: Secrets::new([Secret::new(secret)]), ..Endpoint::default() };
            let query: Vec<String> =
                vector.query.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
            let query = query.join("&");
            let incoming = Incoming { method: Method::Get, query: &query, headers: &headers, body: b"" };
            let answer = adapter.handshake(&incoming, &endpoint).expect("a challenge is a handshake");
            if vector.valid {
                let Reply { status, body, .. } = answer.expect("a true challenge is answered");
                assert_eq!(status, 200);
                assert_eq!(
                    serde_json::from_str::<serde_json::Value>(&body).ok(),
                    vector.expected_json,
                    "{context}"
                );
            } else {
                assert_eq!(answer.err(), Some(Refusal::BadChallenge), "{context}");
            }
            continue;
        }

        let incoming =
            Incoming { method: Method::Post, query: "", headers: &headers, body: vector.body.as_bytes() };
        let mut adapter = adapter;
        if vector.scheme == "meta-x-hub-signature-sha1" {
            // True signatures of a kind that Meta sends along for old receivers and that we take from no Meta platform. WebSub
            // signs in the same way, so there they are to verify.
            let taken = adapter.verify(&incoming, &endpoint, signed_at(&headers));
            assert_eq!(taken, Err(Refusal::NoSignature), "{context}");
            adapter = find("youtube").expect("YouTube is a WebSub publisher");
        }
        let verified = adapter.verify(&incoming, &endpoint, signed_at(&headers));
        assert_eq!(verified.is_ok(), vector.valid, "{context}: {verified:?}");
        if vector.valid {
            assert_eq!(
                adapter.verify(&incoming, &Endpoint::default(), signed_at(&headers)),
                Err(Refusal::BadSignature),
                "without a secret"
            );
            let altered = [vector.body.as_bytes(), b" "].concat();
            let incoming = Incoming { body: &altered, ..incoming };
            assert!(
                adapter.verify(&incoming, &endpoint, signed_at(&headers)).is_err(),
                "{context}: one blank more"
            );
        }
    }
}

/// The moment at which the vector was signed, as its own headers say.
fn signed_at(headers: &[(String, String)]) -> Timestamp {
    let found = headers.iter().find_map(|(name, value)| match name.as_str() {
        name if name.ends_with("timestamp") => match value.parse() {
            Ok(seconds) => Some(seconds),
            // The one vector with a date.
            Err(_) => (value == "2026-11-22T00:00:00Z").then_some(1_795_305_600),
        },
        "tiktok-signature" => value.split([',', '=']).nth(1)?.parse().ok(),
        _ => None,
    });
    Timestamp::from_seconds(found.unwrap_or(1_700_000_000))
}

fn encoded(value: &str) -> String {
    value
        .bytes()
        .map(
            |byte| {
                if byte.is_ascii_alphanumeric() {
                    char::from(byte).to_string()
                } else {
                    format!("%{byte:02X}")
                }
            },
        )
        .collect()
}
