//! Whether and how a mention can be answered from here, as the contract tells it.

use std::time::Duration;

use earshot_api::{Answering, Elsewhere, Terms};
use earshot_hooks::{Account, CannotReply, Draft, Limit, Replier, replier};
use earshot_mention::{Kind, Platform, Post, Timestamp, Visibility};

use crate::config::{self, Silo};
use crate::failure::Failure;

/// Whether a post that reached us at `received` can be answered from here.
pub(crate) fn of(silo: &Silo, post: &Post, received: Timestamp, now: Timestamp) -> Answering {
    let platform = &post.id.platform;
    let elsewhere = |why, detail| Answering::Elsewhere { why, detail };
    let Some(replier) = replier(platform) else { return elsewhere(Elsewhere::NoWay, no_way(platform)) };
    let account = match silo.account(platform) {
        Ok(Some(account)) => account,
        Ok(None) => return elsewhere(Elsewhere::NoToken, no_token(silo.id(), platform)),
        Err(failure) => return elsewhere(Elsewhere::NotSetUp, failure.to_string()),
    };
    let publicly = if is_direct(post) { Ok(None) } else { way(replier, post, false, &account) };
    let ways = publicly.and_then(|publicly| Ok((publicly, way(replier, post, true, &account)?)));
    let (publicly, privately) = match ways {
        Ok(ways) => ways,
        Err(cannot) => return elsewhere(Elsewhere::NotSetUp, cannot.to_string()),
    };
    let written = post.published.unwrap_or(received);
    let terms = |limit: Limit| Terms {
        longest: u32::try_from(limit.longest).unwrap_or(u32::MAX),
        until: limit.window.map(|window: Duration| written + window),
    };
    let still = |terms: &Terms| terms.until.is_none_or(|until| until > now);
    let (publicly, privately) = (publicly.map(terms), privately.map(terms));
    match (publicly.filter(still), privately.filter(still)) {
        (None, None) if publicly.is_some() || privately.is_some() => {
            elsewhere(Elsewhere::TooLate, earshot_hooks::Refused::WindowClosed.to_string())
        }
        (None, None) => elsewhere(Elsewhere::NoWay, CannotReply::NotPossible.to_string()),
        (publicly, privately) => Answering::Here { publicly, privately },
    }
}

/// What the platform asks of an answer; an error where something beside the token is missing.
fn way(
    replier: &dyn Replier,
    post: &Post,
    privately: bool,
    account: &Account,
) -> Result<Option<Limit>, CannotReply> {
    // The words do not matter: this only finds out whether there is a request to be made.
    match replier.request(post, &Draft { words: "?", privately, key: "probe" }, account) {
        Ok(_) => Ok(replier.limit(post, privately)),
        Err(cannot @ (CannotReply::NoAccountId | CannotReply::NoAddress)) => Err(cannot),
        Err(_) => Ok(None),
    }
}

/// Whether a post was said to us alone, and is therefore answered so.
pub(crate) fn is_direct(post: &Post) -> bool {
    post.kind == Kind::Message || post.visibility == Visibility::Direct
}

pub(crate) fn no_way(platform: &Platform) -> String {
    format!("{platform} takes no answers from here: copy the reply and open the post")
}

pub(crate) fn no_token(workspace: &str, platform: &Platform) -> String {
    let secret = config::variable("TOKEN", &[workspace, platform.as_str()]);
    format!("no token is set for {platform}: copy the reply and open the post, or have an admin set {secret}")
}

/// Why no request could be made, as the contract says it.
pub(crate) fn cannot(cannot: &CannotReply) -> Failure {
    let detail = cannot.to_string().into();
    match cannot {
        CannotReply::NoWords | CannotReply::TooLong { .. } => Failure::BadRequest(detail),
        CannotReply::NoAccountId | CannotReply::NoAddress => Failure::NotConfigured(detail),
        // `CannotReply` may grow: what cannot be answered cannot be answered.
        _ => Failure::Conflict(detail),
    }
}
