//! Laws of ids and summaries that hold for whatever a platform sends.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops")]

use std::borrow::Cow;
use std::sync::LazyLock;

use earshot_mention::{
    Author, Channel, Flag, FlagReason, FlaggedBy, Kind, Mention, MentionId, MentionSummary, Platform, Post,
    PostId, Reach, Text, Timestamp, Visibility,
};
use earshot_reading::{Context, Reader};
use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

static READER: LazyLock<Reader> = LazyLock::new(Reader::new);

fn platform() -> impl Strategy<Value = Platform> {
    "[a-z0-9-]{1,32}".prop_map(|name| Platform::parse(&name).unwrap())
}

fn native() -> impl Strategy<Value = String> {
    prop_oneof![
        "[A-Za-z0-9_-]{1,110}",
        "[0-9]{1,20}_[0-9]{1,20}",
        "\\PC{0,40}",
        any::<String>(),
        "[.a-f0-9]{0,40}"
    ]
}

fn post(id: PostId, text: String, author: Author) -> Post {
    Post {
        id,
        kind: Kind::Post,
        channel: Channel::Ours,
        text: Text::Delivered(text),
        author,
        visibility: Visibility::Public,
        published: None,
        permalink: None,
        thread: None,
        language: None,
        stars: None,
        reach: Reach::default(),
    }
}

fn mention(platform: Platform, text: String, author: Author, reasons: Vec<String>) -> Mention {
    let id = PostId { platform, native: "1001".into() };
    Mention {
        id: MentionId::of(&id),
        reading: READER.read(&text, &Context::default()),
        post: post(id, text, author),
        brand: None,
        flag: Flag {
            by: FlaggedBy::Triage,
            reasons: reasons.into_iter().map(|reason| FlagReason(Cow::Owned(reason))).collect(),
        },
        received: Timestamp::from_seconds(0),
    }
}

/// Texts that grow in JSON: quotes, backslashes, control characters, emoji families, accents without end.
fn hostile_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("\"\\\u{1}\u{8}\n".to_owned()),
        Just("👨‍👩‍👧‍👦".to_owned()),
        Just("e\u{301}\u{302}\u{303}".to_owned()),
        Just("\u{301}".repeat(700)),
        Just("\u{7f}\u{2028}\u{fffd}".to_owned()),
        "[a-z ]{1,40}",
        any::<String>(),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

fn author() -> impl Strategy<Value = Author> {
    (prop::option::of(hostile_text()), prop::option::of(hostile_text())).prop_map(|(handle, name)| Author {
        handle,
        name,
        ..Author::default()
    })
}

proptest! {
    /// Every post has an id that an address and a key can hold, and it reads back as itself.
    #[test]
    fn every_mention_has_an_id_that_parses(platform in platform(), native in native()) {
        let id = MentionId::of(&PostId { platform, native });
        prop_assert_eq!(MentionId::parse(id.as_str()), Ok(id.clone()));
        prop_assert!(id.as_str().len() <= 129);
        prop_assert!(id.as_str().bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte)));
    }

    /// The same post has the same id, and two posts never share one, whichever of the two forms their ids take.
    #[test]
    fn ids_are_the_posts_own(
        one in (platform(), native()), two in (platform(), native())
    ) {
        let [first, second] = [one, two].map(|(platform, native)| PostId { platform, native });
        prop_assert_eq!(MentionId::of(&first) == MentionId::of(&second), first == second);
    }

    /// Nobody can name a post so that it takes another's place: a native id that looks like a hashed one is hashed.
    #[test]
    fn a_native_id_cannot_pose_as_a_hashed_one(native in "[^A-Za-z0-9_-]{1,20}") {
        let hashed = MentionId::of(&PostId { platform: Platform::named("x"), native });
        let posing = hashed.as_str().strip_prefix("x.").unwrap().to_owned();
        prop_assert_ne!(MentionId::of(&PostId { platform: Platform::named("x"), native: posing }), hashed);
    }

    /// Whatever was said by whomever, its summary fits beside the key.
    #[test]
    fn a_summary_always_fits(
        platform in platform(), text in hostile_text(), author in author(),
        reasons in prop::collection::vec("[a-z_]{1,40}|\\PC{0,300}", 0..20)
    ) {
        let summary = MentionSummary::of(&mention(platform, text, author, reasons));
        let json = serde_json::to_string(&summary).unwrap();
        prop_assert!(json.len() <= MentionSummary::LONGEST_JSON, "{} bytes", json.len());
        prop_assert_eq!(serde_json::from_str::<MentionSummary>(&json).unwrap(), summary);
    }

    /// An excerpt is what a person would read first: the beginning, in whole characters, on one line.
    #[test]
    fn an_excerpt_is_the_beginning_in_whole_characters(text in hostile_text()) {
        let summary = MentionSummary::of(&mention(Platform::named("x"), text.clone(), Author::default(), vec![]));
        let shows = |letter: &char| !letter.is_whitespace() && !letter.is_control();
        let shown: Vec<char> = summary.excerpt.trim_end_matches('…').chars().filter(shows).collect();
        let whole: Vec<(usize, char)> = text.char_indices().filter(|(_, letter)| shows(letter)).collect();
        let text_itself_has_dots = text.contains('…');
        prop_assume!(!text_itself_has_dots);
        prop_assert!(!summary.excerpt.contains('\n'));
        prop_assert!(whole.iter().map(|(_, letter)| letter).take(shown.len()).eq(shown.iter()));
        if let Some((next, _)) = whole.get(shown.len()) {
            let (start, _) = text.grapheme_indices(true).take_while(|(start, _)| start <= next).last().unwrap();
            prop_assert!(!text[start..*next].chars().any(|letter| shows(&letter)), "cut inside a character");
        }
    }
}

#[test]
fn an_id_is_readable_where_the_platforms_own_is() {
    let id = |platform, native: &str| {
        MentionId::of(&PostId { platform: Platform::named(platform), native: native.into() }).to_string()
    };
    assert_eq!(id("x", "1789000000000000001"), "x.1789000000000000001");
    assert_eq!(id("facebook", "1000_2000"), "facebook.1000_2000");
    let urn = id("linkedin", "urn:li:comment:(urn:li:activity:7001,7002)");
    assert_eq!(urn, "linkedin..3ae1ecba5bd7fa40497e3cd288a06368");
}

#[test]
fn what_is_no_mentions_id_is_refused() {
    for id in
        ["", "x", "x.", ".1", "X.1", "x.1/2", "x.1 2", "x.é", "../x.1", &format!("x.{}", "1".repeat(97))]
    {
        assert!(MentionId::parse(id).is_err(), "{id:?}");
    }
}

#[test]
fn a_summary_says_who_and_what_in_few_words() {
    let author = Author { handle: Some("nell_b".into()), name: Some("Nell B.".into()), ..Author::default() };
    let text = "Northwind,\n\nwhere is my  suitcase?".to_owned();
    let summary = MentionSummary::of(&mention(Platform::named("x"), text, author, vec!["asked_us".into()]));
    assert_eq!(summary.author.as_deref(), Some("@nell_b"));
    assert_eq!(summary.excerpt, "Northwind, where is my suitcase?");
    assert_eq!(summary.reasons, [FlagReason::ASKED_US]);

    let long = MentionSummary::of(&mention(
        Platform::named("x"),
        "word ".repeat(500),
        Author { name: Some("Nell ".repeat(100)), ..Author::default() },
        vec![],
    ));
    assert!(long.excerpt.ends_with('…'), "{:?}", long.excerpt);
    assert!(long.author.unwrap().ends_with('…'));
}
