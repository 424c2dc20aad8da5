//! What the extension keeps: the workspace, the brands, which sites it reads, and when it speaks up.

use std::collections::BTreeMap;

use earshot_mention::Brand;
use earshot_reading::Level;
use serde::{Deserialize, Serialize};

use crate::Connection;
use crate::storage::{Area, ChangeListener, StorageError};

/// The key under which the settings lie in `storage.local`.
pub const SETTINGS_KEY: &str = "settings";

/// What the extension keeps, under [`SETTINGS_KEY`]. Every field has a default, so that settings written by an older
/// version load.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// The workspace; without one everything that is local works.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub workspace: Option<Connection>,
    /// The brands to look for on pages: ours and competitors'.
    pub brands: Vec<Brand>,
    /// Which sites are read, where the browser grants their hosts. One that is not named is on: an administrator may
    /// grant hosts by policy, and nobody else can without being asked.
    pub sites: BTreeMap<SiteId, bool>,
    /// When badges and notifications speak up.
    pub thresholds: Thresholds,
}

/// A site adapter's id, e.g. `x`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SiteId(pub String);

/// When badges and notifications speak up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Thresholds {
    /// From this level a badge carries a word; below it, a faint mark.
    pub words_from: Level,
    /// From this level a new mention makes a notification; [`Level::None`] stands for never.
    pub notify_from: Level,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self { words_from: Level::Normal, notify_from: Level::Critical }
    }
}

impl Thresholds {
    /// Whether a badge of this level carries a word.
    #[must_use]
    pub fn shows_words(&self, level: Level) -> bool {
        level >= self.words_from
    }

    /// Whether a new mention of this level makes a notification.
    #[must_use]
    pub fn notifies(&self, level: Level) -> bool {
        self.notify_from != Level::None && level >= self.notify_from
    }
}

impl Settings {
    /// Whether this site is read where the browser grants its hosts.
    #[must_use]
    pub fn reads(&self, site: &SiteId) -> bool {
        self.sites.get(site).copied().unwrap_or(true)
    }

    /// Loads what is kept; the defaults where nothing is.
    ///
    /// # Errors
    /// Where the browser's storage does not answer, or holds what this version cannot read.
    pub async fn load() -> Result<Self, StorageError> {
        Ok(Area::local()?.get(SETTINGS_KEY).await?.unwrap_or_default())
    }

    /// Keeps these settings; every part of the extension that listens is told.
    ///
    /// # Errors
    /// Where the browser's storage does not take them.
    pub async fn save(&self) -> Result<(), StorageError> {
        Area::local()?.set(SETTINGS_KEY, self).await
    }

    /// Calls `changed` whenever any part of the extension saves settings, for as long as the listener is kept.
    /// Settings that this version cannot read, and removed ones, count as the defaults.
    ///
    /// # Errors
    /// Where there is no extension around.
    pub fn on_change(mut changed: impl FnMut(Self) + 'static) -> Result<ChangeListener, StorageError> {
        Area::local()?.on_change(SETTINGS_KEY, move |settings| changed(settings.unwrap_or_default()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_of_an_older_version_load() {
        for (kept, expected) in [
            ("{}", Settings::default()),
            (
                r#"{"sites":{"x":true}}"#,
                Settings { sites: [(SiteId("x".into()), true)].into(), ..Settings::default() },
            ),
            (
                r#"{"thresholds":{"words_from":"high"},"from_the_future":1}"#,
                Settings {
                    thresholds: Thresholds { words_from: Level::High, ..Thresholds::default() },
                    ..Settings::default()
                },
            ),
        ] {
            assert_eq!(serde_json::from_str::<Settings>(kept).unwrap(), expected, "{kept}");
        }
    }

    #[test]
    fn settings_come_back_as_they_were_kept() {
        let key = format!("esk_ida_{}", "0".repeat(64));
        let settings = Settings {
            workspace: Some(Connection::parse("https://desk.example", "northwind", &key).unwrap()),
            brands: vec![
                serde_json::from_str(
                    r#"{"id":"northwind","name":"Northwind Air","handles":["northwindair"]}"#,
                )
                .unwrap(),
            ],
            sites: [(SiteId("x".into()), true), (SiteId("reddit".into()), false)].into(),
            thresholds: Thresholds { words_from: Level::High, notify_from: Level::None },
        };
        let kept = serde_json::to_string(&settings).unwrap();
        assert_eq!(serde_json::from_str::<Settings>(&kept).unwrap(), settings);
    }

    #[test]
    fn only_what_somebody_switched_off_is_off() {
        let settings = Settings { sites: [(SiteId("x".into()), false)].into(), ..Settings::default() };
        assert!(!settings.reads(&SiteId("x".into())));
        assert!(settings.reads(&SiteId("youtube".into())));
    }

    #[test]
    fn thresholds_decide_who_hears() {
        let usual = Thresholds::default();
        assert!(usual.shows_words(Level::Normal) && !usual.shows_words(Level::Low));
        assert!(usual.notifies(Level::Critical) && !usual.notifies(Level::High));
        let never = Thresholds { notify_from: Level::None, ..usual };
        assert!(!never.notifies(Level::Critical));
    }
}
