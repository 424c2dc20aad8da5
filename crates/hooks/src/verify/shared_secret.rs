//! A secret that is simply shown.

use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::Secret;

/// Whether what was shown is the secret, in a time that depends on neither: their hashes are compared, so the time
/// does not tell the secret's length either.
pub(crate) fn same(shown: &str, secret: &Secret) -> bool {
    !secret.expose().is_empty() && Sha256::digest(shown).ct_eq(&Sha256::digest(secret.expose())).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_whole_secret_is_the_secret() {
        let secret = Secret::new("open sesame");
        for (shown, good) in [("open sesame", true), ("open", false), ("open sesame ", false), ("", false)] {
            assert_eq!(same(shown, &secret), good, "{shown}");
        }
        assert!(!same("", &Secret::new("")));
    }
}
