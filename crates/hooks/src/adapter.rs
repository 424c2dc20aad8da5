//! The one trait that every platform is.

use earshot_mention::{Platform, Timestamp};

use crate::{Endpoint, Event, Incoming, Refusal, Reply};

/// One platform's webhooks.
pub trait Adapter: Sync {
    /// Its name, as it stands in the webhook's address.
    fn platform(&self) -> Platform;

    /// Answers a handshake (a challenge, a ping); `None` where the request is none. Called before
    /// [`verify`](Self::verify): must not sign what the sender chose, except in the documented shape.
    fn handshake(&self, incoming: &Incoming<'_>, endpoint: &Endpoint) -> Option<Result<Reply, Refusal>>;

    /// Proves the sender over the raw bytes, in constant time.
    ///
    /// # Errors
    /// A [`Refusal`] where it cannot be proved.
    fn verify(&self, incoming: &Incoming<'_>, endpoint: &Endpoint, now: Timestamp) -> Result<(), Refusal>;

    /// Reads a body whose sender was proved. One bad item becomes one [`Event::Dropped`] and never loses the others.
    ///
    /// # Errors
    /// [`Refusal::Broken`] where the body as a whole cannot be read.
    fn parse(&self, incoming: &Incoming<'_>, endpoint: &Endpoint, now: Timestamp) -> Result<Vec<Event>, Refusal>;
}

/// Every platform: adding one is a file and a line here.
pub static ADAPTERS: &[&dyn Adapter] = &[];

/// The adapter of this name.
#[must_use]
pub fn adapter(name: &str) -> Option<&'static dyn Adapter> {
    ADAPTERS.iter().copied().find(|adapter| adapter.platform().as_str() == name)
}
