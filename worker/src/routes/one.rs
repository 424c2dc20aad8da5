//! `GET /v1/{workspace}/mentions/{id}`: one mention with its history.
//!
//! The desk answers, whose word is never a minute old as KV's may be. A text too long for lists comes from KV.

use earshot_mention::{Mention, MentionId};
use serde_json::value::RawValue;
use worker::web_sys::Request;
use worker::{Env, Response};

use super::view;
use crate::auth;
use crate::config::Silo;
use crate::desk::{Answer, Call, DeskClient, outbox};
use crate::failure::Failure;

pub(super) async fn answer(
    request: &Request,
    env: &Env,
    workspace: &str,
    id: &str,
) -> Result<Response, Failure> {
    let silo = Silo::find(env, workspace)?;
    auth::staff(request, &silo)?;
    let id = MentionId::parse(id).map_err(|error| Failure::NotFound(error.to_string().into()))?;
    let answer = DeskClient::of(env, silo.id())?.call(&Call::One { id: id.clone() }).await?;
    let Answer::Shown { view: mut shown, cut, .. } = answer else {
        return Err(Failure::StorageDown);
    };
    if cut && let Some(whole) = whole(env, silo.id(), &id, &shown.mention).await {
        shown.mention = whole;
    }
    view(&silo, *shown, 200)
}

/// The mention with its whole text, where KV has it and it is the same text that was cut: KV may still show an older one.
async fn whole(env: &Env, workspace: &str, id: &MentionId, cut: &RawValue) -> Option<Box<RawValue>> {
    let value = env.kv("MENTIONS").ok()?.get(&outbox::key(workspace, id.as_str())).text().await.ok()??;
    let cut: Mention = serde_json::from_str(cut.get()).ok()?;
    let whole: Mention = serde_json::from_str(&value).ok()?;
    let same = whole.post.text.as_str().starts_with(cut.post.text.as_str());
    if same { RawValue::from_string(value).ok() } else { None }
}
