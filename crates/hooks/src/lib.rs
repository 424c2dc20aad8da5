//! Proves who sent a webhook, and turns its body into posts.
//!
//! One file a platform under `platforms/`, one line each in [`adapter`]'s table. [`receive`] is the only way in: it
//! answers handshakes, verifies over the raw bytes before anything is parsed, and hands out [`Event`]s.

mod adapter;
mod endpoint;
mod event;
mod incoming;
mod receive;

pub use adapter::{ADAPTERS, Adapter, adapter};
pub use endpoint::{Endpoint, Secret, Secrets};
pub use event::{DropReason, Event};
pub use incoming::{Incoming, Method};
pub use receive::{Receipt, Refusal, Reply, receive};
