//! Google's tokens, made with a key that was thrown away: `golden/google_tokens.json` has the public half and what each
//! token is.

use earshot_hooks::{Endpoint, Incoming, Method, OpenId, Refusal, Secret, Secrets, adapter, receive};
use earshot_mention::Timestamp;
use serde_json::Value;

use crate::support::root;

const NOW: Timestamp = Timestamp::from_seconds(1_795_370_400);

fn open_id(keys: String) -> OpenId {
    OpenId {
        keys,
        audience: "https://hooks.example/v1/hooks/northwind/google".into(),
        email: "push@northwind-air.iam.gserviceaccount.example".into(),
    }
}

#[test]
fn only_googles_own_token_for_us_and_of_now_gets_in() {
    let google = adapter("google").expect("there is an adapter for Google");
    let text = std::fs::read_to_string(root().join("crates/hooks/tests/golden/google_tokens.json"))
        .expect("the tokens are here");
    let told: Value = serde_json::from_str(&text).expect("the tokens are JSON");
    let endpoint = Endpoint { open_id: Some(open_id(told["keys"].to_string())), ..Endpoint::default() };
    let tokens = told["tokens"].as_array().expect("there are tokens");
    assert!(tokens.len() > 10);
    for token in tokens {
        let headers =
            [("authorization".to_owned(), format!("Bearer {}", token["token"].as_str().unwrap_or_default()))];
        let incoming = Incoming { method: Method::Post, query: "", headers: &headers, body: b"{}" };
        let taken = google.verify(&incoming, &endpoint, NOW);
        assert_eq!(taken.is_ok(), token["good"] == true, "a token {}: {taken:?}", token["what"]);
        // Without Google's keys, or with others, nothing is proved.
        for keys in [
            "",
            "{}",
            "{\"keys\":[]}",
            "{\"keys\":[{\"kid\":\"key-1\",\"kty\":\"RSA\",\"n\":\"AQ\",\"e\":\"AQAB\"}]}",
        ] {
            let endpoint = Endpoint { open_id: Some(open_id(keys.to_owned())), ..Endpoint::default() };
            assert_eq!(google.verify(&incoming, &endpoint, NOW), Err(Refusal::BadSignature));
        }
    }
}

#[test]
fn a_secret_in_the_address_stands_in_for_the_token() {
    let google = adapter("google").expect("there is an adapter for Google");
    let endpoint = Endpoint { secrets: Secrets::new([Secret::new("push secret")]), ..Endpoint::default() };
    let deliver = |query| {
        receive(google, &Incoming { method: Method::Post, query, headers: &[], body: b"{}" }, &endpoint, NOW)
    };
    assert!(deliver("token=push%20secret").is_ok());
    assert_eq!(deliver("token=wrong").err(), Some(Refusal::BadSignature));
    assert_eq!(deliver("").err(), Some(Refusal::NoSignature));
}
