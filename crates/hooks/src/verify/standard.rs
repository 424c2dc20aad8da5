//! Standard Webhooks: id, time and body signed together, symmetric (`v1`) or Ed25519 (`v1a`).
//! <https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md>

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use earshot_mention::Timestamp;
use sha2::{Digest, Sha256};

use super::ed25519::signed_by;
use super::{Hash, in_window, mac, mac_matches};
use crate::{Endpoint, Headers, Incoming, Refusal, Secret};

/// Most signatures of one header that are tried: one a key and version, with room.
const MOST_SIGNATURES: usize = 16;

/// Standard Webhooks' headers and signature.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Standard;

/// A secret as the specification writes it.
enum Key {
    /// `whsec_` and base64, or base64 alone, or (for senders that know no base64) any other words.
    Symmetric(Vec<u8>),
    /// `whpk_` and base64: the sender's public key.
    Public(Vec<u8>),
}

impl Key {
    fn of(secret: &Secret) -> Option<Self> {
        let secret = secret.expose();
        if let Some(public) = secret.strip_prefix("whpk_") {
            return STANDARD.decode(public).ok().map(Self::Public);
        }
        let key = match secret.strip_prefix("whsec_") {
            Some(encoded) => STANDARD.decode(encoded).ok()?,
            None => STANDARD.decode(secret).unwrap_or_else(|_| secret.as_bytes().to_vec()),
        };
        (!key.is_empty()).then_some(Self::Symmetric(key))
    }

    fn fits(&self, message: &[&[u8]], signature: &str) -> bool {
        let Some((version, encoded)) = signature.split_once(',') else { return false };
        let Ok(signature) = STANDARD.decode(encoded) else { return false };
        match (self, version) {
            (Self::Symmetric(key), "v1") => mac_matches(Hash::Sha256, key, message, &signature),
            (Self::Public(key), "v1a") => signed_by(key, &message.concat(), &signature),
            _ => false,
        }
    }
}

impl Standard {
    pub(crate) fn verify(
        self,
        incoming: &Incoming<'_>,
        endpoint: &Endpoint,
        now: Timestamp,
    ) -> Result<(), Refusal> {
        let header = |name: &str| {
            incoming.header(&format!("webhook-{name}")).or_else(|| incoming.header(&format!("svix-{name}")))
        };
        let (Some(id), Some(timestamp), Some(signatures)) =
            (header("id"), header("timestamp"), header("signature"))
        else {
            return Err(Refusal::NoSignature);
        };
        let seconds: i64 = timestamp.parse().map_err(|_| Refusal::BadSignature)?;
        in_window(Timestamp::from_seconds(seconds), now)?;
        let message = [id.as_bytes(), b".", timestamp.as_bytes(), b".", incoming.body];
        let fits = |secret: &Secret| {
            let key = Key::of(secret);
            key.is_some_and(|key| {
                signatures.split(' ').take(MOST_SIGNATURES).any(|signature| key.fits(&message, signature))
            })
        };
        if endpoint.secrets.iter().any(fits) { Ok(()) } else { Err(Refusal::BadSignature) }
    }

    pub(crate) fn sign(self, secret: &Secret, body: &[u8], now: Timestamp) -> Option<Headers> {
        let Some(Key::Symmetric(key)) = Key::of(secret) else { return None };
        let id = format!("msg_{}", hex::encode(&Sha256::digest(body)[..12]));
        let timestamp = (now.as_millis() / 1000).to_string();
        let message = [id.as_bytes(), b".", timestamp.as_bytes(), b".", body];
        let signature = format!("v1,{}", STANDARD.encode(mac(Hash::Sha256, &key, &message)));
        Some(vec![
            ("webhook-id".into(), id),
            ("webhook-timestamp".into(), timestamp),
            ("webhook-signature".into(), signature),
        ])
    }
}
