//! Answering through the platforms: said once, whatever crashes.
//!
//! 1. The reply is stored as pending, with the moment at which it is [due](Sending::due) to be looked after, and the
//!    alarm is set for then. The runtime lets no request leave the object before what was written is on disk
//!    (<https://developers.cloudflare.com/durable-objects/reference/in-memory-state/#output-gates>), so no request can
//!    leave that nobody remembers.
//! 2. The request goes out, and what the platform says is stored.
//! 3. Where nothing was stored (a crash) or heard (a silence), the alarm finds the reply due. It looks at the platform
//!    first, and `earshot_desk` decides: said, sent once more, or for a person to find out.
//!
//! Each step is stored only over the state that it started from, so of two that overlap one counts.

use earshot_desk::{
    Begun, Event, Heard, NewReply, Refusal, Reply, ReplyKey, Seen, Sending, StaffMember, Ticket,
};
use earshot_hooks::{Account, Answered, Draft, Looked, Refused, Replier, ReplyRequest, Said, replier};
use earshot_mention::{Mention, MentionId, Post, Timestamp};
use futures_util::future::join_all;
use serde::Deserialize;
use worker::{Result, SqlStorageValue};

use super::Answer;
use super::atomic::atomically;
use super::object::Desk;
use super::rows::{add_event, standing};
use crate::answering::{self, is_direct};
use crate::config;
use crate::failure::Failure;
use crate::platform_call::{self, NoAnswer, PlatformAnswer};

/// How many replies one alarm looks after; the runtime has six connections for an object at a time.
const AT_ONCE: i32 = 6;

/// Why a request could not even be made.
const UNUSABLE: &str =
    "what is set for this platform beside the token makes no request: an admin has to correct it";

#[derive(Deserialize)]
struct Row {
    ticket: String,
    mention: String,
}

#[derive(Deserialize)]
struct Stored {
    sending: String,
}

#[derive(Deserialize)]
struct DueRow {
    ticket: String,
    sending: String,
    mention: String,
}

/// Everything that it takes to answer one post.
struct Way {
    replier: &'static dyn Replier,
    account: Account,
    post: Post,
}

impl Desk {
    /// Answers a mention through its platform.
    pub(super) async fn reply(&self, id: &MentionId, new: NewReply, by: &StaffMember) -> Result<Answer> {
        let patience = config::patience(&self.env);
        // First, because nothing may come between what is read below and what is written.
        self.wake_by(Self::now() + patience.answer + patience.look).await?;

        let query = "SELECT ticket, mention FROM tickets WHERE id = ?";
        let Some(row) = self.row::<Row>(query, vec![id.as_str().into()])? else { return self.missing(id) };
        let ticket: Ticket = serde_json::from_str(&row.ticket)?;
        let post = serde_json::from_str::<Mention>(&row.mention)?.post;
        let new = NewReply { privately: new.privately || is_direct(&post), ..new };
        let earlier: Vec<Reply> = self.sendings(id)?.into_iter().map(|sending| sending.reply).collect();
        let begun = match ticket.answer(&earlier, new, by, Self::now(), patience) {
            Ok(begun) => begun,
            Err(refusal) => return Ok(refused(&refusal)),
        };
        let Begun::New { ticket, claimed, sending } = begun else { return self.shown(id, false) };
        let way = match self.way(post)? {
            Ok(way) => way,
            Err(failure) => return Ok(Answer::Failed(failure)),
        };
        let request = match way.replier.request(&way.post, &draft(&sending.reply), &way.account) {
            Ok(request) => request,
            Err(cannot) => return Ok(Answer::Failed(answering::cannot(&cannot))),
        };
        self.begin(id, &ticket, claimed, &sending)?;
        self.say(id, &way, &sending, request).await?;
        self.shown(id, false)
    }

    /// Takes a person's word for whether a reply is there.
    pub(super) fn looked(
        &self,
        id: &MentionId,
        key: &ReplyKey,
        found: bool,
        by: &StaffMember,
    ) -> Result<Answer> {
        let Some(sending) = self.sendings(id)?.into_iter().find(|sending| sending.reply.key == *key) else {
            let detail = "nobody sent such an answer from here; ask for the mention again";
            return Ok(Answer::Failed(Failure::NotFound(detail.into())));
        };
        match sending.told(found, by, Self::now()) {
            Err(refusal) => return Ok(refused(&refusal)),
            Ok(None) => {}
            Ok(Some((after, event))) => {
                self.record(id, &sending, &after, Some(event))?;
            }
        }
        self.shown(id, false)
    }

