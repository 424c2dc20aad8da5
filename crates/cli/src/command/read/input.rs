//! One line of input: bytes to a post, or what is wrong with it.

use std::borrow::Cow;

use earshot_reading::{Context, Stars};
use serde::Deserialize;
use serde_json::value::RawValue;

/// A post to read.
#[derive(Debug)]
pub(super) struct Post<'a> {
    /// As it was written; `None` where there was none.
    pub(super) id: Option<&'a RawValue>,
    pub(super) text: Cow<'a, str>,
    pub(super) context: Context,
}

/// Why a line cannot be read, and what to do. Never repeats what stood there: posts are other people's words.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub(super) enum LineError {
    #[error("not UTF-8 (first wrong byte at {0}): write the line as UTF-8")]
    NotUtf8(usize),
    #[error("longer than 16 MiB: send one post a line")]
    TooLong,
    #[error(
        "not a JSON object (stopped at column {0}): write {{\"id\": ..., \"text\": \"...\"}} on one line"
    )]
    NotAnObject(usize),
    #[error("\"id\" is not valid JSON: pair its surrogate escapes and keep its numbers in range")]
    BadId,
    #[error("no \"text\": give every line the post's text as a string")]
    NoText,
    #[error(
        "\"text\" is not a valid JSON string: quote it, and write characters outside the BMP as a surrogate pair"
    )]
    BadText,
    #[error("\"{0}\" is {1}: correct it or leave it out")]
    BadField(&'static str, &'static str),
}

#[derive(Debug, Deserialize)]
struct Fields<'a> {
    #[serde(borrow)]
    id: Option<&'a RawValue>,
    #[serde(borrow)]
    text: Option<&'a RawValue>,
    #[serde(borrow)]
    lang: Option<&'a RawValue>,
    #[serde(borrow)]
    stars: Option<&'a RawValue>,
    #[serde(borrow)]
    likes: Option<&'a RawValue>,
    #[serde(borrow)]
    followers: Option<&'a RawValue>,
    #[serde(borrow)]
    public: Option<&'a RawValue>,
}

#[derive(Debug, Deserialize)]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

/// Reads one line; `None` for a blank one.
pub(super) fn parse(line: &[u8]) -> Result<Option<Post<'_>>, LineError> {
    let line = std::str::from_utf8(line).map_err(|error| LineError::NotUtf8(error.valid_up_to() + 1))?;
    let line = line.trim_matches([' ', '\t', '\r']);
    if line.is_empty() {
        return Ok(None);
    }
    if !line.starts_with('{') {
        return Err(LineError::NotAnObject(1));
    }
    let fields: Fields<'_> =
        serde_json::from_str(line).map_err(|error| LineError::NotAnObject(error.column()))?;
    if let Some(id) = fields.id
        && serde_json::from_str::<serde_json::Value>(id.get()).is_err()
    {
        return Err(LineError::BadId);
    }
    let text = fields.text.ok_or(LineError::NoText)?;
    let Text(text) = serde_json::from_str(text.get()).map_err(|_| LineError::BadText)?;
    let context = Context {
        language: optional(fields.lang, "lang", "not a string")?,
        stars: optional::<u8>(fields.stars, "stars", "not a whole number from 1 to 5")?
            .map(|stars| {
                Stars::new(stars).ok_or(LineError::BadField("stars", "not a whole number from 1 to 5"))
            })
            .transpose()?,
        likes: optional(fields.likes, "likes", "not a whole number from 0 up")?,
        followers: optional(fields.followers, "followers", "not a whole number from 0 up")?,
        public: optional(fields.public, "public", "neither true nor false")?,
    };
    Ok(Some(Post { id: fields.id, text, context }))
}

/// A field that may be missing or `null`, both meaning unknown.
fn optional<'a, T: Deserialize<'a>>(
    field: Option<&'a RawValue>,
    name: &'static str,
    wrong: &'static str,
) -> Result<Option<T>, LineError> {
    field
        .map_or(Ok(None), |raw| serde_json::from_str(raw.get()).map_err(|_| LineError::BadField(name, wrong)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_broken_line_says_what_to_do() {
        for (line, error) in [
            (&b"not json"[..], LineError::NotAnObject(1)),
            (b"[1]", LineError::NotAnObject(1)),
            (br#"{"id":1,"text":"cut off"#, LineError::NotAnObject(23)),
            (br#"{"id":1}"#, LineError::NoText),
            (br#"{"id":1,"text":null}"#, LineError::NoText),
            (br#"{"id":1,"text":7}"#, LineError::BadText),
            (br#"{"id":1,"text":"\ud83d"}"#, LineError::BadText),
            (br#"{"id":"\ud83d","text":"a"}"#, LineError::BadId),
            (b"{\"id\":1,\"text\":\"\xFF\"}", LineError::NotUtf8(17)),
            (
                br#"{"id":1,"text":"a","stars":6}"#,
                LineError::BadField("stars", "not a whole number from 1 to 5"),
            ),
            (
                br#"{"id":1,"text":"a","likes":-1}"#,
                LineError::BadField("likes", "not a whole number from 0 up"),
            ),
            (
                br#"{"id":1,"text":"a","public":"yes"}"#,
                LineError::BadField("public", "neither true nor false"),
            ),
        ] {
            assert_eq!(parse(line).err(), Some(error), "{}", String::from_utf8_lossy(line));
        }
    }

    #[test]
    fn no_error_repeats_the_line() {
        for line in [
            r#"{"id":1,"text":"a","lang":["secret"]}"#,
            r#"{"id":1,"text":["secret"]}"#,
            "secret",
            r#"{"secret"}"#,
        ] {
            assert!(!parse(line.as_bytes()).unwrap_err().to_string().contains("secret"), "{line}");
        }
    }

    #[test]
    fn unknown_fields_and_nulls_do_no_harm() {
        let post =
            parse(br#" {"id":[1,{"a":2}],"text":"hi","stars":null,"other":{"deep":[1]}} "#).unwrap().unwrap();
        assert_eq!(post.id.unwrap().get(), r#"[1,{"a":2}]"#);
        assert_eq!(post.context, Context::default());
    }

    #[test]
    fn a_blank_line_is_nothing() {
        assert!(parse(b" \r").unwrap().is_none());
    }
}
