//! Who may do what: staff, their roles, and the keys that prove who they are.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A member of staff inside a workspace, by a short name that colleagues see: `ida`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StaffId(pub String);

impl fmt::Display for StaffId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// What somebody may do. Each role may do all that the ones before it may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Flag, claim, release one's own, note, resolve, dismiss, reopen.
    Staff,
    /// And release what somebody else holds.
    Manager,
    /// And everything that concerns keys and people's data.
    Admin,
}

/// Somebody who proved who they are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffMember {
    /// Who.
    pub id: StaffId,
    /// What they may do.
    pub role: Role,
}

/// A staff key as its owner holds it: `esk_<staff id>_<secret>`. Never printed, never stored by the worker.
#[derive(Clone, PartialEq, Eq)]
pub struct StaffKey(String);

impl fmt::Debug for StaffKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("StaffKey([redacted])")
    }
}

/// What the worker keeps of a key: the SHA-256 of the whole key, in hex. A key has 256 random bits, so a plain hash
/// cannot be searched; slow hashes are for passwords.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct KeyHash(pub String);

/// Not a staff key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a staff key looks like esk_<name>_<64 hex digits>; make one with `earshot key`")]
pub struct KeyError;
