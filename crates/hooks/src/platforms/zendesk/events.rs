//! Zendesk's own events: tickets, their comments, messages in them, and what is written in the help centre.
//!
//! A ticket, its comments and its messages share a number: a comment's id is the ticket's and its own. Posts of the
//! community and comments below articles are counted apart and say so. Of a community post only the title is told.
//!
//! <https://developer.zendesk.com/api-reference/webhooks/event-types/webhook-event-types/>

use earshot_mention::{Author, Channel, Kind, Post, PostId, Text, Timestamp};
use serde_json::Value;

use super::PLATFORM;
use crate::item::{id, label, string, yes};
use crate::moment::moment;
use crate::platforms::post;
use crate::text::{plain, words, words_or_none};
use crate::{DropReason, Endpoint, Event};

/// One event; `name` without `zen:event-type:`.
pub(super) fn event(name: &str, told: &Value, endpoint: &Endpoint) -> Event {
    let (domain, what) = name.split_once('.').unwrap_or((name, ""));
    let Some(about) = id(&told["detail"]["id"]) else { return Event::Dropped(DropReason::Malformed) };
    let at = moment(&told["time"]);
    match domain {
        "ticket" => ticket(what, &about, told, at),
        "messaging_ticket" if what == "message_added" => message(&about, &told["event"], at),
        "community_post" | "article" => help_centre(domain, what, &about, told, at, endpoint),
        _ => Event::Dropped(DropReason::NotAPost),
    }
}

fn ticket(what: &str, number: &str, told: &Value, at: Option<Timestamp>) -> Event {
    let ticket = &told["detail"];
    let comment = &told["event"]["comment"];
    let gone = |native: String| Event::Deleted { id: PostId { platform: PLATFORM, native }, at };
    let comment_id = || id(&comment["id"]).map(|comment| format!("{number}-{comment}"));
    match what {
        "created" => {
            // The first words are the submitter's: of who wrote in, or of the agent who opened the ticket for them.
            // <https://developer.zendesk.com/api-reference/ticketing/tickets/tickets/>
            let (requester, submitter) = (id(&ticket["requester_id"]), id(&ticket["submitter_id"]));
            if submitter.is_some() && submitter != requester && submitter == id(&ticket["assignee_id"]) {
                return Event::Dropped(DropReason::Own);
            }
            let text = titled(string(&ticket["subject"]), string(&ticket["description"]));
            let mut said = post(&PLATFORM, number.to_owned(), Kind::Message, Channel::Ours, text);
            said.author.id = submitter.or(requester);
            said.published = moment(&ticket["created_at"]).or(at);
            Event::Posted(said)
        }
        "comment_added" => {
            if yes(&comment["author"]["is_staff"]) {
                return Event::Dropped(DropReason::Own);
            }
            let Some(native) = comment_id() else { return Event::Dropped(DropReason::Malformed) };
            let mut said =
                post(&PLATFORM, native, Kind::Message, Channel::Ours, words_or_none(&comment["body"]));
            let author = &comment["author"];
            said.author = Author { id: id(&author["id"]), name: label(&author["name"]), ..Author::default() };
            said.published = at;
            said.thread = Some(number.to_owned());
            Event::Posted(said)
        }
        "comment_redacted" => comment_id().map_or(Event::Dropped(DropReason::Malformed), gone),
        "soft_deleted" | "permanently_deleted" => gone(number.to_owned()),
        _ => Event::Dropped(DropReason::NotAPost),
    }
}

/// Something said in a conversation of the widget or an app, in the ticket that was made of it.
fn message(ticket: &str, told: &Value, at: Option<Timestamp>) -> Event {
    let actor = &told["actor"];
    if actor["type"].as_str().is_some_and(|kind| kind != "end_user") {
        return Event::Dropped(DropReason::Own);
    }
    let message = &told["message"];
    let Some(message_id) = id(&message["id"]) else { return Event::Dropped(DropReason::Malformed) };
    let native = format!("{ticket}-{message_id}");
    let mut said = post(&PLATFORM, native, Kind::Message, Channel::Ours, words_or_none(&message["body"]));
    said.author = Author { id: id(&actor["id"]), name: label(&actor["name"]), ..Author::default() };
    said.published = at;
    said.thread = Some(ticket.to_owned());
    Event::Posted(said)
}

/// Posts in the community, and comments below them and below articles. Articles are our own.
fn help_centre(
    domain: &str,
    what: &str,
    about: &str,
    told: &Value,
    at: Option<Timestamp>,
    endpoint: &Endpoint,
) -> Event {
    let below = what.strip_prefix("comment_");
    let content = if below.is_some() && told["event"]["comment"].is_object() {
        &told["event"]["comment"]
    } else {
        &told["event"]
    };
    let edited = match (domain, below, what) {
        (_, Some("created" | "published"), _) | ("community_post", None, "created" | "published") => false,
        (_, Some("changed"), _) | ("community_post", None, "changed") => true,
        _ => return Event::Dropped(DropReason::NotAPost),
    };
    let author = id(&content["author_id"]).or_else(|| id(&content["author"]["id"]));
    if author.as_deref().is_some_and(|author| endpoint.is_own(author)) {
        return Event::Dropped(DropReason::Own);
    }
    let place = format!("{domain}-{about}");
    let comment = id(&content["id"]).or_else(|| id(&content["comment_id"]));
    let native = match (below, comment) {
        (Some(_), Some(comment)) => format!("{place}-{comment}"),
        (Some(_), None) => return Event::Dropped(DropReason::Malformed),
        (None, _) => place.clone(),
    };
    let body = string(&content["body"]).or_else(|| string(&content["details"])).map(plain);
    let text = match titled(
        string(&content["title"]).or_else(|| string(&content["current_title"])),
        body.as_deref(),
    ) {
        Text::None => Text::NotDelivered,
        text => text,
    };
    let kind = if below.is_some() { Kind::Comment } else { Kind::Post };
    let mut said: Post = post(&PLATFORM, native, kind, Channel::Ours, text);
    said.visibility = earshot_mention::Visibility::Public;
    said.author = Author { id: author, name: label(&content["author"]["name"]), ..Author::default() };
    said.thread = below.map(|_| place);
    if edited {
        return Event::Edited { post: said, at };
    }
    said.published = at;
    Event::Posted(said)
}

/// A title and what follows it, once where the one begins with the other.
fn titled(title: Option<&str>, text: Option<&str>) -> Text {
    match (title, text) {
        (Some(title), Some(text)) if !text.starts_with(title) => words(&format!("{title}\n\n{text}")),
        (title, text) => words(text.or(title).unwrap_or_default()),
    }
}
