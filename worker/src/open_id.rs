//! Google's keys: fetched when a push needs them, kept for as long as Google says. `earshot_hooks::KeySource` decides
//! when; one source an isolate, workspace and platform.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::time::Duration;

use earshot_hooks::{KeySource, ReplyRequest, Verb, adapter};
use earshot_mention::{Platform, Timestamp};
use js_sys::Date;
use worker::Env;

use crate::config::Silo;
use crate::failure::Failure;
use crate::platform_call::{self, PlatformAnswer};

/// How long the keys may take to come: Pub/Sub waits for ten seconds.
const PATIENCE: Duration = Duration::from_secs(5);

thread_local! {
    static SOURCES: RefCell<HashMap<String, KeySource>> = RefCell::default();
}

fn with_source<T>(silo: &Silo, platform: &Platform, work: impl FnOnce(&mut KeySource) -> T) -> T {
    let name = format!("{}/{platform}", silo.id());
    SOURCES.with_borrow_mut(|sources| work(sources.entry(name).or_default()))
}

/// Whether keys have to be fetched before a delivery with these headers can be proved.
pub(crate) fn wants_keys(env: &Env, workspace: &str, platform: &str, headers: &[(String, String)]) -> bool {
    wanted(env, workspace, platform, headers).is_some()
}

/// Fetches the keys where they are wanted. Without any the sender cannot be proved now, and should send again.
pub(crate) async fn fetch_keys(
    env: &Env,
    workspace: &str,
    platform: &str,
    headers: &[(String, String)],
) -> Result<(), Failure> {
    let Some((silo, platform, url)) = wanted(env, workspace, platform, headers) else { return Ok(()) };
    with_source(&silo, &platform, |source| source.tried(now()));
    let request = ReplyRequest { verb: Verb::Get, url, headers: Vec::new(), body: String::new() };
    let answer = platform_call::send(&request, PATIENCE).await;
    let keys = with_source(&silo, &platform, |source| {
        if let Ok(PlatformAnswer { status: 200, body, cache_control }) = answer
            && let Ok(keys) = String::from_utf8(body)
        {
            source.came(keys, cache_control.as_deref(), now());
        }
        source.keys().to_owned()
    });
    if keys.is_empty() {
        let detail = "the keys that prove this platform cannot be fetched now; send it again";
        return Err(Failure::NotConfigured(detail.into()));
    }
    silo.set_keys(&platform, keys);
    Ok(())
}

/// The silo and platform whose keys are wanted, and where they are.
fn wanted(
    env: &Env,
    workspace: &str,
    platform: &str,
    headers: &[(String, String)],
) -> Option<(Rc<Silo>, Platform, String)> {
    let token = token(headers)?;
    let adapter = adapter(platform)?;
    let silo = Silo::find(env, workspace).ok()?;
    silo.endpoint(adapter).ok()?;
    let platform = adapter.platform();
    let address = silo.keys_address(&platform)?;
    let wants = with_source(&silo, &platform, |source| source.wants(token, now()));
    wants.then_some((silo, platform, address))
}

fn token(headers: &[(String, String)]) -> Option<&str> {
    let (_, value) = headers.iter().find(|(name, _)| name == "authorization")?;
    value.strip_prefix("Bearer ")
}

fn now() -> Timestamp {
    #[expect(clippy::cast_possible_truncation, reason = "milliseconds since 1970, whole and far below 2^53")]
    Timestamp::from_millis(Date::now() as i64)
}
