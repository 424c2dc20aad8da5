//! Listing: most urgent first, a page at a time.

use earshot_api::{Counts, ListQuery, Shelf};
use earshot_desk::StaffMember;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use worker::{Result, SqlStorageValue};

use super::object::Desk;
use super::rows::{NEWEST_REPLY, rank};
use super::{Answer, View};
use crate::failure::Failure;

/// How many mentions a page has where the query does not say.
const USUAL: u16 = 50;
/// How many at most.
const MOST: u16 = 200;
/// How many words of a search are looked for; more narrow nothing down.
const SEARCH_WORDS: usize = 8;

/// An `earshot_api::MentionPage` whose mentions are handed on as they are stored.
#[derive(Serialize)]
struct Page<'a> {
    mentions: Vec<View>,
    counts: Counts,
    next: Option<String>,
    workspace: &'a str,
    you: &'a str,
}

#[derive(Deserialize)]
struct Row {
    id: String,
    level: i32,
    deadline: i64,
    score: i32,
    ticket: String,
    mention: String,
    notes: u32,
    reply: Option<String>,
}

#[derive(Deserialize)]
struct OpenCounts {
    open: u32,
    urgent: Option<u32>,
    waiting: Option<u32>,
    mine: Option<u32>,
    praise: Option<u32>,
}

#[derive(Deserialize)]
struct ClosedCount {
    closed: u32,
}

/// Where a page ended: the last mention's place in the order.
struct Cursor<'a> {
    level: i32,
    deadline: i64,
    score: i32,
    id: &'a str,
}

impl<'a> Cursor<'a> {
    fn parse(cursor: &'a str) -> Option<Self> {
        let mut parts = cursor.splitn(4, '_');
        Some(Self {
            level: parts.next()?.parse().ok()?,
            deadline: parts.next()?.parse().ok()?,
            score: parts.next()?.parse().ok()?,
            id: parts.next().filter(|id| !id.is_empty())?,
        })
    }

    fn after(row: &Row) -> String {
        format!("{}_{}_{}_{}", row.level, row.deadline, row.score, row.id)
    }
}

/// What a query asks for, in SQL.
#[derive(Debug, PartialEq)]
struct Filter {
    conditions: String,
    bindings: Vec<SqlStorageValue>,
}

impl Filter {
    fn of(query: &ListQuery, you: &StaffMember) -> std::result::Result<Self, Failure> {
        let mut filter = Self { conditions: String::new(), bindings: Vec::new() };
        match query.shelf.unwrap_or(Shelf::Open) {
            Shelf::Open => filter.and("open = 1", []),
            Shelf::Urgent => filter.and("open = 1 AND level >= 3", []),
            Shelf::Waiting => filter.and("open = 1 AND waiting = 1", []),
            Shelf::Mine => filter.and("open = 1 AND holder = ?", [you.id.0.as_str().into()]),
            Shelf::Praise => filter.and("open = 1 AND positive = 1", []),
            Shelf::Closed => filter.and("open = 0", []),
        }
        if let Some(level) = query.level {
            filter.and("level >= ?", [rank(level).into()]);
        }
        if let Some(platform) = &query.platform {
            filter.and("platform = ?", [platform.as_str().into()]);
        }
        let search = query.search.as_deref().unwrap_or_default().to_lowercase();
        for word in search.split_whitespace().take(SEARCH_WORDS) {
            // Not LIKE: its patterns are capped at 50 bytes, and `%` and `_` are words that people search for.
            filter.and("instr(search, ?) > 0", [word.into()]);
        }
        if let Some(cursor) = &query.cursor {
            let cursor = Cursor::parse(cursor)
                .ok_or(Failure::BadRequest("the cursor is not one that a page ended with".into()))?;
            filter.and(
                "(-level, deadline, -score, id) > (?, ?, ?, ?)",
                [(-cursor.level).into(), cursor.deadline.into(), (-cursor.score).into(), cursor.id.into()],
            );
        }
        Ok(filter)
    }

    fn and<const N: usize>(&mut self, condition: &str, bindings: [SqlStorageValue; N]) {
        if !self.conditions.is_empty() {
            self.conditions.push_str(" AND ");
        }
        self.conditions.push_str(condition);
        self.bindings.extend(bindings);
    }
}

impl Desk {
    /// One page.
    pub(super) fn list(&self, query: &ListQuery, workspace: &str, you: &StaffMember) -> Result<Answer> {
        let Filter { conditions, mut bindings } = match Filter::of(query, you) {
            Ok(filter) => filter,
            Err(failure) => return Ok(Answer::Failed(failure)),
        };
        let limit = usize::from(query.limit.unwrap_or(USUAL).clamp(1, MOST));
        // One more than asked for tells whether there is a next page.
        bindings.push(i32::try_from(limit + 1).unwrap_or(i32::MAX).into());
        let mut rows: Vec<Row> = self.rows(
            &format!(
                "SELECT id, level, deadline, score, ticket, mention, notes, {NEWEST_REPLY} FROM tickets
                 WHERE {conditions}
                 ORDER BY level DESC, deadline, score DESC, id LIMIT ?"
            ),
            bindings,
        )?;
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next = rows.last().filter(|_| more).map(Cursor::after);
        let mentions = rows.into_iter().map(|row| {
            Ok(View {
                mention: RawValue::from_string(row.mention)?,
                ticket: RawValue::from_string(row.ticket)?,
                notes: row.notes,
                history: Vec::new(),
                reply: row.reply.map(RawValue::from_string).transpose()?,
                answering: None,
            })
        });
        let mentions = mentions.collect::<Result<Vec<_>>>()?;
        let page = Page { mentions, counts: self.counts(you)?, next, workspace, you: &you.id.0 };
        Ok(Answer::Page(serde_json::value::to_raw_value(&page)?))
    }

    fn counts(&self, you: &StaffMember) -> Result<Counts> {
        let open = self.row::<OpenCounts>(
            "SELECT count(*) AS open, sum(level >= 3) AS urgent, sum(waiting) AS waiting,
                    sum(coalesce(holder, '') = ?) AS mine, sum(positive) AS praise
             FROM tickets WHERE open = 1",
            vec![you.id.0.as_str().into()],
        )?;
        let open =
            open.unwrap_or(OpenCounts { open: 0, urgent: None, waiting: None, mine: None, praise: None });
        let closed = match self.closed.get() {
            Some(closed) => closed,
            None => {
                let row =
                    self.row::<ClosedCount>("SELECT count(*) AS closed FROM tickets WHERE open = 0", vec![])?;
                let closed = row.map_or(0, |row| row.closed);
                self.closed.set(Some(closed));
                closed
            }
        };
        Ok(Counts {
            urgent: open.urgent.unwrap_or(0),
            waiting: open.waiting.unwrap_or(0),
            mine: open.mine.unwrap_or(0),
            praise: open.praise.unwrap_or(0),
            open: open.open,
            closed,
        })
    }
}
