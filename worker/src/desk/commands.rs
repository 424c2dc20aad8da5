//! What people do with mentions.

use earshot_desk::{Command, Happening, StaffMember, Ticket};
use earshot_mention::MentionId;
use serde::Deserialize;
use worker::{Result, SqlStorageValue};

use super::Answer;
use super::atomic::atomically;
use super::object::Desk;
use super::rows::{add_event, standing};
use crate::failure::Failure;

#[derive(Deserialize)]
struct Row {
    ticket: String,
}

impl Desk {
    /// Shows one mention.
    pub(super) fn one(&self, id: &MentionId) -> Result<Answer> {
        self.shown(id, false)
    }

    /// Does what somebody wants done with a mention, or says why not.
    pub(super) fn act(&self, id: &MentionId, command: &Command, by: &StaffMember) -> Result<Answer> {
        let Some(row) =
            self.row::<Row>("SELECT ticket FROM tickets WHERE id = ?", vec![id.as_str().into()])?
        else {
            return self.missing(id);
        };
        let before: Ticket = serde_json::from_str(&row.ticket)?;
        let (after, event) = match before.apply(command, by, Self::now()) {
            Ok(changed) => changed,
            Err(refusal @ earshot_desk::Refusal::NoteLength { .. }) => {
                return Ok(Answer::Failed(Failure::BadRequest(refusal.to_string().into())));
            }
            Err(refusal) => return Ok(Answer::Failed(Failure::Conflict(refusal.to_string().into()))),
        };
        if let Some(event) = event {
            if before.state.is_open() != after.state.is_open() {
                self.closed.set(None);
            }
            let id = SqlStorageValue::from(id.as_str());
            let notes = i32::from(matches!(event.happening, Happening::Noted { .. }));
            let event = serde_json::to_string(&event)?;
            let [open, waiting, holder, standing] = standing(&after)?;
            atomically(&self.state.storage(), move |sql| {
                sql.exec(
                    "UPDATE tickets SET open = ?, waiting = ?, holder = ?, ticket = ?, notes = notes + ? WHERE id = ?",
                    vec![open, waiting, holder, standing, notes.into(), id.clone()],
                )?;
                add_event(sql, id, event)
            })?;
        }
        self.shown(id, false)
    }

    /// A mention as it stands now.
    pub(super) fn shown(&self, id: &MentionId, created: bool) -> Result<Answer> {
        match self.view(id)? {
            Some((view, cut)) => Ok(Answer::Shown { view: Box::new(view), created, cut }),
            None => self.missing(id),
        }
    }

    pub(super) fn missing(&self, id: &MentionId) -> Result<Answer> {
        #[derive(Deserialize)]
        struct Tombstone {
            deleted: u32,
        }
        let query = "SELECT deleted FROM tombstones WHERE id = ?";
        let tombstone = self.row::<Tombstone>(query, vec![id.as_str().into()])?;
        let detail = match tombstone {
            None => "the desk has no such mention",
            Some(Tombstone { deleted: 0 }) => "this mention's time here is over; what was said is gone",
            Some(_) => "its author or its platform deleted this post; what was said is gone here too",
        };
        Ok(Answer::Failed(Failure::NotFound(detail.into())))
    }
}
