//! `GET /v1/{workspace}/mentions`: what waits, most urgent first.

use earshot_api::ListQuery;
use worker::web_sys::Request;
use worker::{Env, Response};

use super::finish;
use crate::auth;
use crate::config::Silo;
use crate::desk::{Answer, Call, DeskClient};
use crate::failure::Failure;
use crate::reply;

pub(super) async fn answer(
    request: &Request,
    query: &str,
    env: &Env,
    workspace: &str,
) -> Result<Response, Failure> {
    let silo = Silo::find(env, workspace)?;
    let you = auth::staff(request, &silo)?;
    let query: ListQuery = serde_urlencoded::from_str(query).map_err(|_| {
        Failure::BadRequest("the query takes shelf, level, platform, search, limit and cursor".into())
    })?;
    let call = Call::List { query, workspace: silo.profile.name.clone(), you };
    match DeskClient::of(env, silo.id())?.call(&call).await? {
        Answer::Page(page) => finish(reply::json(200, &page)),
        _ => Err(Failure::StorageDown),
    }
}
