//! An HMAC over the body alone. No time is signed: a repeated delivery is caught by the post's id, not here.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::{Hash, mac, proved};
use crate::{Endpoint, Headers, Incoming, Refusal, Secret};

/// An HMAC-SHA-256 over the body alone, in one header.
#[derive(Debug, Clone, Copy)]
pub(crate) struct BodyMac {
    /// The header, in lower case.
    pub(crate) header: &'static str,
    /// What stands before the digest in the header.
    pub(crate) prefix: &'static str,
    /// What stands before the body in what is signed.
    pub(crate) salt: &'static str,
    /// How the digest is written.
    pub(crate) encoding: Encoding,
}

/// How a digest is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Encoding {
    /// Two hexadecimal digits a byte.
    Hex,
    /// RFC 4648, with padding.
    Base64,
}

impl Encoding {
    pub(crate) fn decode(self, digest: &str) -> Option<Vec<u8>> {
        match self {
            Self::Hex => hex::decode(digest).ok(),
            Self::Base64 => STANDARD.decode(digest).ok(),
        }
    }

    pub(crate) fn encode(self, digest: &[u8]) -> String {
        match self {
            Self::Hex => hex::encode(digest),
            Self::Base64 => STANDARD.encode(digest),
        }
    }
}

impl BodyMac {
    pub(crate) fn verify(&self, incoming: &Incoming<'_>, endpoint: &Endpoint) -> Result<(), Refusal> {
        let header = incoming.header(self.header).ok_or(Refusal::NoSignature)?.trim();
        let digest = header.strip_prefix(self.prefix).and_then(|digest| self.encoding.decode(digest));
        let digest = digest.ok_or(Refusal::BadSignature)?;
        proved(Hash::Sha256, endpoint, &[self.salt.as_bytes(), incoming.body], &digest)
    }

    pub(crate) fn sign(&self, secret: &Secret, body: &[u8]) -> Headers {
        let digest = mac(Hash::Sha256, secret.expose().as_bytes(), &[self.salt.as_bytes(), body]);
        vec![(self.header.to_owned(), format!("{}{}", self.prefix, self.encoding.encode(&digest)))]
    }
}
