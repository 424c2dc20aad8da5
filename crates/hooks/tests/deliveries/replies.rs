//! Answers as requests: what would be sent for each platform, what a refusal means, and that nothing is said twice.

use std::fmt::Write;

use earshot_hooks::{
    Account, Answered, CannotReply, Draft, Looked, REPLIERS, Refused, ReplyRequest, Said, Secret, Verb,
    replier,
};
use earshot_mention::{Author, Channel, Kind, Platform, Post, PostId, Reach, Text, Timestamp, Visibility};

use crate::support::{golden, kind_name, root};

const WORDS: &str = "We are so sorry: <a> & \"b\". A colleague is on the way.";

fn post(
    platform: &'static str,
    native: &str,
    kind: Kind,
    thread: Option<&str>,
    permalink: Option<&str>,
) -> Post {
    Post {
        id: PostId { platform: Platform::named(platform), native: native.into() },
        kind,
        channel: Channel::Ours,
        text: Text::Delivered("help".into()),
        author: Author { id: Some("7201".into()), handle: Some("greta".into()), ..Author::default() },
        visibility: if kind == Kind::Message { Visibility::Direct } else { Visibility::Public },
        published: None,
        permalink: permalink.map(str::to_owned),
        thread: thread.map(str::to_owned),
        language: None,
        stars: None,
        reach: Reach::default(),
    }
}

fn account() -> Account {
    Account {
        token: Secret::new("the-token"),
        id: Some("104920881230045".into()),
        user: Some("desk".into()),
        base: Some("https://api.example/".into()),
    }
}

fn draft(privately: bool) -> Draft<'static> {
    Draft { words: WORDS, privately, key: "draft-1" }
}

/// A post of each sort that each platform has.
fn posts() -> Vec<Post> {
    let urn = "urn:li:comment:(urn:li:activity:1,2)";
    vec![
        post("facebook", "77_88", Kind::Comment, Some("1_77"), None),
        post("facebook", "m_1", Kind::Message, None, None),
        post("instagram", "1799", Kind::Comment, Some("1800"), None),
        post("instagram", "1800", Kind::Post, None, None),
        post("instagram", "aWd_1", Kind::Message, None, None),
        post("threads", "8901234", Kind::Comment, Some("1"), None),
        post("whatsapp", "wamid.A==", Kind::Message, None, None),
        post("x", "2099000000000000001", Kind::Post, None, None),
        post("x", "2099000000000000016", Kind::Message, None, None),
        post("linkedin", urn, Kind::Comment, Some("urn:li:activity:1"), None),
        post("discourse", "79563", Kind::Comment, Some("46582"), Some("https://forum.example/t/a/46582/3")),
        post("mastodon", "109348", Kind::Comment, None, None),
        post("telegram", "-100123_45", Kind::Comment, None, None),
        post("telegram", "nw/7700110033_71", Kind::Message, None, None),
        post("telegram", "-100777_11", Kind::Message, Some("-100777_60"), None),
        post("slack", "C111-1595926230.009600", Kind::Post, None, None),
        post("zendesk", "55-901", Kind::Message, Some("55"), None),
        post("trustpilot", "53bffd36", Kind::Review, None, None),
        post("google", "accounts/12/locations/34/reviews/56", Kind::Review, None, None),
        post("youtube", "UgxA.9b", Kind::Comment, None, None),
        post("youtube", "dQw4w9", Kind::Post, None, None),
    ]
}

#[test]
fn every_platform_gets_the_request_it_wants() {
    let mut told = String::new();
    for post in posts() {
        let replier = replier(&post.id.platform).expect("this platform can be answered");
        writeln!(told, "{} {}", post.id.platform, kind_name(post.kind)).expect("a string takes any text");
        let request = replier.request(&post, &draft(false), &account()).expect("the request can be built");
        describe(&mut told, "say", &request);
        if let Ok(private) = replier.request(&post, &draft(true), &account())
            && private != request
        {
            describe(&mut told, "say in private", &private);
        }
        match replier.look(&post, false, &account()) {
            Some(look) => describe(&mut told, "look", &look),
            None => told.push_str("    no way to look\n"),
        }
    }
    golden(&root().join("crates/hooks/tests/golden/replies.txt"), &told);
}

