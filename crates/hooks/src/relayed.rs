//! Posts in Earshot's own JSON, as relays, automation tools and plug-ins send them.
//!
//! ```json
//! {
//!   "type": "post.created",
//!   "data": {
//!     "id": "t3_abc123",
//!     "text": "Northwind lost my suitcase",
//!     "platform": "reddit",
//!     "author": {"id": "t2_9", "handle": "wanderer", "name": "Wanda", "followers": 12},
//!     "url": "https://forum.example/abc123",
//!     "created_at": "2026-11-22T17:00:00Z",
//!     "lang": "en",
//!     "stars": 2,
//!     "thread": "t3_root",
//!     "likes": 3, "shares": 0, "replies": 1,
//!     "channel": "ours"
//!   }
//! }
//! ```
//!
//! - `type` is `{post|comment|message|review}.{created|updated|deleted}`; also `edited` and `removed`; without one it
//!   is a created post. `data` may be a list; a body without `data` is its own data. Both may have it below
//!   its name: `{"action": "created", "comment": {…}}`.
//! - Only `id` is needed (without one the delivery's id stands in for a created post). `text`, or `html`; a `title` is
//!   read before it.
//! - `platform` says where the post stands, so that a person who flags it on that site makes the same mention.
//! - `channel`: `ours` for what was said to us or on a page of ours, else `elsewhere`. Left out, messages and reviews
//!   are ours, and posts that hold a handle of ours.
//! - The usual other names are understood: see the constants below.

mod author;
mod name;

use earshot_mention::{Channel, Kind, Platform, Post, PostId, Reach, Text};
use earshot_reading::Stars;
use serde_json::Value;

use crate::item::{count, each_or_one, id, label, link, string};
use crate::moment::moment;
use crate::platforms::post;
use crate::text::{plain, words};
use crate::{DropReason, Endpoint, Event};

use author::author;
use name::{Name, Verb};

const ID: &[&str] =
    &["id", "post_id", "postId", "comment_id", "message_id", "review_id", "guid", "uuid", "uri"];
/// What a body may hold instead of `data`, the smaller thing first: a comment comes along with its post.
const WRAPPED: &[&str] = &["comment", "reply", "message", "review", "post", "topic", "discussion", "status"];
const WORDS: &[&str] = &[
    "text",
    "content",
    "body",
    "message",
    "comment",
    "review",
    "review_text",
    "caption",
    "comment_content",
    "description",
    "summary",
];
const TITLE: &[&str] = &["title", "subject", "headline"];
const LINK: &[&str] = &["html_url", "url", "permalink", "link", "href"];
const PUBLISHED: &[&str] =
    &["created_at", "createdAt", "published_at", "published", "timestamp", "date", "time"];
const EDITED: &[&str] = &["updated_at", "updatedAt", "edited_at", "edited"];
const DELETED: &[&str] = &["deleted_at", "deletedAt", "removed_at"];
const LANGUAGE: &[&str] = &["lang", "language", "locale"];
const STARS: &[&str] = &["stars", "rating", "score"];
const THREAD: &[&str] =
    &["thread", "thread_id", "parent_id", "parent", "in_reply_to", "topic_id", "conversation_id"];

/// The events of a body. `relay` is the platform of what does not name another; `delivery` is the delivery's own id.
pub(crate) fn events(
    body: &Value,
    relay: &Platform,
    endpoint: &Endpoint,
    delivery: Option<&str>,
) -> Vec<Event> {
    let mut events = Vec::new();
    for told in each_or_one(body) {
        let data = &told["data"];
        let has_data = data.is_object() || data.is_array();
        // Beside `data` these two can only name what happened; in a post of its own they are what it is about.
        let names: &[&str] =
            if has_data { &["type", "event", "topic", "event_type"] } else { &["type", "event"] };
        let named = names.iter().find_map(|name| told[*name].as_str());
        let inside = wrapped(if has_data { data } else { told });
        let data = match &inside {
            Some((_, inside)) => inside,
            None if has_data => data,
            None => told,
        };
        let items = each_or_one(data);
        // One delivery id can only stand for one post.
        let delivery = delivery.filter(|_| items.len() == 1 && !body.is_array());
        let what = named.or(inside.as_ref().map(|(name, _)| name.as_str())).unwrap_or("post.created");
        events.extend(items.iter().map(|item| event(what, item, relay, endpoint, delivery)));
    }
    if events.is_empty() {
        events.push(Event::Dropped(DropReason::UnknownEvent));
    }
    events
}

