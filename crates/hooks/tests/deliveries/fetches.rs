//! The words that a platform leaves out: what is asked for, and what is made of the answer.

use earshot_hooks::{Account, FETCHERS, Fetcher, Secret, fetcher};
use earshot_mention::{Author, Channel, Kind, Platform, Post, PostId, Reach, Text, Timestamp, Visibility};
use earshot_reading::Stars;

fn thin(platform: &'static str, native: &str, kind: Kind) -> Post {
    Post {
        id: PostId { platform: Platform::named(platform), native: native.into() },
        kind,
        channel: Channel::Ours,
        text: Text::NotDelivered,
        author: Author::default(),
        visibility: Visibility::Public,
        published: Some(Timestamp::from_seconds(1_795_370_400)),
        permalink: None,
        thread: None,
        language: None,
        stars: None,
        reach: Reach::default(),
    }
}

fn account() -> Account {
    Account {
        token: Secret::new("the-token"),
        id: Some("17841409930017722".into()),
        user: None,
        base: Some("https://api.example".into()),
    }
}

fn of(post: &Post) -> &'static dyn Fetcher {
    fetcher(&post.id.platform).expect("its words can be fetched")
}

const REVIEW: &str = "accounts/1200/locations/3400/reviews/AbF_nw-1";
const LINKEDIN_COMMENT: &str = "urn:li:comment:(urn:li:activity:7000000000000000001,501)";

fn on_our_media() -> Post {
    let author = Author { id: Some("660015".into()), ..Author::default() };
    Post { author, ..thin("instagram", "17990000000000055", Kind::Comment) }
}

fn tiktok_comment() -> Post {
    let comment = thin("tiktok", "7500000000000000002", Kind::Comment);
    Post { thread: Some("7400000000000000001".into()), ..comment }
}

#[test]
fn each_asks_for_one_post_and_no_more() {
    for (post, url) in [
        (
            thin("instagram", "17990000000000044", Kind::Comment),
            "https://api.example/17841409930017722?fields=mentioned_comment.comment_id%2817990000000000044%29%7Bid%2Ctext%2Ctimestamp%2Clike_count%2Cmedia%7D",
        ),
        (
            thin("instagram", "18004455667700012", Kind::Post),
            "https://api.example/17841409930017722?fields=mentioned_media.media_id%2818004455667700012%29%7Bid%2Ccaption%2Ctimestamp%2Cusername%2Clike_count%2Ccomments_count%7D",
        ),
        (
            on_our_media(),
            "https://api.example/17990000000000055?fields=id%2Ctext%2Ctimestamp%2Cusername%2Clike_count",
        ),
        (
            thin("facebook", "104920881230045_900100", Kind::Post),
            "https://api.example/104920881230045_900100?fields=id%2Cmessage%2Cfrom%2Ccreated_time%2Cpermalink_url",
        ),
        (
            thin("google", REVIEW, Kind::Review),
            "https://api.example/v4/accounts/1200/locations/3400/reviews/AbF_nw-1",
        ),
        (
            thin("linkedin", LINKEDIN_COMMENT, Kind::Comment),
            "https://api.example/rest/socialActions/urn%3Ali%3Aactivity%3A7000000000000000001/comments/501",
        ),
        (
            thin("linkedin", "urn:li:ugcPost:7000000000000000502", Kind::Post),
            "https://api.example/rest/posts/urn%3Ali%3AugcPost%3A7000000000000000502",
        ),
        (
            tiktok_comment(),
            "https://api.example/open_api/v1.3/business/comment/list/?business_id=17841409930017722&video_id=7400000000000000001&comment_ids=%5B%227500000000000000002%22%5D&include_replies=true",
        ),
    ] {
        let request = of(&post).request(&post, &account()).expect("it can be asked for");
        assert_eq!(request.url, url);
        assert!(request.body.is_empty());
    }
}

