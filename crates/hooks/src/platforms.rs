//! A file a platform.

mod bluesky;
mod cloud_events;
mod discord;
mod discourse;
mod facebook;
mod generic;
mod google;
mod instagram;
mod linkedin;
mod mastodon;
mod meta;
mod slack;
mod standard_webhooks;
mod telegram;
mod threads;
mod tiktok;
mod trustpilot;
mod whatsapp;
mod x;
mod youtube;
mod zendesk;

pub(crate) use bluesky::Bluesky;
pub(crate) use cloud_events::CloudEvents;
pub(crate) use discord::Discord;
pub(crate) use discourse::Discourse;
pub(crate) use facebook::Facebook;
pub(crate) use generic::Generic;
pub(crate) use google::Google;
pub(crate) use instagram::Instagram;
pub(crate) use linkedin::LinkedIn;
pub(crate) use mastodon::Mastodon;
pub(crate) use slack::Slack;
pub(crate) use standard_webhooks::StandardWebhooks;
pub(crate) use telegram::Telegram;
pub(crate) use threads::Threads;
pub(crate) use tiktok::TikTok;
pub(crate) use trustpilot::Trustpilot;
pub(crate) use whatsapp::WhatsApp;
pub(crate) use x::X;
pub(crate) use youtube::YouTube;
pub(crate) use zendesk::Zendesk;

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
