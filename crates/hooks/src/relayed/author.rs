//! Who wrote it, under the usual names.

use earshot_mention::Author;
use serde_json::Value;

use super::first;
use crate::item::{count, handle, id, label};

const AUTHOR: &[&str] = &["author", "user", "from", "sender", "consumer"];
const HANDLE: &[&str] = &["handle", "username", "screen_name", "login"];
const NAME: &[&str] = &["name", "display_name", "displayName"];
const FOLLOWERS: &[&str] = &["followers", "followers_count", "follower_count"];

pub(super) fn author(item: &Value) -> Author {
    let who = AUTHOR.iter().map(|name| &item[*name]).find(|who| !who.is_null()).unwrap_or(&Value::Null);
    if who.is_object() {
        return Author {
            id: id(&who["id"]),
            handle: first(who, HANDLE, handle),
            name: first(who, NAME, label),
            followers: first(who, FOLLOWERS, count),
        };
    }
    // A bare string is a name, unless it says by its mark that it is a handle.
    let marked = who.as_str().is_some_and(|who| who.starts_with('@'));
    Author {
        id: id(&item["author_id"]),
        handle: if marked {
            handle(who)
        } else {
            first(item, &["author_handle", "handle", "username"], handle)
        },
        name: if marked {
            label(&item["author_name"])
        } else {
            label(who).or_else(|| label(&item["author_name"]))
        },
        followers: first(item, FOLLOWERS, count),
    }
}