#[test]
fn what_leads_elsewhere_is_not_asked_for() {
    for (platform, native, kind) in [
        ("instagram", "1){id},id,media.media_id(2", Kind::Comment),
        ("instagram", "../me", Kind::Post),
        ("instagram", "1", Kind::Message),
        ("facebook", "1/../me", Kind::Comment),
        ("facebook", "m_1", Kind::Message),
        ("google", "accounts/1/locations/2/reviews/../../3", Kind::Review),
        ("google", "reviews/3", Kind::Review),
        ("linkedin", "urn:li:comment:(urn:li:activity:1,2/../3)", Kind::Comment),
        ("linkedin", "urn:li:comment:(urn:li:comment:(urn:li:activity:1,2),3)", Kind::Comment),
        ("linkedin", "urn:li:organization:1", Kind::Post),
        ("linkedin", "urn:li:share:1?x", Kind::Post),
        ("tiktok", "7500000000000000002", Kind::Comment),
        ("tiktok", "nw-eu-1", Kind::Message),
    ] {
        let post = thin(platform, native, kind);
        assert_eq!(of(&post).request(&post, &account()), None, "{platform} {native}");
    }
    let nobody = Account { id: None, ..account() };
    let mention = thin("instagram", "1", Kind::Post);
    assert_eq!(of(&mention).request(&mention, &nobody), None);
}

#[test]
fn the_answer_becomes_the_post() {
    let comment = thin("instagram", "17990000000000044", Kind::Comment);
    let told = r#"{"mentioned_comment":{"id":"17990000000000044","text":"@northwindair lost my bag","timestamp":"2026-11-22T17:00:00+0000",
        "like_count":3,"media":{"id":"18004455667700012"}},"id":"17841409930017722"}"#;
    let read = of(&comment).read(&comment, told.as_bytes()).expect("it can be read");
    assert_eq!(read.text, Text::Delivered("@northwindair lost my bag".into()));
    assert_eq!(read.published, Some(Timestamp::from_seconds(1_795_366_800)));
    assert_eq!((read.thread.as_deref(), read.reach.likes), (Some("18004455667700012"), Some(3)));
    assert_eq!(read.id, comment.id);

    let caption = thin("instagram", "18004455667700012", Kind::Post);
    let told = r#"{"mentioned_media":{"caption":"Hello northwindair","username":"greta","like_count":5,"comments_count":2}}"#;
    let read = of(&caption).read(&caption, told.as_bytes()).expect("it can be read");
    assert_eq!(read.text, Text::Delivered("Hello northwindair".into()));
    assert_eq!((read.author.handle.as_deref(), read.reach.replies), (Some("greta"), Some(2)));
    assert_eq!(read.published, caption.published);

    let review = thin("google", REVIEW, Kind::Review);
    let told = r#"{"name":"accounts/1200/locations/3400/reviews/AbF_nw-1","reviewer":{"displayName":"Nell B."},"starRating":"TWO",
        "comment":"Nobody at the desk.","createTime":"2026-11-22T17:00:00.123456789Z","updateTime":"2026-11-22T17:30:00Z"}"#;
    let read = of(&review).read(&review, told.as_bytes()).expect("it can be read");
    assert_eq!(read.text, Text::Delivered("Nobody at the desk.".into()));
    assert_eq!((read.stars, read.author.name.as_deref()), (Stars::new(2), Some("Nell B.")));

    let stars_alone = r#"{"starRating":"FIVE"}"#;
    assert_eq!(of(&review).read(&review, stars_alone.as_bytes()).expect("it can be read").text, Text::None);
}

#[test]
fn what_meta_holds_below_an_id_becomes_the_post() {
    let told = r#"{"id":"17990000000000055","text":"no wifi","username":"lena.k","timestamp":"2026-11-22T17:00:00+0000","like_count":2}"#;
    let read = of(&on_our_media()).read(&on_our_media(), told.as_bytes()).expect("it can be read");
    assert_eq!((read.text.as_str(), read.author.handle.as_deref()), ("no wifi", Some("lena.k")));

    let mention = thin("facebook", "5550009_77", Kind::Post);
    let told = r#"{"id":"5550009_77","message":"Never with Northwind again","from":{"id":"5550009","name":"Pia Holm"},
        "created_time":"2026-11-22T17:00:00+0000","permalink_url":"https://www.facebook.com/5550009/posts/77"}"#;
    let read = of(&mention).read(&mention, told.as_bytes()).expect("it can be read");
    assert_eq!(
        (read.text.as_str(), read.author.name.as_deref()),
        ("Never with Northwind again", Some("Pia Holm"))
    );
    assert_eq!(read.permalink.as_deref(), Some("https://www.facebook.com/5550009/posts/77"));
    let picture = of(&mention).read(&mention, br#"{"id":"5550009_77"}"#).expect("it can be read");
    assert_eq!(picture.text, Text::None);
}

