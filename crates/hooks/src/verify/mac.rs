//! Keyed hashes (RFC 2104).

use hmac::digest::KeyInit;
use hmac::{Hmac, Mac};
use sha1::Sha1;
use sha2::{Sha256, Sha384, Sha512};

use crate::{Endpoint, Refusal};

/// The hash inside the HMAC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hash {
    /// Only where a hub knows nothing better.
    Sha1,
    /// Nearly everybody's.
    Sha256,
    /// Named by WebSub.
    Sha384,
    /// Named by WebSub.
    Sha512,
}

/// The HMAC of the parts in a row.
pub(crate) fn mac(hash: Hash, key: &[u8], parts: &[&[u8]]) -> Vec<u8> {
    match hash {
        Hash::Sha1 => fed::<Hmac<Sha1>>(key, parts).finalize().into_bytes().to_vec(),
        Hash::Sha256 => fed::<Hmac<Sha256>>(key, parts).finalize().into_bytes().to_vec(),
        Hash::Sha384 => fed::<Hmac<Sha384>>(key, parts).finalize().into_bytes().to_vec(),
        Hash::Sha512 => fed::<Hmac<Sha512>>(key, parts).finalize().into_bytes().to_vec(),
    }
}

/// Whether `tag` is that HMAC, whole, compared in constant time.
pub(crate) fn mac_matches(hash: Hash, key: &[u8], parts: &[&[u8]], tag: &[u8]) -> bool {
    match hash {
        Hash::Sha1 => fed::<Hmac<Sha1>>(key, parts).verify_slice(tag).is_ok(),
        Hash::Sha256 => fed::<Hmac<Sha256>>(key, parts).verify_slice(tag).is_ok(),
        Hash::Sha384 => fed::<Hmac<Sha384>>(key, parts).verify_slice(tag).is_ok(),
        Hash::Sha512 => fed::<Hmac<Sha512>>(key, parts).verify_slice(tag).is_ok(),
    }
}

/// Whether `tag` is the parts' HMAC with one of the endpoint's secrets.
pub(crate) fn proved(hash: Hash, endpoint: &Endpoint, parts: &[&[u8]], tag: &[u8]) -> Result<(), Refusal> {
    let fits =
        endpoint.secrets.iter().any(|secret| mac_matches(hash, secret.expose().as_bytes(), parts, tag));
    if fits { Ok(()) } else { Err(Refusal::BadSignature) }
}

fn fed<M: Mac + KeyInit>(key: &[u8], parts: &[&[u8]]) -> M {
    // RFC 2104, section 2: longer keys are hashed, shorter ones padded; the constructor has no other failure.
    let mut mac = <M as KeyInit>::new_from_slice(key).expect("an HMAC takes a key of any length");
    for part in parts {
        mac.update(part);
    }
    mac
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 4231, test case 2, and RFC 2202, test case 2.
    #[test]
    fn published_values() {
        let (key, parts) = (b"Jefe", [b"what do ya want ".as_slice(), b"for nothing?"]);
        for (hash, tag) in [
            (Hash::Sha1, "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"),
            (Hash::Sha256, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
        ] {
            assert_eq!(hex::encode(mac(hash, key, &parts)), tag);
            assert!(mac_matches(hash, key, &parts, &hex::decode(tag).unwrap_or_default()));
            assert!(
                !mac_matches(hash, key, &parts, &hex::decode(&tag[..20]).unwrap_or_default()),
                "a part is not the whole"
            );
            assert!(!mac_matches(hash, key, &parts, b""));
        }
    }
}
