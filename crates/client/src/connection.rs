//! Where the workspace is, and what proves who asks.

use earshot_desk::StaffKey;
use earshot_mention::WorkspaceId;
use http::Uri;
use serde::{Deserialize, Serialize};

/// Where the workspace is, and what proves who asks. Each part was checked when it was made or read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Connection {
    /// Where the worker answers.
    pub url: WorkspaceUrl,
    /// Which workspace there.
    pub workspace: WorkspaceId,
    /// Who asks.
    pub key: Key,
}

impl Connection {
    /// Takes the three parts as a person typed them; blanks around them are dropped.
    ///
    /// # Errors
    /// The first part that could not be one, with what it should look like.
    pub fn parse(url: &str, workspace: &str, key: &str) -> Result<Self, ConnectionError> {
        Ok(Self {
            url: WorkspaceUrl::parse(url)?,
            workspace: WorkspaceId::parse(workspace.trim()).map_err(|_| ConnectionError::NotAWorkspace)?,
            key: Key::parse(key)?,
        })
    }
}

/// The address below which the worker answers: `https`, or `http` on this computer; no query, no trailing slash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct WorkspaceUrl(String);

impl WorkspaceUrl {
    /// Takes an address as a person typed it.
    ///
    /// # Errors
    /// Where it is no address, would send the key unencrypted over a network, or has parts that a base address cannot
    /// have.
    pub fn parse(url: &str) -> Result<Self, ConnectionError> {
        let url = url.trim();
        let uri: Uri = url.parse().map_err(|_| ConnectionError::NotAnAddress)?;
        let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
            return Err(ConnectionError::NotAnAddress);
        };
        match scheme {
            "https" => {}
            "http" if is_this_computer(authority.host()) => {}
            "http" => return Err(ConnectionError::NotEncrypted),
            _ => return Err(ConnectionError::NotAnAddress),
        }
        if authority.as_str().contains('@') || uri.query().is_some() || url.contains('#') {
            return Err(ConnectionError::NotABase);
        }
        // A host of dots alone, or a port out of range, is an authority by grammar and nobody's address.
        let port_fits = authority.as_str() == authority.host() || authority.port_u16().is_some();
        if !authority.host().bytes().any(|byte| byte.is_ascii_alphanumeric()) || !port_fits {
            return Err(ConnectionError::NotAnAddress);
        }
        let host = authority.as_str().to_ascii_lowercase();
        Ok(Self(format!("{scheme}://{host}{}", uri.path().trim_end_matches('/'))))
    }

    /// The address, without a trailing slash.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The match pattern that an extension asks host permission with: `https://desk.example/*`. Patterns have no port.
    #[must_use]
    pub fn host_pattern(&self) -> String {
        let (scheme, rest) = self.0.split_once("://").unwrap_or(("https", &self.0));
        let authority = rest.split('/').next().unwrap_or(rest);
        let host = match authority.rfind(':') {
            Some(colon) if !authority.ends_with(']') => &authority[..colon],
            _ => authority,
        };
        format!("{scheme}://{host}/*")
    }
}

fn is_this_computer(host: &str) -> bool {
    // https://w3c.github.io/webappsec-secure-contexts/#localhost
    host.eq_ignore_ascii_case("localhost")
        || host.to_ascii_lowercase().ends_with(".localhost")
        || host == "127.0.0.1"
        || host == "[::1]"
}

/// A member of staff's key, as the settings keep it. Shown by nothing but the call that sends it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Key(StaffKey);

impl Key {
    /// Takes a key as a person pasted it.
    ///
    /// # Errors
    /// Where it cannot be one, which a cut or doubled paste shows at once.
    pub fn parse(key: &str) -> Result<Self, ConnectionError> {
        StaffKey::parse(key).map(Self).map_err(|_| ConnectionError::NotAKey)
    }

    /// The key itself, for the one header that carries it and the field that lets its owner change it.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.expose()
    }
}

impl From<Key> for String {
    fn from(key: Key) -> Self {
        key.expose().to_owned()
    }
}

/// What somebody typed is no address, workspace or key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ConnectionError {
    /// No address at all.
    #[error("write the whole address of the worker, such as https://earshot.example.workers.dev")]
    NotAnAddress,
    /// The key would travel unencrypted.
    #[error("the address must start with https:// so that nobody on the way can read your key")]
    NotEncrypted,
    /// It has a user name, query or fragment.
    #[error("leave out everything after the path: no ?, no #, no user name")]
    NotABase,
    /// Not a workspace's id.
    #[error("a workspace's id is 1 to 32 of a-z, 0-9 and -, such as northwind")]
    NotAWorkspace,
    /// Not a staff key. Never says what was typed.
    #[error("a key looks like esk_yourname_ and 64 letters and digits; copy the whole of it")]
    NotAKey,
}

