//! The contract's shapes, each as a file that worker, extension and whoever else calls the worker can rely on. A test
//! that fails here means that the contract changed: a new field is a new line in the file, anything else a new version.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops")]

use earshot_api::{
    Answering, Counts, Elsewhere, Glance, Health, ListQuery, LookedBody, MentionPage, MentionView,
    NewMention, NoteBody, Problem, ProblemCode, ReplyBody, ResolveBody, Shelf, Terms,
};
use earshot_desk::{Happening, Outcome, Reply, ReplyKey, ReplyState, State};
use earshot_mention::{Channel, FlaggedBy, Text};
use earshot_reading::Level;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Reads the file, writes it out again, and takes nothing but the same.
fn golden<T: Serialize + DeserializeOwned>(file: &str) -> T {
    let shape: T = serde_json::from_str(file).unwrap();
    let written: Value = serde_json::from_str(&serde_json::to_string(&shape).unwrap()).unwrap();
    assert_eq!(written, serde_json::from_str::<Value>(file).unwrap());
    shape
}

#[test]
fn one_mention() {
    let view: MentionView = golden(include_str!("golden/mention_view.json"));
    assert_eq!(view.mention.id, view.ticket.id);
    assert_eq!(view.mention.post.channel, Channel::Ours);
    assert_eq!(view.mention.reading.urgency.level, Level::High);
    assert!(matches!(view.ticket.state, State::Claimed { .. }));
    assert!(matches!(view.history.last().unwrap().happening, Happening::Replied { privately: false, .. }));
    assert!(matches!(view.reply.unwrap().state, ReplyState::Sent { .. }));
    assert!(matches!(view.answering, Some(Answering::Here { .. })));
}

#[test]
fn a_page_of_mentions() {
    let page: MentionPage = golden(include_str!("golden/mention_page.json"));
    assert_eq!(page.mentions[0].mention.flag.by, FlaggedBy::Staff("ida".into()));
    assert_eq!(page.counts, Counts { urgent: 1, waiting: 1, mine: 0, praise: 0, open: 1, closed: 12 });
}

#[test]
fn a_page_at_a_glance_says_what_the_page_says() {
    let file = include_str!("golden/mention_page.json");
    let page: MentionPage = serde_json::from_str(file).unwrap();
    let glance: Glance = serde_json::from_str(file).unwrap();
    assert_eq!(glance.counts, page.counts);
    assert_eq!(glance.mentions.len(), page.mentions.len());
    for (glanced, view) in glance.mentions.iter().zip(&page.mentions) {
        let urgency = &view.mention.reading.urgency;
        assert_eq!(glanced.id(), &view.mention.id);
        assert_eq!(glanced.waits(), matches!(view.ticket.state, State::Waiting));
        assert_eq!(glanced.level(), urgency.level);
        assert_eq!(glanced.reason(), urgency.reasons.first().map(|reason| reason.code.0.as_ref()));
        assert_eq!(glanced.author(), view.mention.post.author.name.as_deref());
        assert_eq!(glanced.text(), view.mention.post.text.as_str());
    }
    let claimed = file.replacen(
        r#""is": "waiting""#,
        r#""is": "claimed", "by": "ida", "since": "2026-11-21T09:00:00Z""#,
        1,
    );
    assert_ne!(claimed, file);
    assert!(!serde_json::from_str::<Glance>(&claimed).unwrap().mentions[0].waits());
}

#[test]
fn what_staff_send() {
    let new: NewMention = golden(include_str!("golden/new_mention.json"));
    assert_eq!(new.post.text, Text::None);
    let note: NoteBody = golden(include_str!("golden/note_body.json"));
    assert_eq!(note.text, "Found in Oslo, courier asked.");
    let resolve: ResolveBody = golden(include_str!("golden/resolve_body.json"));
    assert_eq!(resolve.outcome, Outcome::Elsewhere);
    let query: ListQuery = golden(include_str!("golden/list_query.json"));
    assert_eq!(query.shelf, Some(Shelf::Urgent));
}

