//! The engine, and triage above it: whatever the text, an answer whose spans belong to it.

use std::cell::RefCell;
use std::sync::LazyLock;

use earshot_mention::{
    Author, Channel, Considered, Kind, MentionSummary, Platform, Post, PostId, Reach, Text, Timestamp, Triage,
    Visibility, Workspace, find_personal_data, redact,
};
use earshot_reading::{Context, Reader, Scratch, Span, Stars};

static READER: LazyLock<Reader> = LazyLock::new(Reader::new);
static TRIAGE: LazyLock<Triage> = LazyLock::new(|| {
    let profile = Workspace::parse(include_str!("../../tests/fixtures/workspace.json"));
    profile.expect("the fixtures' profile is good").prepare_triage().expect("its brands are good")
});

thread_local! {
    static SCRATCH: RefCell<Scratch> = RefCell::default();
}

/// The first three bytes say what is known besides the text, the rest is the text.
fn split(data: &[u8]) -> (Context, String) {
    let (known, text) = data.split_at(data.len().min(3));
    let at = |index: usize| known.get(index).copied().unwrap_or_default();
    let context = Context {
        language: [None, Some("en"), Some("es"), Some("de-AT"), Some("pt-BR"), Some("und"), Some("x")]
            [usize::from(at(0)) % 7]
            .map(str::to_owned),
        stars: Stars::new(at(1) % 8),
        likes: (at(1) > 127).then(|| u64::from(at(2)) << 40),
        followers: (at(2) > 127).then(|| u64::from(at(1)) << 40),
        public: [None, Some(true), Some(false)][usize::from(at(2)) % 3],
    };
    (context, String::from_utf8_lossy(text).into_owned())
}

fn belongs(span: Span, text: &str) {
    assert!(span.start < span.end, "a span of nothing");
    assert!(span.of(text).is_some(), "a span that is not on the text's own boundaries");
}

/// A text is read: spans on character boundaries, figures in their ranges, the same again from the same workspace.
pub fn read(data: &[u8]) {
    let (context, text) = split(data);
    let reading = SCRATCH.with_borrow_mut(|scratch| READER.read_with(scratch, &text, &context));
    assert!(reading.urgency.score <= 100);
    for reason in &reading.urgency.reasons {
        belongs(reason.span, &text);
    }
    for evidence in &reading.evidence {
        belongs(evidence.span, &text);
    }
    let sentiment = &reading.sentiment;
    for probability in [
        sentiment.negative, sentiment.neutral, sentiment.positive, reading.complaint, reading.irony, reading.offensive,
    ] {
        assert!((0.0..=1.0).contains(&probability.get()));
    }
    // What was read before leaves no trace: one text in sixteen is read again, since twice takes twice as long.
    if data.len() % 16 == 0 {
        let again = SCRATCH.with_borrow_mut(|scratch| READER.read_with(scratch, &text, &context));
        assert_eq!(reading, again, "the same text, read otherwise the second time");
    }
}

/// A post is considered, and where it is flagged it is summed up; personal data is found on boundaries and taken out.
pub fn considered(data: &[u8]) {
    let (context, text) = split(data);
    for (_, span) in find_personal_data(&text) {
        belongs(span, &text);
    }
    let _ = redact(&text);
    let post = Post {
        id: PostId { platform: Platform::named("x"), native: "1".into() },
        kind: Kind::Post,
        channel: if data.len() % 2 == 0 { Channel::Ours } else { Channel::Elsewhere },
        text: Text::Delivered(text.clone()),
        author: Author { handle: Some(text.chars().take(20).collect()), followers: context.followers, ..Author::default() },
        visibility: Visibility::Public,
        published: None,
        permalink: None,
        thread: None,
        language: context.language,
        stars: context.stars,
        reach: Reach { likes: context.likes, ..Reach::default() },
    };
    let now = Timestamp::from_seconds(1_795_370_400);
    let considered = SCRATCH.with_borrow_mut(|scratch| TRIAGE.consider_with(scratch, post, &READER, now));
    if let Considered::Flagged(mention) = considered {
        for reason in &mention.reading.urgency.reasons {
            belongs(reason.span, mention.post.text.as_str());
        }
        let _ = MentionSummary::of(&mention);
    }
}
