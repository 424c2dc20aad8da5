//! Triage: which mentions get flagged, and for which reasons. The policy is data; its defaults suit a small company.

use earshot_reading::{Level, Reading};
use serde::{Deserialize, Serialize};

use crate::{FlagReason, Post};

/// Which mentions get flagged.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Policy {
    /// Flag what is at least this urgent.
    pub urgency_from: Level,
}

impl Default for Policy {
    fn default() -> Self {
        Self { urgency_from: Level::Normal }
    }
}

/// What triage decides of a mention.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Somebody should look at it, for these reasons.
    Flag(Vec<FlagReason>),
    /// Nobody needs to.
    Pass,
}

impl Policy {
    /// Decides one mention.
    #[must_use]
    pub fn decide(&self, _post: &Post, reading: &Reading) -> Verdict {
        if reading.urgency.level >= self.urgency_from {
            Verdict::Flag(vec![FlagReason("urgent".into())])
        } else {
            Verdict::Pass
        }
    }
}
