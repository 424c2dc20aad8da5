//! Proves who sent a webhook, and turns its body into posts.
//!
//! One file a platform under `platforms/`, one line each in [`ADAPTERS`]. [`receive`] is the only way in: it answers
//! handshakes, verifies over the raw bytes before anything is parsed, and hands out [`Event`]s. [`sign`] is the other
//! side of the same coin: it signs a body as the platform would, for trying a set-up.

mod about;
mod adapter;
mod body;
mod endpoint;
mod event;
mod fetch;
mod incoming;
mod item;
mod moment;
mod platforms;
mod query;
mod receive;
mod relayed;
mod reply;
mod sign;
mod text;
mod verify;

pub use about::About;
pub use adapter::{ADAPTERS, Adapter, adapter};
pub use body::LONGEST_BODY;
pub use endpoint::{Endpoint, Mapping, OpenId, Secret, Secrets};
pub use event::{DropReason, Event};
pub use fetch::{FETCHERS, Fetcher, fetcher};
pub use incoming::{Incoming, Method};
pub use receive::{Receipt, Refusal, Reply, receive};
pub use reply::{
    Account, AccountError, Answered, CannotReply, Draft, HeaderValue, Limit, Looked, REPLIERS, Refused,
    Replier, ReplyRequest, Said, Verb, is_safe_address, replier,
};
pub use sign::{Headers, sign};
pub use verify::KeySource;
