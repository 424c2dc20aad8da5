//! The shapes in which platforms prove themselves. Each compares in constant time, over the raw bytes, with each of
//! the endpoint's secrets, and refuses where there is none.

mod body_mac;
mod clock;
mod ed25519;
mod key_source;
mod mac;
mod open_id;
mod shared_secret;
mod standard;

pub(crate) use body_mac::{BodyMac, Encoding};
pub(crate) use clock::in_window;
pub(crate) use ed25519::signed_by;
pub use key_source::KeySource;
pub(crate) use mac::{Hash, mac, mac_matches, proved};
pub(crate) use open_id::signed_by_google;
pub(crate) use shared_secret::{bearer, same, shown};
pub(crate) use standard::Standard;
