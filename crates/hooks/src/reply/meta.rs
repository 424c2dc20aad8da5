//! Facebook pages and Instagram: comments are answered below themselves, messages through the account's inbox.
//! <https://developers.facebook.com/docs/graph-api/reference/object/comments>,
//! <https://developers.facebook.com/docs/messenger-platform/send-messages>

use std::time::Duration;

use earshot_mention::{Kind, Platform, Post, Timestamp};
use serde_json::{Value, json};

use super::request::{author_id, base, own_id, part};
use super::{
    Account, Answered, CannotReply, DAY, Draft, Limit, Looked, Refused, Replier, ReplyRequest, Said, look,
    said_id,
};
use crate::item::fits_address;

pub(crate) const GRAPH: &str = "https://graph.facebook.com/v24.0";

/// Longest comment, in characters.
const COMMENT: usize = 8000;
/// Longest comment on Instagram, in characters.
const INSTAGRAM_COMMENT: usize = 2200;
/// Longest message, in characters.
const MESSAGE: usize = 1000;
/// How long a comment can be answered in private, once:
/// <https://developers.facebook.com/docs/messenger-platform/discovery/private-replies>. Whether it was cannot be looked at:
/// the id of who commented is not the one that the inbox knows them by.
const PRIVATE_REPLY: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// Facebook pages.
#[derive(Debug)]
pub(super) struct Facebook;

/// Instagram.
#[derive(Debug)]
pub(super) struct Instagram;

impl Replier for Facebook {
    fn platform(&self) -> Platform {
        Platform::named("facebook")
    }

    fn limit(&self, post: &Post, privately: bool) -> Option<Limit> {
        match post.kind {
            Kind::Message => Some(Limit::of(MESSAGE).within(DAY)),
            Kind::Review if privately => None,
            _ if privately => Some(Limit::of(MESSAGE).within(PRIVATE_REPLY)),
            _ => Some(Limit::of(COMMENT)),
        }
    }

    fn request(
        &self,
        post: &Post,
        draft: &Draft<'_>,
        account: &Account,
    ) -> Result<ReplyRequest, CannotReply> {
        let words = self.fitting(post, draft)?;
        if post.kind == Kind::Message || draft.privately {
            return message(post, words, account);
        }
        let url = format!("{}/{}/comments", base(account, GRAPH), part(&post.id.native));
        Ok(ReplyRequest::post(url, account, &json!({ "message": words })))
    }

    fn look(&self, post: &Post, privately: bool, account: &Account) -> Option<ReplyRequest> {
        if post.kind == Kind::Message {
            return conversation(post, account, "messenger");
        }
        if privately {
            return None;
        }
        // An answer to an answer is put below the comment above both.
        let comments = "comments.order(reverse_chronological).limit(50){id,message,created_time}";
        let asked = match post.kind {
            Kind::Comment => format!("{comments},parent{{{comments}}}"),
            _ => comments.to_owned(),
        };
        let url = format!("{}/{}?fields={}", base(account, GRAPH), part(&post.id.native), part(&asked));
        Some(ReplyRequest::get(url, account))
    }

    fn shows_newest_first(&self) -> bool {
        true
    }

    fn permalink(&self, id: &str) -> Option<String> {
        fits_address(id).then(|| format!("https://www.facebook.com/{id}"))
    }

    fn answered(
        &self,
        request: &ReplyRequest,
        answer: &[u8],
        _account: &Account,
    ) -> Result<Answered, Refused> {
        let id = said_id(answer);
        let is_message = request.url.ends_with("/messages");
        let permalink = id.as_deref().filter(|_| !is_message).and_then(|id| self.permalink(id));
        Ok(Answered::Sent(Said { id, permalink }))
    }

    fn refused(&self, status: u16, answer: &[u8]) -> Refused {
        graph_error(status, answer)
    }
}

impl Replier for Instagram {
    fn platform(&self) -> Platform {
        Platform::named("instagram")
    }

    fn limit(&self, post: &Post, privately: bool) -> Option<Limit> {
        match post.kind {
            Kind::Message => Some(Limit::of(MESSAGE).within(DAY)),
            Kind::Comment if privately && !is_elsewhere(post) => {
                Some(Limit::of(MESSAGE).within(PRIVATE_REPLY))
            }
            Kind::Comment | Kind::Post if privately => None,
            Kind::Comment | Kind::Post => Some(Limit::of(INSTAGRAM_COMMENT)),
            Kind::Review => None,
        }
    }

