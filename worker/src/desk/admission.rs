//! Taking in what webhooks and staff bring: each mention once.

use std::borrow::Cow;
use std::time::Duration;

use earshot_desk::{Command, Event, Happening, Reads, StaffMember, Standing, Step, Ticket, Told};
use earshot_mention::{FlagReason, FlaggedBy, Mention, MentionId, Text, Timestamp};
use serde::Deserialize;
use worker::{Result, SqlStorageValue};

use super::atomic::atomically;
use super::object::Desk;
use super::rows::{add_event, rank, standing};
use super::{Answer, Card, Delivery, Item, Settings, Taken};
use crate::failure::Failure;
use crate::tally::Tally;

/// How long a mention that is gone stays known: longer than any platform sends a delivery again (WhatsApp: 7 days).
pub(super) const REMEMBERED: Duration = Duration::from_secs(8 * DAY_SECONDS);

pub(super) const DAY_SECONDS: u64 = 24 * 60 * 60;

#[derive(Deserialize)]
struct Row {
    ticket: String,
    edited: Option<i64>,
    mention: String,
}

#[derive(Deserialize)]
struct Shown {
    edited: Option<i64>,
}

#[derive(Deserialize)]
struct There {}

impl Desk {
    /// Takes what a webhook told of. The answer is sent once it is durable, here and in KV.
    pub(super) async fn take(&self, delivery: Delivery) -> Result<Answer> {
        self.remember(&delivery.settings)?;
        self.count(&delivery.counted)?;
        let now = Self::now();
        let mut taken = Vec::with_capacity(delivery.items.len());
        let mut touched = Vec::with_capacity(delivery.items.len());
        let mut without_words = Vec::new();
        for item in &delivery.items {
            let (id, outcome) = match item {
                Item::AlsoKnownAs { id, also } => (Cow::Borrowed(id), self.also_known_as(id, also, now)?),
                // What we have stays until there is something better.
                Item::Revise { card, .. }
                    if card.is_thin && self.can_fetch_again(&delivery.settings, card)? =>
                {
                    without_words.push(&card.admission.id);
                    (Cow::Borrowed(&card.admission.id), Taken::Known)
                }
                Item::Admit(card) => {
                    let taken = self.take_in(&delivery.settings, card, Told::Posted, now)?;
                    (Cow::Borrowed(&card.admission.id), taken)
                }
                Item::Revise { card, reads, at } => {
                    let told = Told::Edited { at: *at, reads: *reads };
                    let taken = self.take_in(&delivery.settings, card, told, now)?;
                    (Cow::Borrowed(&card.admission.id), taken)
                }
                Item::Forget { id } => {
                    if let Some(kept) = self.kept_as(id)? {
                        self.forget(&kept, now)?;
                        touched.push(Cow::Owned(kept));
                    }
                    (Cow::Borrowed(id), self.forget(id, now)?)
                }
            };
            if let Item::Admit(card) | Item::Revise { card, .. } = item
                && card.is_thin
                && outcome == Taken::Admitted
                && self.can_fetch(&card.platform, &delivery.settings.workspace)
            {
                without_words.push(&card.admission.id);
            }
            taken.push(outcome);
            touched.push(id);
        }
        self.want_words(&without_words).await?;
        let touched: Vec<&MentionId> = touched.iter().map(AsRef::as_ref).collect();
        self.settle(&touched).await?;
        Ok(Answer::Taken(taken))
    }

    /// Takes what a member of staff flagged. A second time changes nothing but a note that says something new.
    pub(super) async fn flag(
        &self,
        settings: Settings,
        card: &Card,
        note: Option<String>,
        by: &StaffMember,
    ) -> Result<Answer> {
        self.remember(&settings)?;
        let id = &card.admission.id;
        let taken = self.admit(&settings, card, None, Self::now())?;
        // What the person saw is newer than what overtook its post.
        self.put_out_of_mind(id)?;
        if taken == Taken::Gone {
            let gone = "this post was deleted, or its time here is over; it cannot come back to the desk";
            return Ok(Answer::Failed(Failure::Conflict(gone.into())));
        }
        if let Some(text) = note
            && !self.has_note(id, &text, by)?
            && let Answer::Failed(failure) = self.act(id, &Command::Note { text }, by)?
        {
            return Ok(Answer::Failed(failure));
        }
        self.settle(&[id]).await?;
        self.shown(id, taken == Taken::Admitted)
    }

