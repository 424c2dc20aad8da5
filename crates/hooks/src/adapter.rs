//! The one trait that every platform is.

use earshot_mention::{Platform, Timestamp};

use crate::platforms;
use crate::{About, Endpoint, Event, Headers, Incoming, Refusal, Reply, Secret};

/// One platform's webhooks.
pub trait Adapter: Sync {
    /// Its name, as it stands in the webhook's address.
    fn platform(&self) -> Platform;

    /// What a person setting it up needs to know.
    fn about(&self) -> About;

    /// Whether the endpoint has what proving this platform's senders takes. Without it everything is refused.
    fn can_prove(&self, endpoint: &Endpoint) -> bool {
        !endpoint.secrets.is_empty()
    }

    /// Answers a handshake that comes before there is anything to prove (a challenge); `None` where the request is
    /// none. Called before [`verify`](Self::verify): must not sign what the sender chose, except in the documented
    /// shape.
    fn handshake(&self, incoming: &Incoming<'_>, endpoint: &Endpoint) -> Option<Result<Reply, Refusal>>;

    /// Proves the sender over the raw bytes, in constant time.
    ///
    /// # Errors
    /// A [`Refusal`] where it cannot be proved.
    fn verify(&self, incoming: &Incoming<'_>, endpoint: &Endpoint, now: Timestamp) -> Result<(), Refusal>;

    /// Answers a delivery whose sender was proved and that wants certain words back (a signed ping); `None` for all
    /// others.
    fn answer(&self, _incoming: &Incoming<'_>) -> Option<Reply> {
        None
    }

    /// Reads a body whose sender was proved. One bad item becomes one [`Event::Dropped`] and never loses the others.
    ///
    /// # Errors
    /// [`Refusal::Broken`] where the body as a whole cannot be read.
    fn parse(
        &self,
        incoming: &Incoming<'_>,
        endpoint: &Endpoint,
        now: Timestamp,
    ) -> Result<Vec<Event>, Refusal>;

    /// The headers with which the platform would send `body` at `now`; `None` where only the platform itself can sign.
    fn sign(&self, secret: &Secret, body: &[u8], now: Timestamp) -> Option<Headers>;
}

/// Every platform: adding one is a file and a line here.
pub static ADAPTERS: &[&dyn Adapter] = &[
    &platforms::Facebook,
    &platforms::Instagram,
    &platforms::Threads,
    &platforms::WhatsApp,
    &platforms::X,
    &platforms::LinkedIn,
    &platforms::YouTube,
    &platforms::TikTok,
    &platforms::Bluesky,
    &platforms::Mastodon,
    &platforms::Discourse,
    &platforms::Telegram,
    &platforms::Slack,
    &platforms::Discord,
    &platforms::Trustpilot,
    &platforms::Google,
    &platforms::Zendesk,
    &platforms::StandardWebhooks,
    &platforms::CloudEvents,
    &platforms::Generic,
];

/// The adapter of this name.
#[must_use]
pub fn adapter(name: &str) -> Option<&'static dyn Adapter> {
    ADAPTERS.iter().copied().find(|adapter| adapter.platform().as_str() == name)
}
