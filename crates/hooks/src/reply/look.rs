//! Looking whether something was said already, in a list of what the platform holds.

use std::time::Duration;

use earshot_mention::Timestamp;
use serde_json::{Map, Value};

use super::Said;
use crate::item::id;
use crate::moment::moment;
use crate::text::{plain, unescape};

/// What a look at the platform shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Looked {
    /// It is said.
    There(Said),
    /// All that there is was shown, and it is not among it.
    NotThere,
    /// There may be more than was shown, or what was shown cannot be read.
    CannotTell,
}

/// How far the platform's clock may lag behind ours.
const SKEW: Duration = Duration::from_secs(5 * 60);

/// Names under which the platforms' lists hold a text.
const TEXTS: &[&str] = &[
    "message",
    "text",
    "content",
    "raw",
    "body",
    "plain_body",
    "comment",
    "textOriginal",
    "textDisplay",
    "cooked",
];
/// Names under which they hold the time of a text, in the same object or around it.
const TIMES: &[&str] =
    &["created_time", "timestamp", "created_at", "createdAt", "publishedAt", "updateTime", "ts", "time"];
/// Names under which they hold its id.
const IDS: &[&str] = &["id", "ts", "$URN", "commentUrn"];
/// Where they say that there is more than they show.
const MORE: &[&str] = &[
    "/paging/next",
    "/comments/paging/next",
    "/data/0/messages/paging/next",
    "/nextPageToken",
    "/next_page",
    "/meta/next_token",
    "/response_metadata/next_cursor",
    "/links/next",
];
/// Where they say how many there are, beside a list that may hold fewer.
const COUNTED: &[(&str, &str)] = &[("/paging/total", "/elements")];
/// Lists of this length or longer, without a word on whether there is more, may have been cut.
const LIKELY_CUT: usize = 20;
/// Deepest that a list is searched.
const DEEPEST: usize = 16;

/// What is known of the object that is looked at, from itself and from what is around it.
#[derive(Clone, Copy, Default)]
struct Around<'a> {
    id: Option<&'a Value>,
    time: Option<Timestamp>,
}

/// Looks for the words, written at `since` or later, in a platform's list. The same words said earlier are another reply.
/// A list that is `newest_first` and reaches back beyond `since` is whole as far as it matters.
pub(super) fn find(list: &[u8], words: &str, since: Timestamp, newest_first: bool) -> Looked {
    let Ok(list) = serde_json::from_slice::<Value>(list) else { return Looked::CannotTell };
    let since = since - SKEW;
    if let Some(said) = said(&list, &folded(words), since, Around::default(), 0) {
        return Looked::There(Said { id: said.id.and_then(id), permalink: None });
    }
    let is_no_list = !(list.is_array() || list.is_object()) || list["ok"] == false;
    if is_no_list || list.get("error").is_some() {
        return Looked::CannotTell;
    }
    if has_more(&list) && !(newest_first && goes_back_to(&list, since, 0)) {
        return Looked::CannotTell;
    }
    Looked::NotThere
}

fn has_more(list: &Value) -> bool {
    let told = MORE.iter().any(|place| {
        list.pointer(place).is_some_and(|more| !more.is_null() && *more != "" && *more != false)
    });
    let fewer = COUNTED.iter().any(|(total, shown)| {
        let total = list.pointer(total).and_then(Value::as_u64).unwrap_or(0);
        list.pointer(shown).and_then(Value::as_array).is_some_and(|shown| (shown.len() as u64) < total)
    });
    let bare = list.as_array().is_some_and(|items| items.len() >= LIKELY_CUT);
    told || fewer || bare || list["has_more"] == true
}

/// Whether anything in it is from before `since`.
fn goes_back_to(value: &Value, since: Timestamp, depth: usize) -> bool {
    depth <= DEEPEST
        && match value {
            Value::Array(items) => items.iter().any(|item| goes_back_to(item, since, depth + 1)),
            Value::Object(fields) => {
                TIMES.iter().any(|name| fields.get(*name).and_then(time).is_some_and(|time| time < since))
                    || fields.values().any(|value| goes_back_to(value, since, depth + 1))
            }
            _ => false,
        }
}

fn said<'a>(
    value: &'a Value,
    words: &str,
    since: Timestamp,
    around: Around<'a>,
    depth: usize,
) -> Option<Around<'a>> {
    if depth > DEEPEST {
        return None;
    }
    match value {
        Value::Array(items) => items.iter().find_map(|item| said(item, words, since, around, depth + 1)),
        Value::Object(fields) => {
            let here = Around {
                id: first(fields, IDS).or(around.id),
                time: TIMES.iter().find_map(|name| time(fields.get(*name)?)).or(around.time),
            };
            let is_new = here.time.is_none_or(|time| time >= since);
            let is_it = |(name, value): (&String, &Value)| {
                TEXTS.contains(&name.as_str()) && value.as_str().is_some_and(|text| is_same(text, words))
            };
            if is_new && fields.iter().any(is_it) {
                return Some(here);
            }
            fields
                .values()
                .filter(|value| !value.is_string())
                .find_map(|value| said(value, words, since, here, depth + 1))
        }
        _ => None,
    }
}

/// A time, also as Slack writes it: seconds with a fraction that makes the message's id.
fn time(value: &Value) -> Option<Timestamp> {
    moment(value).or_else(|| {
        let (seconds, _) = value.as_str()?.split_once('.')?;
        seconds.parse().ok().map(Timestamp::from_seconds)
    })
}

fn first<'a>(fields: &'a Map<String, Value>, names: &[&str]) -> Option<&'a Value> {
    names.iter().find_map(|name| fields.get(*name)).filter(|value| id(value).is_some())
}

/// Whether a text of the platform's is the words. Slack and X give back `&`, `<` and `>` escaped; Mastodon and X put the
/// name of who is answered before the words; some give HTML.
fn is_same(text: &str, words: &str) -> bool {
    let text = folded(&unescape(text));
    text == words
        || text.split_once(' ').is_some_and(|(first, rest)| first.starts_with('@') && rest == words)
        || (text.starts_with('<') && folded(&plain(&text)).ends_with(words))
}

/// The words with every run of blanks as one: platforms change those.
fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
