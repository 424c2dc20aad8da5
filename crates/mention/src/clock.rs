//! The deadline clock: until when a mention should have its first answer.

use std::time::Duration;

use earshot_reading::Level;
use serde::{Deserialize, Serialize};

use crate::{BusinessHours, Timestamp};

/// Until when a mention should have its first answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Deadline(pub Timestamp);

/// How long each level may wait for its first answer, in minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Targets {
    /// For [`Level::Critical`].
    pub critical_minutes: u32,
    /// For [`Level::High`].
    pub high_minutes: u32,
    /// For [`Level::Normal`].
    pub normal_minutes: u32,
    /// For [`Level::Low`] and [`Level::None`].
    pub low_minutes: u32,
    /// When the desk is staffed; only then do clocks run, those of [`Level::Critical`] aside, which always do. Always
    /// where not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub business_hours: Option<BusinessHours>,
}

impl Default for Targets {
    /// The hour customers expect for what cannot wait, a quarter of it for what is critical.
    fn default() -> Self {
        Self {
            critical_minutes: 15,
            high_minutes: 60,
            normal_minutes: 4 * 60,
            low_minutes: 24 * 60,
            business_hours: None,
        }
    }
}

impl Targets {
    /// The deadline of a mention of this level that reached us at `received`.
    #[must_use]
    pub fn deadline(&self, level: Level, received: Timestamp) -> Deadline {
        let minutes = match level {
            Level::Critical => self.critical_minutes,
            Level::High => self.high_minutes,
            Level::Normal => self.normal_minutes,
            Level::Low | Level::None => self.low_minutes,
        };
        match self.business_hours {
            Some(hours) if level != Level::Critical => Deadline(hours.after(received, minutes)),
            _ => Deadline(received + Duration::from_secs(u64::from(minutes) * 60)),
        }
    }
}
