//! Mentions for tests.

use std::borrow::Cow;

use earshot_api::MentionView;
use earshot_desk::{State, Ticket};
use earshot_mention::{
    Author, Channel, Deadline, Flag, FlagReason, FlaggedBy, Kind, Mention, MentionId, Platform, Post, PostId,
    Reach, Text, Timestamp, Visibility,
};
use earshot_reading::{
    Emotions, Language, LanguageCode, Level, ModelVersion, Probability, Reading, Reason, ReasonCode,
    Sentiment, SentimentLabel, Span, Urgency,
};

pub(crate) fn post(text: &str) -> Post {
    Post {
        id: PostId { platform: Platform::named("x"), native: "1789".into() },
        kind: Kind::Post,
        channel: Channel::Ours,
        text: Text::Delivered(text.into()),
        author: Author {
            id: None,
            handle: Some("maralind".into()),
            name: Some("Mara Lind".into()),
            followers: Some(12_449),
        },
        visibility: Visibility::Broadcast,
        published: None,
        permalink: Some("https://x.example/maralind/status/1789".into()),
        thread: None,
        language: None,
        stars: None,
        reach: Reach::default(),
    }
}

pub(crate) fn mention(text: &str) -> Mention {
    let post = post(text);
    Mention {
        id: MentionId::of(&post.id),
        post,
        reading: Reading {
            model: ModelVersion(Cow::Borrowed("rules-1")),
            language: Language { code: LanguageCode::new("en"), confidence: Probability::ONE },
            sentiment: Sentiment {
                label: SentimentLabel::Negative,
                negative: Probability::ONE,
                neutral: Probability::ZERO,
                positive: Probability::ZERO,
            },
            emotions: Emotions::default(),
            intents: Vec::new(),
            complaint: Probability::ONE,
            irony: Probability::ZERO,
            offensive: Probability::ZERO,
            urgency: Urgency { score: 90, level: Level::Critical, reasons: vec![reason("stranded", 0, 5)] },
            evidence: Vec::new(),
        },
        brand: None,
        flag: Flag { by: FlaggedBy::Triage, reasons: vec![flag_reason("urgent")] },
        received: Timestamp::from_seconds(1_790_000_000),
    }
}

pub(crate) fn reason(code: &'static str, start: u32, end: u32) -> Reason {
    Reason { code: ReasonCode(Cow::Borrowed(code)), span: Span { start, end } }
}

pub(crate) fn flag_reason(code: &'static str) -> FlagReason {
    FlagReason(Cow::Borrowed(code))
}

pub(crate) fn ticket(state: State, deadline: Timestamp) -> Ticket {
    let mention = mention("Stuck.");
    Ticket {
        id: mention.id,
        level: Level::Critical,
        score: 90,
        admitted: mention.received,
        deadline: Deadline(deadline),
        state,
    }
}

pub(crate) fn view(id: &str, state: State) -> MentionView {
    let id = MentionId::parse(id).unwrap();
    let mut mention = mention("Stuck.");
    mention.id = id.clone();
    let mut ticket = ticket(state, Timestamp::from_seconds(1_790_003_600));
    ticket.id = id;
    MentionView { mention, ticket, notes: 0, history: Vec::new(), reply: None, answering: None }
}