    fn request(
        &self,
        post: &Post,
        draft: &Draft<'_>,
        account: &Account,
    ) -> Result<ReplyRequest, CannotReply> {
        let words = self.fitting(post, draft)?;
        let base = base(account, GRAPH);
        match post.kind {
            Kind::Comment if is_elsewhere(post) => {
                let url = format!("{base}/{}/mentions", part(own_id(account)?));
                let body = json!({ "media_id": post.thread, "comment_id": post.id.native, "message": words });
                Ok(ReplyRequest::post(url, account, &body))
            }
            Kind::Comment if !draft.privately => {
                // Below a reply the platform puts ours below the top comment. No `fields` here: with a field that the
                // app may not read, the comment is made and the answer is an error all the same.
                let url = format!("{base}/{}/replies", part(&post.id.native));
                Ok(ReplyRequest::post(url, account, &json!({ "message": words })))
            }
            Kind::Message | Kind::Comment => message(post, words, account),
            // A mention in a caption of somebody else's.
            Kind::Post => {
                let url = format!("{base}/{}/mentions", part(own_id(account)?));
                let body = json!({ "media_id": post.id.native, "message": words });
                Ok(ReplyRequest::post(url, account, &body))
            }
            Kind::Review => Err(CannotReply::NotPossible),
        }
    }

    fn look(&self, post: &Post, privately: bool, account: &Account) -> Option<ReplyRequest> {
        let (base, native) = (base(account, GRAPH), &post.id.native);
        let url = match post.kind {
            Kind::Message => return conversation(post, account, "instagram"),
            Kind::Comment if !privately && !is_elsewhere(post) => {
                format!(
                    "{base}/{}?fields={}",
                    part(native),
                    part("parent_id,replies.limit(50){id,text,timestamp}")
                )
            }
            // Somebody else's media is shown through the account that was mentioned.
            Kind::Post if fits_address(native) => {
                let asked = format!("mentioned_media.media_id({native}){{comments{{id,text,timestamp}}}}");
                format!("{base}/{}?fields={}", part(account.id.as_deref()?), part(&asked))
            }
            _ => return None,
        };
        Some(ReplyRequest::get(url, account))
    }

    fn looked(&self, answer: &[u8], words: &str, since: Timestamp) -> Looked {
        let is_answer = serde_json::from_slice::<Value>(answer)
            .is_ok_and(|comment| comment.get("parent_id").is_some_and(|parent| !parent.is_null()));
        match look::find(answer, words, since, false) {
            // An answer to an answer is put below the comment above both, which was not shown.
            Looked::NotThere if is_answer => Looked::CannotTell,
            looked => looked,
        }
    }

    fn refused(&self, status: u16, answer: &[u8]) -> Refused {
        graph_error(status, answer)
    }
}

/// Whether a comment stands below somebody else's media, where we were mentioned: a notification of those names no
/// author, and the account can neither answer below the comment nor see what is.
fn is_elsewhere(post: &Post) -> bool {
    post.kind == Kind::Comment && post.author.id.is_none() && post.thread.is_some()
}

fn message(post: &Post, words: &str, account: &Account) -> Result<ReplyRequest, CannotReply> {
    let recipient = match post.kind {
        Kind::Message => json!({ "id": author_id(post)? }),
        Kind::Comment => json!({ "comment_id": post.id.native }),
        _ => json!({ "post_id": post.id.native }),
    };
    let url = format!("{}/{}/messages", base(account, GRAPH), part(own_id(account)?));
    let body = json!({ "recipient": recipient, "messaging_type": "RESPONSE", "message": { "text": words } });
    Ok(ReplyRequest::post(url, account, &body))
}

fn conversation(post: &Post, account: &Account, platform: &str) -> Option<ReplyRequest> {
    let (page, person) = (account.id.as_deref()?, post.author.id.as_deref()?);
    let url = format!(
        "{}/{}/conversations?platform={platform}&user_id={}&fields=messages.limit(50)%7Bid,message,created_time%7D",
        base(account, GRAPH),
        part(page),
        part(person)
    );
    Some(ReplyRequest::get(url, account))
}

/// <https://developers.facebook.com/docs/graph-api/guides/error-handling>
pub(super) fn graph_error(status: u16, answer: &[u8]) -> Refused {
    let answer: Value = serde_json::from_slice(answer).unwrap_or_default();
    let error = &answer["error"];
    match (error["code"].as_i64(), error["error_subcode"].as_i64()) {
        (Some(10), Some(2_018_278 | 2_534_022)) | (Some(131_047), _) => Refused::WindowClosed,
        (Some(100), Some(33)) | (Some(803 | 551), _) => Refused::Gone,
        (Some(102 | 190), _) => Refused::Token,
        (Some(3 | 10 | 200..=299), _) => Refused::NotAllowed,
        (Some(4 | 17 | 32 | 341 | 368 | 613 | 80_000..=80_014 | 130_429), _) => Refused::TooMany,
        (Some(506), _) => Refused::Duplicate,
        (Some(1 | 2), _) => Refused::Trouble,
        (Some(100), _) => Refused::Words,
        _ => Refused::from_status(status),
    }
}