#[test]
fn what_is_answered_and_what_became_of_it() {
    let body: ReplyBody = golden(include_str!("golden/reply_body.json"));
    assert!(!body.privately);
    let looked: LookedBody = golden(include_str!("golden/looked_body.json"));
    assert_eq!((looked.key, looked.found), (body.key, true));
    let replies: Vec<Reply> = golden(include_str!("golden/replies.json"));
    assert_eq!(replies[0].state, ReplyState::Pending);
    let answering: Vec<Answering> = golden(include_str!("golden/answering.json"));
    assert_eq!(
        answering[0],
        Answering::Here {
            publicly: Some(Terms { longest: 280, until: None }),
            privately: Some(Terms { longest: 10_000, until: None })
        }
    );
    let newer = r#"{"way":"elsewhere","why":"full_moon","detail":"not tonight"}"#;
    let newer: Answering = serde_json::from_str(newer).unwrap();
    assert!(matches!(newer, Answering::Elsewhere { why: Elsewhere::Unknown, .. }));
}

#[test]
fn a_reply_has_a_key_that_fits_an_address_and_a_header() {
    for key in ["0b8f6c9e-7d0a-4f7e-9a51-3b1f0f7a2c11", "draft-12", &"a".repeat(64)] {
        assert!(ReplyKey::parse(key).is_ok(), "{key}");
    }
    for key in ["", "short", &"a".repeat(65), "with blank", "line\r\nfeed", "no_under_score", "ünicode-1"] {
        assert!(serde_json::from_value::<ReplyKey>(key.into()).is_err(), "{key}");
    }
}

#[test]
fn health() {
    let health: Health = golden(include_str!("golden/health.json"));
    assert_eq!(health.status, "ok");
}

#[test]
fn a_problem() {
    let problem: Problem = golden(include_str!("golden/problem.json"));
    assert_eq!(problem, Problem::new(ProblemCode::Conflict, problem.detail.clone().unwrap()));
}

#[test]
fn what_may_be_left_out_may_be_left_out() {
    assert_eq!(serde_json::from_str::<ResolveBody>("{}").unwrap().outcome, Outcome::Answered);
    assert_eq!(serde_json::from_str::<ListQuery>("{}").unwrap(), ListQuery::default());
    assert_eq!(serde_json::to_string(&ListQuery::default()).unwrap(), "{}");
    let short = r#"{"post":{"id":{"platform":"forum","native":"7"},"kind":"post","channel":"elsewhere",
        "text":{"state":"delivered","words":"Northwind!"},"visibility":"broadcast"}}"#;
    let new: NewMention = serde_json::from_str(short).unwrap();
    assert_eq!((new.note, new.post.author.handle, new.post.reach.likes), (None, None, None));
}

#[test]
fn every_problem_has_its_name_and_status() {
    let codes = [
        (ProblemCode::BadRequest, "bad-request", 400),
        (ProblemCode::Unauthorised, "unauthorised", 401),
        (ProblemCode::BadSignature, "bad-signature", 401),
        (ProblemCode::Forbidden, "forbidden", 403),
        (ProblemCode::NotFound, "not-found", 404),
        (ProblemCode::MethodNotAllowed, "method-not-allowed", 405),
        (ProblemCode::Conflict, "conflict", 409),
        (ProblemCode::TooLarge, "too-large", 413),
        (ProblemCode::TooMany, "too-many", 429),
        (ProblemCode::NotConfigured, "not-configured", 503),
        (ProblemCode::StorageDown, "storage-down", 503),
        (ProblemCode::Internal, "internal", 500),
    ];
    for (code, name, status) in codes {
        assert_eq!(serde_json::to_value(code).unwrap(), name);
        assert_eq!(serde_json::from_value::<ProblemCode>(name.into()).unwrap(), code);
        assert_eq!(code.status(), status, "{name}");
    }
}

#[test]
fn a_problem_of_a_newer_worker_can_still_be_shown() {
    let newer = r#"{"type":"quota-reached","title":"The month's quota is used up","status":429,"retry":"2026-12-01"}"#;
    let problem: Problem = serde_json::from_str(newer).unwrap();
    assert_eq!((problem.code, problem.status), (ProblemCode::Unknown, 429));
}
