//! Where a post stands.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

/// The site or service a post stands on, e.g. `x`. The set is open: a site adapter may name one that has no webhooks.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Platform(Cow<'static, str>);

impl Platform {
    /// A platform known to the code. The name must be one that [`Platform::parse`] takes.
    #[must_use]
    pub const fn named(name: &'static str) -> Self {
        Self(Cow::Borrowed(name))
    }

    /// Takes 1 to 32 of `a-z`, `0-9` and `-`.
    ///
    /// # Errors
    /// Where the name has anything else in it.
    pub fn parse(name: &str) -> Result<Self, PlatformError> {
        let fits = (1..=32).contains(&name.len())
            && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        if fits { Ok(Self(Cow::Owned(name.to_owned()))) } else { Err(PlatformError) }
    }

    /// The name as it stands in addresses and keys.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Platform {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl TryFrom<String> for Platform {
    type Error = PlatformError;

    fn try_from(name: String) -> Result<Self, Self::Error> {
        Self::parse(&name)
    }
}

impl From<Platform> for String {
    fn from(platform: Platform) -> Self {
        platform.0.into_owned()
    }
}

/// A name that no platform has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a platform's name is 1 to 32 of a-z, 0-9 and -")]
pub struct PlatformError;
