//! `earshot triage`: what webhook bodies would do in a workspace, without a worker, a secret or a network.
//!
//! For an operator who wonders why something was flagged or was not, and for the demo, which compares what a worker
//! did with what the bodies imply. Prints a JSON line a file, with what became of each of its events; never a text.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use earshot_hooks::{Adapter, Endpoint, Event, Headers, Incoming, Method, adapter};
use earshot_mention::{Considered, MentionId, Post, Timestamp, Triage, Workspace, WorkspaceError};
use earshot_reading::Reader;
use serde::Serialize;

use super::headers_beside::{HeadersError, headers_beside};

/// Which bodies, in which workspace.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The workspace's profile, as the worker's variable `WORKSPACE_<ID>` holds it.
    #[arg(long, value_name = "FILE")]
    profile: PathBuf,
    /// The platform that sends them.
    #[arg(long)]
    platform: String,
    /// The bodies. What a platform says in headers alone stands in FILE.headers.json beside FILE.json.
    #[arg(required = true, value_name = "FILE")]
    bodies: Vec<PathBuf>,
}

/// Why nothing can be said.
#[derive(Debug, thiserror::Error)]
pub(crate) enum TriageError {
    /// A file cannot be read.
    #[error("{path} cannot be read ({cause}): check its name", path = path.display())]
    File { path: PathBuf, cause: io::Error },
    /// Headers beside a body cannot be had.
    #[error(transparent)]
    Headers(#[from] HeadersError),
    /// The profile cannot be used.
    #[error(transparent)]
    Profile(#[from] WorkspaceError),
    /// The profile's brands cannot be looked for.
    #[error(transparent)]
    Brands(#[from] earshot_mention::BrandError),
    /// No such platform.
    #[error("no platform named {0} sends webhooks here: the README lists those that do")]
    Platform(String),
    /// A line could not be written as JSON.
    #[error("a line cannot be written ({0})")]
    Line(#[from] serde_json::Error),
    /// Standard output failed.
    #[error("standard output cannot be written ({0}): check where it goes and run again")]
    Output(#[from] io::Error),
}

/// What one body would do.
#[derive(Serialize)]
struct BodyOutcome<'a> {
    file: &'a Path,
    events: Vec<EventOutcome>,
    #[serde(skip_serializing_if = "Option::is_none")]
    refused: Option<String>,
}

/// What one event would do.
#[derive(Serialize)]
#[serde(rename_all = "snake_case", tag = "event")]
enum EventOutcome {
    Posted(PostOutcome),
    Edited(PostOutcome),
    AlsoKnownAs { mention: MentionId },
    Deleted { mention: MentionId },
    Dropped { why: String },
}

/// What one post would do.
#[derive(Serialize)]
struct PostOutcome {
    mention: MentionId,
    flagged: bool,
    reasons: Vec<earshot_mention::FlagReason>,
}

/// Prints what each body would do.
pub(crate) fn run(arguments: &Arguments) -> Result<(), TriageError> {
    let profile = Workspace::parse(&String::from_utf8_lossy(&read(&arguments.profile)?))?;
    let triage = profile.prepare_triage()?;
    let adapter =
        adapter(&arguments.platform).ok_or_else(|| TriageError::Platform(arguments.platform.clone()))?;
    let endpoint = Endpoint { own: profile.own(&adapter.platform()).to_vec(), ..Endpoint::default() };
    let reader = Reader::new();
    let mut output = io::stdout().lock();
    for file in &arguments.bodies {
        let body = read(file)?;
        let outcome = match events(adapter, &endpoint, &headers_beside(file)?, &body) {
            Ok(events) => BodyOutcome {
                file,
                events: events.into_iter().map(|event| outcome(event, &triage, &reader)).collect(),
                refused: None,
            },
            Err(refusal) => BodyOutcome { file, events: Vec::new(), refused: Some(refusal.to_string()) },
        };
        serde_json::to_writer(&mut output, &outcome)?;
        output.write_all(b"\n")?;
    }
    Ok(())
}

fn read(path: &Path) -> Result<Vec<u8>, TriageError> {
    fs::read(path).map_err(|cause| TriageError::File { path: path.to_owned(), cause })
}

/// The body's events. Nobody is proved here: the bodies are the operator's own files.
fn events(
    adapter: &dyn Adapter,
    endpoint: &Endpoint,
    headers: &Headers,
    body: &[u8],
) -> Result<Vec<Event>, earshot_hooks::Refusal> {
    let incoming = Incoming { method: Method::Post, query: "", headers, body };
    adapter.parse(&incoming, endpoint, now())
}

fn outcome(event: Event, triage: &Triage, reader: &Reader) -> EventOutcome {
    match event {
        Event::Posted(post) => EventOutcome::Posted(considered(post, triage, reader)),
        Event::Edited { post, .. } => EventOutcome::Edited(considered(post, triage, reader)),
        Event::AlsoKnownAs { id, .. } => EventOutcome::AlsoKnownAs { mention: MentionId::of(&id) },
        Event::Deleted { id, .. } => EventOutcome::Deleted { mention: MentionId::of(&id) },
        Event::Dropped(reason) => EventOutcome::Dropped { why: format!("{reason:?}") },
    }
}

fn considered(post: Post, triage: &Triage, reader: &Reader) -> PostOutcome {
    let mention = MentionId::of(&post.id);
    match triage.consider(post, reader, now()) {
        Considered::Flagged(flagged) => PostOutcome { mention, flagged: true, reasons: flagged.flag.reasons },
        Considered::Quiet { .. } | Considered::NotAboutUs { .. } => {
            PostOutcome { mention, flagged: false, reasons: Vec::new() }
        }
    }
}

fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp::from_millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}
