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
    "/parent/comments/paging/next",
    "/replies/paging/next",
    "/mentioned_media/comments/paging/next",
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

/// How much of a text is ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Likeness {
    None,
    /// At least half of our words are in it.
    Near,
    Same,
}

/// Looks for the words, written at `since` or later, in a platform's list. The same words said earlier are another reply.
/// A list that is `newest_first` and reaches back beyond `since` is whole as far as it matters. Platforms write words in
/// their own ways (links shortened, quotes curled, smileys drawn), so letters and digits decide; and where something
/// new is there that only resembles ours, a machine cannot tell.
pub(super) fn find(list: &[u8], words: &str, since: Timestamp, newest_first: bool) -> Looked {
    let Ok(list) = serde_json::from_slice::<Value>(list) else { return Looked::CannotTell };
    let since = since - SKEW;
    let (likeness, said) = closest(&list, &Words::of(words), since, Around::default(), 0);
    if likeness == Likeness::Same {
        return Looked::There(Said { id: said.id.and_then(id), permalink: None });
    }
    let is_no_list = !(list.is_array() || list.is_object()) || list["ok"] == false;
    if is_no_list || likeness == Likeness::Near || list.get("error").is_some() {
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

/// What is most like our words, and where it stands.
fn closest<'a>(
    value: &'a Value,
    words: &Words,
    since: Timestamp,
    around: Around<'a>,
    depth: usize,
) -> (Likeness, Around<'a>) {
    let none = (Likeness::None, around);
    if depth > DEEPEST {
        return none;
    }
    let liker = |one: (Likeness, Around<'a>), other: (Likeness, Around<'a>)| {
        if other.0 > one.0 { other } else { one }
    };
    match value {
        Value::Array(items) => {
            items.iter().map(|item| closest(item, words, since, around, depth + 1)).fold(none, liker)
        }
        Value::Object(fields) => {
            let here = Around {
                id: first(fields, IDS).or(around.id),
                time: TIMES.iter().find_map(|name| time(fields.get(*name)?)).or(around.time),
            };
            let is_new = here.time.is_none_or(|time| time >= since);
            let like = |(name, value): (&String, &'a Value)| match value {
                Value::String(text) if is_new && TEXTS.contains(&name.as_str()) => {
                    (words.likeness(text), here)
                }
                Value::String(_) => (Likeness::None, here),
                inner => closest(inner, words, since, here, depth + 1),
            };
            fields.iter().map(like).fold(none, liker)
        }
        _ => none,
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

/// Our words, in a form in which platforms' ways of writing them are the same.
struct Words {
    /// As they are, with every run of blanks as one: for words without letters.
    whole: String,
    /// Letters and digits, a word each, in lower case, without links and without the names before them.
    plain: Vec<String>,
}

impl Words {
    fn of(text: &str) -> Self {
        let whole = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let is_name = |word: &&str| word.starts_with('@');
        let words = text.split_whitespace().skip_while(is_name).filter(|word| !is_link(word));
        let letters = |word: &str| -> String {
            word.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
        };
        let plain = words.map(letters).filter(|word| !word.is_empty()).collect();
        Self { whole, plain }
    }

    /// How much of a platform's text is ours. Some give back `&`, `<` and `>` escaped, some give HTML.
    fn likeness(&self, text: &str) -> Likeness {
        let is_html = text.trim_start().starts_with('<') && text.trim_end().ends_with('>');
        let theirs = Self::of(&if is_html { plain(text) } else { unescape(text).into_owned() });
        let is_same = if self.plain.is_empty() {
            theirs.whole.ends_with(&self.whole)
        } else {
            theirs.plain.concat() == self.plain.concat()
        };
        let shared = self.plain.iter().filter(|word| theirs.plain.contains(word)).count();
        match shared {
            _ if is_same => Likeness::Same,
            1.. if shared * 2 >= self.plain.len() => Likeness::Near,
            _ => Likeness::None,
        }
    }
}

/// Whether platforms write this word in a way of their own: an address, with or without its scheme.
fn is_link(word: &str) -> bool {
    let word = word.trim_matches(|letter: char| !letter.is_alphanumeric());
    word.contains("://")
        || word.split_once('.').is_some_and(|(host, rest)| {
            !host.is_empty() && rest.chars().take(2).filter(|letter| letter.is_alphabetic()).count() == 2
        })
}
