//! What a workspace has set up for one platform.

use std::fmt;

/// What a workspace has set up for one platform.
#[derive(Debug, Clone, Default)]
pub struct Endpoint {
    /// What signatures are checked with.
    pub secrets: Secrets,
    /// What Meta's handshake must present.
    pub verify_token: Option<Secret>,
    /// Ids and handles of our own accounts there: their posts are echoes, and a post that mentions one is ours.
    pub own: Vec<String>,
}

/// One or two secrets: while one is being replaced, both are good.
#[derive(Debug, Clone, Default)]
pub struct Secrets(Vec<Secret>);

impl Secrets {
    /// Those that are not empty: an empty secret proves nothing and counts as none.
    #[must_use]
    pub fn new(secrets: impl IntoIterator<Item = Secret>) -> Self {
        Self(secrets.into_iter().filter(|secret| !secret.0.is_empty()).collect())
    }

    /// Whether there is none, and so nobody can be proved.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Each of them.
    pub fn iter(&self) -> impl Iterator<Item = &Secret> {
        self.0.iter()
    }
}

/// A shared secret. Never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// A secret as the platform or the operator gave it.
    #[must_use]
    pub fn new(secret: impl Into<String>) -> Self {
        Self(secret.into())
    }

    /// The secret itself, for signing.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Secret([redacted])")
    }
}
