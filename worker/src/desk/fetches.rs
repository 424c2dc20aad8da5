//! Fetching the words that a platform left out: a mention on Facebook or Instagram, a Google review, a comment on LinkedIn
//! or TikTok.
//!
//! The delivery is answered without them: the mention is on the desk, marked as *text not delivered*, and the alarm
//! fetches the words at once. Then the mention is read and triaged as if it had come with them: what nobody needs to
//! look at leaves the desk again, unless somebody has begun to deal with it.

use std::time::Duration;

use earshot_desk::{State, Ticket};
use earshot_hooks::{Refused, fetcher, replier};
use earshot_mention::{FlaggedBy, Mention, MentionId, Platform, Post, Timestamp};
use futures_util::future::join_all;
use serde::Deserialize;
use worker::{Result, SqlStorageValue, console_error};

use super::admission::REMEMBERED;
use super::atomic::atomically;
use super::object::Desk;
use crate::config::{self, Silo};
use crate::intake;
use crate::platform_call::{self, NoAnswer, PlatformAnswer};

/// How many are fetched in one alarm; the runtime has six connections for an object at a time.
const AT_ONCE: i32 = 6;
/// How often it is tried.
const MOST_TRIES: i32 = 8;
/// How long after a first failure it is tried again; each later wait is twice the one before, so the last is after an
/// hour.
const FIRST_WAIT: Duration = Duration::from_secs(30);

#[derive(Deserialize)]
struct Row {
    ticket: String,
    tries: i32,
    due: i64,
    mention: String,
}

#[derive(Deserialize)]
struct There {}

#[derive(Deserialize)]
struct Standing {
    ticket: String,
    notes: u32,
    replies: u32,
}

/// What a try to fetch came to.
enum Words {
    Here(Box<Post>),
    Later,
    Never,
}

impl Desk {
    /// Whether what this platform leaves out can be fetched here.
    pub(super) fn can_fetch(&self, platform: &Platform, workspace: &str) -> bool {
        fetcher(platform).is_some() && matches!(config::account(&self.env, workspace, platform), Ok(Some(_)))
    }

    /// Notes that these mentions' words are to be fetched.
    pub(super) async fn want_words(&self, ids: &[&MentionId]) -> Result<()> {
        if ids.is_empty() {
            return Ok(());
        }
        let now = Self::now();
        for id in ids {
            self.sql.exec(
                "INSERT INTO fetches (ticket, tries, due) VALUES (?, 0, ?)
                 ON CONFLICT (ticket) DO UPDATE SET tries = 0, due = excluded.due",
                vec![id.as_str().into(), now.as_millis().into()],
            )?;
        }
        self.wake_by(now).await
    }

    /// Fetches what is due. Others follow at the next alarm, which this sets where there are any.
    pub(super) async fn continue_fetches(&self) -> Result<()> {
        let due: Vec<Row> = self.rows(
            "SELECT fetches.ticket, tries, due, mention FROM fetches JOIN tickets ON tickets.id = fetches.ticket
             WHERE due <= ? ORDER BY due LIMIT ?",
            vec![Self::now().as_millis().into(), AT_ONCE.into()],
        )?;
        let fetched = join_all(due.iter().map(|row| self.fetch_one(row))).await;
        self.wake_for_due().await?;
        fetched.into_iter().collect()
    }

    async fn fetch_one(&self, row: &Row) -> Result<()> {
        let before: Mention = serde_json::from_str(&row.mention)?;
        let words = self.ask_for(&before.post).await?;
        let here = vec![row.ticket.as_str().into(), row.due.into()];
        let query = "SELECT 1 FROM fetches WHERE ticket = ? AND due = ?";
        if self.row::<There>(query, here)?.is_none() {
            // Deleted meanwhile, or changed once more and due again.
            return Ok(());
        }
        if matches!(words, Words::Later) && row.tries + 1 < MOST_TRIES {
            let due = Self::now() + FIRST_WAIT * (1 << row.tries.clamp(0, MOST_TRIES));
            self.sql.exec(
                "UPDATE fetches SET tries = tries + 1, due = ? WHERE ticket = ?",
                vec![due.as_millis().into(), row.ticket.as_str().into()],
            )?;
            return Ok(());
        }
        self.sql.exec("DELETE FROM fetches WHERE ticket = ?", vec![row.ticket.as_str().into()])?;
        match words {
            Words::Here(post) => self.take_words(&before, *post),
            Words::Later | Words::Never => Ok(()),
        }
    }

