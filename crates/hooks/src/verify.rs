//! The shapes in which platforms prove themselves. Each compares in constant time, over the raw bytes, with each of
//! the endpoint's secrets, and refuses where there is none.

mod body_mac;
mod clock;
mod ed25519;
mod mac;
mod shared_secret;
mod standard;

pub(crate) use body_mac::{BodyMac, Encoding};
pub(crate) use clock::in_window;
pub(crate) use mac::{Hash, mac, mac_matches};
pub(crate) use shared_secret::same;
pub(crate) use standard::Standard;