    /// Looks after the replies that are due. Others follow at the next alarm, which this sets where there are any.
    pub(super) async fn continue_replies(&self) -> Result<()> {
        let due: Vec<DueRow> = self.rows(
            "SELECT replies.ticket, sending, mention FROM replies JOIN tickets ON tickets.id = replies.ticket
             WHERE due <= ? ORDER BY due LIMIT ?",
            vec![Self::now().as_millis().into(), AT_ONCE.into()],
        )?;
        let continued = join_all(due.iter().map(|row| self.continue_one(row))).await;
        self.wake_for_due().await?;
        continued.into_iter().collect()
    }

    async fn continue_one(&self, row: &DueRow) -> Result<()> {
        let patience = config::patience(&self.env);
        let Ok(id) = MentionId::parse(&row.ticket) else { return Ok(()) };
        let sending: Sending = serde_json::from_str(&row.sending)?;
        let post = serde_json::from_str::<Mention>(&row.mention)?.post;
        let Ok(way) = self.way(post)? else {
            let (after, event) = sending.seen(Seen::NoWay, Self::now(), patience);
            self.record(&id, &sending, &after, event)?;
            return Ok(());
        };
        let seen = self.look(&way, &sending.reply).await;
        let (after, event) = sending.seen(seen, Self::now(), patience);
        let is_ours = self.record(&id, &sending, &after, event)?;
        if !is_ours || after.tries == sending.tries {
            return Ok(());
        }
        match way.replier.request(&way.post, &draft(&after.reply), &way.account) {
            Ok(request) => self.say(&id, &way, &after, request).await,
            Err(cannot) => {
                let heard = Heard::Refused { why: cannot.to_string() };
                let (ended, event) = after.heard(heard, Self::now(), patience);
                self.record(&id, &after, &ended, event).map(drop)
            }
        }
    }

    /// Says it, and stores what came of it.
    async fn say(&self, id: &MentionId, way: &Way, sending: &Sending, request: ReplyRequest) -> Result<()> {
        let patience = config::patience(&self.env);
        let heard = self.hear(way, sending, request).await;
        let (after, event) = sending.heard(heard, Self::now(), patience);
        self.record(id, sending, &after, event)?;
        // A silence is looked into sooner than a crash.
        match after.due {
            Some(due) => self.wake_by(due).await,
            None => Ok(()),
        }
    }

    async fn hear(&self, way: &Way, sending: &Sending, mut request: ReplyRequest) -> Heard {
        let patience = config::patience(&self.env).answer;
        let until = Self::now() + patience;
        let can_look = way.replier.look(&way.post, sending.reply.privately, &way.account).is_some();
        loop {
            let left = until.since(Self::now());
            let PlatformAnswer { status, body, .. } = match platform_call::send(&request, left).await {
                Ok(answer) => answer,
                Err(NoAnswer::Silence) => return Heard::Nothing { can_look },
                Err(NoAnswer::NotSent) => return Heard::Refused { why: UNUSABLE.to_owned() },
            };
            let refused = match status {
                200..=299 => match way.replier.answered(&request, &body, &way.account) {
                    Ok(Answered::Sent(Said { id, permalink })) => return Heard::Said { id, permalink },
                    Ok(Answered::Then(next)) => {
                        request = next;
                        continue;
                    }
                    Err(refused) => refused,
                },
                // Whatever the body says: what breaks on the way may have been stored before it broke.
                408 | 500..=599 => return Heard::Nothing { can_look },
                _ => way.replier.refused(status, &body),
            };
            return match refused {
                // A friendly status with an answer that cannot be read, or trouble: nothing to rely on.
                Refused::Trouble | Refused::Other(200..=299) => Heard::Nothing { can_look },
                Refused::Duplicate => Heard::SaidBefore { why: refused.to_string() },
                _ => Heard::Refused { why: refused.to_string() },
            };
        }
    }

