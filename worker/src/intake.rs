//! From what a webhook tells of to what the desk takes: read, triage, and make ready to keep.

use earshot_desk::{Admission, Reads, StaffId};
use earshot_hooks::Event;
use earshot_mention::{
    Author, Considered, Flag, FlaggedBy, Mention, MentionId, MentionSummary, Post, Text, Timestamp,
};
use earshot_reading::SentimentLabel;
use serde_json::value::to_raw_value;

use crate::config::{Silo, with_reader, with_reader_and_scratch};
use crate::desk::{Card, Delivery, Item, Settings};
use crate::tally::{self, Counted};

/// The longest text that lists show, in bytes; KV has the whole.
const SHOWN: usize = 2000;

/// What of the profile the desk needs.
pub(crate) fn settings(silo: &Silo) -> Settings {
    Settings {
        workspace: silo.id().to_owned(),
        retention_days: silo.profile.retention_days,
        targets: silo.profile.targets,
    }
}

/// What the desk has to be told of a webhook's events; `None` where nothing. What was let go is counted.
pub(crate) fn delivery(
    silo: &Silo,
    events: Vec<Event>,
    now: Timestamp,
) -> serde_json::Result<Option<Delivery>> {
    let mut items = Vec::new();
    for event in events {
        match event {
            Event::Posted(post) => match consider(silo, tidy(post), now) {
                Some(mention) => items.push(Item::Admit(Box::new(card(&mention)?))),
                None => tally::count(silo.id(), Counted::Passed),
            },
            Event::Edited { post, at } => {
                let (mention, reads) = edited(silo, tidy(post), now);
                items.push(Item::Revise { card: Box::new(card(&mention)?), reads, at });
            }
            Event::AlsoKnownAs { id, also } => {
                items.push(Item::AlsoKnownAs { id: MentionId::of(&id), also: MentionId::of(&also) });
            }
            Event::Deleted { id, .. } => items.push(Item::Forget { id: MentionId::of(&id) }),
            Event::Dropped(reason) => tally::count(silo.id(), Counted::Dropped(reason)),
        }
    }
    if items.is_empty() {
        return Ok(None);
    }
    Ok(Some(Delivery { settings: settings(silo), items, counted: tally::take(silo.id()) }))
}

/// A mention that a member of staff flags, whatever triage would say of it.
pub(crate) fn flagged(silo: &Silo, post: Post, by: &StaffId, now: Timestamp) -> serde_json::Result<Card> {
    card(&with_reader(|reader| silo.triage.flag(tidy(post), &by.0, reader, now)))
}

/// A mention whose words were fetched, and whether triage flags it now. `received` is when it first reached us.
pub(crate) fn fetched(silo: &Silo, post: Post, received: Timestamp) -> serde_json::Result<(Card, bool)> {
    let post = tidy(post);
    let flagged = consider(silo, post.clone(), received);
    let is_flagged = flagged.is_some();
    Ok((card(&flagged.unwrap_or_else(|| quiet(silo, post, received)))?, is_flagged))
}

/// The post as a mention, if triage flags it.
fn consider(silo: &Silo, post: Post, now: Timestamp) -> Option<Mention> {
    match considered(silo, post, now) {
        Considered::Flagged(mention) => Some(mention),
        Considered::Quiet { .. } | Considered::NotAboutUs { .. } => None,
    }
}

/// An edited post as a mention, and what triage makes of it.
fn edited(silo: &Silo, post: Post, now: Timestamp) -> (Mention, Reads) {
    let reads = match considered(silo, post.clone(), now) {
        Considered::Flagged(mention) => return (mention, Reads::Flagged),
        Considered::Quiet { .. } => Reads::Quiet,
        Considered::NotAboutUs { .. } => Reads::NotAboutUs,
    };
    (quiet(silo, post, now), reads)
}

fn considered(silo: &Silo, post: Post, now: Timestamp) -> Considered {
    with_reader_and_scratch(|reader, scratch| silo.triage.consider_with(scratch, post, reader, now))
}

/// The post as a mention that triage does not flag: what an edit may leave of one that it did.
fn quiet(silo: &Silo, post: Post, now: Timestamp) -> Mention {
    let flag = Flag { by: FlaggedBy::Triage, reasons: Vec::new() };
    Mention { flag, ..with_reader(|reader| silo.triage.flag(post, "", reader, now)) }
}

/// Bodies and pages are hostile: a link that is not one to a page does not reach anybody who could click it.
fn tidy(mut post: Post) -> Post {
    post.permalink =
        post.permalink.filter(|link| link.starts_with("https://") || link.starts_with("http://"));
    post
}

fn card(mention: &Mention) -> serde_json::Result<Card> {
    let whole = to_raw_value(mention)?;
    let cut = cut(mention);
    let (shown, whole) = match &cut {
        Some(cut) => (to_raw_value(cut)?, Some(whole)),
        None => (whole, None),
    };
    Ok(Card {
        admission: Admission::from(mention),
        platform: mention.post.id.platform.clone(),
        is_thin: mention.post.text == Text::NotDelivered,
        positive: mention.reading.sentiment.label == SentimentLabel::Positive,
        mention: shown,
        whole,
        summary: to_raw_value(&MentionSummary::of(mention))?,
        search: search(cut.as_ref().unwrap_or(mention)),
    })
}

/// The mention as lists show it, where that is less than the whole: the text's beginning, and no reason that points
/// behind its end.
fn cut(mention: &Mention) -> Option<Mention> {
    let text = mention.post.text.as_str();
    if text.len() <= SHOWN {
        return None;
    }
    let end = (0..=SHOWN).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    let mut cut = mention.clone();
    cut.post.text = Text::Delivered(text[..end].to_owned());
    cut.reading.urgency.reasons.retain(|reason| reason.span.end as usize <= end);
    cut.reading.evidence.retain(|evidence| evidence.span.end as usize <= end);
    Some(cut)
}

fn search(mention: &Mention) -> String {
    let Author { handle, name, .. } = &mention.post.author;
    let parts = [Some(mention.post.text.as_str()), handle.as_deref(), name.as_deref()];
    parts.into_iter().flatten().collect::<Vec<_>>().join("\n").to_lowercase()
}
