//! `POST /v1/{workspace}/mentions`: a member of staff flags a post that stands on a page.

use earshot_api::NewMention;
use earshot_mention::Timestamp;
use worker::web_sys::Request;
use worker::{Date, Env, Response};

use super::{body, parse, shown};
use crate::config::Silo;
use crate::desk::{Call, DeskClient};
use crate::failure::Failure;
use crate::{auth, intake};

pub(super) async fn answer(request: Request, env: &Env, workspace: &str) -> Result<Response, Failure> {
    let silo = Silo::find(env, workspace)?;
    let by = auth::staff(&request, &silo)?;
    let NewMention { post, note } = parse(&body(request).await?)?;
    if post.id.native.is_empty() {
        return Err(Failure::BadRequest(
            "the post has no id; what has none cannot be told from others".into(),
        ));
    }
    let now = Timestamp::from_millis(i64::try_from(Date::now().as_millis()).unwrap_or(i64::MAX));
    let card = intake::flagged(&silo, post, &by.id, now).map_err(|_| Failure::StorageDown)?;
    let call = Call::Flag { settings: intake::settings(&silo), card: Box::new(card), note, by };
    shown(&silo, DeskClient::of(env, silo.id())?.call(&call).await?)
}