/// One post. `what` is the event's name.
pub(crate) fn event(
    what: &str,
    item: &Value,
    relay: &Platform,
    endpoint: &Endpoint,
    delivery: Option<&str>,
) -> Event {
    let Some(Name { kind, verb }) = Name::parse(what) else {
        return Event::Dropped(DropReason::UnknownEvent);
    };
    if !item.is_object() {
        return Event::Dropped(DropReason::Malformed);
    }
    let platform = item["platform"].as_str().and_then(|name| Platform::parse(name).ok());
    let platform = platform.unwrap_or_else(|| relay.clone());
    let named = first(item, ID, id);
    match verb {
        Verb::Deleted => named.map_or(Event::Dropped(DropReason::Malformed), |native| Event::Deleted {
            id: PostId { platform, native },
            at: first(item, DELETED, moment),
        }),
        Verb::Created => {
            let native = named.or_else(|| delivery.map(str::to_owned));
            native.map_or(Event::Dropped(DropReason::Malformed), |native| {
                said(native, kind, item, &platform, endpoint)
                    .map_or(Event::Dropped(DropReason::Own), Event::Posted)
            })
        }
        Verb::Edited => named.map_or(Event::Dropped(DropReason::Malformed), |native| {
            said(native, kind, item, &platform, endpoint).map_or(Event::Dropped(DropReason::Own), |post| {
                Event::Edited { at: first(item, EDITED, moment), post }
            })
        }),
    }
}

/// The thing itself, where a body without `data` has it below its name: `{"action": "created", "comment": {…}}`; and
/// what happened to it.
fn wrapped(told: &Value) -> Option<(String, &Value)> {
    let holds = |name: &&&str| first(&told[**name], ID, id).is_some();
    let noun = WRAPPED.iter().find(|name| holds(name)).filter(|_| first(told, ID, id).is_none())?;
    Some((format!("{noun}.{}", told["action"].as_str().unwrap_or("created")), &told[*noun]))
}

/// The post, unless it is our own.
fn said(
    native: String,
    kind: Option<Kind>,
    item: &Value,
    platform: &Platform,
    endpoint: &Endpoint,
) -> Option<Post> {
    let author = author(item);
    let own = |account: &Option<String>| account.as_deref().is_some_and(|account| endpoint.is_own(account));
    if own(&author.id) || own(&author.handle) {
        return None;
    }
    let stars = first(item, STARS, stars);
    let kind = kind.unwrap_or_else(|| kind_of(item, stars));
    let text = spoken(item);
    // A review may be stars alone; without either something is missing.
    let text = if text == Text::NotDelivered && stars.is_some() { Text::None } else { text };
    let channel = match item["channel"].as_str() {
        Some("ours") => Channel::Ours,
        Some("elsewhere") => Channel::Elsewhere,
        _ if matches!(kind, Kind::Message | Kind::Review) || endpoint.is_named_in(text.as_str()) => {
            Channel::Ours
        }
        _ => Channel::Elsewhere,
    };
    let mut post = post(platform, native, kind, channel, text);
    post.author = author;
    post.published = first(item, PUBLISHED, moment);
    post.permalink = first(item, LINK, link);
    post.thread = first(item, THREAD, id);
    post.language = first(item, LANGUAGE, label);
    post.stars = stars;
    post.reach = Reach {
        likes: count(&item["likes"]),
        shares: count(&item["shares"]),
        replies: count(&item["replies"]),
    };
    Some(post)
}

/// The words, below their title where there is one: a question often stands there. A text may be an object of what was
/// typed and what is shown of it.
fn spoken(item: &Value) -> Text {
    let text = first(item, WORDS, |value| {
        let shown = |html: &str| words(&plain(html));
        value
            .as_str()
            .map(words)
            .or_else(|| ["raw", "text", "plain"].iter().find_map(|form| value[*form].as_str().map(words)))
            .or_else(|| ["rendered", "html"].iter().find_map(|form| value[*form].as_str().map(shown)))
    });
    let text = text.or_else(|| Some(words(&plain(item["html"].as_str()?))));
    let title = first(item, TITLE, |value| {
        string(value).map(str::to_owned).or_else(|| Some(plain(string(&value["rendered"])?)))
    });
    match (title, text) {
        (Some(title), Some(Text::Delivered(text))) if !text.starts_with(title.trim()) => {
            words(&format!("{title}\n\n{text}"))
        }
        (Some(title), None | Some(Text::None)) => words(&title),
        (_, text) => text.unwrap_or(Text::NotDelivered),
    }
}

