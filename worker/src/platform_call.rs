//! One request to a platform's API, sent as `earshot_hooks` made it.

use std::pin::pin;
use std::time::Duration;

use earshot_hooks::{ReplyRequest, Verb};
use futures_util::StreamExt;
use futures_util::future::{Either, select};
use worker::{
    AbortController, AbortSignal, Delay, Fetch, Headers, Method, Request, RequestInit, RequestRedirect,
    Result,
};

/// The most of an answer that is read, in bytes.
const LONGEST: usize = 1 << 20;

/// What a platform answered.
pub(crate) struct PlatformAnswer {
    pub(crate) status: u16,
    pub(crate) body: Vec<u8>,
    /// How long it may be kept, where it says so.
    pub(crate) cache_control: Option<String>,
}

/// Why there is no answer.
pub(crate) enum NoAnswer {
    /// The request cannot be made of what is set; nothing left.
    NotSent,
    /// Nothing came that could be relied on: no connection, no answer in time, one that broke off, one without end. The
    /// request may have arrived all the same.
    Silence,
}

/// Sends it once and waits no longer than this. Redirects are not followed: a token goes where the operator said.
pub(crate) async fn send(
    request: &ReplyRequest,
    patience: Duration,
) -> std::result::Result<PlatformAnswer, NoAnswer> {
    let request = Fetch::Request(made(request).map_err(|_| NoAnswer::NotSent)?);
    let controller = AbortController::default();
    let signal = controller.signal();
    let exchange = pin!(exchange(&request, &signal));
    let answer = match select(exchange, pin!(Delay::from(patience))).await {
        Either::Left((answer, _)) => answer.ok().flatten(),
        Either::Right(_) => None,
    };
    if answer.is_none() {
        controller.abort();
    }
    answer.ok_or(NoAnswer::Silence)
}

fn made(request: &ReplyRequest) -> Result<Request> {
    let headers = Headers::new();
    headers.set("accept", "application/json")?;
    headers.set("user-agent", concat!("earshot/", env!("CARGO_PKG_VERSION")))?;
    for (name, value) in &request.headers {
        headers.set(name, value.expose())?;
    }
    let mut init = RequestInit::new();
    init.with_redirect(RequestRedirect::Manual).with_headers(headers).with_method(match request.verb {
        Verb::Get => Method::Get,
        Verb::Post => Method::Post,
        Verb::Put => Method::Put,
    });
    if request.verb != Verb::Get {
        init.with_body(Some(request.body.as_str().into()));
    }
    Request::new_with_init(&request.url, &init)
}

/// The whole answer; `None` where it is longer than anybody's.
async fn exchange(request: &Fetch, signal: &AbortSignal) -> Result<Option<PlatformAnswer>> {
    let mut response = request.send_with_signal(signal).await?;
    let status = response.status_code();
    let cache_control = response.headers().get("cache-control")?;
    let mut body = Vec::new();
    let Ok(mut stream) = response.stream() else {
        return Ok(Some(PlatformAnswer { status, body, cache_control }));
    };
    while let Some(chunk) = stream.next().await {
        let chunk = chunk?;
        if body.len() + chunk.len() > LONGEST {
            return Ok(None);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Some(PlatformAnswer { status, body, cache_control }))
}
