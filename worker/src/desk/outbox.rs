//! What KV has still to be told.
//!
//! A 2xx to a platform promises that desk and KV both hold a flagged mention, exactly once each, whatever crashed in
//! between. It is kept like this:
//!
//! 1. The mention's id follows from the platform's own id, and admission is one SQLite insert that does nothing where the
//!    id is there already. So the desk has it once.
//! 2. The row counts versions: `version` is what was said last, `stored` what KV has. A row whose `stored` lags is in the
//!    outbox, by the same insert. So nothing can be admitted and forgotten for KV.
//! 3. The call then [settles](Desk::settle) what it touched: it writes KV under the key that the id determines, and notes
//!    that. Only then does it answer, and the runtime holds the answer back until SQLite's writes are on disk.
//!
//! Whatever dies in between, no 2xx went out, so the platform sends again: the insert does nothing, the outbox still has
//! the row, KV is written again under the same key, the call answers 2xx. Where nobody sends again the alarm settles it.
//! A delivery that KV already knows costs no KV write.
//!
//! Noting in 3 would cost each mention a second commit, and the answer would wait for it. So what KV was told is kept in
//! memory and written with whatever is written next, or a second later. Memory that is lost costs one more write of the
//! same value under the same key, nothing else. Deletions go the same way: a tombstone is in the outbox until KV's
//! value is deleted. One lock a mention keeps an older value from overtaking a newer one, or a deletion.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::time::Duration;

use earshot_mention::MentionId;
use futures_util::future::join_all;
use futures_util::lock::Mutex;
use serde::Deserialize;
use serde_json::value::RawValue;
use worker::kv::KvStore;
use worker::{Delay, Env, Error, Result, SqlStorage, console_error};

use super::object::Desk;

/// The key of a mention's value in KV.
pub(crate) fn key(workspace: &str, id: &str) -> String {
    format!("{workspace}/m/{id}")
}

/// KV takes no expiry nearer than this, in seconds:
/// <https://developers.cloudflare.com/kv/api/write-key-value-pairs/#expiring-keys>.
const NEAREST_EXPIRY: i64 = 60;

/// How long what KV was told may stay in memory alone.
const NOTED_WITHIN: Duration = Duration::from_secs(1);

/// The way to KV.
pub(super) struct Outbox {
    kv: Option<KvStore>,
    locks: RefCell<HashMap<String, Rc<Mutex<()>>>>,
    told: Rc<RefCell<Told>>,
}

/// What KV was told and the tables do not know yet: the version of each mention.
#[derive(Default)]
struct Told {
    versions: HashMap<String, i64>,
    /// Whether somebody will see to it that the tables learn it.
    is_seen_to: bool,
}

impl Told {
    fn write(&mut self, sql: &SqlStorage) -> Result<()> {
        for (id, version) in self.versions.drain() {
            sql.exec(
                "UPDATE tickets SET stored = max(stored, ?), whole = iif(version = ?, NULL, whole) WHERE id = ?",
                vec![version.into(), version.into(), id.into()],
            )?;
        }
        Ok(())
    }
}

impl Outbox {
    pub(super) fn of(env: &Env) -> Self {
        Self { kv: env.kv("MENTIONS").ok(), locks: RefCell::default(), told: Rc::default() }
    }

    fn kv(&self) -> Result<&KvStore> {
        self.kv.as_ref().ok_or_else(|| Error::BindingError("MENTIONS".into()))
    }

    fn lock(&self, id: &str) -> Rc<Mutex<()>> {
        Rc::clone(self.locks.borrow_mut().entry(id.to_owned()).or_default())
    }

    /// Forgets a lock that nobody holds or waits for.
    fn release(&self, id: &str, lock: Rc<Mutex<()>>) {
        drop(lock);
        let mut locks = self.locks.borrow_mut();
        if locks.get(id).is_some_and(|lock| Rc::strong_count(lock) == 1) {
            locks.remove(id);
        }
    }
}

#[derive(Deserialize)]
struct Unstored {
    version: i64,
    expires: i64,
    summary: String,
    value: String,
}

