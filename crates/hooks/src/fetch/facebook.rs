//! Facebook: a comment, or a post that names the page, by its id, as far as the page's token may read it.
//! <https://developers.facebook.com/docs/graph-api/reference/comment/>,
//! <https://developers.facebook.com/docs/graph-api/reference/post/>

use earshot_mention::{Kind, Platform, Post, Text};
use serde_json::Value;

use super::Fetcher;
use crate::item::{fits_address, id, label, link, string};
use crate::moment::moment;
use crate::reply::{GRAPH, base, part};
use crate::text::words;
use crate::{Account, ReplyRequest};

/// Facebook pages.
#[derive(Debug)]
pub(super) struct Facebook;

impl Fetcher for Facebook {
    fn platform(&self) -> Platform {
        Platform::named("facebook")
    }

    fn request(&self, post: &Post, account: &Account) -> Option<ReplyRequest> {
        let native = &post.id.native;
        let readable = matches!(post.kind, Kind::Comment | Kind::Post) && fits_address(native);
        let fields = part("id,message,from,created_time,permalink_url");
        readable
            .then(|| ReplyRequest::get(format!("{}/{native}?fields={fields}", base(account, GRAPH)), account))
    }

    fn read(&self, post: &Post, answer: &[u8]) -> Option<Post> {
        let told: Value = serde_json::from_slice(answer).ok()?;
        // The Graph API leaves out what is empty: a picture without words has no message.
        id(&told["id"])?;
        let mut post = post.clone();
        post.text = string(&told["message"]).map_or(Text::None, words);
        post.author.id = id(&told["from"]["id"]).or(post.author.id);
        post.author.name = label(&told["from"]["name"]).or(post.author.name);
        post.published = moment(&told["created_time"]).or(post.published);
        post.permalink = link(&told["permalink_url"]).or(post.permalink);
        Some(post)
    }
}