fn describe(told: &mut String, what: &str, request: &ReplyRequest) {
    let verb = match request.verb {
        Verb::Get => "GET",
        Verb::Post => "POST",
        Verb::Put => "PUT",
    };
    writeln!(told, "    {what}: {verb} {}", request.url).expect("a string takes any text");
    for (name, value) in &request.headers {
        writeln!(told, "        {name}: {}", value.expose()).expect("a string takes any text");
    }
    if !request.body.is_empty() {
        writeln!(told, "        {}", request.body).expect("a string takes any text");
    }
}

#[test]
fn what_a_bot_cannot_answer_is_left_to_people() {
    for native in ["guest_7700555000111", "-1007700110099_e88-1795370370"] {
        let call = post("telegram", native, Kind::Comment, None, None);
        let replier = replier(&call.id.platform).expect("this platform can be answered");
        let request = replier.request(&call, &draft(false), &account());
        assert_eq!(request.err(), Some(CannotReply::NotPossible), "{native}");
    }
}

#[test]
fn neither_token_nor_words_are_printed() {
    for post in posts() {
        let replier = replier(&post.id.platform).expect("this platform can be answered");
        let request = replier.request(&post, &draft(false), &account()).expect("the request can be built");
        let printed = format!("{request:?} {:?} {:?}", request.headers, account());
        assert!(!printed.contains("the-token") && !printed.contains("colleague"), "{printed}");
    }
}

#[test]
fn an_id_from_outside_stays_one_part_of_the_address() {
    for platform in
        ["facebook", "instagram", "x", "trustpilot", "mastodon", "google", "telegram", "slack", "zendesk"]
    {
        let hostile = post(platform, "1/../../evil?x=1#", Kind::Comment, None, None);
        let replier = replier(&hostile.id.platform).expect("this platform can be answered");
        let requests = [
            replier.request(&hostile, &draft(false), &account()).ok(),
            replier.look(&hostile, false, &account()),
        ];
        for request in requests.into_iter().flatten() {
            assert!(
                !request.url.contains("/../") && !request.url.contains("evil?"),
                "{platform}: {}",
                request.url
            );
        }
    }
}

#[test]
fn what_cannot_be_sent_is_said_before_it_is_tried() {
    let tweet = post("x", "1", Kind::Post, None, None);
    let replier = replier(&tweet.id.platform).expect("X can be answered");
    let long = "a".repeat(281);
    for (words, why) in
        [(" ", CannotReply::NoWords), (long.as_str(), CannotReply::TooLong { longest: 280, length: 281 })]
    {
        let draft = Draft { words, privately: false, key: "k" };
        assert_eq!(replier.request(&tweet, &draft, &account()).err(), Some(why));
    }
    let unset = Account { id: None, base: None, ..account() };
    for (platform, kind, why) in [
        ("facebook", Kind::Message, CannotReply::NoAccountId),
        ("mastodon", Kind::Comment, CannotReply::NoAddress),
        ("linkedin", Kind::Comment, CannotReply::NotPossible),
        ("discourse", Kind::Comment, CannotReply::NotPossible),
        ("instagram", Kind::Review, CannotReply::NotPossible),
    ] {
        let post = post(platform, "1", kind, None, None);
        let replier = earshot_hooks::replier(&post.id.platform).expect("this platform can be answered");
        assert_eq!(replier.request(&post, &draft(false), &unset).err(), Some(why), "{platform}");
    }
    let nobody = Post { author: Author::default(), ..post("x", "1", Kind::Message, None, None) };
    assert_eq!(replier.request(&nobody, &draft(false), &account()).err(), Some(CannotReply::NoPerson));
}