fn kind_of(item: &Value, stars: Option<Stars>) -> Kind {
    match item["kind"].as_str() {
        Some("comment" | "reply") => Kind::Comment,
        Some("message") => Kind::Message,
        Some("review") => Kind::Review,
        Some(_) => Kind::Post,
        None if stars.is_some() => Kind::Review,
        None => Kind::Post,
    }
}

/// One to five; a half counts up, and what lies outside is on some other scale.
fn stars(value: &Value) -> Option<Stars> {
    let number = value.as_f64().or_else(|| value.as_str()?.trim().parse().ok())?;
    (1.0..=5.0).contains(&number).then(|| number.round() as u8).and_then(Stars::new)
}

fn first<T>(item: &Value, names: &[&str], read: impl Fn(&Value) -> Option<T>) -> Option<T> {
    names.iter().find_map(|name| read(&item[*name]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn endpoint() -> Endpoint {
        Endpoint { own: vec!["northwindair".into()], ..Endpoint::default() }
    }

    fn one(body: &Value) -> Event {
        let mut events = events(body, &Platform::named("standard"), &endpoint(), Some("msg_1"));
        assert_eq!(events.len(), 1, "{body}");
        events.remove(0)
    }

    fn posted(body: &Value) -> Post {
        match one(body) {
            Event::Posted(post) => post,
            other => panic!("{body} is {other:?}"),
        }
    }

    #[test]
    fn the_usual_names_of_the_fields_are_understood() {
        for item in [
            json!({"id": 7, "text": "late", "url": "https://a.example/7", "lang": "en", "author": {"username": "@wanda"}}),
            json!({"post_id": "7", "content": "late", "permalink": "https://a.example/7", "language": "en", "user": {"screen_name": "wanda"}}),
            json!({"guid": "7", "body": "late", "link": "https://a.example/7", "locale": "en", "from": {"handle": "wanda"}}),
            json!({"uuid": "7", "html": "<p>late</p>", "href": "https://a.example/7", "lang": "en", "author": "@wanda"}),
        ] {
            let post = posted(&json!({"type": "post.created", "data": item}));
            assert_eq!(post.id.native, "7", "{item}");
            assert_eq!(post.text, Text::Delivered("late".into()), "{item}");
            assert_eq!(post.permalink.as_deref(), Some("https://a.example/7"), "{item}");
            assert_eq!(post.language.as_deref(), Some("en"), "{item}");
            assert_eq!(post.author.handle.as_deref(), Some("wanda"), "{item}");
        }
    }

    #[test]
    fn the_events_name_decides_what_it_is() {
        for (name, kind, channel) in [
            ("post.created", Kind::Post, Channel::Elsewhere),
            ("mention.created", Kind::Post, Channel::Elsewhere),
            ("comment.created", Kind::Comment, Channel::Elsewhere),
            ("reply.created", Kind::Comment, Channel::Elsewhere),
            ("message.received", Kind::Message, Channel::Ours),
            ("com.example.review.published", Kind::Review, Channel::Ours),
        ] {
            let post = posted(&json!({"type": name, "data": {"id": "1", "text": "x"}}));
            assert_eq!((post.kind, post.channel), (kind, channel), "{name}");
        }
        for name in ["invoice.created", "post.pinned", ""] {
            let told = json!({"type": name, "data": {"id": "1"}});
            assert_eq!(one(&told), Event::Dropped(DropReason::UnknownEvent), "{name}");
        }
    }

    #[test]
    fn a_name_that_is_none_of_ours_is_not_taken_for_a_post() {
        let data = json!({"id": "a7", "title": "Our new lounge", "text": "It opens on Monday"});
        for (body, posted) in [
            (json!({"topic": "article.status_changed", "data": data}), false),
            (json!({"event_type": "post.created", "data": data}), true),
            (json!({"topic": "Lounges", "id": "a7", "text": "It opens on Monday"}), true),
        ] {
            assert_eq!(matches!(one(&body), Event::Posted(_)), posted, "{body}");
        }
    }

    #[test]
    fn a_thing_may_stand_below_its_name() {
        let comment = json!({"id": 9, "body": "late", "html_url": "https://a.example/9", "url": "https://api.example/9", "user": {"login": "wanda"}});
        let post = posted(
            &json!({"action": "created", "discussion": {"id": 1, "body": "root"}, "comment": comment}),
        );
        assert_eq!((post.id.native.as_str(), post.kind, post.text.as_str()), ("9", Kind::Comment, "late"));
        assert_eq!(post.permalink.as_deref(), Some("https://a.example/9"));
        let gone = one(&json!({"action": "deleted", "comment": comment}));
        assert!(matches!(gone, Event::Deleted { .. }), "{gone:?}");
        for told in [
            json!({"action": "pinned", "discussion": {"id": 1}}),
            json!({"type": "invoice.paid", "message": {"id": 1, "text": "x"}}),
        ] {
            assert_eq!(one(&told), Event::Dropped(DropReason::UnknownEvent), "{told}");
        }
        // The words of a post may themselves be called a comment.
        assert_eq!(posted(&json!({"id": "7", "comment": "late"})).text, Text::Delivered("late".into()));
    }

    #[test]
    fn a_title_is_read_before_the_words() {
        for (item, text) in [
            (
                json!({"id": 1, "title": "Refund?", "text": "Three weeks."}),
                Text::Delivered("Refund?\n\nThree weeks.".into()),
            ),
            (
                json!({"id": 1, "title": {"rendered": "<b>Refund?</b>"}, "content": {"rendered": "<p>Three weeks.</p>"}}),
                Text::Delivered("Refund?\n\nThree weeks.".into()),
            ),
            (
                json!({"id": 1, "title": "Three", "text": "Three weeks."}),
                Text::Delivered("Three weeks.".into()),
            ),
            (json!({"id": 1, "title": "Refund?"}), Text::Delivered("Refund?".into())),
            (json!({"id": 1, "title": " "}), Text::NotDelivered),
        ] {
            assert_eq!(posted(&json!({"data": item})).text, text, "{item}");
        }
    }

    #[test]
    fn stars_may_be_written_in_many_ways_but_only_on_this_scale() {
        for (written, stars) in [
            (json!(1), Some(1)),
            (json!("4"), Some(4)),
            (json!(4.5), Some(5)),
            (json!("3.2"), Some(3)),
            (json!(0), None),
            (json!(10), None),
            (json!("five"), None),
        ] {
            let post = posted(
                &json!({"type": "review.created", "data": {"id": "1", "text": "x", "rating": written}}),
            );
            assert_eq!(post.stars.map(Stars::get), stars, "{written}");
        }
    }

    #[test]
    fn our_handle_or_our_channel_makes_it_ours() {
        for (item, channel) in [
            (json!({"id": "1", "text": "hello @NorthwindAir!"}), Channel::Ours),
            (json!({"id": "1", "text": "hello", "channel": "ours"}), Channel::Ours),
            (json!({"id": "1", "text": "hello @northwindair", "channel": "elsewhere"}), Channel::Elsewhere),
            (json!({"id": "1", "text": "hello"}), Channel::Elsewhere),
        ] {
            assert_eq!(posted(&json!({"data": item})).channel, channel, "{item}");
        }
    }

    #[test]
    fn only_a_created_post_may_take_the_deliverys_id() {
        assert_eq!(posted(&json!({"type": "post.created", "data": {"text": "x"}})).id.native, "msg_1");
        for name in ["post.updated", "post.deleted"] {
            let told = json!({"type": name, "data": {"text": "x"}});
            assert_eq!(one(&told), Event::Dropped(DropReason::Malformed), "{name}");
        }
        let two = json!({"data": [{"text": "a"}, {"text": "b"}]});
        let two = events(&two, &Platform::named("standard"), &endpoint(), Some("msg_1"));
        assert_eq!(two, [Event::Dropped(DropReason::Malformed), Event::Dropped(DropReason::Malformed)]);
    }

    #[test]
    fn a_platform_that_is_named_keeps_its_name_unless_it_is_none() {
        for (named, kept) in
            [(json!("reddit"), "reddit"), (json!("Not A Name"), "standard"), (json!(7), "standard")]
        {
            let post = posted(&json!({"data": {"id": "1", "text": "x", "platform": named}}));
            assert_eq!(post.id.platform.as_str(), kept);
        }
    }
}
