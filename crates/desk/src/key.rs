//! The keys that prove who a member of staff is.

use std::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::StaffId;

/// A staff key as its owner holds it: `esk_<staff id>_<64 hex digits>`. Never logged, never stored by the worker, which
/// keeps its [`KeyHash`].
#[derive(Clone)]
pub struct StaffKey {
    whole: String,
    owner: StaffId,
}

const PREFIX: &str = "esk_";
const SECRET_DIGITS: usize = 64;

impl StaffKey {
    /// How many random bytes a key needs.
    pub const SECRET_BYTES: usize = SECRET_DIGITS / 2;

    /// A new key for `owner`. `random` must come from a cryptographic source, fresh for every key.
    ///
    /// # Errors
    /// Where `owner` is no name that [`StaffId::parse`] takes.
    pub fn generate(owner: &StaffId, random: [u8; Self::SECRET_BYTES]) -> Result<Self, KeyError> {
        let owner = StaffId::parse(&owner.0).map_err(|_| KeyError)?;
        Ok(Self { whole: format!("{PREFIX}{owner}_{}", hex::encode(random)), owner })
    }

    /// Takes a key as its owner gives it, white space around it aside.
    ///
    /// # Errors
    /// Where it cannot be one. The error does not repeat what was given.
    pub fn parse(key: &str) -> Result<Self, KeyError> {
        let whole = key.trim();
        let (owner, secret) =
            whole.strip_prefix(PREFIX).and_then(|rest| rest.split_once('_')).ok_or(KeyError)?;
        let owner = StaffId::parse(owner).map_err(|_| KeyError)?;
        if !is_lower_hex(secret, SECRET_DIGITS) {
            return Err(KeyError);
        }
        Ok(Self { whole: whole.to_owned(), owner })
    }

    /// Who the key says it belongs to. Proves nothing: see [`crate::StaffRoster::authenticate`].
    #[must_use]
    pub fn owner(&self) -> &StaffId {
        &self.owner
    }

    /// The key itself, to hand to its owner or to put into an `Authorization` header; nowhere else.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.whole
    }

    /// What may be stored of it.
    #[must_use]
    pub fn hash(&self) -> KeyHash {
        KeyHash(hex::encode(Sha256::digest(self.whole.as_bytes())))
    }
}

/// Compares in constant time: how long it takes says nothing of where two keys differ.
impl PartialEq for StaffKey {
    fn eq(&self, other: &Self) -> bool {
        self.whole.as_bytes().ct_eq(other.whole.as_bytes()).into()
    }
}

impl Eq for StaffKey {}

impl fmt::Debug for StaffKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("StaffKey([redacted])")
    }
}

/// What the worker keeps of a key: the SHA-256 of the whole key, as 64 lower-case hex digits. A key has 256 random bits,
/// so a plain hash cannot be searched; slow hashes are for passwords.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct KeyHash(pub String);

impl KeyHash {
    /// Whether this is the hash of some key at all, and not, say, the key itself.
    #[must_use]
    pub fn is_well_formed(&self) -> bool {
        is_lower_hex(&self.0, 64)
    }
}

/// Compares in constant time.
impl PartialEq for KeyHash {
    fn eq(&self, other: &Self) -> bool {
        self.0.as_bytes().ct_eq(other.0.as_bytes()).into()
    }
}

impl Eq for KeyHash {}

fn is_lower_hex(digits: &str, length: usize) -> bool {
    digits.len() == length && digits.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// Not a staff key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a staff key looks like esk_<name>_<64 hex digits>; make one with `earshot key`")]
pub struct KeyError;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn ida() -> StaffId {
        StaffId::parse("ida").unwrap()
    }

    #[test]
    fn a_key_is_its_owners_name_and_256_bits() {
        let key = StaffKey::generate(&ida(), [0xab; 32]).unwrap();
        assert_eq!(key.expose(), format!("esk_ida_{}", "ab".repeat(32)));
        assert_eq!(key.owner(), &ida());
    }

    #[test]
    fn what_cannot_be_a_key_is_refused() {
        let secret = "ab".repeat(32);
        for (case, key) in [
            ("empty", String::new()),
            ("no prefix", format!("ida_{secret}")),
            ("another product's prefix", format!("sk_ida_{secret}")),
            ("no name", format!("esk__{secret}")),
            ("a name with capitals", format!("esk_Ida_{secret}")),
            ("a name with an underscore", format!("esk_ida_b_{secret}")),
            ("a name too long", format!("esk_{}_{secret}", "a".repeat(33))),
            ("one digit short", format!("esk_ida_{}", &secret[1..])),
            ("one digit long", format!("esk_ida_{secret}0")),
            ("capital digits", format!("esk_ida_{}", secret.to_uppercase())),
            ("not hex", format!("esk_ida_{}", "zz".repeat(32))),
            ("not ascii", format!("esk_ida_{}", "é".repeat(32))),
        ] {
            assert_eq!(StaffKey::parse(&key), Err(KeyError), "{case}");
        }
    }

    #[test]
    fn a_pasted_key_may_have_white_space_around_it() {
        let key = StaffKey::generate(&ida(), [7; 32]).unwrap();
        assert_eq!(StaffKey::parse(&format!("  {}\n", key.expose())), Ok(key));
    }

    #[test]
    fn a_key_is_never_shown_by_accident() {
        let key = StaffKey::generate(&ida(), [0xab; 32]).unwrap();
        assert_eq!(format!("{key:?}"), "StaffKey([redacted])");
    }

    #[test]
    fn the_hash_is_sha_256_of_the_whole_key() {
        // printf 'esk_ida_%s' "$(printf '00%.0s' $(seq 32))" | sha256sum
        let key = StaffKey::generate(&ida(), [0; 32]).unwrap();
        assert_eq!(key.hash().0, "284f63a5c559fa32c8bc05a7f6a2d615b8567666bfdcadc6159976461ef5ea77");
    }

    proptest! {
        #[test]
        fn what_is_generated_parses(name in "[a-z0-9-]{1,32}", random: [u8; 32]) {
            let key = StaffKey::generate(&StaffId(name), random).unwrap();
            prop_assert_eq!(StaffKey::parse(key.expose()), Ok(key.clone()));
            prop_assert!(key.hash().is_well_formed());
        }

        #[test]
        fn other_randomness_other_hash(one: [u8; 32], two: [u8; 32]) {
            prop_assume!(one != two);
            let [one, two] = [one, two].map(|random| StaffKey::generate(&ida(), random).unwrap());
            prop_assert_ne!(one.hash(), two.hash());
            prop_assert_ne!(one, two);
        }

        #[test]
        fn any_text_parses_or_is_refused(text in ".{0,120}") {
            let _ = StaffKey::parse(&text);
        }
    }
}
