//! The tables, and how older ones become these.

use serde::Deserialize;
use worker::{SqlStorage, Storage};

use super::atomic::atomically;

/// Each step takes the tables from the version before it to its own; a step that has shipped never changes.
///
/// `tickets`: small columns first, so that counting and ordering read no text. `version` counts what the mention said
/// over time and `stored` which of them KV has: see
/// [`super::outbox`]. `mention` is what lists show; `whole` has the text uncut until KV has it, where the two differ (`cut`).
/// `born` is the first event of the history. Times are milliseconds since 1970.
/// `tombstones`: mentions that must not come back.
/// `replies`: an `earshot_desk::Sending` each; `due` is its own, for the alarm to find.
/// `fetches`: mentions whose words are to be fetched.
/// `in_mind`: edits that came before their posts; `card` is a [`super::Card`].
/// `other_ids`: of posts whose platform gives every edit one of its own.
const STEPS: &[&str] = &[
    "
    CREATE TABLE tickets (
        id TEXT PRIMARY KEY,
        level INTEGER NOT NULL,
        deadline INTEGER NOT NULL,
        score INTEGER NOT NULL,
        open INTEGER NOT NULL,
        waiting INTEGER NOT NULL,
        holder TEXT,
        positive INTEGER NOT NULL,
        platform TEXT NOT NULL,
        notes INTEGER NOT NULL,
        cut INTEGER NOT NULL,
        version INTEGER NOT NULL,
        stored INTEGER NOT NULL,
        edited INTEGER,
        expires INTEGER NOT NULL,
        ticket TEXT NOT NULL,
        summary TEXT NOT NULL,
        born TEXT NOT NULL,
        mention TEXT NOT NULL,
        search TEXT NOT NULL,
        whole TEXT
    );
    CREATE INDEX tickets_in_order ON tickets (open, level DESC, deadline, score DESC, id);
    CREATE INDEX tickets_unstored ON tickets (id) WHERE stored < version;
    CREATE TABLE events (
        ticket TEXT NOT NULL,
        number INTEGER NOT NULL,
        event TEXT NOT NULL,
        PRIMARY KEY (ticket, number)
    ) WITHOUT ROWID;
    CREATE TABLE tombstones (
        id TEXT PRIMARY KEY,
        deleted INTEGER NOT NULL,
        until INTEGER NOT NULL,
        cleared INTEGER NOT NULL
    ) WITHOUT ROWID;
    CREATE INDEX tombstones_uncleared ON tombstones (id) WHERE cleared = 0;
    CREATE TABLE counts (
        day INTEGER NOT NULL,
        what TEXT NOT NULL,
        times INTEGER NOT NULL,
        PRIMARY KEY (day, what)
    ) WITHOUT ROWID;
    CREATE TABLE settings (only_row INTEGER PRIMARY KEY CHECK (only_row = 1), settings TEXT NOT NULL);
",
    "
    CREATE TABLE replies (
        ticket TEXT NOT NULL,
        key TEXT NOT NULL,
        number INTEGER NOT NULL,
        due INTEGER,
        sending TEXT NOT NULL,
        PRIMARY KEY (ticket, key)
    ) WITHOUT ROWID;
    CREATE INDEX replies_in_order ON replies (ticket, number);
    CREATE INDEX replies_due ON replies (due) WHERE due IS NOT NULL;
    CREATE TRIGGER replies_go_with_their_ticket AFTER DELETE ON tickets
    BEGIN
        DELETE FROM replies WHERE ticket = old.id;
    END;
",
    "
    CREATE TABLE fetches (ticket TEXT PRIMARY KEY, tries INTEGER NOT NULL, due INTEGER NOT NULL) WITHOUT ROWID;
    CREATE INDEX fetches_due ON fetches (due);
    CREATE TRIGGER fetches_go_with_their_ticket AFTER DELETE ON tickets
    BEGIN
        DELETE FROM fetches WHERE ticket = old.id;
    END;
",
    "
    CREATE TABLE in_mind (
        id TEXT PRIMARY KEY,
        edited INTEGER,
        until INTEGER NOT NULL,
        card TEXT
    ) WITHOUT ROWID;
    CREATE INDEX in_mind_until ON in_mind (until);
",
    "
    CREATE TABLE other_ids (other TEXT PRIMARY KEY, id TEXT NOT NULL, until INTEGER NOT NULL) WITHOUT ROWID;
",
];

#[derive(Deserialize)]
struct Version {
    version: usize,
}

/// Brings the tables to the newest version.
pub(super) fn migrate(storage: &Storage) -> worker::Result<()> {
    let sql = storage.sql();
    sql.exec("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)", None)?;
    let version = sql.exec("SELECT version FROM schema_version", None)?.to_array::<Version>()?;
    let version = version.first().map_or(0, |row| row.version);
    for (done, step) in STEPS.iter().enumerate().skip(version) {
        let now = i64::try_from(done + 1).unwrap_or(i64::MAX);
        atomically(storage, move |sql: &SqlStorage| {
            sql.exec(step, None)?;
            sql.exec("DELETE FROM schema_version", None)?;
            sql.exec("INSERT INTO schema_version (version) VALUES (?)", vec![now.into()])?;
            Ok(())
        })?;
    }
    Ok(())
}