macro_rules! read_by_parsing {
    ($($name:ty),+) => {$(
        impl TryFrom<String> for $name {
            type Error = ConnectionError;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                Self::parse(&text)
            }
        }
    )+};
}

read_by_parsing!(WorkspaceUrl, Key);

impl From<WorkspaceUrl> for String {
    fn from(url: WorkspaceUrl) -> Self {
        url.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_kept_as_its_base() {
        for (typed, kept) in [
            ("https://desk.northwind.example", "https://desk.northwind.example"),
            ("  https://desk.northwind.example/ ", "https://desk.northwind.example"),
            ("https://Northwind.example/earshot/", "https://northwind.example/earshot"),
            ("https://northwind.example:8443", "https://northwind.example:8443"),
            ("http://localhost:8787", "http://localhost:8787"),
            ("http://127.0.0.1:8787/", "http://127.0.0.1:8787"),
            ("http://[::1]:8787", "http://[::1]:8787"),
            ("http://desk.localhost:8787", "http://desk.localhost:8787"),
        ] {
            assert_eq!(WorkspaceUrl::parse(typed).map(String::from), Ok(kept.to_owned()), "{typed}");
        }
    }

    #[test]
    fn an_address_that_would_leak_or_cannot_be_a_base_is_refused() {
        use ConnectionError::{NotABase, NotAnAddress, NotEncrypted};
        for (typed, refusal) in [
            ("", NotAnAddress),
            ("northwind.example", NotAnAddress),
            ("/v1", NotAnAddress),
            ("ftp://northwind.example", NotAnAddress),
            ("javascript:alert(1)", NotAnAddress),
            ("https://", NotAnAddress),
            ("https://...", NotAnAddress),
            ("https://northwind.example:99999", NotAnAddress),
            ("https://north wind.example", NotAnAddress),
            ("http://northwind.example", NotEncrypted),
            ("http://localhost.northwind.example", NotEncrypted),
            ("http://127.0.0.1.northwind.example", NotEncrypted),
            ("https://ida@northwind.example", NotABase),
            ("https://northwind.example/?a=b", NotABase),
            ("https://northwind.example/#top", NotABase),
        ] {
            assert_eq!(WorkspaceUrl::parse(typed), Err(refusal), "{typed}");
        }
    }

    #[test]
    fn a_host_pattern_leaves_out_port_and_path() {
        for (url, pattern) in [
            ("https://northwind.example/earshot", "https://northwind.example/*"),
            ("http://localhost:8787", "http://localhost/*"),
            ("http://[::1]:8787", "http://[::1]/*"),
            ("http://[::1]", "http://[::1]/*"),
        ] {
            assert_eq!(WorkspaceUrl::parse(url).unwrap().host_pattern(), pattern, "{url}");
        }
    }

    #[test]
    fn a_workspace_cannot_reach_another_part_of_the_address() {
        let key = format!("esk_ida_{}", "0".repeat(64));
        for id in ["", "North Wind", "../healthz", "a/b", "a?b", "a%2fb", "ø"] {
            let typed = Connection::parse("https://desk.example", id, &key);
            assert_eq!(typed, Err(ConnectionError::NotAWorkspace), "{id}");
        }
        assert!(Connection::parse(" https://desk.example ", " northwind-2 ", &key).is_ok());
    }

    #[test]
    fn a_key_is_recognised_by_its_shape() {
        let secret = "0123456789abcdef".repeat(4);
        for key in [format!("esk_ida_{secret}"), format!(" esk_ida-berg_{secret}\n")] {
            assert!(Key::parse(&key).is_ok());
        }
        for key in [
            String::new(),
            "esk_ida".into(),
            format!("ida_{secret}"),
            format!("esk__{secret}"),
            format!("esk_ida_{}", &secret[1..]),
            format!("esk_ida_{secret}0"),
            format!("esk_ida_{}", secret.replace('a', "g")),
            format!("esk_ida\r\n_{secret}"),
        ] {
            assert_eq!(Key::parse(&key), Err(ConnectionError::NotAKey), "{key}");
        }
    }

    #[test]
    fn debug_output_never_shows_the_key() {
        let secret = "0123456789abcdef".repeat(4);
        let connection =
            Connection::parse("https://northwind.example", "northwind", &format!("esk_ida_{secret}"))
                .unwrap();
        let shown = format!("{connection:?}");
        assert!(!shown.contains(&secret) && shown.contains("[redacted]"), "{shown}");
    }
}
