//! A mention in few words, small enough to travel beside its key.

use earshot_reading::{Level, SentimentLabel};
use serde::{Deserialize, Serialize};
use unicode_segmentation::UnicodeSegmentation;

use crate::{FlagReason, Mention, Platform};

/// A mention in few words: the metadata of its KV value, so that a list needs no value. Its JSON has at most
/// [`MentionSummary::LONGEST_JSON`] bytes whatever the mention
/// (<https://developers.cloudflare.com/kv/platform/limits/>).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MentionSummary {
    /// How urgent it is.
    pub level: Level,
    /// The urgency's score, 0 to 100.
    pub score: u8,
    /// How the writer feels.
    pub sentiment: SentimentLabel,
    /// Where it stands.
    pub platform: Platform,
    /// The author's handle with `@`, or name; cut where it is long.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// The beginning of the text on one line, ending with `…` where it was cut.
    pub excerpt: String,
    /// Why it was flagged, most telling first; as many as fit.
    pub reasons: Vec<FlagReason>,
}

/// Bytes of JSON that the author's name may take.
const AUTHOR_BYTES: usize = 96;
/// Bytes of JSON that the reasons may take, with quotes and commas.
const REASON_BYTES: usize = 240;
/// Bytes of JSON that the excerpt may take. What is left of the whole holds the field names and the platform.
const EXCERPT_BYTES: usize = 480;

impl MentionSummary {
    /// The longest that the JSON of a summary can be, in bytes.
    pub const LONGEST_JSON: usize = 1024;

    /// The summary of a mention.
    #[must_use]
    pub fn of(mention: &Mention) -> Self {
        let author = &mention.post.author;
        let author = match (&author.handle, &author.name) {
            (Some(handle), _) => Some(format!("@{}", handle.trim_start_matches('@'))),
            (None, Some(name)) => Some(name.clone()),
            (None, None) => None,
        };
        let mut left = REASON_BYTES;
        let reasons = mention.flag.reasons.iter().take_while(|reason| {
            let bytes = json_bytes(&reason.0) + "\"\",".len();
            let fits = bytes <= left;
            left = left.saturating_sub(bytes);
            fits
        });
        Self {
            level: mention.reading.urgency.level,
            score: mention.reading.urgency.score,
            sentiment: mention.reading.sentiment.label,
            platform: mention.post.id.platform.clone(),
            author: author.map(|author| cut(&author, AUTHOR_BYTES)),
            excerpt: cut(mention.post.text.as_str(), EXCERPT_BYTES),
            reasons: reasons.cloned().collect(),
        }
    }
}

/// The beginning of `text` on one line, in whole characters as people see them, within `most` bytes of JSON.
fn cut(text: &str, most: usize) -> String {
    let ellipsis = "…";
    let mut line = String::new();
    let mut bytes = 0;
    // Where the line must end if the next character does not fit: room is kept for the ellipsis.
    let mut cut_at = 0;
    for grapheme in text.graphemes(true) {
        let blank = grapheme.chars().all(|letter| letter.is_whitespace() || letter.is_control());
        if blank && (line.is_empty() || line.ends_with(' ')) {
            continue;
        }
        let shown = if blank { " " } else { grapheme };
        bytes += json_bytes(shown);
        if bytes > most {
            line.truncate(cut_at);
            line.truncate(line.trim_end().len());
            line.push_str(ellipsis);
            return line;
        }
        line.push_str(shown);
        if bytes + ellipsis.len() <= most {
            cut_at = line.len();
        }
    }
    line.truncate(line.trim_end().len());
    line
}

/// How many bytes `text` takes inside a JSON string, quotes aside.
fn json_bytes(text: &str) -> usize {
    let escaped = |letter: char| match letter {
        '"' | '\\' | '\u{8}' | '\t' | '\n' | '\u{c}' | '\r' => 2,
        '\0'..='\u{1f}' => 6,
        _ => letter.len_utf8(),
    };
    text.chars().map(escaped).sum()
}
