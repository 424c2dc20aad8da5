//! Random names.

use earshot_desk::ReplyKey;

/// A key that no other answer has.
pub(crate) fn reply_key() -> Option<ReplyKey> {
    let crypto = web_sys::window()?.crypto().ok()?;
    ReplyKey::parse(&crypto.random_uuid()).ok()
}
