//! A file a platform.

mod facebook;
mod instagram;
mod meta;
mod standard_webhooks;
mod x;

pub(crate) use facebook::Facebook;
pub(crate) use instagram::Instagram;
pub(crate) use standard_webhooks::StandardWebhooks;
pub(crate) use x::X;

use earshot_mention::{Author, Channel, Kind, Platform, Post, PostId, Reach, Text, Visibility};

/// A post of which no more is known yet.
pub(crate) fn post(platform: &Platform, native: String, kind: Kind, channel: Channel, text: Text) -> Post {
    Post {
        id: PostId { platform: platform.clone(), native },
        kind,
        channel,
        text,
        author: Author::default(),
        visibility: match kind {
            Kind::Post => Visibility::Broadcast,
            Kind::Comment | Kind::Review => Visibility::Public,
            Kind::Message => Visibility::Direct,
        },
        published: None,
        permalink: None,
        thread: None,
        language: None,
        stars: None,
        reach: Reach::default(),
    }
}
