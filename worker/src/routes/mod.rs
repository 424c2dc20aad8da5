//! One file a route; here only which request goes to which.

mod act;
mod flag;
mod health;
mod hooks;
mod list;
mod one;

use serde::de::DeserializeOwned;
use worker::{Env, Method, Response, web_sys};

use crate::desk::{Answer, View};
use crate::failure::Failure;
use crate::reply::{self, Audience};
use crate::router::{Route, path_and_query};

/// Answers a request.
pub(crate) async fn answer(request: web_sys::Request, env: &Env) -> worker::Result<web_sys::Response> {
    let url = request.url();
    let (path, query) = path_and_query(&url);
    let Some(route) = Route::find(path) else {
        let nothing = Failure::NotFound("there is nothing at this address".into());
        return Ok(reply::seal(reply::problem(&nothing)?, Audience::Browser)?.into());
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
        finish(reply::preflight(&allowed(route)))
    } else {
        for_staff(route, request, method, query, env).await
    };
    let response = match answer {
        Ok(response) => response,
        Err(failure) => reply::problem(&failure)?,
    };
    Ok(reply::seal(response, audience)?.into())
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
        Route::Mentions { workspace } if method == Method::Post => {
            flag::answer(request, env, workspace).await
        }
        Route::Mentions { workspace } => list::answer(&request, query, env, workspace).await,
        Route::Mention { workspace, id } => one::answer(&request, env, workspace, id).await,
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
fn shown(answer: Answer) -> Result<Response, Failure> {
    match answer {
        Answer::Shown { view, created, .. } => finish(reply::json(if created { 201 } else { 200 }, &view)),
        Answer::Failed(failure) => Err(failure),
        Answer::Taken(_) | Answer::Page(_) => Err(Failure::StorageDown),
    }
}

/// A mention whose text is whole.
fn view(view: &View) -> Result<Response, Failure> {
    finish(reply::json(200, view))
}
