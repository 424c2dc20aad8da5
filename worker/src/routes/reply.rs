//! `POST /v1/{workspace}/mentions/{id}/reply` and `…/looked`: answering a mention through its platform, and a person's
//! word for what became of it.

use earshot_api::{LookedBody, ReplyBody};
use earshot_desk::NewReply;
use earshot_mention::MentionId;
use worker::web_sys::Request;
use worker::{Env, Response};

use super::{body, parse, shown};
use crate::auth;
use crate::config::Silo;
use crate::desk::{Call, DeskClient};
use crate::failure::Failure;

pub(super) async fn answer(
    request: Request,
    env: &Env,
    workspace: &str,
    id: &str,
) -> Result<Response, Failure> {
    let silo = Silo::find(env, workspace)?;
    let by = auth::staff(&request, &silo)?;
    let id = MentionId::parse(id).map_err(|error| Failure::NotFound(error.to_string().into()))?;
    let ReplyBody { key, text, privately } = parse(&body(request).await?)?;
    let new = NewReply { key, text, privately };
    shown(&silo, DeskClient::of(env, silo.id())?.call(&Call::Reply { id, new, by }).await?)
}

pub(super) async fn looked(
    request: Request,
    env: &Env,
    workspace: &str,
    id: &str,
) -> Result<Response, Failure> {
    let silo = Silo::find(env, workspace)?;
    let by = auth::staff(&request, &silo)?;
    let id = MentionId::parse(id).map_err(|error| Failure::NotFound(error.to_string().into()))?;
    let LookedBody { key, found } = parse(&body(request).await?)?;
    shown(&silo, DeskClient::of(env, silo.id())?.call(&Call::Looked { id, key, found, by }).await?)
}
