//! `GET|POST /v1/hooks/{workspace}/{platform}`: the platforms' handshakes and deliveries.
//!
//! A delivery comes one of two ways. Most have their body read by `entry.js` and are answered [`at_once`]: what needs no
//! storage, as nearly all does, is answered within one call into WebAssembly, since each promise between here and the
//! runtime costs as much as reading a post. Whatever else a platform asks comes as any other request.

use std::rc::Rc;

use earshot_hooks::{Event, Incoming, Method as HookMethod, Receipt, Refusal, adapter, receive};
use earshot_mention::Timestamp;
use js_sys::Date;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::future_to_promise;
use worker::{Env, Method, Response, web_sys};

use super::finish;
use crate::body;
use crate::config::Silo;
use crate::desk::{Call, DeskClient};
use crate::failure::Failure;
use crate::intake;
use crate::limit;
use crate::open_id;
use crate::platform_js::{accepted, all_headers};
use crate::queue;
use crate::reply::{self, Audience};
use crate::router::{Route, path_and_query};
use crate::tally::{self, Counted};

/// What a platform is answered.
pub(super) enum Answer {
    /// 200 and nothing else: what came is stored, or deliberately dropped.
    Accepted(web_sys::Response),
    /// The words that it waits for.
    Reply(Response),
}

/// What a request comes to before anything is stored.
enum Received {
    Answered(Answer),
    /// A delivery whose sender is proved.
    Told(Told),
}

struct Told {
    silo: Rc<Silo>,
    platform: String,
    events: Vec<Event>,
    at: Timestamp,
}

pub(super) async fn answer(
    request: web_sys::Request,
    method: Method,
    query: &str,
    env: &Env,
    workspace: &str,
    platform: &str,
) -> Result<Answer, Failure> {
    let headers = headers(&all_headers(&request));
    let method = match method {
        Method::Get => HookMethod::Get,
        Method::Options => HookMethod::Options,
        _ => HookMethod::Post,
    };
    provable(env, workspace, platform)?;
    open_id::fetch_keys(env, workspace, platform, &headers).await?;
    let length = headers.iter().find(|(name, _)| name == "content-length").map(|(_, length)| length.as_str());
    let body = match method {
        HookMethod::Post => body::read(request, length).await?,
        HookMethod::Get | HookMethod::Options => Vec::new(),
    };
    let incoming = Incoming { method, query, headers: &headers, body: &body };
    match received(&incoming, env, workspace, platform)? {
        Received::Answered(answer) => Ok(answer),
        Received::Told(told) => store(told, env).await,
    }
}

/// Answers a delivery whose body the runtime has read already: a `Response`, or where storage or a limit has to be
/// asked a promise of one. `undefined` is a 200 and nothing else, which `entry.js` makes with one crossing less.
pub(crate) fn at_once(env: Env, url: &str, headers: &str, body: &[u8]) -> JsValue {
    let (path, query) = path_and_query(url);
    let Some(Route::Hook { workspace, platform }) = Route::find(path) else {
        return sealed(Err(Failure::NotFound("there is nothing at this address".into())));
    };
    let headers = self::headers(headers);
    if open_id::wants_keys(&env, workspace, platform, &headers) {
        let (workspace, platform, query) = (workspace.to_owned(), platform.to_owned(), query.to_owned());
        let body = body.to_owned();
        return future_to_promise(async move {
            let incoming =
                Incoming { method: HookMethod::Post, query: &query, headers: &headers, body: &body };
            let answer = async {
                open_id::fetch_keys(&env, &workspace, &platform, &headers).await?;
                match received(&incoming, &env, &workspace, &platform)? {
                    Received::Answered(answer) => Ok(answer),
                    Received::Told(told) => store(told, &env).await,
                }
            };
            Ok(sealed(answer.await))
        })
        .into();
    }
    let incoming = Incoming { method: HookMethod::Post, query, headers: &headers, body };
    match received(&incoming, &env, workspace, platform) {
        Ok(Received::Answered(answer)) => sealed(Ok(answer)),
        Ok(Received::Told(told)) if limit::is_bound(&env) || is_long(&told.events) => {
            future_to_promise(async move { Ok(sealed(store(told, &env).await)) }).into()
        }
        Ok(Received::Told(Told { silo, events, at, .. })) => match intake::delivery(&silo, events, at) {
            Ok(None) => JsValue::UNDEFINED,
            Ok(Some(delivery)) => future_to_promise(async move {
                let taken = async { DeskClient::of(&env, silo.id())?.call(&Call::Take(delivery)).await };
                Ok(sealed(taken.await.map(|_| Answer::Accepted(accepted()))))
            })
            .into(),
            Err(_) => sealed(Err(Failure::StorageDown)),
        },
        Err(failure) => sealed(Err(failure)),
    }
}

