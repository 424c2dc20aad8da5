//! One file a route; here only which request goes to which.

mod act;
mod contract;
mod flag;
mod health;
pub(crate) mod hooks;
mod list;
mod one;
mod reply;

use earshot_mention::{Mention, Timestamp};
use serde::de::DeserializeOwned;
use worker::{Date, Env, Method, Response, web_sys};

use crate::answering;
use crate::config::Silo;
use crate::desk::{Answer, View};
use crate::failure::Failure;
use crate::reply::{Audience, json, preflight, problem, seal};
use crate::router::{Route, path_and_query};

/// Answers a request.
pub(crate) async fn answer(request: web_sys::Request, env: &Env) -> worker::Result<web_sys::Response> {
    let url = request.url();
    let (path, query) = path_and_query(&url);
    let Some(route) = Route::find(path) else {
        let nothing = Failure::NotFound("there is nothing at this address".into());
        return Ok(seal(problem(&nothing)?, Audience::Browser)?.into());
    };
    let method = Method::from(request.method());
    let audience = match route {
        Route::Hook { .. } => Audience::Platform,
        _ => Audience::Browser,
    };
    let answer = if !route.methods().contains(&method) {
        Err(Failure::MethodNotAllowed(allowed(route).into()))
    } else if let Route::Hook { workspace, platform } = route {
        match hooks::answer(request, method, query, env, workspace, platform).await {
            Ok(hooks::Answer::Accepted(accepted)) => return Ok(accepted),
            Ok(hooks::Answer::Reply(reply)) => Ok(reply),
            Err(failure) => Err(failure),
        }
    } else if method == Method::Options {
        finish(preflight(&allowed(route)))
    } else {
        for_staff(route, request, method, query, env).await
    };
    let response = match answer {
        Ok(response) => response,
        Err(failure) => problem(&failure)?,
    };
    Ok(seal(response, audience)?.into())
}

async fn for_staff(
    route: Route<'_>,
    request: web_sys::Request,
    method: Method,
    query: &str,
    env: &Env,
) -> Result<Response, Failure> {
    match route {
        Route::Health | Route::Hook { .. } => health::answer(),
        Route::Contract => contract::answer(),
        Route::Mentions { workspace } if method == Method::Post => {
            flag::answer(request, env, workspace).await
        }
        Route::Mentions { workspace } => list::answer(&request, query, env, workspace).await,
        Route::Mention { workspace, id } => one::answer(&request, env, workspace, id).await,
        Route::Reply { workspace, id } => reply::answer(request, env, workspace, id).await,
        Route::Looked { workspace, id } => reply::looked(request, env, workspace, id).await,
        Route::Act { workspace, id, verb } => act::answer(request, env, workspace, id, verb).await,
    }
}

fn allowed(route: Route<'_>) -> String {
    let names: Vec<&str> = route.methods().iter().map(AsRef::as_ref).collect();
    names.join(", ")
}

/// One header of a staff call.
fn header(request: &web_sys::Request, name: &str) -> Option<String> {
    request.headers().get(name).ok().flatten()
}

/// The body of a staff call.
async fn body(request: web_sys::Request) -> Result<Vec<u8>, Failure> {
    let length = header(&request, "content-length");
    crate::body::read(request, length.as_deref()).await
}

/// What the runtime refuses to send is our fault.
fn finish(response: worker::Result<Response>) -> Result<Response, Failure> {
    response.map_err(|_| Failure::StorageDown)
}

/// A body of the contract.
fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, Failure> {
    serde_json::from_slice(body).map_err(|error| {
        // serde's own words may quote the body.
        let (line, column) = (error.line(), error.column());
        Failure::BadRequest(
            format!("the body is not what this call takes, from line {line}, column {column}").into(),
        )
    })
}

/// A mention, as the contract has it.
fn shown(silo: &Silo, answer: Answer) -> Result<Response, Failure> {
    match answer {
        Answer::Shown { view: shown, created, .. } => view(silo, *shown, if created { 201 } else { 200 }),
        Answer::Failed(failure) => Err(failure),
        Answer::Taken(_) | Answer::Page(_) => Err(Failure::StorageDown),
    }
}

/// A mention with whether it can be answered from here.
fn view(silo: &Silo, mut view: View, status: u16) -> Result<Response, Failure> {
    let Mention { post, received, .. } =
        serde_json::from_str(view.mention.get()).map_err(|_| Failure::StorageDown)?;
    view.answering = Some(answering::of(silo, &post, received, now()));
    finish(json(status, &view))
}

fn now() -> Timestamp {
    Timestamp::from_millis(i64::try_from(Date::now().as_millis()).unwrap_or(i64::MAX))
}
