//! What a post is, which posts concern us, and which of those somebody should look at.
//!
//! Pure: the time of day comes in as a [`Timestamp`], storage and network belong to the edges.

mod brand;
mod clock;
mod flag;
mod mention;
mod platform;
mod post;
mod time;
mod triage;

pub use brand::{Alias, Brand, BrandId, BrandMatch, BrandMatcher, Side};
pub use clock::{Deadline, Targets};
pub use flag::{Flag, FlagReason, FlaggedBy};
pub use mention::{Mention, MentionId, MentionIdError};
pub use platform::{Platform, PlatformError};
pub use post::{Author, Channel, Kind, Post, PostId, Reach, Text, Visibility};
pub use time::Timestamp;
pub use triage::{Policy, Verdict};