#[test]
fn a_refusal_says_what_to_do() {
    for (platform, status, answer, why) in [
        ("facebook", 400, r#"{"error":{"code":190,"message":"expired"}}"#, Refused::Token),
        ("facebook", 400, r#"{"error":{"code":10,"error_subcode":2018278}}"#, Refused::WindowClosed),
        ("facebook", 400, r#"{"error":{"code":100,"error_subcode":33}}"#, Refused::Gone),
        ("instagram", 400, r#"{"error":{"code":10}}"#, Refused::NotAllowed),
        ("whatsapp", 400, r#"{"error":{"code":131047}}"#, Refused::WindowClosed),
        ("threads", 400, r#"{"error":{"code":613}}"#, Refused::TooMany),
        (
            "x",
            403,
            r#"{"detail":"You are not allowed to create a Tweet with duplicate content."}"#,
            Refused::Duplicate,
        ),
        ("x", 403, r#"{"detail":"Reply to this conversation is not allowed"}"#, Refused::NotAllowed),
        ("x", 429, "", Refused::TooMany),
        ("linkedin", 401, "", Refused::Token),
        ("discourse", 422, r#"{"errors":["Body is too short"]}"#, Refused::Words),
        ("mastodon", 404, "", Refused::Gone),
        (
            "telegram",
            403,
            r#"{"ok":false,"error_code":403,"description":"Forbidden: bot was blocked by the user"}"#,
            Refused::Gone,
        ),
        ("slack", 200, r#"{"ok":false,"error":"not_in_channel"}"#, Refused::NotAllowed),
        ("youtube", 403, r#"{"error":{"errors":[{"reason":"commentsDisabled"}]}}"#, Refused::NotAllowed),
        ("google", 503, "<html>", Refused::Trouble),
        ("zendesk", 418, "", Refused::Other(418)),
    ] {
        let replier = replier(&Platform::named(platform)).expect("this platform can be answered");
        assert_eq!(replier.refused(status, answer.as_bytes()), why, "{platform} {status} {answer}");
    }
}

#[test]
fn slack_and_telegram_say_no_with_a_friendly_status() {
    for (post, answer, why) in [
        (
            post("slack", "C1-1.2", Kind::Post, None, None),
            r#"{"ok":false,"error":"token_revoked"}"#,
            Refused::Token,
        ),
        (
            post("telegram", "1_2", Kind::Message, None, None),
            r#"{"ok":false,"error_code":429}"#,
            Refused::TooMany,
        ),
    ] {
        let replier = replier(&post.id.platform).expect("this platform can be answered");
        let request = replier.request(&post, &draft(false), &account()).expect("the request can be built");
        assert_eq!(replier.answered(&request, answer.as_bytes(), &account()), Err(why));
        assert!(
            replier
                .answered(&request, b"{\"ok\":true,\"ts\":\"9.1\",\"result\":{\"message_id\":5}}", &account())
                .is_ok()
        );
    }
}

#[test]
fn threads_says_it_in_two_steps() {
    let reply = post("threads", "1", Kind::Comment, None, None);
    let replier = replier(&reply.id.platform).expect("Threads can be answered");
    let first = replier.request(&reply, &draft(false), &account()).expect("the request can be built");
    let Ok(Answered::Then(second)) = replier.answered(&first, br#"{"id":"container-1"}"#, &account()) else {
        panic!("a container is no reply yet")
    };
    assert!(second.body.contains("container-1"));
    assert_eq!(
        replier.answered(&second, br#"{"id":"reply-1"}"#, &account()),
        Ok(Answered::Sent(Said { id: Some("reply-1".into()), permalink: None }))
    );
    assert_eq!(replier.answered(&first, b"{}", &account()), Err(Refused::Trouble));
}

/// A moment in the lists below: 2026-11-22T18:00:00Z.
const SINCE: Timestamp = Timestamp::from_seconds(1_795_370_400);

#[test]
fn what_was_said_is_found_again_and_nothing_else_is() {
    let said = "Sorry! We are on it.";
    let there = |id: &str| Some(Some(id.to_owned()));
    for (answer, found) in [
        (r#"{"data":[{"id":"1","message":"Sorry! We are on it."}]}"#, there("1")),
        (r#"{"data":[{"id":"1","text":"@greta Sorry! We  are\non it."}]}"#, there("1")),
        (
            r#"{"descendants":[{"id":"7","content":"<p><a href='x'>@greta</a> Sorry! We are on it.</p>"}]}"#,
            there("7"),
        ),
        (
            r#"{"data":[{"id":"c","messages":{"data":[{"id":"m","message":"Sorry! We are on it."}]}}]}"#,
            there("m"),
        ),
        (r#"{"id":"r","companyReply":{"text":"Sorry! We are on it."}}"#, there("r")),
        (r#"{"comment":"bad","reviewReply":{"comment":"Sorry! We are on it."}}"#, Some(None)),
        (r#"{"messages":[{"text":"Sorry! We are on it.","ts":"1795370401.2"}]}"#, there("1795370401.2")),
        (
            r#"{"items":[{"id":"y","snippet":{"textOriginal":"Sorry! We are on it.","publishedAt":"2026-11-22T18:00:01Z"}}]}"#,
            there("y"),
        ),
        (
            r#"{"elements":[{"id":"l","created":{"time":1795370401000},"message":{"text":"Sorry! We are on it."}}]}"#,
            there("l"),
        ),
        // Said before: another reply, in the same words.
        (
            r#"{"data":[{"id":"1","message":"Sorry! We are on it.","created_time":"2026-11-22T17:00:00+0000"}]}"#,
            None,
        ),
        (r#"{"messages":[{"text":"Sorry! We are on it.","ts":"1795366800.000200"}]}"#, None),
        (r#"{"data":[{"id":"1","message":"Please help, somebody!"}]}"#, None),
        (r#"{"data":[{"id":"Sorry! We are on it."}]}"#, None),
        (r#"{"data":[]}"#, None),
        ("[]", None),
    ] {
        for replier in REPLIERS {
            let looked = match replier.looked(answer.as_bytes(), said, SINCE) {
                Looked::There(Said { id, .. }) => Some(id),
                Looked::NotThere => None,
                Looked::CannotTell => panic!("{}: all of it is here: {answer}", replier.platform()),
            };
            assert_eq!(looked, found, "{}: {answer}", replier.platform());
        }
    }
}

#[test]
fn what_a_platform_writes_in_its_own_way_is_found_too() {
    for (ours, theirs) in [
        (
            "Sorry, it's \"on\" its way :)",
            "<p>Sorry, it\u{2019}s \u{201c}on\u{201d} its way <img alt='x'></p>",
        ),
        (
            "See https://northwind.example/a?b=1&c or help.northwind.example.",
            "See https://t.co/abc or https://t.co/def.",
        ),
        ("1 < 2 & 3 > 2 <no. 7>", "<p>1 &lt; 2 &amp; 3 &gt; 2 &lt;no. 7&gt;</p>"),
        ("1 < 2 & 3 > 2 <no. 7>", "1 &lt; 2 &amp; 3 &gt; 2 &lt;no. 7&gt;"),
        ("Two\n\nlines", "<p>Two</p><p>lines</p>"),
        ("We are on it", "@greta @northwind we are on it"),
        ("\u{2764}\u{fe0f}", "\u{2764}\u{fe0f}"),
        ("\u{8fd9}\u{662f}", "\u{8fd9}\u{662f}\u{3002}"),
    ] {
        let answer = serde_json::json!({ "data": [{ "id": "1", "text": theirs }] }).to_string();
        for replier in REPLIERS {
            let looked = replier.looked(answer.as_bytes(), ours, SINCE);
            assert!(matches!(looked, Looked::There(_)), "{ours} as {theirs}: {looked:?}");
        }
    }
}

#[test]
fn what_only_resembles_ours_is_for_a_person_to_judge() {
    for (text, looked) in [
        ("Sorry! We are on it. Not.", Looked::CannotTell),
        ("Sorry! We are on it \u{2026}", Looked::There(Said { id: Some("1".into()), permalink: None })),
        ("Where did you go?", Looked::NotThere),
    ] {
        let answer = serde_json::json!({ "data": [{ "id": "1", "text": text }] }).to_string();
        let threads = replier(&Platform::named("threads")).expect("Threads can be answered");
        assert_eq!(threads.looked(answer.as_bytes(), "Sorry! We are on it.", SINCE), looked, "{text}");
    }
}

#[test]
fn an_answer_to_an_answer_hangs_from_the_comment_above_both() {
    let instagram = replier(&Platform::named("instagram")).expect("Instagram can be answered");
    let words = "Sorry! We are on it.";
    for (answer, looked) in [
        (r#"{"id":"1"}"#, Looked::NotThere),
        (r#"{"id":"1","replies":{"data":[]}}"#, Looked::NotThere),
        (r#"{"id":"1","parent_id":"9"}"#, Looked::CannotTell),
    ] {
        assert_eq!(instagram.looked(answer.as_bytes(), words, SINCE), looked, "{answer}");
    }
    let facebook = replier(&Platform::named("facebook")).expect("Facebook can be answered");
    let beside =
        r#"{"id":"1","parent":{"id":"9","comments":{"data":[{"id":"7","message":"Sorry! We are on it."}]}}}"#;
    assert!(
        matches!(facebook.looked(beside.as_bytes(), words, SINCE), Looked::There(Said { id: Some(id), .. }) if id == "7")
    );
}

#[test]
fn where_discourse_has_no_post_to_answer_there_is_no_way_to_look() {
    let topic = post("discourse", "79563", Kind::Comment, Some("46582"), None);
    let discourse = replier(&topic.id.platform).expect("Discourse can be answered");
    assert!(discourse.request(&topic, &draft(false), &account()).is_ok());
    assert_eq!(discourse.look(&topic, false, &account()), None);
}

#[test]
fn what_was_not_shown_whole_proves_nothing() {
    let many = format!("[{}]", ["{}"; 20].join(","));
    for answer in [
        "",
        "<html>trouble</html>",
        "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
        "null",
        many.as_str(),
        r#"{"ok":false,"error":"internal_error"}"#,
        r#"{"error":{"code":1}}"#,
        r#"{"data":[],"paging":{"next":"https://more.example"}}"#,
        r#"{"data":[{"messages":{"data":[],"paging":{"next":"https://more.example"}}}]}"#,
        r#"{"items":[],"nextPageToken":"more"}"#,
        r#"{"comments":[],"next_page":"https://more.example"}"#,
        r#"{"data":[],"meta":{"next_token":"more"}}"#,
        r#"{"ok":true,"messages":[],"has_more":true}"#,
        r#"{"elements":[{}],"paging":{"total":2}}"#,
    ] {
        for replier in REPLIERS {
            let looked = replier.looked(answer.as_bytes(), "Sorry! We are on it.", SINCE);
            assert_eq!(looked, Looked::CannotTell, "{}: {answer}", replier.platform());
        }
    }
}

#[test]
fn a_list_that_begins_with_the_newest_needs_no_end() {
    let answer = r#"{"data":[{"id":"1","message":"Else","text":"Else","created_time":"2026-11-22T17:00:00+0000"}],
        "paging":{"next":"https://more.example"}}"#;
    for (platform, looked) in
        [("facebook", Looked::NotThere), ("x", Looked::NotThere), ("threads", Looked::CannotTell)]
    {
        let replier = replier(&Platform::named(platform)).expect("this platform can be answered");
        assert_eq!(replier.looked(answer.as_bytes(), "Sorry!", SINCE), looked, "{platform}");
    }
}

#[test]
fn what_is_meant_for_one_person_is_never_said_to_all() {
    for post in posts() {
        let replier = replier(&post.id.platform).expect("this platform can be answered");
        if replier.limit(&post, true).is_none() {
            let private = replier.request(&post, &draft(true), &account());
            assert_eq!(private.err(), Some(CannotReply::NotPossible), "{} {:?}", post.id.platform, post.kind);
        } else if post.visibility != Visibility::Direct {
            assert_ne!(
                replier.request(&post, &draft(true), &account()),
                replier.request(&post, &draft(false), &account()),
                "{}",
                post.id.platform
            );
        }
    }
}

#[test]
fn only_a_refusal_before_anything_was_said_may_be_repeated() {
    let all = [
        Refused::Token,
        Refused::NotAllowed,
        Refused::WindowClosed,
        Refused::Gone,
        Refused::Duplicate,
        Refused::Words,
        Refused::TooMany,
        Refused::Trouble,
        Refused::Other(302),
    ];
    for refused in all {
        assert_eq!(refused.may_retry(), refused == Refused::TooMany);
        assert!(refused.to_string().len() > 30, "a person can act on it");
    }
}
