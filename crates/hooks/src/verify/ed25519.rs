//! Ed25519 (RFC 8032): the platform keeps the private key, we hold the public one.

use ed25519_dalek::{Signature, VerifyingKey};

/// Whether this signature is the key's for the message. Strict: keys and signatures of small order are refused.
pub(crate) fn signed_by(key: &[u8], message: &[u8], signature: &[u8]) -> bool {
    let key = <&[u8; 32]>::try_from(key).ok().and_then(|key| VerifyingKey::from_bytes(key).ok());
    let signature = Signature::from_slice(signature).ok();
    matches!((key, signature), (Some(key), Some(signature)) if key.verify_strict(message, &signature).is_ok())
}
