//! Facebook pages and Instagram: comments are answered below themselves, messages through the account's inbox.
//! <https://developers.facebook.com/docs/graph-api/reference/object/comments>,
//! <https://developers.facebook.com/docs/messenger-platform/send-messages>

use earshot_mention::{Kind, Platform, Post};
use serde_json::{Value, json};

use super::request::{author_id, base, own_id, part};
use super::{Account, CannotReply, Draft, Refused, Replier, ReplyRequest, fitting};

pub(super) const GRAPH: &str = "https://graph.facebook.com/v24.0";

/// Longest comment, in characters.
const COMMENT: usize = 8000;
/// Longest message, in characters.
const MESSAGE: usize = 1000;

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

    fn request(
        &self,
        post: &Post,
        draft: &Draft<'_>,
        account: &Account,
    ) -> Result<ReplyRequest, CannotReply> {
        if post.kind == Kind::Message || (draft.privately && post.kind != Kind::Review) {
            return message(post, draft, account);
        }
        let words = fitting(draft.words, COMMENT)?;
        let url = format!("{}/{}/comments", base(account, GRAPH), part(&post.id.native));
        Ok(ReplyRequest::post(url, account, &json!({ "message": words })))
    }

    fn look(&self, post: &Post, account: &Account) -> Option<ReplyRequest> {
        if post.kind == Kind::Message {
            return conversation(post, account, "messenger");
        }
        let url = format!(
            "{}/{}/comments?filter=stream&limit=50&fields=id,message",
            base(account, GRAPH),
            part(&post.id.native)
        );
        Some(ReplyRequest::get(url, account))
    }

    fn refused(&self, status: u16, answer: &[u8]) -> Refused {
        graph_error(status, answer)
    }
}

impl Replier for Instagram {
    fn platform(&self) -> Platform {
        Platform::named("instagram")
    }

    fn request(
        &self,
        post: &Post,
        draft: &Draft<'_>,
        account: &Account,
    ) -> Result<ReplyRequest, CannotReply> {
        let base = base(account, GRAPH);
        match post.kind {
            Kind::Comment if !draft.privately => {
                // Below a reply the platform puts ours below the top comment. No `fields` here: with a field that the
                // app may not read, the comment is made and the answer is an error all the same.
                let url = format!("{base}/{}/replies", part(&post.id.native));
                Ok(ReplyRequest::post(url, account, &json!({ "message": fitting(draft.words, 2200)? })))
            }
            Kind::Message | Kind::Comment => message(post, draft, account),
            // A mention in a caption of somebody else's.
            Kind::Post => {
                let url = format!("{base}/{}/mentions", part(own_id(account)?));
                let body = json!({ "media_id": post.id.native, "message": fitting(draft.words, 2200)? });
                Ok(ReplyRequest::post(url, account, &body))
            }
            Kind::Review => Err(CannotReply::NotPossible),
        }
    }

    fn look(&self, post: &Post, account: &Account) -> Option<ReplyRequest> {
        let edge = match post.kind {
            Kind::Message => return conversation(post, account, "instagram"),
            Kind::Comment => "replies",
            _ => "comments",
        };
        let url =
            format!("{}/{}/{edge}?fields=id,text&limit=50", base(account, GRAPH), part(&post.id.native));
        Some(ReplyRequest::get(url, account))
    }

    fn refused(&self, status: u16, answer: &[u8]) -> Refused {
        graph_error(status, answer)
    }
}

fn message(post: &Post, draft: &Draft<'_>, account: &Account) -> Result<ReplyRequest, CannotReply> {
    let words = fitting(draft.words, MESSAGE)?;
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
        "{}/{}/conversations?platform={platform}&user_id={}&fields=messages.limit(10)%7Bid,message%7D",
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