    async fn look(&self, way: &Way, reply: &Reply) -> Seen {
        let Some(request) = way.replier.look(&way.post, reply.privately, &way.account) else {
            return Seen::NoWay;
        };
        match platform_call::send(&request, config::patience(&self.env).answer).await {
            Ok(PlatformAnswer { status: 200..=299, body, .. }) => {
                match way.replier.looked(&body, reply.text.trim(), reply.at) {
                    Looked::There(Said { id, permalink }) => Seen::There { id, permalink },
                    Looked::NotThere => Seen::NotThere,
                    Looked::CannotTell => Seen::Unclear,
                }
            }
            Ok(PlatformAnswer { status, body, .. }) => match way.replier.refused(status, &body) {
                Refused::Token | Refused::NotAllowed | Refused::Gone => Seen::NoWay,
                _ => Seen::Unclear,
            },
            Err(NoAnswer::Silence) => Seen::Unclear,
            Err(NoAnswer::NotSent) => Seen::NoWay,
        }
    }

    fn way(&self, post: Post) -> Result<std::result::Result<Way, Failure>> {
        let workspace = self.known_settings()?.workspace;
        let platform = &post.id.platform;
        let Some(replier) = replier(platform) else {
            return Ok(Err(Failure::Conflict(answering::no_way(platform).into())));
        };
        Ok(match config::account(&self.env, &workspace, platform) {
            Ok(Some(account)) => Ok(Way { replier, account, post }),
            Ok(None) => Err(Failure::NotConfigured(answering::no_token(&workspace, platform).into())),
            Err(failure) => Err(failure),
        })
    }

    fn sendings(&self, id: &MentionId) -> Result<Vec<Sending>> {
        let query = "SELECT sending FROM replies WHERE ticket = ? ORDER BY number";
        let rows: Vec<Stored> = self.rows(query, vec![id.as_str().into()])?;
        rows.iter().map(|row| Ok(serde_json::from_str(&row.sending)?)).collect()
    }

    fn begin(
        &self,
        id: &MentionId,
        ticket: &Ticket,
        claimed: Option<Event>,
        sending: &Sending,
    ) -> Result<()> {
        let id = SqlStorageValue::from(id.as_str());
        let claimed = claimed.map(|event| serde_json::to_string(&event)).transpose()?;
        let [open, waiting, holder, standing] = standing(ticket)?;
        let reply = vec![
            id.clone(),
            sending.reply.key.as_str().into(),
            sending.due.map(Timestamp::as_millis).into(),
            serde_json::to_string(sending)?.into(),
            id.clone(),
        ];
        atomically(&self.state.storage(), move |sql| {
            sql.exec(
                "INSERT INTO replies (ticket, key, number, due, sending)
                 SELECT ?, ?, coalesce(max(number), 0) + 1, ?, ? FROM replies WHERE ticket = ?",
                reply,
            )?;
            let Some(claimed) = claimed else { return Ok(()) };
            sql.exec(
                "UPDATE tickets SET open = ?, waiting = ?, holder = ?, ticket = ? WHERE id = ?",
                vec![open, waiting, holder, standing, id.clone()],
            )?;
            add_event(sql, id, claimed)
        })
    }

    /// Stores what became of a reply, if it still stands as it did `before`. Whether it did.
    fn record(
        &self,
        id: &MentionId,
        before: &Sending,
        after: &Sending,
        event: Option<Event>,
    ) -> Result<bool> {
        let id = SqlStorageValue::from(id.as_str());
        let event = event.map(|event| serde_json::to_string(&event)).transpose()?;
        let change = vec![
            after.due.map(Timestamp::as_millis).into(),
            serde_json::to_string(after)?.into(),
            id.clone(),
            before.reply.key.as_str().into(),
            serde_json::to_string(before)?.into(),
        ];
        atomically(&self.state.storage(), move |sql| {
            let changed = sql.exec(
                "UPDATE replies SET due = ?, sending = ? WHERE ticket = ? AND key = ? AND sending = ?",
                change,
            )?;
            let is_ours = changed.rows_written() > 0;
            match event {
                Some(event) if is_ours => add_event(sql, id, event).map(|()| true),
                _ => Ok(is_ours),
            }
        })
    }
}

fn draft(reply: &Reply) -> Draft<'_> {
    Draft { words: &reply.text, privately: reply.privately, key: reply.key.as_str() }
}

fn refused(refusal: &Refusal) -> Answer {
    Answer::Failed(Failure::Conflict(refusal.to_string().into()))
}
