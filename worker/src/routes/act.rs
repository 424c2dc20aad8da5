//! `POST /v1/{workspace}/mentions/{id}/{verb}`: what people do with a mention.

use earshot_api::{NoteBody, ResolveBody};
use earshot_desk::Command;
use earshot_mention::MentionId;
use worker::web_sys::Request;
use worker::{Env, Response};

use super::{body, parse, shown};
use crate::auth;
use crate::config::Silo;
use crate::desk::{Call, DeskClient};
use crate::failure::Failure;
use crate::router::Verb;

pub(super) async fn answer(
    request: Request,
    env: &Env,
    workspace: &str,
    id: &str,
    verb: Verb,
) -> Result<Response, Failure> {
    let silo = Silo::find(env, workspace)?;
    let by = auth::staff(&request, &silo)?;
    let id = MentionId::parse(id).map_err(|error| Failure::NotFound(error.to_string().into()))?;
    let body = body(request).await?;
    let command = match verb {
        Verb::Claim => Command::Claim,
        Verb::Release => Command::Release,
        Verb::Note => Command::Note { text: parse::<NoteBody>(&body)?.text },
        Verb::Resolve if body.is_empty() => Command::Resolve { outcome: ResolveBody::default().outcome },
        Verb::Resolve => Command::Resolve { outcome: parse::<ResolveBody>(&body)?.outcome },
        Verb::Dismiss => Command::Dismiss,
        Verb::Reopen => Command::Reopen,
    };
    shown(&silo, DeskClient::of(env, silo.id())?.call(&Call::Act { id, command, by }).await?)
}