    async fn ask_for(&self, post: &Post) -> Result<Words> {
        let platform = &post.id.platform;
        let workspace = self.known_settings()?.workspace;
        let (Some(fetcher), Ok(Some(account))) =
            (fetcher(platform), config::account(&self.env, &workspace, platform))
        else {
            return Ok(Words::Never);
        };
        let Some(request) = fetcher.request(post, &account) else { return Ok(Words::Never) };
        let PlatformAnswer { status, body, .. } =
            match platform_call::send(&request, config::patience(&self.env).answer).await {
                Ok(answer) => answer,
                Err(NoAnswer::Silence) => return Ok(Words::Later),
                Err(NoAnswer::NotSent) => return Ok(Words::Never),
            };
        if (200..300).contains(&status) {
            if fetcher.is_for_later(&body) {
                return Ok(Words::Later);
            }
            let read = fetcher.read(post, &body);
            return Ok(read.map_or(Words::Never, |post| Words::Here(Box::new(post))));
        }
        let refused =
            replier(platform).map_or(Refused::from_status(status), |replier| replier.refused(status, &body));
        Ok(match refused {
            Refused::TooMany | Refused::Trouble => Words::Later,
            _ => {
                console_error!("the words of a mention on {platform} cannot be fetched: {refused}");
                Words::Never
            }
        })
    }

    /// Puts the words where they were missing.
    fn take_words(&self, before: &Mention, post: Post) -> Result<()> {
        let settings = self.known_settings()?;
        let silo = Silo::find(&self.env, &settings.workspace)
            .map_err(|failure| worker::Error::RustError(failure.to_string()))?;
        let (card, is_flagged) = intake::fetched(&silo, post, before.received)?;
        if !is_flagged && before.flag.by == FlaggedBy::Triage && self.is_untouched(&before.id)? {
            return self.let_go(&before.id);
        }
        self.revise(&settings, &card, is_flagged, None, Self::now()).map(drop)
    }

    /// Whether nobody has done anything with it.
    fn is_untouched(&self, id: &MentionId) -> Result<bool> {
        let row = self.row::<Standing>(
            "SELECT ticket, notes, (SELECT count(*) FROM replies WHERE replies.ticket = tickets.id) AS replies
             FROM tickets WHERE id = ?",
            vec![id.as_str().into()],
        )?;
        let Some(row) = row else { return Ok(false) };
        let ticket: Ticket = serde_json::from_str(&row.ticket)?;
        Ok(ticket.state == State::Waiting && row.notes == 0 && row.replies == 0)
    }

    /// Takes from the desk what nobody needs to look at, and remembers that it was there: the platform may send it again.
    fn let_go(&self, id: &MentionId) -> Result<()> {
        let id = SqlStorageValue::from(id.as_str());
        let until: Timestamp = Self::now() + REMEMBERED;
        atomically(&self.state.storage(), move |sql| {
            sql.exec(
                "INSERT INTO tombstones (id, deleted, until, cleared) VALUES (?, 0, ?, 0)
                 ON CONFLICT (id) DO NOTHING",
                vec![id.clone(), until.as_millis().into()],
            )?;
            sql.exec("DELETE FROM events WHERE ticket = ?", vec![id.clone()])?;
            sql.exec("DELETE FROM tickets WHERE id = ?", vec![id])?;
            Ok(())
        })
    }
}