#[derive(Deserialize)]
struct There {}

#[derive(Deserialize)]
struct Id {
    id: String,
}

impl Desk {
    /// Tells KV whatever it has not been told of these mentions. Fails where KV did not take one; the others are told.
    pub(super) async fn settle(&self, ids: &[&MentionId]) -> Result<()> {
        let ids = ids.iter().map(|id| id.as_str());
        let settled = self.settle_all(ids).await;
        self.note_soon();
        self.keep_alarm(settled.is_err()).await?;
        settled
    }

    /// Writes what KV was told into the tables, in the same commit as whatever else this turn writes.
    pub(super) fn note(&self) -> Result<()> {
        self.outbox.told.borrow_mut().write(&self.sql)
    }

    /// Sees to it that what KV was told is written soon, also where nobody calls again.
    fn note_soon(&self) {
        let mut told = self.outbox.told.borrow_mut();
        if told.is_seen_to || told.versions.is_empty() {
            return;
        }
        told.is_seen_to = true;
        let (told, sql) = (Rc::clone(&self.outbox.told), self.sql.clone());
        self.state.wait_until(async move {
            Delay::from(NOTED_WITHIN).await;
            let mut told = told.borrow_mut();
            told.is_seen_to = false;
            if let Err(error) = told.write(&sql) {
                console_error!("the desk could not note what KV has: {error}");
            }
        });
    }

    /// Tells KV whatever it has not been told.
    pub(super) async fn settle_rest(&self) -> Result<()> {
        let ids: Vec<Id> = self.rows(
            "SELECT id FROM tickets WHERE stored < version
             UNION ALL SELECT id FROM tombstones WHERE cleared = 0 LIMIT 500",
            vec![],
        )?;
        self.settle_all(ids.iter().map(|row| row.id.as_str())).await
    }

    async fn settle_all(&self, ids: impl Iterator<Item = &str>) -> Result<()> {
        join_all(ids.map(|id| self.settle_one(id))).await.into_iter().collect()
    }

    async fn settle_one(&self, id: &str) -> Result<()> {
        let lock = self.outbox.lock(id);
        let settled = {
            let _held = lock.lock().await;
            self.settle_locked(id).await
        };
        self.outbox.release(id, lock);
        settled
    }

    async fn settle_locked(&self, id: &str) -> Result<()> {
        // While KV is written another call may bring a newer version, so look again until there is nothing left.
        loop {
            let unstored = self.row::<Unstored>(
                "SELECT version, expires, summary, coalesce(whole, mention) AS value FROM tickets
                 WHERE id = ? AND stored < version",
                vec![id.into()],
            )?;
            let told = self.outbox.told.borrow().versions.get(id).copied();
            if let Some(unstored) =
                unstored.filter(|unstored| told.is_none_or(|told| told < unstored.version))
            {
                self.put(id, &unstored).await?;
                self.outbox.told.borrow_mut().versions.insert(id.to_owned(), unstored.version);
                continue;
            }
            let query = "SELECT 1 FROM tombstones WHERE id = ? AND cleared = 0";
            if self.row::<There>(query, vec![id.into()])?.is_none() {
                return Ok(());
            }
            self.outbox.kv()?.delete(&self.key(id)?).await.map_err(Error::from)?;
            self.sql.exec("UPDATE tombstones SET cleared = 1 WHERE id = ?", vec![id.into()])?;
        }
    }

    async fn put(&self, id: &str, unstored: &Unstored) -> Result<()> {
        let soonest = Self::now().as_millis() / 1000 + NEAREST_EXPIRY;
        let expiration = u64::try_from((unstored.expires / 1000).max(soonest)).unwrap_or(u64::MAX);
        let summary: Box<RawValue> = serde_json::from_str(&unstored.summary)?;
        self.outbox
            .kv()?
            .put(&self.key(id)?, unstored.value.as_str())?
            .metadata(summary)?
            .expiration(expiration)
            .execute()
            .await?;
        Ok(())
    }

    fn key(&self, id: &str) -> Result<String> {
        let settings = self.known_settings()?;
        Ok(key(&settings.workspace, id))
    }
}
