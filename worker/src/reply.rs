//! Answers: JSON, problems, and the headers that every answer carries.

use serde::Serialize;
use worker::{Headers, Response};

use crate::failure::Failure;

/// What an answer carries besides its body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Audience {
    /// A platform.
    Platform,
    /// An extension page or a script, of whatever origin: keys are bearer tokens, so no cookie can be abused.
    Browser,
}

const JSON: &str = "application/json";
const PROBLEM: &str = "application/problem+json";

/// An answer in JSON.
pub(crate) fn json(status: u16, body: &impl Serialize) -> worker::Result<Response> {
    text(status, JSON, serde_json::to_string(body)?)
}

/// An answer in words that are ready to go.
pub(crate) fn text(status: u16, content_type: &str, body: String) -> worker::Result<Response> {
    let response = Response::builder().with_status(status).with_header("content-type", content_type)?;
    Ok(response.fixed(body.into_bytes()))
}

/// An error, as RFC 9457 has them.
pub(crate) fn problem(failure: &Failure) -> worker::Result<Response> {
    let problem = failure.problem();
    let response = text(problem.status, PROBLEM, serde_json::to_string(&problem)?)?;
    let headers = response.headers();
    match failure {
        Failure::Unauthorised => headers.set("www-authenticate", "Bearer")?,
        Failure::MethodNotAllowed(methods) => headers.set("allow", methods)?,
        Failure::StorageDown | Failure::NotConfigured(_) => headers.set("retry-after", "30")?,
        Failure::TooMany => headers.set("retry-after", "60")?,
        _ => {}
    }
    Ok(response)
}

/// Answers a browser that asks whether it may ask.
pub(crate) fn preflight(methods: &str) -> worker::Result<Response> {
    let response = Response::builder().with_status(204).empty();
    let headers = response.headers();
    headers.set("access-control-allow-methods", methods)?;
    headers.set("access-control-allow-headers", "authorization, content-type")?;
    headers.set("access-control-max-age", "86400")?;
    Ok(response)
}

/// Adds what every answer carries: nothing here is for caches, frames or guessing of types.
pub(crate) fn seal(response: Response, audience: Audience) -> worker::Result<Response> {
    let headers: &Headers = response.headers();
    headers.set("cache-control", "no-store")?;
    headers.set("x-content-type-options", "nosniff")?;
    if audience == Audience::Browser {
        headers.set("content-security-policy", "default-src 'none'; frame-ancestors 'none'")?;
        headers.set("referrer-policy", "no-referrer")?;
        headers.set("access-control-allow-origin", "*")?;
        headers.set("access-control-expose-headers", "retry-after")?;
    }
    Ok(response)
}
