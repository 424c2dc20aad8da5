//! Retention: what the alarm takes away.

use serde::Deserialize;
use worker::{Error, Result};

use super::Settings;
use super::admission::{DAY_SECONDS, REMEMBERED};
use super::atomic::atomically;
use super::object::Desk;

/// How many days counts are kept.
const COUNTED_DAYS: i64 = 400;

#[derive(Deserialize)]
struct Row {
    settings: String,
}

impl Desk {
    /// Retention means retention: a mention that is past it goes, open or closed, as its value goes from KV. It stays
    /// known for as long as a platform may send it again, so that it does not come back.
    pub(super) fn clean_up(&self) -> Result<()> {
        let now = Self::now().as_millis();
        let until = (Self::now() + REMEMBERED).as_millis();
        let today = now.div_euclid(1000 * i64::try_from(DAY_SECONDS).unwrap_or(i64::MAX));
        self.closed.set(None);
        self.kept_in_mind.set(None);
        atomically(&self.state.storage(), move |sql| {
            sql.exec(
                "INSERT INTO tombstones (id, deleted, until, cleared)
                 SELECT id, 0, ?, 1 FROM tickets WHERE expires <= ?
                 ON CONFLICT (id) DO NOTHING",
                vec![until.into(), now.into()],
            )?;
            sql.exec(
                "DELETE FROM events WHERE ticket IN (SELECT id FROM tickets WHERE expires <= ?)",
                vec![now.into()],
            )?;
            sql.exec("DELETE FROM tickets WHERE expires <= ?", vec![now.into()])?;
            sql.exec("DELETE FROM tombstones WHERE until <= ? AND cleared = 1", vec![now.into()])?;
            sql.exec("DELETE FROM in_mind WHERE until <= ?", vec![now.into()])?;
            sql.exec(
                "DELETE FROM other_ids WHERE until <= ? AND id NOT IN (SELECT id FROM tickets)",
                vec![now.into()],
            )?;
            sql.exec("DELETE FROM counts WHERE day < ?", vec![(today - COUNTED_DAYS).into()])?;
            Ok(())
        })
    }

    /// The settings that the last caller brought, also after a restart.
    pub(super) fn known_settings(&self) -> Result<Settings> {
        if let Some(settings) = self.settings.borrow().as_ref() {
            return Ok(settings.clone());
        }
        let row = self.row::<Row>("SELECT settings FROM settings", vec![])?;
        let row = row.ok_or_else(|| Error::RustError("the desk was never told its settings".into()))?;
        let settings: Settings = serde_json::from_str(&row.settings)?;
        self.settings.replace(Some(settings.clone()));
        Ok(settings)
    }
}
