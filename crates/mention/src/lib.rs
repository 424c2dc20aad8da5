//! What a post is, which posts concern us, and which of those somebody should look at.
//!
//! Pure: the time of day comes in as a [`Timestamp`], storage and network belong to the edges.

mod brand;
mod clock;
mod flag;
mod hours;
mod mention;
mod platform;
mod policy;
mod post;
mod redaction;
mod summary;
mod time;
mod triage;
mod workspace;

pub use brand::{Alias, Brand, BrandError, BrandId, BrandMatch, BrandMatcher, Letters, Side};
pub use clock::{Deadline, Targets};
pub use flag::{Flag, FlagReason, FlaggedBy};
pub use hours::{BusinessHours, BusinessHoursError};
pub use mention::{Mention, MentionId, MentionIdError};
pub use platform::{Platform, PlatformError};
pub use policy::{Policy, Verdict};
pub use post::{Author, Channel, Kind, Post, PostId, Reach, Text, Visibility};
pub use redaction::{PersonalData, Redacted, find_personal_data, redact};
pub use summary::MentionSummary;
pub use time::Timestamp;
pub use triage::{Considered, Triage};
pub use workspace::{PlatformProfile, Workspace, WorkspaceError, WorkspaceId, WorkspaceIdError};
