//! `GET|POST /v1/hooks/{workspace}/{platform}`: the platforms' handshakes and deliveries.

use earshot_hooks::{Incoming, Method as HookMethod, Receipt, Refusal, adapter, receive};
use earshot_mention::Timestamp;
use worker::{Context, Date, Env, Method, Request, Response};

use super::finish;
use crate::body;
use crate::config::Silo;
use crate::desk::{Call, DeskClient};
use crate::failure::Failure;
use crate::intake;
use crate::reply;
use crate::tally::{self, Counted};

pub(super) async fn answer(
    mut request: Request,
    env: &Env,
    _context: &Context,
    workspace: &str,
    platform: &str,
) -> Result<Response, Failure> {
    let silo = Silo::find(env, workspace)?;
    let adapter =
        adapter(platform).ok_or(Failure::NotFound("no platform of this name sends webhooks here".into()))?;
    let endpoint = silo.endpoint(adapter);
    if !adapter.can_prove(&endpoint) {
        return Err(Refusal::NoSecret.into());
    }
    let method = match request.method() {
        Method::Get => HookMethod::Get,
        Method::Options => HookMethod::Options,
        _ => HookMethod::Post,
    };
    let body = match method {
        HookMethod::Post => body::read(&mut request).await?,
        HookMethod::Get | HookMethod::Options => Vec::new(),
    };
    let headers: Vec<(String, String)> = request.headers().entries().collect();
    let address = request.inner().url();
    let query = address.split_once('?').map_or("", |(_, query)| query);
    let incoming = Incoming { method, query, headers: &headers, body: &body };
    let now = Timestamp::from_millis(i64::try_from(Date::now().as_millis()).unwrap_or(i64::MAX));
    match receive(adapter, &incoming, &endpoint, now) {
        Ok(Receipt::Reply(handshake)) => {
            let response = finish(reply::text(handshake.status, handshake.content_type, handshake.body))?;
            for (name, value) in &handshake.headers {
                response.headers().set(name, value).map_err(|_| Failure::StorageDown)?;
            }
            Ok(response)
        }
        Ok(Receipt::Events(events)) => {
            let delivery = intake::delivery(&silo, events, now).map_err(|_| Failure::StorageDown)?;
            if let Some(delivery) = delivery {
                DeskClient::of(env, silo.id())?.call(&Call::Take(delivery)).await?;
            }
            finish(Response::empty())
        }
        Err(Refusal::Broken) if sends_for_ever(platform) => {
            tally::count(silo.id(), Counted::Broken);
            finish(Response::empty())
        }
        Err(refusal) => Err(refusal.into()),
    }
}

/// Platforms that take every refusal for an outage and send the same broken body again until they switch the whole
/// subscription off: Meta for 36 hours (<https://developers.facebook.com/docs/graph-api/webhooks/getting-started>),
/// X until its replay ends, LinkedIn for 8 hours and then blocks the endpoint.
fn sends_for_ever(platform: &str) -> bool {
    matches!(platform, "facebook" | "instagram" | "threads" | "whatsapp" | "x" | "linkedin")
}
