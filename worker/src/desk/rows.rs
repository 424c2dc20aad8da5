//! Tickets as rows, and back.

use earshot_desk::{Event, State, Ticket};
use earshot_mention::MentionId;
use earshot_reading::Level;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use worker::{Result, SqlStorage, SqlStorageValue};

use super::View;
use super::object::Desk;

/// A level as its rank, for SQL to compare.
pub(super) fn rank(level: Level) -> i32 {
    match level {
        Level::None => 0,
        Level::Low => 1,
        Level::Normal => 2,
        Level::High => 3,
        Level::Critical => 4,
    }
}

/// The columns that follow from a ticket, in the order `open, waiting, holder, ticket`.
pub(super) fn standing(ticket: &Ticket) -> Result<[SqlStorageValue; 4]> {
    Ok([
        i32::from(ticket.state.is_open()).into(),
        i32::from(ticket.state == State::Waiting).into(),
        ticket.state.holder().map(|holder| holder.0.clone()).into(),
        serde_json::to_string(ticket)?.into(),
    ])
}

/// The newest reply of a ticket, as a column of a query on `tickets`.
pub(super) const NEWEST_REPLY: &str = "(SELECT json_extract(sending, '$.reply') FROM replies
     WHERE replies.ticket = tickets.id ORDER BY number DESC LIMIT 1) AS reply";

/// Adds to a mention's history.
pub(super) fn add_event(sql: &SqlStorage, id: SqlStorageValue, event: String) -> Result<()> {
    sql.exec(
        "INSERT INTO events (ticket, number, event)
         SELECT ?, coalesce(max(number), 0) + 1, ? FROM events WHERE ticket = ?",
        vec![id.clone(), event.into(), id],
    )?;
    Ok(())
}

#[derive(Deserialize)]
struct Row {
    ticket: String,
    mention: String,
    notes: u32,
    born: String,
    cut: u32,
    reply: Option<String>,
}

#[derive(Deserialize)]
struct EventRow {
    event: String,
}

impl Desk {
    /// The rows of a query.
    pub(super) fn rows<T: DeserializeOwned>(
        &self,
        query: &str,
        bindings: Vec<SqlStorageValue>,
    ) -> Result<Vec<T>> {
        self.sql.exec(query, bindings)?.to_array()
    }

    /// The first row of a query.
    pub(super) fn row<T: DeserializeOwned>(
        &self,
        query: &str,
        bindings: Vec<SqlStorageValue>,
    ) -> Result<Option<T>> {
        Ok(self.rows(query, bindings)?.into_iter().next())
    }

    /// One mention with its history, and whether its text is cut.
    pub(super) fn view(&self, id: &MentionId) -> Result<Option<(View, bool)>> {
        let query =
            format!("SELECT ticket, mention, notes, born, cut, {NEWEST_REPLY} FROM tickets WHERE id = ?");
        let Some(row) = self.row::<Row>(&query, vec![id.as_str().into()])? else {
            return Ok(None);
        };
        let query = "SELECT event FROM events WHERE ticket = ? ORDER BY number";
        let events = self.rows::<EventRow>(query, vec![id.as_str().into()])?;
        let events = std::iter::once(row.born).chain(events.into_iter().map(|row| row.event));
        let view = View {
            mention: RawValue::from_string(row.mention)?,
            ticket: RawValue::from_string(row.ticket)?,
            notes: row.notes,
            history: events
                .map(|event| serde_json::from_str(&event))
                .collect::<std::result::Result<Vec<Event>, _>>()?,
            reply: row.reply.map(RawValue::from_string).transpose()?,
            answering: None,
        };
        Ok(Some((view, row.cut != 0)))
    }
}
