//! What gets flagged and why, as the head of a small company's customer care would list it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops")]

use earshot_mention::{
    Author, Channel, Considered, FlagReason, FlaggedBy, Kind, MentionId, Platform, Policy, Post, PostId,
    Reach, Text, Timestamp, Triage, Verdict, Visibility, Workspace,
};
use earshot_reading::{
    Context, Intent, LanguageCode, Level, Probability, Reader, Reading, Sentiment, SentimentLabel, Stars,
};

/// A comment on our page by somebody with 120 followers, which says nothing in particular.
fn comment() -> Post {
    Post {
        id: PostId { platform: Platform::named("x"), native: "1001".into() },
        kind: Kind::Comment,
        channel: Channel::Ours,
        text: Text::Delivered("We flew with you in May.".into()),
        author: Author { handle: Some("nell_b".into()), followers: Some(120), ..Author::default() },
        visibility: Visibility::Public,
        published: None,
        permalink: None,
        thread: None,
        language: None,
        stars: None,
        reach: Reach::default(),
    }
}

fn text(words: &str) -> Post {
    Post { text: Text::Delivered(words.into()), ..comment() }
}

fn review(stars: u8) -> Post {
    Post { kind: Kind::Review, stars: Stars::new(stars), ..comment() }
}

fn message(text: Text) -> Post {
    Post { kind: Kind::Message, visibility: Visibility::Direct, text, ..comment() }
}

/// A reading in English without anything in it: what a rule needs is set, so that a rule is tested and not the engine.
fn calm() -> Reading {
    let mut reading = Reader::new().read("", &Context::default());
    reading.language.code = LanguageCode::new("en");
    reading.sentiment = feels(SentimentLabel::Neutral, 0.1, 0.8, 0.1);
    reading.intents.clear();
    reading.complaint = Probability::ZERO;
    reading.urgency.level = Level::None;
    reading.urgency.score = 0;
    reading
}

fn feels(label: SentimentLabel, negative: f32, neutral: f32, positive: f32) -> Sentiment {
    let [negative, neutral, positive] = [negative, neutral, positive].map(Probability::new);
    Sentiment { label, negative, neutral, positive }
}

fn angry() -> Reading {
    Reading { sentiment: feels(SentimentLabel::Negative, 0.9, 0.1, 0.0), ..calm() }
}

fn happy() -> Reading {
    Reading { sentiment: feels(SentimentLabel::Positive, 0.0, 0.05, 0.95), ..calm() }
}

fn not_read() -> Reading {
    Reading { sentiment: feels(SentimentLabel::Unknown, 0.333, 0.333, 0.333), ..calm() }
}

fn complains(probability: f32) -> Reading {
    Reading { complaint: Probability::new(probability), ..calm() }
}

fn urgent(level: Level) -> Reading {
    let mut reading = calm();
    reading.urgency.level = level;
    reading
}

fn wants(intents: &[Intent]) -> Reading {
    Reading { intents: intents.to_vec(), ..calm() }
}

fn reasons(policy: &Policy, post: &Post, reading: &Reading) -> Vec<String> {
    match policy.decide(post, reading) {
        Verdict::Flag(reasons) => reasons.iter().map(|reason| reason.as_str().to_owned()).collect(),
        Verdict::Pass => Vec::new(),
    }
}