    /// What is told of a post: the rules are [`Standing`]'s.
    fn take_in(&self, settings: &Settings, card: &Card, told: Told, now: Timestamp) -> Result<Taken> {
        let id = &card.admission.id;
        let kept = self.in_mind(id)?;
        if kept.is_none() && told == Told::Posted {
            return self.admit(settings, card, None, now);
        }
        let query = "SELECT edited FROM tickets WHERE id = ?";
        let here = self.row::<Shown>(query, vec![id.as_str().into()])?;
        let standing = match (&here, &kept) {
            (Some(shown), _) => Standing::Here { edited: shown.edited.map(Timestamp::from_millis) },
            (None, Some(kept)) => kept.standing(),
            (None, None) => Standing::Unknown,
        };
        let (at, flagged) = match told {
            Told::Posted => (None, true),
            Told::Edited { at, reads } => (at, reads == Reads::Flagged),
        };
        let taken = match standing.step(told) {
            Step::Admit => {
                self.put_out_of_mind(id)?;
                return self.admit(settings, card, at, now);
            }
            Step::AdmitThenRecall => self.admit(settings, card, at, now)?,
            Step::Revise => self.revise(settings, card, flagged, at, now)?,
            Step::KeepInMind => self.keep_in_mind(settings, card, true, at, now)?,
            Step::KeepItsTime => self.keep_in_mind(settings, card, false, at, now)?,
            Step::Pass if here.is_some() => Taken::Known,
            Step::Pass => Taken::Passed,
        };
        // Also where an earlier call got no further than admitting it.
        if let Some(kept) = kept.filter(|_| here.is_some() || taken == Taken::Admitted) {
            self.recall(settings, id, &kept, now)?;
        }
        Ok(taken)
    }

