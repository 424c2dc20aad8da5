//! LinkedIn: a comment below its post, or a post, by their URNs.
//! <https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/comments-api#get-a-comment>,
//! <https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/posts-api#get-posts-by-urn>

use earshot_mention::{Kind, Platform, Post};
use serde_json::Value;

use super::Fetcher;
use crate::item::{id, string};
use crate::moment::moment;
use crate::reply::{LINKEDIN, LINKEDIN_VERSION, base, part};
use crate::text::{little, words};
use crate::{Account, ReplyRequest};

/// LinkedIn.
#[derive(Debug)]
pub(super) struct LinkedIn;

impl Fetcher for LinkedIn {
    fn platform(&self) -> Platform {
        Platform::named("linkedin")
    }

    fn request(&self, post: &Post, account: &Account) -> Option<ReplyRequest> {
        let native = &post.id.native;
        let base = base(account, LINKEDIN);
        let url = match post.kind {
            Kind::Comment => {
                let (on, comment) = halves(native)?;
                format!("{base}/rest/socialActions/{}/comments/{}", part(on), part(comment))
            }
            Kind::Post if is_post(native) => format!("{base}/rest/posts/{}", part(native)),
            _ => return None,
        };
        let request = ReplyRequest::get(url, account);
        Some(request.with("linkedin-version", LINKEDIN_VERSION).with("x-restli-protocol-version", "2.0.0"))
    }

    fn read(&self, post: &Post, answer: &[u8]) -> Option<Post> {
        let told: Value = serde_json::from_slice(answer).ok()?;
        let (text, by, at) = match post.kind {
            Kind::Comment => (&told["message"]["text"], &told["actor"], &told["created"]["time"]),
            _ => (&told["commentary"], &told["author"], &told["publishedAt"]),
        };
        let mut post = post.clone();
        // Pictures have no words: then what was asked for is there, its author for one.
        post.text = match (string(text), id(by)) {
            (Some(text), _) if post.kind == Kind::Comment => words(text),
            (Some(text), _) => words(&little(text)),
            (None, Some(_)) => earshot_mention::Text::None,
            (None, None) => return None,
        };
        post.author.id = id(by).or(post.author.id);
        post.published = moment(at).or(post.published);
        Some(post)
    }
}

/// `urn:li:comment:(urn:li:activity:1,2)`: what was commented on, and the comment's number there.
fn halves(urn: &str) -> Option<(&str, &str)> {
    let inner = urn.strip_prefix("urn:li:comment:(")?.strip_suffix(')')?;
    let (on, comment) = inner.rsplit_once(',')?;
    let plain = comment.bytes().all(|byte| byte.is_ascii_digit()) && !comment.is_empty();
    (plain && on.starts_with("urn:li:") && !on.contains(['(', ')', ','])).then_some((on, comment))
}

fn is_post(urn: &str) -> bool {
    ["urn:li:share:", "urn:li:ugcPost:"].iter().any(|kind| {
        urn.strip_prefix(kind)
            .is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
    })
}
