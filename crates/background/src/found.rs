//! A post as a content script found it, and the desk's post that it becomes.

use earshot_mention::{
    Author, Channel, Kind, Platform, PlatformError, Post, PostId, Reach, Text, Timestamp, Visibility,
};
use earshot_reading::{Context, Stars};
use serde::Deserialize;

/// A post as a site adapter found it on a page. Everything in it is the page's word, and pages are hostile: numbers
/// that no post has are dropped, and only an `https` address counts as one.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct FoundPost {
    platform: String,
    id: String,
    kind: FoundKind,
    pub(crate) text: String,
    language: Option<String>,
    author: Option<String>,
    handle: Option<String>,
    permalink: Option<String>,
    /// Milliseconds since 1970, as JavaScript counts them.
    published: Option<f64>,
    stars: Option<u8>,
    likes: Option<f64>,
    shares: Option<f64>,
    replies: Option<f64>,
}

/// What sort of post a site adapter can find: messages are not for it.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
enum FoundKind {
    #[default]
    Post,
    Comment,
    Review,
}

impl FoundPost {
    /// What the engine may know of it besides its text.
    pub(crate) fn context(&self) -> Context {
        Context {
            language: self.language.clone(),
            stars: self.stars.and_then(Stars::new),
            likes: self.likes.and_then(count),
            followers: None,
            public: Some(true),
        }
    }

    /// The desk's post. `ours`: whether it names one of our handles.
    ///
    /// # Errors
    /// Where the adapter's platform is no platform's name.
    pub(crate) fn into_post(self, ours: bool) -> Result<Post, PlatformError> {
        let context = self.context();
        let (kind, visibility) = match self.kind {
            FoundKind::Post => (Kind::Post, Visibility::Broadcast),
            FoundKind::Comment => (Kind::Comment, Visibility::Public),
            FoundKind::Review => (Kind::Review, Visibility::Public),
        };
        Ok(Post {
            id: PostId { platform: Platform::parse(&self.platform)?, native: self.id },
            kind,
            channel: if ours { Channel::Ours } else { Channel::Elsewhere },
            text: if self.text.is_empty() { Text::None } else { Text::Delivered(self.text) },
            author: Author { id: None, handle: self.handle, name: self.author, followers: None },
            visibility,
            published: self.published.and_then(moment),
            permalink: self.permalink.filter(|address| address.starts_with("https://")),
            thread: None,
            language: self.language,
            stars: context.stars,
            reach: Reach {
                likes: context.likes,
                shares: self.shares.and_then(count),
                replies: self.replies.and_then(count),
            },
        })
    }
}

/// The largest whole number that JavaScript counts to without gaps.
const LARGEST_WHOLE: f64 = 9_007_199_254_740_991.0;

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the range is checked first")]
fn count(number: f64) -> Option<u64> {
    (0.0..=LARGEST_WHOLE).contains(&number).then_some(number as u64)
}

#[expect(clippy::cast_possible_truncation, reason = "the range is checked first")]
fn moment(millis: f64) -> Option<Timestamp> {
    (0.0..=LARGEST_WHOLE).contains(&millis).then(|| Timestamp::from_millis(millis as i64))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found() -> FoundPost {
        FoundPost {
            platform: "x".into(),
            id: "1989000000000000001".into(),
            text: "Stuck at gate B14".into(),
            author: Some("Mara Lind".into()),
            handle: Some("maralind".into()),
            permalink: Some("https://x.com/maralind/status/1989000000000000001".into()),
            published: Some(1_763_800_000_000.0),
            likes: Some(12.0),
            ..FoundPost::default()
        }
    }

    #[test]
    fn a_found_post_keeps_everything_that_the_page_said() {
        let post = found().into_post(true).unwrap();
        assert_eq!(post.id.native, "1989000000000000001");
        assert_eq!(post.text.as_str(), "Stuck at gate B14");
        assert_eq!(post.channel, Channel::Ours);
        assert_eq!(post.visibility, Visibility::Broadcast);
        assert_eq!(post.published, Some(Timestamp::from_millis(1_763_800_000_000)));
        assert_eq!(post.reach.likes, Some(12));
        assert_eq!(post.author.handle.as_deref(), Some("maralind"));
    }

    #[test]
    fn what_no_post_can_have_is_dropped() {
        let post = FoundPost {
            permalink: Some("javascript:alert(1)".into()),
            published: Some(f64::INFINITY),
            likes: Some(-1.0),
            shares: Some(f64::NAN),
            stars: Some(9),
            ..found()
        }
        .into_post(false)
        .unwrap();
        assert_eq!((post.permalink, post.published, post.stars), (None, None, None));
        assert_eq!((post.reach.likes, post.reach.shares), (None, None));
    }

    #[test]
    fn a_platform_that_is_none_is_refused() {
        assert!(FoundPost { platform: "../x".into(), ..found() }.into_post(false).is_err());
    }
}
