//! Signing as a platform would, for operators trying their set-up, for the demo and for tests.

use earshot_mention::Timestamp;

use crate::{Secret, adapter};

/// Header names in lower case, and their values.
pub type Headers = Vec<(String, String)>;

/// The headers with which `platform` would send `body` at `now`; `None` for a platform that we do not know, or whose
/// signature only it can make. The secret is one that the endpoint holds.
#[must_use]
pub fn sign(platform: &str, secret: &Secret, body: &[u8], now: Timestamp) -> Option<Headers> {
    adapter(platform)?.sign(secret, body, now)
}
