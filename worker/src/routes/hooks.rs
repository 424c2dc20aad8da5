//! `GET|POST /v1/hooks/{workspace}/{platform}`: the platforms' handshakes and deliveries.

use earshot_hooks::{Event, Incoming, Method as HookMethod, Receipt, Refusal, adapter, receive};
use earshot_mention::Timestamp;
use worker::{Date, Env, Method, Response, web_sys};

use super::finish;
use crate::body;
use crate::config::Silo;
use crate::desk::{Call, DeskClient};
use crate::failure::Failure;
use crate::intake;
use crate::open_id;
use crate::limit;
use crate::platform_js::{accepted, all_headers};
use crate::queue;
use crate::reply;
use crate::tally::{self, Counted};

/// What a platform is answered.
pub(super) enum Answer {
    /// 200 and nothing else: what came is stored, or deliberately dropped.
    Accepted(web_sys::Response),
    /// The words that it waits for.
    Reply(Response),
}

pub(super) async fn answer(
    request: web_sys::Request,
    method: Method,
    query: &str,
    env: &Env,
    workspace: &str,
    platform: &str,
) -> Result<Answer, Failure> {
    let silo = Silo::find(env, workspace)?;
    let adapter =
        adapter(platform).ok_or(Failure::NotFound("no platform of this name sends webhooks here".into()))?;
    let endpoint = silo.endpoint(adapter)?;
    if !adapter.can_prove(&endpoint) {
        return Err(Refusal::NoSecret.into());
    }
    let headers = headers(&all_headers(&request));
    if open_id::wants_keys(env, workspace, platform, &headers) {
        open_id::fetch_keys(env, workspace, platform, &headers).await?;
    }
    let endpoint = silo.endpoint(adapter)?;
    let method = match method {
        Method::Get => HookMethod::Get,
        Method::Options => HookMethod::Options,
        _ => HookMethod::Post,
    };
    let length = headers.iter().find(|(name, _)| name == "content-length").map(|(_, length)| length.as_str());
    let body = match method {
        HookMethod::Post => body::read(request, length).await?,
        HookMethod::Get | HookMethod::Options => Vec::new(),
    };
    let incoming = Incoming { method, query, headers: &headers, body: &body };
    let now = Timestamp::from_millis(i64::try_from(Date::now().as_millis()).unwrap_or(i64::MAX));
    match receive(adapter, &incoming, &endpoint, now) {
        Ok(Receipt::Reply(handshake)) => {
            let response = finish(reply::text(handshake.status, handshake.content_type, handshake.body))?;
            for (name, value) in &handshake.headers {
                response.headers().set(name, value).map_err(|_| Failure::StorageDown)?;
            }
            Ok(Answer::Reply(response))
        }
        Ok(Receipt::Events(events)) => {
            limit::count(env, silo.id(), platform).await?;
            let events = shortened(events, env, silo.id(), now).await?;
            let delivery = intake::delivery(&silo, events, now).map_err(|_| Failure::StorageDown)?;
            if let Some(delivery) = delivery {
                DeskClient::of(env, silo.id())?.call(&Call::Take(delivery)).await?;
            }
            Ok(Answer::Accepted(accepted()))
        }
        Err(Refusal::Broken) if sends_for_ever(platform) => {
            tally::count(silo.id(), Counted::Broken);
            Ok(Answer::Accepted(accepted()))
        }
        Err(refusal) => Err(refusal.into()),
    }
}

/// What is to be taken in at once: everything, or of a long batch what a queue does not take off our hands.
async fn shortened(
    events: Vec<Event>,
    env: &Env,
    workspace: &str,
    now: Timestamp,
) -> Result<Vec<Event>, Failure> {
    let is_told = |event: &&Event| !matches!(event, Event::Dropped(_));
    if events.len() <= queue::AT_ONCE || events.iter().filter(is_told).count() <= queue::AT_ONCE {
        return Ok(events);
    }
    let Some(queue) = queue::bound(env) else {
        return Ok(events);
    };
    let (told, mut left): (Vec<_>, Vec<_>) = events.into_iter().partition(|event| is_told(&event));
    left.extend(queue::hand_over(&queue, workspace, told, now).await?);
    Ok(left)
}

/// Names and values, which come line by line.
fn headers(all: &str) -> Vec<(String, String)> {
    let mut lines = all.split('\n');
    let mut headers = Vec::with_capacity(24);
    while let (Some(name), Some(value)) = (lines.next(), lines.next()) {
        headers.push((name.to_owned(), value.to_owned()));
    }
    headers
}

/// Platforms that take every refusal for an outage and send the same broken body again until they switch the whole
/// subscription off: Meta for 36 hours (<https://developers.facebook.com/docs/graph-api/webhooks/getting-started>),
/// X until its replay ends, LinkedIn for 8 hours and then blocks the endpoint.
fn sends_for_ever(platform: &str) -> bool {
    matches!(platform, "facebook" | "instagram" | "threads" | "whatsapp" | "x" | "linkedin")
}
