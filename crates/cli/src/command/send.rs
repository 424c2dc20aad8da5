//! `earshot send`: posts bodies to an endpoint, signed as a platform would sign them.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use earshot_hooks::{Adapter, Headers, Secret, adapter};
use earshot_mention::Timestamp;

use super::headers_beside::{HeadersError, headers_beside};

/// How long an endpoint may take: the slowest platform gives up after 20 seconds.
const PATIENCE: Duration = Duration::from_secs(30);

/// What `earshot send` is told.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The endpoint, e.g. https://hooks.example/v1/hooks/northwind/x
    #[arg(long)]
    to: String,
    /// The platform to sign as; taken from the end of the address where it is not given.
    #[arg(long)]
    platform: Option<String>,
    /// The environment variable that holds the secret.
    #[arg(long, value_name = "NAME")]
    secret_env: String,
    /// A header that the platform would add, e.g. 'x-discourse-event: post_created'.
    #[arg(long = "header", value_name = "NAME: VALUE")]
    headers: Vec<String>,
    /// The bodies, a file each. Headers in FILE.headers.json beside FILE.json are added.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

/// Why nothing, or not everything, was sent.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SendError {
    /// The platform is not one of ours.
    #[error("no adapter is called `{0}`; name one with --platform")]
    UnknownPlatform(String),
    /// The secret is missing.
    #[error("the environment variable {0} holds no secret; set it to the one that the endpoint knows")]
    NoSecret(String),
    /// Only the platform holds the key.
    #[error("{0} signs with a key that only it holds; give the endpoint a shared secret for trying it")]
    CannotSign(String),
    /// A `--header` that is none.
    #[error("`{0}` is no header; write it as `name: value`")]
    BadHeader(String),
    /// A file cannot be read.
    #[error("{file} cannot be read ({source})")]
    Unreadable { file: String, source: std::io::Error },
    /// Headers beside a body cannot be had.
    #[error(transparent)]
    Headers(#[from] HeadersError),
    /// The endpoint did not answer.
    #[error("{0} did not answer ({1}): is the address right and the endpoint up?")]
    NoAnswer(String, #[source] Box<ureq::Error>),
    /// Output cannot be written.
    #[error("standard output cannot be written ({0}): check where it goes and run again")]
    Output(#[source] std::io::Error),
    /// Some were not taken.
    #[error("{0} of {1} were not taken")]
    NotTaken(usize, usize),
}

/// Posts each file and prints a line: the status, the file, and the endpoint's words where it refused.
pub(crate) fn run(arguments: &Arguments) -> Result<(), SendError> {
    let platform = arguments.platform.clone().unwrap_or_else(|| last_part(&arguments.to).to_owned());
    let adapter = adapter(&platform).ok_or(SendError::UnknownPlatform(platform))?;
    let secret = std::env::var(&arguments.secret_env).unwrap_or_default();
    if secret.is_empty() {
        return Err(SendError::NoSecret(arguments.secret_env.clone()));
    }
    let secret = Secret::new(secret);
    let extra = arguments.headers.iter().map(|header| parsed(header)).collect::<Result<Headers, _>>()?;
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .timeout_global(Some(PATIENCE))
        // A platform follows no redirect, and a signed body goes only where it was sent.
        .max_redirects(0)
        .max_redirects_will_error(false)
        .build()
        .into();
    let mut not_taken = 0;
    for file in &arguments.files {
        let body = std::fs::read(file).map_err(|error| unreadable(file, error))?;
        let beside = headers_beside(file)?;
        let headers = signed(adapter, &secret, &body)?;
        let mut request = agent.post(&arguments.to).header("content-type", content_type(file));
        for (name, value) in headers.iter().chain(&beside).chain(&extra) {
            request = request.header(name, value);
        }
        let mut answer = request
            .send(&body[..])
            .map_err(|error| SendError::NoAnswer(arguments.to.clone(), Box::new(error)))?;
        let status = answer.status();
        let words = answer.body_mut().read_to_string().unwrap_or_default();
        let words = if status.is_success() { "" } else { words.lines().next().unwrap_or_default() };
        let line = format!("{} {} {words}", status.as_u16(), file.display());
        writeln!(std::io::stdout().lock(), "{}", line.trim_end()).map_err(SendError::Output)?;
        not_taken += usize::from(!status.is_success());
    }
    if not_taken > 0 { Err(SendError::NotTaken(not_taken, arguments.files.len())) } else { Ok(()) }
}

fn signed(adapter: &dyn Adapter, secret: &Secret, body: &[u8]) -> Result<Headers, SendError> {
    let elapsed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let now = Timestamp::from_seconds(i64::try_from(elapsed.as_secs()).unwrap_or(i64::MAX));
    adapter.sign(secret, body, now).ok_or_else(|| SendError::CannotSign(adapter.about().name.to_owned()))
}

fn unreadable(file: &Path, source: std::io::Error) -> SendError {
    SendError::Unreadable { file: file.display().to_string(), source }
}

fn last_part(address: &str) -> &str {
    let path = address.split(['?', '#']).next().unwrap_or(address);
    path.trim_end_matches('/').rsplit('/').next().unwrap_or_default()
}

fn content_type(file: &Path) -> &'static str {
    if file.extension().is_some_and(|ending| ending == "xml") {
        "application/atom+xml"
    } else {
        "application/json"
    }
}

fn parsed(header: &str) -> Result<(String, String), SendError> {
    let (name, value) = header.split_once(':').ok_or_else(|| SendError::BadHeader(header.to_owned()))?;
    Ok((name.trim().to_ascii_lowercase(), value.trim().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_platform_stands_at_the_end_of_the_address() {
        for (address, platform) in [
            ("https://hooks.example/v1/hooks/northwind/x", "x"),
            ("http://localhost:8787/v1/hooks/northwind/standard/?token=1", "standard"),
            ("", ""),
        ] {
            assert_eq!(last_part(address), platform);
        }
    }

    #[test]
    fn a_header_is_a_name_and_a_value() {
        assert_eq!(
            parsed("X-Discourse-Event: post_created").ok(),
            Some(("x-discourse-event".to_owned(), "post_created".to_owned()))
        );
        assert!(parsed("nothing").is_err());
    }
}
