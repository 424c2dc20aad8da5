//! Instagram: what was said where somebody mentioned us, asked of the account that was mentioned; a comment on our own
//! media, which comes with its author, by its id.
//! <https://developers.facebook.com/docs/instagram-platform/reference/instagram-media/comments>,
//! <https://developers.facebook.com/docs/instagram-api/reference/ig-user/mentioned_comment>,
//! <https://developers.facebook.com/docs/instagram-api/reference/ig-user/mentioned_media>

use earshot_mention::{Kind, Platform, Post};
use serde_json::Value;

use super::Fetcher;
use crate::item::{count, fits_address, handle, id};
use crate::moment::moment;
use crate::reply::{GRAPH, base, own_id, part};
use crate::text::words_or_none;
use crate::{Account, ReplyRequest};

/// Instagram.
#[derive(Debug)]
pub(super) struct Instagram;

impl Fetcher for Instagram {
    fn platform(&self) -> Platform {
        Platform::named("instagram")
    }

    fn request(&self, post: &Post, account: &Account) -> Option<ReplyRequest> {
        let native = &post.id.native;
        // The id stands between brackets of a query language of its own.
        if !fits_address(native) {
            return None;
        }
        if post.kind == Kind::Comment && is_below_ours(post) {
            let fields = part("id,text,timestamp,username,like_count");
            return Some(ReplyRequest::get(
                format!("{}/{native}?fields={fields}", base(account, GRAPH)),
                account,
            ));
        }
        let asked = match post.kind {
            Kind::Comment => {
                format!("mentioned_comment.comment_id({native}){{id,text,timestamp,like_count,media}}")
            }
            Kind::Post => format!(
                "mentioned_media.media_id({native}){{id,caption,timestamp,username,like_count,comments_count}}"
            ),
            Kind::Message | Kind::Review => return None,
        };
        let url = format!("{}/{}?fields={}", base(account, GRAPH), part(own_id(account).ok()?), part(&asked));
        Some(ReplyRequest::get(url, account))
    }

    fn read(&self, post: &Post, answer: &[u8]) -> Option<Post> {
        let answer: Value = serde_json::from_slice(answer).ok()?;
        let (told, words) = match post.kind {
            Kind::Comment if is_below_ours(post) => {
                id(&answer["id"])?;
                (&answer, "text")
            }
            Kind::Comment => (&answer["mentioned_comment"], "text"),
            _ => (&answer["mentioned_media"], "caption"),
        };
        told.as_object()?;
        let mut post = post.clone();
        post.text = words_or_none(&told[words]);
        post.author.handle = handle(&told["username"]).or(post.author.handle);
        post.published = moment(&told["timestamp"]).or(post.published);
        post.thread = post.thread.or_else(|| id(&told["media"]["id"]));
        post.reach.likes = count(&told["like_count"]).or(post.reach.likes);
        post.reach.replies = count(&told["comments_count"]).or(post.reach.replies);
        Some(post)
    }
}

/// A mention is told of without its author, a comment on our media with at least an id.
fn is_below_ours(post: &Post) -> bool {
    post.author.id.is_some() || post.author.handle.is_some()
}
