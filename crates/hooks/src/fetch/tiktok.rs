//! TikTok: a comment among those of its video, asked of the business API.
//! <https://business-api.tiktok.com/portal/docs> (`/business/comment/list/`)
//!
//! The API's list takes comments' ids as a filter. That it finds an answer to a comment by its own id is not documented:
//! where it does not, the answer stays without words. Messages can be asked for nowhere.

use earshot_mention::{Kind, Platform, Post};
use serde_json::{Value, json};

use super::Fetcher;
use crate::item::{count, each, handle, id, label};
use crate::moment::moment;
use crate::reply::{base, own_id, part};
use crate::text::words_or_none;
use crate::{Account, ReplyRequest};

const API: &str = "https://business-api.tiktok.com";

/// TikTok says *too many requests* and *trouble of our own* in the body of a 200.
/// <https://business-api.tiktok.com/portal/docs?id=1737172488964097>
const TOO_MANY: u64 = 40_100;
const TROUBLE_FROM: u64 = 50_000;

/// TikTok.
#[derive(Debug)]
pub(super) struct TikTok;

impl Fetcher for TikTok {
    fn platform(&self) -> Platform {
        Platform::named("tiktok")
    }

    fn request(&self, post: &Post, account: &Account) -> Option<ReplyRequest> {
        let video = post.thread.as_deref().filter(|video| is_number(video))?;
        if post.kind != Kind::Comment || !is_number(&post.id.native) {
            return None;
        }
        let comments = json!([post.id.native]).to_string();
        let url = format!(
            "{}/open_api/v1.3/business/comment/list/?business_id={}&video_id={}&comment_ids={}&include_replies=true",
            base(account, API),
            part(own_id(account).ok()?),
            part(video),
            part(&comments)
        );
        Some(ReplyRequest::get(url, account).showing("access-token", account.token.expose()))
    }

    fn read(&self, post: &Post, answer: &[u8]) -> Option<Post> {
        let answer: Value = serde_json::from_slice(answer).ok()?;
        let comments = each(&answer["data"]["comments"]);
        let all =
            comments.iter().flat_map(|comment| [comment].into_iter().chain(each(&comment["reply_list"])));
        let told =
            all.into_iter().find(|comment| id(&comment["comment_id"]).as_ref() == Some(&post.id.native))?;
        let mut post = post.clone();
        post.text = words_or_none(&told["text"]);
        post.author.id = id(&told["unique_identifier"]).or_else(|| id(&told["user_id"])).or(post.author.id);
        post.author.handle = handle(&told["username"]).or(post.author.handle);
        post.author.name = label(&told["display_name"]).or(post.author.name);
        post.published = moment(&told["create_time"]).or(post.published);
        post.reach.likes = count(&told["likes"]).or(post.reach.likes);
        post.reach.replies = count(&told["replies"]).or(post.reach.replies);
        Some(post)
    }

    fn is_for_later(&self, answer: &[u8]) -> bool {
        let answer: Option<Value> = serde_json::from_slice(answer).ok();
        let code = answer.and_then(|answer| count(&answer["code"])).unwrap_or_default();
        code == TOO_MANY || code >= TROUBLE_FROM
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.len() <= 32 && text.bytes().all(|byte| byte.is_ascii_digit())
}
