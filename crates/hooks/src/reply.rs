//! Answering a post through its platform: requests as data, sent by the edge.
//!
//! A person writes the words; nothing here is ever sent by itself. The edge keeps the draft before it sends, and after
//! a crash or a silence it looks ([`Replier::look`], [`Replier::found`]) before it sends again, so that a customer is
//! never answered twice. Where a platform offers no way to look, the edge asks the person.

mod account;
mod discourse;
mod google;
mod linkedin;
mod look;
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

use std::time::Duration;

use earshot_mention::{Platform, Post, Timestamp};
use serde_json::Value;

use crate::item::id;

pub use account::{Account, AccountError, is_safe_address};
pub(crate) use google::{API as GOOGLE, name as review_name};
pub(crate) use linkedin::{API as LINKEDIN, VERSION as LINKEDIN_VERSION};
pub use look::Looked;
pub(crate) use meta::GRAPH;
pub use refused::{CannotReply, Refused};
pub use request::{HeaderValue, ReplyRequest, Verb};
pub(crate) use request::{base, own_id, part};

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
    /// It is said.
    Sent(Said),
    /// Not yet: this must follow.
    Then(ReplyRequest),
}

/// What was said, as far as the platform tells.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said {
    /// The platform's id of it.
    pub id: Option<String>,
    /// Where a person can read it.
    pub permalink: Option<String>,
}

/// What a platform asks of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// The most characters it may have.
    pub longest: usize,
    /// For how long after the post the platform takes it; for as long as the post stands where not said.
    pub window: Option<Duration>,
}

impl Limit {
    pub(crate) const fn of(longest: usize) -> Self {
        Self { longest, window: None }
    }

    pub(crate) const fn within(self, window: Duration) -> Self {
        Self { window: Some(window), ..self }
    }
}

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// How to answer on one platform.
pub trait Replier: Sync {
    /// Which.
    fn platform(&self) -> Platform;

    /// What the platform asks of an answer to this post, for all to read or `privately`; `None` where there is no such
    /// way. A message is answered in private, whatever is asked for.
    fn limit(&self, post: &Post, privately: bool) -> Option<Limit>;

    /// The words, if the platform has such a way and they fit.
    ///
    /// # Errors
    /// [`CannotReply`] where not.
    fn fitting<'a>(&self, post: &Post, draft: &Draft<'a>) -> Result<&'a str, CannotReply> {
        let limit = self.limit(post, draft.privately).ok_or(CannotReply::NotPossible)?;
        fitting(draft.words, limit.longest)
    }

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
        let id = said_id(answer);
        let permalink = id.as_deref().and_then(|id| self.permalink(id));
        Ok(Answered::Sent(Said { id, permalink }))
    }

    /// Where a person can read what was said, where its id is enough to know.
    fn permalink(&self, _id: &str) -> Option<String> {
        None
    }

    /// The request that shows what was already answered, newest first where the platform lets us choose; `None` where
    /// there is no way to look.
    fn look(&self, post: &Post, privately: bool, account: &Account) -> Option<ReplyRequest>;

    /// Whether what [`look`](Self::look) brings begins with the newest.
    fn shows_newest_first(&self) -> bool {
        false
    }

    /// Whether these words, sent at `since` or later, stand among what [`look`](Self::look) brought with a 2xx.
    fn looked(&self, answer: &[u8], words: &str, since: Timestamp) -> Looked {
        match look::find(answer, words, since, self.shows_newest_first()) {
            Looked::There(Said { id, .. }) => {
                let permalink = id.as_deref().and_then(|id| self.permalink(id));
                Looked::There(Said { id, permalink })
            }
            other => other,
        }
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
