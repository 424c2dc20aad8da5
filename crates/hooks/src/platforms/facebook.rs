//! Facebook pages: comments and posts on the page, mentions of it, reviews, messages.
//!
//! - Identity: the Graph API's id of the thing itself: `comment_id` for a comment, else `post_id`; a review's
//!   `open_graph_story_id`; a message's `mid`. It is what replying takes, and what Facebook repeats on an edit or a
//!   removal. A page's own address shows only the second half of a comment's id, so a staff flag makes the same
//!   mention only where the site adapter can read both halves.
//! - Own: `from` (older: `sender_id`) is the page, or `is_echo`. `from` is missing where the app has no permission to
//!   see who wrote: then it is somebody else's, with nobody's name.
//! - Edits: `verb` `edited`. Deletions: `verb` `remove`, always passed on, whoever removed it: its `from` does not say
//!   whether that is the writer or the page. Hiding is the page's own doing and changes nothing.
//! - A pressed button of Messenger says its title; what a customer types into a survey of Messenger's is a message.
//! - Words missing: a comment with a photo or a sticker has none; one without either was not delivered (permission)
//!   and is fetched by its id, as far as the page's token reaches.
//!
//! <https://developers.facebook.com/docs/graph-api/webhooks/reference/page>

use earshot_mention::{Author, Channel, Kind, Platform, Post, PostId, Text, Timestamp, Visibility};
use earshot_reading::Stars;
use serde_json::Value;

use super::meta::{self, Entry, messaging};
use super::post;
use crate::item::{self, fits_address, id, label, link};
use crate::moment::moment;
use crate::text::{words, words_or_fetch, words_or_none};
use crate::{About, Adapter, DropReason, Endpoint, Event, Headers, Incoming, Refusal, Reply, Secret};

pub(super) const PLATFORM: Platform = Platform::named("facebook");

/// Facebook pages.
#[derive(Debug)]
pub(crate) struct Facebook;

impl Adapter for Facebook {
    fn platform(&self) -> Platform {
        PLATFORM
    }

    fn about(&self) -> About {
        About {
            name: "Facebook pages",
            docs: "https://developers.facebook.com/docs/graph-api/webhooks/reference/page",
            handshake: "GET with hub.verify_token, answered with hub.challenge",
            signature: "X-Hub-Signature-256: HMAC-SHA-256 of the body, hex, app secret",
            events: "comments, visitor posts, mentions, reviews, messages",
            edits: "comments, posts, reviews and messages",
            deletes: "comments, posts, reviews and messages",
            deadline: "answer at once; repeated for 36 hours",
        }
    }

    fn handshake(&self, incoming: &Incoming<'_>, endpoint: &Endpoint) -> Option<Result<Reply, Refusal>> {
        meta::handshake(incoming, endpoint)
    }

    fn verify(&self, incoming: &Incoming<'_>, endpoint: &Endpoint, _now: Timestamp) -> Result<(), Refusal> {
        meta::SIGNATURE.verify(incoming, endpoint)
    }

    fn parse(
        &self,
        incoming: &Incoming<'_>,
        endpoint: &Endpoint,
        _now: Timestamp,
    ) -> Result<Vec<Event>, Refusal> {
        meta::parse(incoming, endpoint)
    }

    fn sign(&self, secret: &Secret, body: &[u8], _now: Timestamp) -> Option<Headers> {
        Some(meta::SIGNATURE.sign(secret, body))
    }
}

/// Fields that tell of the page itself, of its adverts, or of conversations without a word of them.
const NOT_POSTS: &[&str] = &[
    "about",
    "category",
    "conversations",
    "description",
    "email",
    "general_info",
    "hours",
    "inbox_labels",
    "leadgen",
    "leadgen_fat",
    "live_videos",
    "location",
    "name",
    "page_change_proposal",
    "page_upcoming_change",
    "parking",
    "payment_options",
    "phone",
    "picture",
    "price_range",
    "products",
    "videos",
    "website",
];

/// One item of a page's `changes`.
pub(super) fn change(change: &Value, entry: &Entry<'_>) -> Event {
    let value = &change["value"];
    match change["field"].as_str() {
        Some("feed") => feed(value, entry, Field::Feed),
        Some("mention") => feed(value, entry, Field::Mention),
        Some("ratings") if value["item"] == "rating" => rating(value, entry),
        Some("ratings") => feed(value, entry, Field::Ratings),
        Some(
            "messages"
            | "message_echoes"
            | "message_edits"
            | "messaging_postbacks"
            | "messaging_feedback"
            | "standby",
        ) => messaging::event(value, &PLATFORM, entry),
        Some("message_reactions" | "message_reads" | "message_deliveries") => {
            Event::Dropped(DropReason::NoWords)
        }
        Some(field) if field.starts_with("messaging_") || NOT_POSTS.contains(&field) => {
            Event::Dropped(DropReason::NotAPost)
        }
        _ => Event::Dropped(DropReason::UnknownEvent),
    }
}

/// Where an item of the feed's shape stood.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Field {
    /// On the page.
    Feed,
    /// Somewhere else, naming the page.
    Mention,
    /// Below a review of the page.
    Ratings,
}

