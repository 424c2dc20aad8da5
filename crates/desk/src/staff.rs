//! Who may do what: staff and their roles.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A member of staff inside a workspace, by a short name that colleagues see: `ida`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StaffId(pub String);

impl StaffId {
    /// The longest name, in bytes.
    pub const LONGEST: usize = 32;

    /// Takes 1 to 32 of `a-z`, `0-9` and `-`: no underscore, which parts a key's three pieces.
    ///
    /// # Errors
    /// Where the name has anything else in it.
    pub fn parse(name: &str) -> Result<Self, StaffIdError> {
        let fits = (1..=Self::LONGEST).contains(&name.len())
            && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        if fits { Ok(Self(name.to_owned())) } else { Err(StaffIdError) }
    }
}

impl fmt::Display for StaffId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Not a name that a member of staff can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a staff name is 1 to 32 of a-z, 0-9 and -, such as ida")]
pub struct StaffIdError;

/// What somebody may do. Each role may do all that the ones before it may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Flag, claim, release one's own, note, resolve, dismiss, reopen.
    Staff,
    /// And release, resolve or dismiss what somebody else holds.
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

impl StaffMember {
    /// Whether they may act on what `holder` holds: their own, or anybody's for managers and above.
    #[must_use]
    pub fn may_act_for(&self, holder: &StaffId) -> bool {
        self.id == *holder || self.role >= Role::Manager
    }
}
