//! Answering a post through its platform: requests as data, sent by the edge.
//!
//! A person writes the words; nothing here is ever sent by itself. The edge keeps the draft before it sends, and after
//! a crash or a silence it looks ([`Replier::look`], [`Replier::found`]) before it sends again, so that a customer is
//! never answered twice. Where a platform offers no way to look, the edge asks the person.

mod discourse;
mod google;
mod linkedin;
mod mastodon;
mod meta;
mod refused;
mod request;
mod slack;
mod telegram;
mod threads;
mod trustpilot;
mod whatsapp;
mod x;
mod youtube;
mod zendesk;

use earshot_mention::{Platform, Post};
use serde_json::Value;

use crate::item::id;
use crate::text::{plain, unescape};

pub use refused::{CannotReply, Refused};
pub use request::{HeaderValue, ReplyRequest, Verb};

use crate::Secret;

/// The account in whose name we answer.
#[derive(Debug, Clone)]
pub struct Account {
    /// What the platform's API lets in.
    pub token: Secret,
    /// The account's own id there: a page's, a user's, a phone number's, an organisation's URN.
    pub id: Option<String>,
    /// A user name, where the API asks for one beside the token (Discourse, Zendesk).
    pub user: Option<String>,
    /// The address of the API: needed where every customer of the platform has one of their own (Discourse, Mastodon,
    /// Zendesk), otherwise only where a test stands in for the platform.
    pub base: Option<String>,
}

/// What a person wants to say.
#[derive(Debug, Clone, Copy)]
pub struct Draft<'a> {
    /// The words.
    pub words: &'a str,
    /// Whether to answer a public comment in private, where the platform can.
    pub privately: bool,
    /// The draft's own id: platforms that know such keys take a second delivery of it for the first.
    pub key: &'a str,
}

/// What the platform made of a request it did not refuse.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answered {
    /// It is said. The id of what was said, where the platform tells.
    Sent(Option<String>),
    /// Not yet: this must follow.
    Then(ReplyRequest),
}

/// How to answer on one platform.
pub trait Replier: Sync {
    /// Which.
    fn platform(&self) -> Platform;

    /// The request that says it.
    ///
    /// # Errors
    /// [`CannotReply`] where the post cannot be answered, or the account lacks something.
    fn request(&self, post: &Post, draft: &Draft<'_>, account: &Account)
    -> Result<ReplyRequest, CannotReply>;

    /// Reads the answer to `request`, which got a 2xx.
    ///
    /// # Errors
    /// [`Refused`] where the platform says no in spite of the status.
    fn answered(
        &self,
        _request: &ReplyRequest,
        answer: &[u8],
        _account: &Account,
    ) -> Result<Answered, Refused> {
        Ok(Answered::Sent(said_id(answer)))
    }

    /// The request that shows what was already answered; `None` where there is no way to look.
    fn look(&self, post: &Post, account: &Account) -> Option<ReplyRequest>;

    /// Whether these words stand among what [`look`](Self::look) brought: then they are not sent again.
    fn found(&self, answer: &[u8], words: &str) -> bool {
        serde_json::from_slice(answer).is_ok_and(|answer| holds(&answer, &folded(words), 0))
    }

    /// What a status other than 2xx means, in words a person can act on.
    fn refused(&self, status: u16, _answer: &[u8]) -> Refused {
        Refused::from_status(status)
    }
}

/// Every platform that can be answered through its API.
pub static REPLIERS: &[&dyn Replier] = &[
    &meta::Facebook,
    &meta::Instagram,
    &threads::Threads,
    &whatsapp::WhatsApp,
    &x::X,
    &linkedin::LinkedIn,
    &discourse::Discourse,
    &mastodon::Mastodon,
    &telegram::Telegram,
    &slack::Slack,
    &zendesk::Zendesk,
    &trustpilot::Trustpilot,
    &google::Google,
    &youtube::YouTube,
];

/// How to answer on this platform; `None` means *copy and open the post*.
#[must_use]
pub fn replier(platform: &Platform) -> Option<&'static dyn Replier> {
    REPLIERS.iter().copied().find(|replier| replier.platform() == *platform)
}

/// The words, if they fit: not blank and no longer than the platform takes, counted in characters.
fn fitting(words: &str, longest: usize) -> Result<&str, CannotReply> {
    let words = words.trim();
    let length = words.chars().count();
    match length {
        0 => Err(CannotReply::NoWords),
        _ if length > longest => Err(CannotReply::TooLong { longest, length }),
        _ => Ok(words),
    }
}

/// Where the platforms' answers name what was said.
fn said_id(answer: &[u8]) -> Option<String> {
    let answer: Value = serde_json::from_slice(answer).ok()?;
    [
        "/id",
        "/data/id",
        "/message_id",
        "/messages/0/id",
        "/data/dm_event_id",
        "/result/message_id",
        "/ts",
        "/commentUrn",
    ]
    .iter()
    .find_map(|place| id(answer.pointer(place)?))
}

/// Names under which the platforms' lists hold a text.
const SAID: &[&str] = &[
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
/// Deepest that a list of answers is searched.
const DEEPEST: usize = 16;

/// Whether the words stand anywhere in it as a text of their own.
fn holds(value: &Value, words: &str, depth: usize) -> bool {
    if depth > DEEPEST {
        return false;
    }
    match value {
        Value::Array(items) => items.iter().any(|item| holds(item, words, depth + 1)),
        Value::Object(fields) => fields.iter().any(|(name, value)| match value {
            Value::String(text) if SAID.contains(&name.as_str()) => {
                // Slack and X give back `&`, `<` and `>` escaped.
                let text = folded(&unescape(text));
                // A platform may put the name of the person who is answered before the words.
                text == words
                    || text
                        .split_once(' ')
                        .is_some_and(|(first, rest)| first.starts_with('@') && rest == words)
                    || (text.starts_with('<') && folded(&plain(&text)).ends_with(words))
            }
            inner => holds(inner, words, depth + 1),
        }),
        _ => false,
    }
}

/// The words with every run of blanks as one: platforms change those.
fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