    fn admit(
        &self,
        settings: &Settings,
        card: &Card,
        edited: Option<Timestamp>,
        now: Timestamp,
    ) -> Result<Taken> {
        let id = card.admission.id.as_str();
        let (ticket, event) = Ticket::admit(card.admission.clone(), &settings.targets, now);
        let kept = Duration::from_secs(u64::from(settings.retention_days.max(1)) * DAY_SECONDS);
        let [open, waiting, holder, standing] = standing(&ticket)?;
        let inserted = self.sql.exec(
            "INSERT INTO tickets (id, level, deadline, score, open, waiting, holder, positive, platform, notes, cut,
                                  version, stored, edited, expires, ticket, summary, born, mention, search, whole)
             SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, 1, 0, ?, ?, ?, ?, ?, ?, ?, ?
             WHERE NOT EXISTS (SELECT 1 FROM tombstones WHERE id = ?)
             ON CONFLICT (id) DO NOTHING",
            vec![
                id.into(),
                rank(ticket.level).into(),
                ticket.deadline.0.as_millis().into(),
                i32::from(ticket.score).into(),
                open,
                waiting,
                holder,
                i32::from(card.positive).into(),
                card.platform.as_str().into(),
                i32::from(card.whole.is_some()).into(),
                edited.map(Timestamp::as_millis).into(),
                (card.admission.received + kept).as_millis().into(),
                standing,
                card.summary.get().into(),
                serde_json::to_string(&event)?.into(),
                card.mention.get().into(),
                card.search.as_str().into(),
                card.whole.as_ref().map(|whole| whole.get().to_owned()).into(),
                id.into(),
            ],
        )?;
        if inserted.rows_written() > 0 {
            return Ok(Taken::Admitted);
        }
        let there = self.row::<There>("SELECT 1 FROM tickets WHERE id = ?", vec![id.into()])?;
        Ok(if there.is_some() { Taken::Known } else { Taken::Gone })
    }

    pub(super) fn revise(
        &self,
        settings: &Settings,
        card: &Card,
        flagged: bool,
        at: Option<Timestamp>,
        now: Timestamp,
    ) -> Result<Taken> {
        let id = card.admission.id.as_str();
        let query = "SELECT ticket, edited, mention FROM tickets WHERE id = ?";
        let Some(there) = self.row::<Row>(query, vec![id.into()])? else {
            return Ok(Taken::Passed);
        };
        let at_millis = at.map(Timestamp::as_millis);
        // Deliveries overtake each other: only what is newer than what we have changes it.
        if matches!((at_millis, there.edited), (Some(new), Some(old)) if new <= old) {
            return Ok(Taken::Known);
        }
        let before: Mention = serde_json::from_str(&there.mention)?;
        let shown = in_place_of(&before, serde_json::from_str(card.mention.get())?, flagged);
        if shown.post == before.post {
            return Ok(Taken::Known);
        }
        let whole = card.whole.as_ref().map(|whole| serde_json::from_str(whole.get())).transpose()?;
        let whole =
            whole.map(|whole| serde_json::to_string(&in_place_of(&before, whole, flagged))).transpose()?;
        let ticket: Ticket = serde_json::from_str(&there.ticket)?;
        let ticket = ticket.reread(&card.admission, &settings.targets, now);
        let happening = match &before.post.text {
            Text::NotDelivered => Happening::Fetched,
            text => Happening::Edited { before: text.as_str().to_owned() },
        };
        let event = serde_json::to_string(&Event { at: at.unwrap_or(now), by: None, happening })?;
        let [open, waiting, holder, standing] = standing(&ticket)?;
        let id = SqlStorageValue::from(id);
        let changes = vec![
            rank(ticket.level).into(),
            ticket.deadline.0.as_millis().into(),
            i32::from(ticket.score).into(),
            open,
            waiting,
            holder,
            standing,
            i32::from(card.positive).into(),
            i32::from(whole.is_some()).into(),
            at_millis.into(),
            card.summary.get().into(),
            serde_json::to_string(&shown)?.into(),
            card.search.as_str().into(),
            whole.into(),
            id.clone(),
        ];
        atomically(&self.state.storage(), move |sql| {
            sql.exec(
                "UPDATE tickets SET level = ?, deadline = ?, score = ?, open = ?, waiting = ?, holder = ?, ticket = ?,
                                    positive = ?, cut = ?, edited = coalesce(?, edited), summary = ?, mention = ?,
                                    search = ?, whole = ?, version = version + 1
                 WHERE id = ?",
                changes,
            )?;
            add_event(sql, id, event)
        })?;
        Ok(Taken::Revised)
    }

    /// Whether an edit that came without its words is of a mention that we have and can fetch.
    fn can_fetch_again(&self, settings: &Settings, card: &Card) -> Result<bool> {
        let query = "SELECT 1 FROM tickets WHERE id = ?";
        let there = self.row::<There>(query, vec![card.admission.id.as_str().into()])?;
        Ok(there.is_some() && self.can_fetch(&card.platform, &settings.workspace))
    }

    /// Removes what was said and everything noted about it, and remembers that it must not come back: deliveries
    /// overtake each other, so the deletion may come first.
    pub(super) fn forget(&self, id: &MentionId, now: Timestamp) -> Result<Taken> {
        let id = SqlStorageValue::from(id.as_str());
        let until = SqlStorageValue::from((now + REMEMBERED).as_millis());
        self.closed.set(None);
        atomically(&self.state.storage(), move |sql| {
            // Nothing is in KV that has no ticket, so there is nothing to clear there.
            sql.exec(
                "INSERT INTO tombstones (id, deleted, until, cleared)
                 SELECT ?, 1, ?, NOT EXISTS (SELECT 1 FROM tickets WHERE id = ?)
                 WHERE true
                 ON CONFLICT (id) DO UPDATE SET deleted = 1, until = excluded.until",
                vec![id.clone(), until, id.clone()],
            )?;
            sql.exec("DELETE FROM events WHERE ticket = ?", vec![id.clone()])?;
            sql.exec("DELETE FROM in_mind WHERE id = ?", vec![id.clone()])?;
            sql.exec("DELETE FROM tickets WHERE id = ?", vec![id])?;
            Ok(())
        })?;
        Ok(Taken::Forgotten)
    }

    fn has_note(&self, id: &MentionId, text: &str, by: &StaffMember) -> Result<bool> {
        let history = self.view(id)?.map(|(view, _)| view.history).unwrap_or_default();
        Ok(history.iter().any(|event| {
            event.by.as_ref() == Some(&by.id)
                && matches!(&event.happening, Happening::Noted { text: noted } if noted == text.trim())
        }))
    }

    /// Keeps the settings for the alarm, which has no caller to tell it.
    fn remember(&self, settings: &Settings) -> Result<()> {
        if self.settings.borrow().as_ref() != Some(settings) {
            self.sql.exec(
                "INSERT INTO settings (only_row, settings) VALUES (1, ?)
                 ON CONFLICT (only_row) DO UPDATE SET settings = excluded.settings",
                vec![serde_json::to_string(settings)?.into()],
            )?;
            self.settings.replace(Some(settings.clone()));
        }
        Ok(())
    }

    fn count(&self, tally: &Tally) -> Result<()> {
        let day = Self::now().as_millis().div_euclid(1000 * i64::try_from(DAY_SECONDS).unwrap_or(i64::MAX));
        for (what, times) in &tally.0 {
            self.sql.exec(
                "INSERT INTO counts (day, what, times) VALUES (?, ?, ?)
                 ON CONFLICT (day, what) DO UPDATE SET times = times + excluded.times",
                vec![day.into(), what.as_str().into(), i64::from(*times).into()],
            )?;
        }
        Ok(())
    }
}

/// The edited mention as it takes the first one's place: it came when the first one came, and a person's flag, or one
/// that the new words would not raise, stays.
fn in_place_of(before: &Mention, mut edited: Mention, flagged: bool) -> Mention {
    edited.received = before.received;
    if !flagged || matches!(before.flag.by, FlaggedBy::Staff(_)) {
        edited.flag = before.flag.clone();
        if edited.post.text != Text::NotDelivered {
            edited.flag.reasons.retain(|reason| *reason != FlagReason::TEXT_NOT_DELIVERED);
        }
    }
    edited
}
