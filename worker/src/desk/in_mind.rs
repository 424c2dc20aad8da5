//! Edits that overtook their posts, kept in mind as `earshot_desk::Standing` says: their words, or only that they are.
//!
//! What nobody needs to look at is not kept, and these are the one exception: they go with a deletion, with their post's
//! coming, when [`MOST_IN_MIND`] newer ones are kept, and at the latest when no platform sends the post any more.

use std::time::Duration;

use earshot_desk::{MOST_IN_MIND, Standing};
use earshot_mention::{MentionId, Timestamp};
use serde::Deserialize;
use worker::Result;

use super::admission::{DAY_SECONDS, REMEMBERED};
use super::object::Desk;
use super::{Card, Settings, Taken};

/// An edit that is kept in mind.
#[derive(Deserialize)]
pub(super) struct InMind {
    edited: Option<i64>,
    /// A [`Card`]; `None` where only the time was kept.
    card: Option<String>,
}

impl InMind {
    pub(super) fn standing(&self) -> Standing {
        Standing::InMind { edited: self.edited.map(Timestamp::from_millis), with_words: self.card.is_some() }
    }
}

#[derive(Deserialize)]
struct Count {
    count: u32,
}

impl Desk {
    /// What is kept in mind of this post.
    pub(super) fn in_mind(&self, id: &MentionId) -> Result<Option<InMind>> {
        // Nearly always nothing is: then admission costs no more than its insert.
        if self.kept_in_mind()? == 0 {
            return Ok(None);
        }
        self.row("SELECT edited, card FROM in_mind WHERE id = ?", vec![id.as_str().into()])
    }

    /// Keeps an edit in mind, instead of an older one of the same post.
    pub(super) fn keep_in_mind(
        &self,
        settings: &Settings,
        card: &Card,
        with_words: bool,
        at: Option<Timestamp>,
        now: Timestamp,
    ) -> Result<Taken> {
        // What came without words takes nothing's place.
        if card.is_thin {
            return Ok(Taken::Passed);
        }
        let kept = self.kept_in_mind()?;
        let retention = Duration::from_secs(u64::from(settings.retention_days.max(1)) * DAY_SECONDS);
        let id = card.admission.id.as_str();
        let words = if with_words { Some(serde_json::to_string(card)?) } else { None };
        self.sql.exec(
            "INSERT INTO in_mind (id, edited, until, card)
             SELECT ?, ?, ?, ? WHERE NOT EXISTS (SELECT 1 FROM tombstones WHERE id = ?)
             ON CONFLICT (id) DO UPDATE SET edited = excluded.edited, until = excluded.until, card = excluded.card",
            vec![
                id.into(),
                at.map(Timestamp::as_millis).into(),
                (now + REMEMBERED.min(retention)).as_millis().into(),
                words.into(),
                id.into(),
            ],
        )?;
        self.kept_in_mind.set(Some(kept + 1));
        if kept + 1 > MOST_IN_MIND {
            self.sql.exec(
                "DELETE FROM in_mind WHERE id IN (SELECT id FROM in_mind ORDER BY until DESC LIMIT -1 OFFSET ?)",
                vec![i64::from(MOST_IN_MIND).into()],
            )?;
            self.kept_in_mind.set(None);
        }
        Ok(Taken::Passed)
    }

    /// Its post came: what was kept takes its place, if it is newer, as if it had come after it.
    pub(super) fn recall(
        &self,
        settings: &Settings,
        id: &MentionId,
        kept: &InMind,
        now: Timestamp,
    ) -> Result<()> {
        if let Some(card) = &kept.card {
            let card: Card = serde_json::from_str(card)?;
            self.revise(settings, &card, false, kept.edited.map(Timestamp::from_millis), now)?;
        }
        self.put_out_of_mind(id)
    }

    pub(super) fn put_out_of_mind(&self, id: &MentionId) -> Result<()> {
        if self.kept_in_mind()? > 0 {
            self.sql.exec("DELETE FROM in_mind WHERE id = ?", vec![id.as_str().into()])?;
            self.kept_in_mind.set(None);
        }
        Ok(())
    }

    /// How many there are, or more: counted once, and again when some of them went.
    fn kept_in_mind(&self) -> Result<u32> {
        if let Some(kept) = self.kept_in_mind.get() {
            return Ok(kept);
        }
        let kept = self.row::<Count>("SELECT count(*) AS count FROM in_mind", vec![])?;
        let kept = kept.map_or(0, |row| row.count);
        self.kept_in_mind.set(Some(kept));
        Ok(kept)
    }
}
