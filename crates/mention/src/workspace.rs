//! One company's profile, as its operator writes it: the brands to look for, the accounts that are its own, and what
//! gets flagged.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{Brand, BrandError, BrandMatcher, Platform, Policy, Targets, Triage};

/// One company's silo, by the name that stands in its addresses and keys: `northwind`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct WorkspaceId(String);

impl WorkspaceId {
    /// Takes 1 to 32 of `a-z`, `0-9` and `-`.
    ///
    /// # Errors
    /// Where the name has anything else in it.
    pub fn parse(id: &str) -> Result<Self, WorkspaceIdError> {
        let fits = (1..=32).contains(&id.len())
            && id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        if fits { Ok(Self(id.to_owned())) } else { Err(WorkspaceIdError) }
    }

    /// The id as it stands in addresses and keys.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for WorkspaceId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl TryFrom<String> for WorkspaceId {
    type Error = WorkspaceIdError;

    fn try_from(id: String) -> Result<Self, Self::Error> {
        Self::parse(&id)
    }
}

impl From<WorkspaceId> for String {
    fn from(id: WorkspaceId) -> Self {
        id.0
    }
}

/// Not a workspace's id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a workspace's id is 1 to 32 of a-z, 0-9 and -")]
pub struct WorkspaceIdError;

/// One company's profile. Only the name is needed:
///
/// ```
/// let profile = r#"{
///     "name": "Northwind Air",
///     "brands": [{
///         "id": "northwind", "name": "Northwind Air",
///         "aliases": ["Northwind", {"text": "NWA", "case_matters": true}],
///         "handles": ["northwindair"], "hashtags": ["flynorthwind"],
///         "exclusions": ["Northwind Orchestra"]
///     }],
///     "platforms": {"x": {"own": ["northwindair", "2244000001"]}},
///     "triage": {"urgency_from": "high"},
///     "targets": {"critical_minutes": 10},
///     "retention_days": 30
/// }"#;
/// let workspace = earshot_mention::Workspace::parse(profile)?;
/// assert_eq!(workspace.name, "Northwind Air");
/// # Ok::<(), earshot_mention::WorkspaceError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Workspace {
    /// The company's name, as its staff see it.
    pub name: String,
    /// Its brands and its competitors'. Without any, only what comes through its own channels is about it.
    #[serde(default)]
    pub brands: Vec<Brand>,
    /// What is particular to each platform.
    #[serde(default)]
    pub platforms: BTreeMap<Platform, PlatformProfile>,
    /// What gets flagged.
    #[serde(default)]
    pub triage: Policy,
    /// How long each level may wait.
    #[serde(default)]
    pub targets: Targets,
    /// For how many days a flagged mention is kept, 1 to 3650. 30.
    #[serde(default = "thirty_days")]
    pub retention_days: u16,
}

/// What is particular to one platform.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PlatformProfile {
    /// The company's own accounts: handles without `@`, page and account ids. What they write is no mention.
    pub own: Vec<String>,
}

fn thirty_days() -> u16 {
    30
}

const LONGEST_RETENTION_DAYS: u16 = 3650;

impl Workspace {
    /// Reads a profile.
    ///
    /// # Errors
    /// Where it is no JSON, where a field is unknown or of the wrong kind, and where a value cannot be meant. The error
    /// says which field and what it should be.
    pub fn parse(json: &str) -> Result<Self, WorkspaceError> {
        let mut deserializer = serde_json::Deserializer::from_str(json);
        let workspace: Self = serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
            let path = error.path().to_string();
            WorkspaceError::Field { path, cause: error.into_inner() }
        })?;
        deserializer.end().map_err(|cause| WorkspaceError::Field { path: ".".to_owned(), cause })?;
        workspace.check()?;
        Ok(workspace)
    }

    fn check(&self) -> Result<(), WorkspaceError> {
        if self.name.trim().is_empty() {
            return Err(WorkspaceError::NoName);
        }
        if !(1..=LONGEST_RETENTION_DAYS).contains(&self.retention_days) {
            return Err(WorkspaceError::Retention { days: self.retention_days });
        }
        let targets = &self.targets;
        let minutes =
            [targets.critical_minutes, targets.high_minutes, targets.normal_minutes, targets.low_minutes];
        if minutes[0] == 0 || !minutes.is_sorted() {
            return Err(WorkspaceError::Targets);
        }
        BrandMatcher::new(&self.brands)?;
        Ok(())
    }

    /// Prepares the triage that the profile describes. Keep it: preparing costs far more than a post.
    ///
    /// # Errors
    /// Where the brands cannot be looked for; never for a profile that [`Workspace::parse`] took.
    pub fn prepare_triage(&self) -> Result<Triage, BrandError> {
        Ok(Triage { matcher: BrandMatcher::new(&self.brands)?, policy: self.triage.clone() })
    }

    /// The company's own accounts on a platform.
    #[must_use]
    pub fn own(&self, platform: &Platform) -> &[String] {
        self.platforms.get(platform).map_or(&[], |profile| &profile.own)
    }
}

/// Why a profile cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WorkspaceError {
    /// A field that is missing, unknown or of the wrong kind.
    #[error("the workspace's profile is wrong at `{path}`: {cause}")]
    Field {
        /// Where: `brands[0].aliases[2]`; `.` for the profile as a whole.
        path: String,
        /// What is wrong there.
        #[source]
        cause: serde_json::Error,
    },
    /// No name.
    #[error("the workspace's `name` is empty; write the company's name as its staff should see it")]
    NoName,
    /// A retention that cannot be meant.
    #[error("the workspace's `retention_days` is {days}; choose 1 to {LONGEST_RETENTION_DAYS}")]
    Retention {
        /// What it says.
        days: u16,
    },
    /// Deadlines that would put less urgent mentions first.
    #[error(
        "the workspace's `targets` must be 1 minute or more and may not grow shorter from critical_minutes over \
         high_minutes and normal_minutes to low_minutes"
    )]
    Targets,
    /// Brands that cannot be looked for.
    #[error("the workspace's `brands` cannot be used: {0}")]
    Brands(#[from] BrandError),
}
