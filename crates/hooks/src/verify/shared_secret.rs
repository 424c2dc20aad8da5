//! A secret that is simply shown.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::{Endpoint, Headers, Incoming, Refusal, Secret, query};

/// Whether the request shows one of the endpoint's secrets: as a bearer token, as the password of basic
/// authentication (which is how a platform sends the user information of an address), or as `token` in the query.
pub(crate) fn shown(incoming: &Incoming<'_>, endpoint: &Endpoint) -> Result<(), Refusal> {
    let shown = [bearer_of(incoming), password_of(incoming), query::value(incoming.query, "token")];
    let shown: Vec<String> = shown.into_iter().flatten().collect();
    if shown.is_empty() {
        return Err(Refusal::NoSignature);
    }
    let fits = endpoint.secrets.iter().any(|secret| shown.iter().any(|shown| same(shown, secret)));
    if fits { Ok(()) } else { Err(Refusal::BadSignature) }
}

/// The header that shows a secret as a bearer token.
pub(crate) fn bearer(secret: &Secret) -> Headers {
    vec![("authorization".to_owned(), format!("Bearer {}", secret.expose()))]
}

fn bearer_of(incoming: &Incoming<'_>) -> Option<String> {
    credentials(incoming, "bearer ").map(str::to_owned)
}

fn password_of(incoming: &Incoming<'_>) -> Option<String> {
    let decoded = String::from_utf8(STANDARD.decode(credentials(incoming, "basic ")?).ok()?).ok()?;
    decoded.split_once(':').map(|(_, password)| password.to_owned())
}

fn credentials<'a>(incoming: &Incoming<'a>, scheme: &str) -> Option<&'a str> {
    let header = incoming.header("authorization")?;
    let starts = header.get(..scheme.len())?.eq_ignore_ascii_case(scheme);
    starts.then(|| header[scheme.len()..].trim())
}

/// Whether what was shown is the secret, in a time that depends on neither: their hashes are compared, so the time
/// does not tell the secret's length either.
pub(crate) fn same(shown: &str, secret: &Secret) -> bool {
    !secret.expose().is_empty() && Sha256::digest(shown).ct_eq(&Sha256::digest(secret.expose())).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_may_be_shown_in_three_places() {
        let endpoint =
            Endpoint { secrets: crate::Secrets::new([Secret::new("open sesame")]), ..Endpoint::default() };
        let basic = format!("Basic {}", STANDARD.encode("earshot:open sesame"));
        for (authorization, query, outcome) in [
            ("Bearer open sesame", "", Ok(())),
            ("bearer open sesame", "", Ok(())),
            (basic.as_str(), "", Ok(())),
            ("", "token=open%20sesame", Ok(())),
            ("Bearer wrong", "token=open%20sesame", Ok(())),
            ("Bearer wrong", "", Err(Refusal::BadSignature)),
            ("Bearer", "", Err(Refusal::NoSignature)),
            ("", "", Err(Refusal::NoSignature)),
        ] {
            let headers = [("authorization".to_owned(), authorization.to_owned())];
            let incoming = Incoming { method: crate::Method::Post, query, headers: &headers, body: b"" };
            assert_eq!(shown(&incoming, &endpoint), outcome, "{authorization} {query}");
        }
    }

    #[test]
    fn only_the_whole_secret_is_the_secret() {
        let secret = Secret::new("open sesame");
        for (shown, good) in [("open sesame", true), ("open", false), ("open sesame ", false), ("", false)] {
            assert_eq!(same(shown, &secret), good, "{shown}");
        }
        assert!(!same("", &Secret::new("")));
    }
}
