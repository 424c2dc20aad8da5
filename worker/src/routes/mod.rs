//! One file a route; here only which request goes to which.

mod act;
mod flag;
mod health;
mod hooks;
mod list;
mod one;

use serde::de::DeserializeOwned;
use worker::{Context, Env, Method, Request, Response};

use crate::desk::{Answer, View};
use crate::failure::Failure;
use crate::reply::{self, Audience};
use crate::router::Route;

/// Answers a request.
pub(crate) async fn answer(request: Request, env: Env, context: Context) -> worker::Result<Response> {
    let path = request.path();
    let route = Route::find(&path);
    let audience = match route {
        Some(route) if !route.is_for_browsers() => Audience::Platform,
        _ => Audience::Browser,
    };
    let answer = match route {
        Some(route) => dispatch(route, request, &env, &context).await,
        None => Err(Failure::NotFound("there is nothing at this address".into())),
    };
    let response = match answer {
        Ok(response) => response,
        Err(failure) => reply::problem(&failure)?,
    };
    reply::seal(response, audience)
}

async fn dispatch(
    route: Route<'_>,
    request: Request,
    env: &Env,
    context: &Context,
) -> Result<Response, Failure> {
    let method = request.method();
    if !route.methods().contains(&method) {
        return Err(Failure::MethodNotAllowed(allowed(route).into()));
    }
    if method == Method::Options && route.is_for_browsers() {
        return finish(reply::preflight(&allowed(route)));
    }
    match route {
        Route::Health => health::answer(),
        Route::Hook { workspace, platform } => {
            hooks::answer(request, env, context, workspace, platform).await
        }
        Route::Mentions { workspace } if method == Method::Post => {
            flag::answer(request, env, workspace).await
        }
        Route::Mentions { workspace } => list::answer(&request, env, workspace).await,
        Route::Mention { workspace, id } => one::answer(&request, env, workspace, id).await,
        Route::Act { workspace, id, verb } => act::answer(request, env, workspace, id, verb).await,
    }
}

fn allowed(route: Route<'_>) -> String {
    let names: Vec<&str> = route.methods().iter().map(AsRef::as_ref).collect();
    names.join(", ")
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
