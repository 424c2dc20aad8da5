//! Google's OpenID Connect tokens: RS256 (RFC 7515, RFC 7518 section 3.3) with keys that the edge hands in.
//! <https://cloud.google.com/pubsub/docs/authenticate-push-subscriptions>

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use earshot_mention::Timestamp;
use rsa::traits::PublicKeyParts;
use rsa::{BoxedUint, Pkcs1v15Sign, RsaPublicKey};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::in_window;
use crate::{OpenId, Refusal};

/// Longest token that is looked at, in bytes. Google's have about 1,200.
const LONGEST: usize = 8192;
/// Shortest key that proves anything, in bytes: 2048 bits.
const SHORTEST_KEY: usize = 256;

/// Whether the token is Google's, for us, of the account that may push, and of now.
pub(crate) fn signed_by_google(token: &str, expected: &OpenId, now: Timestamp) -> Result<(), Refusal> {
    if token.len() > LONGEST || expected.audience.is_empty() || expected.email.is_empty() {
        return Err(Refusal::BadSignature);
    }
    let (signed, signature) = token.rsplit_once('.').ok_or(Refusal::BadSignature)?;
    let (header, claims) = signed.split_once('.').ok_or(Refusal::BadSignature)?;
    let header = part(header).ok_or(Refusal::BadSignature)?;
    let signature = URL_SAFE_NO_PAD.decode(signature).map_err(|_| Refusal::BadSignature)?;
    // The token does not get to choose how it is checked.
    let key = (header["alg"] == "RS256").then(|| key_of(&expected.keys, header["kid"].as_str()?)).flatten();
    let key = key.ok_or(Refusal::BadSignature)?;
    key.verify(Pkcs1v15Sign::new::<Sha256>(), &Sha256::digest(signed), &signature)
        .map_err(|_| Refusal::BadSignature)?;

    let claims = part(claims).ok_or(Refusal::BadSignature)?;
    let issuer =
        matches!(claims["iss"].as_str(), Some("https://accounts.google.com" | "accounts.google.com"));
    let account = claims["email"] == expected.email.as_str() && claims["email_verified"] == true;
    if !issuer || !account || claims["aud"] != expected.audience.as_str() {
        return Err(Refusal::BadSignature);
    }
    let expires = claims["exp"].as_i64().map(Timestamp::from_seconds).ok_or(Refusal::BadSignature)?;
    let issued = claims["iat"].as_i64().map(Timestamp::from_seconds).ok_or(Refusal::BadSignature)?;
    if issued > now {
        in_window(issued, now)?;
    }
    if expires < now { in_window(expires, now) } else { Ok(()) }
}

fn part(encoded: &str) -> Option<Value> {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(encoded).ok()?).ok()
}

fn key_of(keys: &str, id: &str) -> Option<RsaPublicKey> {
    let keys: Value = serde_json::from_str(keys).ok()?;
    let key = keys["keys"].as_array()?.iter().find(|key| key["kid"] == id && key["kty"] == "RSA")?;
    let number = |name: &str| URL_SAFE_NO_PAD.decode(key[name].as_str()?).ok();
    let (modulus, exponent) = (number("n")?, number("e")?);
    let key = RsaPublicKey::new(
        BoxedUint::from_be_slice_vartime(&modulus),
        BoxedUint::from_be_slice_vartime(&exponent),
    )
    .ok()?;
    (key.size() >= SHORTEST_KEY).then_some(key)
}