/// The workspace and what proves the platform there; without it the body need not be read.
fn provable(env: &Env, workspace: &str, platform: &str) -> Result<(), Failure> {
    let silo = Silo::find(env, workspace)?;
    let adapter =
        adapter(platform).ok_or(Failure::NotFound("no platform of this name sends webhooks here".into()))?;
    if !adapter.can_prove(&*silo.endpoint(adapter)?) {
        return Err(Refusal::NoSecret.into());
    }
    Ok(())
}

fn received(
    incoming: &Incoming<'_>,
    env: &Env,
    workspace: &str,
    platform: &str,
) -> Result<Received, Failure> {
    let silo = Silo::find(env, workspace)?;
    let adapter =
        adapter(platform).ok_or(Failure::NotFound("no platform of this name sends webhooks here".into()))?;
    let endpoint = silo.endpoint(adapter)?;
    #[expect(clippy::cast_possible_truncation, reason = "milliseconds since 1970, whole and far below 2^53")]
    let at = Timestamp::from_millis(Date::now() as i64);
    match receive(adapter, incoming, &endpoint, at) {
        Ok(Receipt::Reply(handshake)) => {
            let response = finish(reply::text(handshake.status, handshake.content_type, handshake.body))?;
            for (name, value) in &handshake.headers {
                response.headers().set(name, value).map_err(|_| Failure::StorageDown)?;
            }
            Ok(Received::Answered(Answer::Reply(response)))
        }
        Ok(Receipt::Events(events)) => {
            Ok(Received::Told(Told { silo, platform: platform.to_owned(), events, at }))
        }
        Err(Refusal::Broken) if sends_for_ever(platform) => {
            tally::count(silo.id(), Counted::Broken);
            Ok(Received::Answered(Answer::Accepted(accepted())))
        }
        Err(refusal) => Err(refusal.into()),
    }
}

/// Takes in what a platform told of, and answers once that is durable.
async fn store(told: Told, env: &Env) -> Result<Answer, Failure> {
    let Told { silo, platform, events, at } = told;
    limit::count(env, silo.id(), &platform).await?;
    let events = shortened(events, env, silo.id(), at).await?;
    let delivery = intake::delivery(&silo, events, at).map_err(|_| Failure::StorageDown)?;
    if let Some(delivery) = delivery {
        DeskClient::of(env, silo.id())?.call(&Call::Take(delivery)).await?;
    }
    Ok(Answer::Accepted(accepted()))
}

/// The answer as the runtime takes it.
fn sealed(answer: Result<Answer, Failure>) -> JsValue {
    let response = match answer {
        Ok(Answer::Accepted(accepted)) => return accepted.into(),
        Ok(Answer::Reply(reply)) => Ok(reply),
        Err(failure) => reply::problem(&failure),
    };
    match response.and_then(|response| reply::seal(response, Audience::Platform)) {
        Ok(response) => web_sys::Response::from(response).into(),
        // `entry.js` says 500 for what is no response.
        Err(_) => JsValue::NULL,
    }
}

fn is_told(event: &Event) -> bool {
    !matches!(event, Event::Dropped(_))
}

/// Whether there are more posts than are read at once where a queue is bound.
fn is_long(events: &[Event]) -> bool {
    events.len() > queue::AT_ONCE && events.iter().filter(|event| is_told(event)).count() > queue::AT_ONCE
}

/// What is to be taken in at once: everything, or of a long batch what a queue does not take off our hands.
async fn shortened(
    events: Vec<Event>,
    env: &Env,
    workspace: &str,
    at: Timestamp,
) -> Result<Vec<Event>, Failure> {
    if !is_long(&events) {
        return Ok(events);
    }
    let Some(queue) = queue::bound(env) else {
        return Ok(events);
    };
    let (told, mut left): (Vec<_>, Vec<_>) = events.into_iter().partition(is_told);
    left.extend(queue::hand_over(&queue, workspace, told, at).await?);
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