#[test]
fn what_a_small_company_looks_at() {
    let elsewhere = || Post { channel: Channel::Elsewhere, ..comment() };
    let famous = || Post { author: Author { followers: Some(5_000), ..Author::default() }, ..comment() };
    let viral = || {
        let reach = Reach { likes: Some(30), shares: Some(15), replies: Some(5) };
        Post { reach, ..comment() }
    };
    let spam_asking = wants(&[Intent::SpamOrIrrelevant, Intent::Question]);
    let cases: Vec<(&str, Post, Reading, &[&str])> = vec![
        ("small talk", comment(), calm(), &[]),
        ("somebody waits", comment(), urgent(Level::Normal), &["urgent"]),
        ("an answer would be nice", comment(), urgent(Level::Low), &[]),
        ("stranded, outside our channels", elsewhere(), urgent(Level::Critical), &["urgent"]),
        ("smoke in the cabin", comment(), wants(&[Intent::Safety]), &["safety"]),
        ("my lawyer will write", comment(), wants(&[Intent::LegalPress]), &["legal_or_press"]),
        ("turned away for an accent", comment(), wants(&[Intent::Discrimination]), &["discrimination"]),
        ("a complaint that can wait", comment(), complains(0.6), &["complaint"]),
        ("perhaps a complaint", comment(), complains(0.59), &[]),
        ("a question on our page", comment(), wants(&[Intent::Question]), &["asked_us"]),
        ("a call for help on our page", comment(), wants(&[Intent::HelpRequest]), &["asked_us"]),
        ("a question to the world", elsewhere(), wants(&[Intent::Question]), &[]),
        ("an advertisement that asks", comment(), spam_asking, &[]),
        ("angry, few followers", comment(), angry(), &[]),
        ("angry, many followers", famous(), angry(), &["negative_reach"]),
        ("angry, widely shared", viral(), angry(), &["negative_reach"]),
        (
            "angry, many followers, but said to us alone",
            Post { visibility: Visibility::Direct, ..famous() },
            angry(),
            &[],
        ),
        ("calm, many followers", famous(), calm(), &[]),
        ("one star without words", Post { text: Text::None, ..review(1) }, not_read(), &["low_stars"]),
        ("two stars", review(2), calm(), &["low_stars"]),
        ("three stars", review(3), calm(), &[]),
        ("five stars, happy", review(5), happy(), &[]),
        ("five stars, angry words", review(5), angry(), &["stars_and_text_disagree"]),
        ("four stars, complaint", review(4), complains(0.7), &["complaint", "stars_and_text_disagree"]),
        ("three stars, angry words", review(3), angry(), &[]),
        ("praise", comment(), happy(), &[]),
        ("a language we do not read", text("Minä odotan yhä matkalaukkuani"), not_read(), &["not_read"]),
        ("the same, in Japanese", text("荷物がまだ届きません"), not_read(), &["not_read"]),
        (
            "the same, outside our channels",
            Post { channel: Channel::Elsewhere, ..text("Minä odotan yhä") },
            not_read(),
            &[],
        ),
        ("laughter", text("hahaha"), not_read(), &[]),
        ("emoji", text("😂😂😂😂😂😂😂😂😂😂"), not_read(), &[]),
        (
            "a message to us in few words we do not read",
            message(Text::Delivered("apua".into())),
            not_read(),
            &["not_read"],
        ),
        ("a message to us of emoji", message(Text::Delivered("👍".into())), not_read(), &[]),
        ("a photo sent to us", message(Text::None), not_read(), &["no_words"]),
        ("a photo below our post", Post { text: Text::None, ..comment() }, not_read(), &[]),
        (
            "told of without its words",
            Post { text: Text::NotDelivered, ..comment() },
            not_read(),
            &["text_not_delivered"],
        ),
        (
            "everything at once, the most telling first",
            Post { stars: Stars::new(1), ..famous() },
            Reading {
                intents: vec![Intent::Question, Intent::Safety],
                complaint: Probability::ONE,
                urgency: urgent(Level::High).urgency,
                ..angry()
            },
            &["safety", "urgent", "low_stars", "complaint", "negative_reach", "asked_us"],
        ),
    ];
    for (case, post, reading, expected) in cases {
        assert_eq!(reasons(&Policy::default(), &post, &reading), expected, "{case}");
    }
}