#[test]
fn a_comment_on_linkedin_becomes_words_and_author() {
    let comment = thin("linkedin", LINKEDIN_COMMENT, Kind::Comment);
    let told = r#"{"actor":"urn:li:person:nw501","commentUrn":"urn:li:comment:(urn:li:activity:7000000000000000001,501)",
        "created":{"actor":"urn:li:person:nw501","time":1795366800000},"id":"501","message":{"attributes":[],"text":"Your lounge was closed"}}"#;
    let read = of(&comment).read(&comment, told.as_bytes()).expect("it can be read");
    assert_eq!(read.text, Text::Delivered("Your lounge was closed".into()));
    assert_eq!(read.author.id.as_deref(), Some("urn:li:person:nw501"));
    assert_eq!(read.published, Some(Timestamp::from_seconds(1_795_366_800)));

    let share = thin("linkedin", "urn:li:share:3", Kind::Post);
    let told = r#"{"author":"urn:li:person:nw502","commentary":"Why I no longer fly @[Northwind](urn:li:organization:1) \\(or at all\\)","publishedAt":1795366800000}"#;
    let read = of(&share).read(&share, told.as_bytes()).expect("it can be read");
    assert_eq!(read.text, Text::Delivered("Why I no longer fly Northwind (or at all)".into()));

    let picture = r#"{"actor":"urn:li:person:nw501","created":{"time":1795366800000},"id":"501"}"#;
    assert_eq!(of(&comment).read(&comment, picture.as_bytes()).expect("it can be read").text, Text::None);
}

#[test]
fn a_comment_on_tiktok_is_found_among_those_of_its_video() {
    let comment = tiktok_comment();
    let entry = r#"{"comment_id":"7500000000000000002","text":"my bag","username":"anouk.flies","display_name":"Anouk",
        "create_time":"1795366800","likes":4,"replies":1,"unique_identifier":"user-79"}"#;
    for told in [
        format!(r#"{{"code":0,"data":{{"comments":[{{"comment_id":"1","text":"no"}},{entry}]}}}}"#),
        format!(
            r#"{{"code":0,"data":{{"comments":[{{"comment_id":"1","text":"no","reply_list":[{entry}]}}]}}}}"#
        ),
    ] {
        let read = of(&comment).read(&comment, told.as_bytes()).expect("it can be read");
        assert_eq!(read.text, Text::Delivered("my bag".into()));
        assert_eq!((read.author.handle.as_deref(), read.reach.likes), (Some("anouk.flies"), Some(4)));
        assert_eq!(read.published, Some(Timestamp::from_seconds(1_795_366_800)));
    }
    let of_another = r#"{"code":0,"data":{"comments":[{"comment_id":"1","text":"no"}]}}"#;
    assert_eq!(of(&comment).read(&comment, of_another.as_bytes()), None);
}

#[test]
fn tiktok_says_in_a_200_that_it_wants_to_be_asked_again() {
    for (answer, later) in [
        (r#"{"code":40100,"message":"too many"}"#, true),
        (r#"{"code":51000,"message":"trouble"}"#, true),
        (r#"{"code":40105,"message":"the token is wrong"}"#, false),
        (r#"{"code":0,"data":{}}"#, false),
        ("", false),
    ] {
        assert_eq!(of(&tiktok_comment()).is_for_later(answer.as_bytes()), later, "{answer}");
    }
}

#[test]
fn what_is_no_such_answer_changes_nothing() {
    for answer in
        ["", "[]", "{}", "<html>", r#"{"mentioned_media":null}"#, r#"{"mentioned_comment":"x"}"#, "7"]
    {
        for fetcher in FETCHERS {
            for kind in [Kind::Comment, Kind::Post, Kind::Review] {
                let post = Post { kind, ..thin("instagram", "1", kind) };
                assert_eq!(fetcher.read(&post, answer.as_bytes()), None, "{} {answer}", fetcher.platform());
            }
        }
    }
}