fn feed(value: &Value, entry: &Entry<'_>, field: Field) -> Event {
    let verb = value["verb"].as_str().unwrap_or_default();
    let kind = match value["item"].as_str() {
        Some("comment") => Kind::Comment,
        Some(
            "post" | "status" | "photo" | "video" | "share" | "link" | "note" | "album" | "event" | "checkin"
            | "story" | "offer" | "milestone" | "question" | "poll" | "visitor_post" | "reel",
        ) => Kind::Post,
        Some("like" | "reaction") => return Event::Dropped(DropReason::NoWords),
        None if !value["comment_id"].is_null() => Kind::Comment,
        None if !value["post_id"].is_null() => Kind::Post,
        _ => return Event::Dropped(DropReason::UnknownEvent),
    };
    if matches!(verb, "hide" | "unhide" | "block" | "unblock" | "mute" | "follow" | "update") {
        return Event::Dropped(DropReason::NotAPost);
    }
    let comment = id(&value["comment_id"]).filter(|_| kind == Kind::Comment);
    let on = id(&value["post_id"]);
    // Older deliveries name only the picture, the video, the share.
    let things = ["share_id", "photo_id", "video_id", "album_id", "event_id", "note_id", "status_id"];
    let thing = || things.iter().find_map(|field| id(&value[*field]));
    let native = if kind == Kind::Comment { comment } else { on.clone().or_else(thing) };
    let Some(native) = native else { return Event::Dropped(DropReason::Malformed) };
    let at = moment(&value["created_time"]).or(entry.sent);
    if matches!(verb, "remove" | "delete") {
        return Event::Deleted { id: PostId { platform: PLATFORM, native }, at: entry.sent.or(at) };
    }
    let edited = match verb {
        "add" => false,
        "edited" | "edit" => true,
        _ => return Event::Dropped(DropReason::UnknownEvent),
    };
    let author = author(value);
    if entry.is_own(&value["from"]["id"]) || entry.is_own(&value["sender_id"]) {
        return Event::Dropped(DropReason::Own);
    }
    let text = said(value);
    if value["item"] == "share" && text == Text::None {
        return Event::Dropped(DropReason::NoWords);
    }
    let mut said = post(&PLATFORM, native, kind, Channel::Ours, text);
    // A visitor's post stands on our page, below our name; a mention in a post of theirs goes to all their followers.
    if field != Field::Mention {
        said.visibility = Visibility::Public;
    }
    said.author = author;
    said.published = at;
    said.thread = if kind == Kind::Comment { id(&value["parent_id"]).or_else(|| on.clone()) } else { None };
    said.permalink = permalink(value, on.as_deref(), &said);
    changed(said, edited, entry)
}

fn rating(value: &Value, entry: &Entry<'_>) -> Event {
    let ids = ["open_graph_story_id", "review_id", "post_id"];
    let Some(native) = ids.iter().find_map(|field| id(&value[*field])) else {
        return Event::Dropped(DropReason::Malformed);
    };
    let edited = match value["verb"].as_str() {
        Some("add") => false,
        Some("edit" | "edited") => true,
        Some("remove" | "delete") => {
            return Event::Deleted { id: PostId { platform: PLATFORM, native }, at: entry.sent };
        }
        _ => return Event::Dropped(DropReason::UnknownEvent),
    };
    let mut review =
        post(&PLATFORM, native, Kind::Review, Channel::Ours, words_or_none(&value["review_text"]));
    review.author =
        Author { id: id(&value["reviewer_id"]), name: label(&value["reviewer_name"]), ..Author::default() };
    review.published = moment(&value["created_time"]).or(entry.sent);
    review.stars = stars(value);
    changed(review, edited, entry)
}

/// Older reviews have one to five stars. Newer ones recommend or do not: the ends of the same scale.
fn stars(value: &Value) -> Option<Stars> {
    let recommends = || match value["recommendation_type"].as_str()?.to_ascii_lowercase().as_str() {
        "positive" => Stars::new(5),
        "negative" => Stars::new(1),
        _ => None,
    };
    item::stars(&value["rating"]).or_else(recommends)
}

fn changed(post: Post, edited: bool, entry: &Entry<'_>) -> Event {
    if edited { Event::Edited { post, at: entry.sent } } else { Event::Posted(post) }
}

fn author(value: &Value) -> Author {
    Author {
        id: id(&value["from"]["id"]).or_else(|| id(&value["sender_id"])),
        name: label(&value["from"]["name"]).or_else(|| label(&value["sender_name"])),
        ..Author::default()
    }
}

/// A photo, a video or a sticker may stand alone. Without any, silence means that we were not told.
fn said(value: &Value) -> Text {
    let shows = ["photo", "photos", "photo_id", "video", "video_id", "link", "sticker", "share_id"];
    if shows.iter().any(|field| !value[*field].is_null()) {
        value["message"].as_str().map_or(Text::None, words)
    } else {
        words_or_fetch(&value["message"])
    }
}

fn permalink(value: &Value, on: Option<&str>, said: &Post) -> Option<String> {
    if let Some(link) = link(&value["permalink_url"]) {
        return Some(link);
    }
    let page = link(&value["post"]["permalink_url"])
        .or_else(|| on.filter(|id| fits_address(id)).map(|id| format!("https://www.facebook.com/{id}")))?;
    if said.kind != Kind::Comment {
        return Some(page);
    }
    let comment = said.id.native.rsplit('_').next().filter(|id| fits_address(id))?;
    Some(format!("{page}{}comment_id={comment}", if page.contains('?') { '&' } else { '?' }))
}