#[test]
fn a_policy_can_ask_for_more_or_less() {
    let policy = |json: &str| serde_json::from_str::<Policy>(json).unwrap();
    let cases: Vec<(&str, &str, Post, Reading, &[&str])> = vec![
        ("only what is high", r#"{"urgency_from":"high"}"#, comment(), urgent(Level::Normal), &[]),
        ("everything that is read", r#"{"urgency_from":"none"}"#, comment(), calm(), &["urgent"]),
        ("thanking for praise", r#"{"praise_from":0.9}"#, comment(), happy(), &["praise"]),
        ("no stars", r#"{"stars_at_most":null}"#, review(1), calm(), &[]),
        ("three stars too", r#"{"stars_at_most":3}"#, review(3), calm(), &["low_stars"]),
        ("no complaints that can wait", r#"{"complaint_from":null}"#, comment(), complains(1.0), &[]),
        ("no questions", r#"{"questions":false}"#, comment(), wants(&[Intent::Question]), &[]),
        (
            "any follower counts",
            r#"{"negative_from_followers":100}"#,
            comment(),
            angry(),
            &["negative_reach"],
        ),
        ("no other languages", r#"{"not_read_from_letters":null}"#, text("Minä odotan yhä"), not_read(), &[]),
        ("no photos", r#"{"messages_without_words":false}"#, message(Text::None), not_read(), &[]),
        ("stars and text may disagree", r#"{"stars_and_text_disagree":false}"#, review(5), angry(), &[]),
        (
            "safety cannot be turned off",
            r#"{"urgency_from":"critical"}"#,
            comment(),
            wants(&[Intent::Safety]),
            &["safety"],
        ),
    ];
    for (case, json, post, reading, expected) in cases {
        assert_eq!(reasons(&policy(json), &post, &reading), expected, "{case}");
    }
}

#[test]
fn a_policy_with_a_slip_is_refused() {
    for slip in [
        r#"{"complaint_from":60}"#,
        r#"{"praise_from":-0.1}"#,
        r#"{"stars_at_most":6}"#,
        r#"{"urgency_from":"urgent"}"#,
        r#"{"urgency":"high"}"#,
    ] {
        assert!(serde_json::from_str::<Policy>(slip).is_err(), "{slip}");
    }
    assert_eq!(serde_json::from_str::<Policy>("{}").unwrap(), Policy::default());
}

fn triage() -> Triage {
    let profile = r#"{
        "name": "Northwind Air",
        "brands": [
            {"id": "northwind", "name": "Northwind Air", "aliases": ["Northwind"], "handles": ["northwindair"]},
            {"id": "contoso", "name": "Contoso Jet", "side": "competitor", "aliases": ["Contoso", "Contoso Jet"]}
        ]
    }"#;
    Workspace::parse(profile).unwrap().prepare_triage().unwrap()
}

fn consider(post: Post) -> Considered {
    triage().consider(post, &Reader::new(), Timestamp::from_seconds(60))
}

fn told_elsewhere(words: &str) -> Post {
    Post { channel: Channel::Elsewhere, ..text(words) }
}

#[test]
fn a_post_elsewhere_must_name_us() {
    let stranded = "Stuck at gate B14, flight cancelled, nobody answers the phone. Help!";
    let not_about_us = Considered::NotAboutUs { competitors: Vec::new() };
    assert_eq!(consider(told_elsewhere(stranded)), not_about_us);
    let Considered::Flagged(mention) = consider(told_elsewhere(&format!("{stranded} @northwindair"))) else {
        panic!("not flagged")
    };
    assert_eq!(mention.id, MentionId::parse("x.1001").unwrap());
    assert_eq!(mention.brand.unwrap().0, "northwind");
    assert_eq!(mention.flag.by, FlaggedBy::Triage);
    assert!(mention.flag.reasons.contains(&FlagReason::URGENT));
    assert_eq!(mention.received, Timestamp::from_seconds(60));
}

#[test]
fn a_post_through_a_channel_of_ours_is_about_us_whatever_its_words() {
    assert!(matches!(consider(text("Nice weather in May.")), Considered::Quiet { brand: None, .. }));
    let lost = text("Contoso lost my suitcase three weeks ago and nobody answers!!! Help me please");
    assert!(matches!(consider(lost), Considered::Flagged(_)));
}

#[test]
fn what_only_concerns_competitors_never_reaches_the_desk() {
    let post = told_elsewhere("Contoso Jet lost my suitcase, my lawyer will sue Contoso!");
    let Considered::NotAboutUs { competitors } = consider(post) else { panic!("kept") };
    assert_eq!(competitors.len(), 1);
    assert_eq!(competitors[0].0, "contoso");
}

#[test]
fn the_words_are_not_needed_where_the_platform_kept_them() {
    let told = Post { text: Text::NotDelivered, ..comment() };
    let Considered::Flagged(mention) = consider(told) else { panic!("not flagged") };
    assert_eq!(mention.flag.reasons, [FlagReason::TEXT_NOT_DELIVERED]);
}

#[test]
fn what_staff_flag_is_flagged_though_the_policy_sees_nothing() {
    let mention = triage().flag(
        told_elsewhere("Nice weather in May."),
        "ida",
        &Reader::new(),
        Timestamp::from_seconds(60),
    );
    assert_eq!(mention.flag.by, FlaggedBy::Staff("ida".into()));
    assert_eq!(mention.flag.reasons, []);
}
