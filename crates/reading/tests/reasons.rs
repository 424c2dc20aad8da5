//! The first reason is the one a person would name, and its words are those they would mark.

use earshot_reading::{Context, Reader};

/// Post, the first reason ("" for none), the words it marks.
const CASES: &[(&str, &str, &str)] = &[
    (
        "@northwindair can I bring a foldable bike as hand luggage on the Bergen flight?",
        "question",
        "can I bring",
    ),
    ("@northwindair is the lounge at Oslo open on Sundays?", "question", "is the lounge"),
    ("@northwindair do you fly to Tromsø in the winter?", "question", "do you fly"),
    ("@northwindair how do I add a bag to my booking?", "question", "how do I add"),
    ("@northwindair you charged me twice for one seat", "money", "charged me twice"),
    ("I want my refund now, the flight was in March", "money", "want my refund"),
    ("We are stranded at Bergen airport with two small children", "stranded", "stranded"),
    ("Our flight was cancelled and there is no other until Monday", "stranded", "flight was cancelled"),
    ("@northwindair there was glass in my salad", "safety", "glass in my"),
    ("My son had an allergic reaction to the meal you served", "safety", "allergic reaction"),
    ("I have been on hold for 3 hours", "waiting", "been on hold for 3 hours"),
    ("Where is my order? It has been three weeks.", "waiting", "been three weeks"),
    ("@northwindair my suitcase never arrived in Tromsø", "lost_stolen_damaged", "suitcase never arrived"),
    ("@northwindair someone hacked into my account", "account_access", "hacked into"),
    ("I can't log into my account", "account_access", "can't log"),
    ("Your website is down again", "outage", "website is down"),
    ("Nobody answers my emails", "repeated_contact", "Nobody answers"),
    ("@northwindair thanks, the crew on the Bergen flight was lovely", "", ""),
    ("Lovely morning for a walk by the harbour", "", ""),
    ("Thank you so much for the quick answer!", "", ""),
];

#[test]
fn the_most_telling_reason_comes_first_with_the_words_a_person_would_mark() {
    let reader = Reader::new();
    let mut wrong = Vec::new();
    for (text, code, words) in CASES {
        let reading = reader.read(text, &Context::default());
        let shown: Vec<(&str, &str)> = reading
            .urgency
            .reasons
            .iter()
            .map(|reason| (reason.code.0.as_ref(), reason.span.of(text).unwrap()))
            .collect();
        let first = shown.first().copied().filter(|(code, _)| *code != "addressed").unwrap_or_default();
        if first.0 != *code || !first.1.contains(words) {
            wrong.push(format!(
                "{text}\n  expected {code} {words:?}, got {:?} {shown:?}",
                reading.urgency.level
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn words_that_only_hint_are_no_reason() {
    let reader = Reader::new();
    for text in [
        "can I bring my dog on the flight?",
        "what does a seat cost?",
        "is the desk open today?",
        "do you answer messages here?",
        "where can I see my account?",
    ] {
        let reading = reader.read(text, &Context::default());
        let codes: Vec<_> = reading.urgency.reasons.iter().map(|reason| reason.code.0.as_ref()).collect();
        assert_eq!(codes, ["question"], "{text}");
    }
}

#[test]
fn a_duration_is_marked_with_its_number() {
    let reader = Reader::new();
    for (text, words) in [
        ("waiting 3 hours for somebody to pick up", "3 hours"),
        ("3 hours late and counting", "3 hours late"),
        ("three weeks and still no refund", "three weeks"),
        ("no reply for a couple of days", "a couple of days"),
    ] {
        let reading = reader.read(text, &Context::default());
        let marked: Vec<_> =
            reading.urgency.reasons.iter().filter_map(|reason| reason.span.of(text)).collect();
        assert!(marked.iter().any(|span| span.contains(words)), "{text}: {marked:?}");
    }
}

#[test]
fn a_cancelled_flight_is_no_customer_who_leaves() {
    let text = "Stuck at gate B14, flight cancelled, nobody answers. @northwindair what do we do tonight?";
    let reading = Reader::new().read(text, &Context::default());
    assert!(
        reading.urgency.reasons.iter().all(|reason| reason.code.0 != "leaving"),
        "{:?}",
        reading.urgency.reasons
    );
}
