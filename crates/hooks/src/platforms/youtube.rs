//! YouTube: new and changed videos of a channel, by WebSub. Comments are not pushed and must be fetched.
//!
//! - Handshake: `GET ?hub.mode=subscribe&hub.topic=…&hub.challenge=…`, answered with the challenge where the topic is
//!   one we asked for: the verify token comes back, or, where none is set, the topic's channel is among `own`. The
//!   lease runs out after 5 to 10 days: subscribe again daily.
//! - Signature: `X-Hub-Signature: sha1=…` (the hub's choice; also sha256, sha384, sha512), HMAC of the body with
//!   `hub.secret`.
//! - Body: Atom. The same video comes again for every change of title or description; a tombstone (RFC 6721) says that
//!   it was deleted or made private. Document types are refused: no entity of a sender's own making is ever expanded.
//! - Identity: the video's id. Own: a video of a channel of ours has our own words; its comments are what to fetch.
//!
//! <https://developers.google.com/youtube/v3/guides/push_notifications>, <https://www.w3.org/TR/websub/>

use earshot_mention::{Channel, Kind, Platform, PostId, Timestamp};
use quick_xml::events::{BytesStart, Event as Xml};
use quick_xml::name::ResolveResult;
use quick_xml::{NsReader, XmlVersion};

use super::{meta, post};
use crate::item::fits_address;
use crate::moment::from_text;
use crate::text::words;
use crate::verify::{Encoding, Hash, mac, proved, same};
use crate::{
    About, Adapter, DropReason, Endpoint, Event, Headers, Incoming, LONGEST_BODY, Method, Refusal, Reply,
    Secret, query,
};

const PLATFORM: Platform = Platform::named("youtube");

const ATOM: &str = "http://www.w3.org/2005/Atom";
const YT: &str = "http://www.youtube.com/xml/schemas/2015";
const TOMBSTONE: &str = "http://purl.org/atompub/tombstones/1.0";

/// Deepest nesting of a feed that is read; a real one has four levels.
const DEEPEST: usize = 16;
/// What is told within this time of publishing is still the publishing.
const SETTLING_MILLIS: i64 = 60 * 60 * 1000;

/// YouTube.
#[derive(Debug)]
pub(crate) struct YouTube;

impl Adapter for YouTube {
    fn platform(&self) -> Platform {
        PLATFORM
    }

    fn about(&self) -> About {
        About {
            name: "YouTube",
            docs: "https://developers.google.com/youtube/v3/guides/push_notifications",
            handshake: "GET with hub.topic, answered with hub.challenge; subscribe again daily",
            signature: "X-Hub-Signature: HMAC-SHA-1 (or -256, -384, -512) of the body, hex, hub.secret",
            events: "videos of subscribed channels; comments must be fetched",
            edits: "title and description",
            deletes: "videos deleted or made private",
            deadline: "the hub's; a lease lasts 5 to 10 days",
        }
    }

    fn handshake(&self, incoming: &Incoming<'_>, endpoint: &Endpoint) -> Option<Result<Reply, Refusal>> {
        if incoming.method != Method::Get {
            return None;
        }
        match query::value(incoming.query, "hub.mode")?.as_str() {
            "denied" => Some(Ok(Reply::plain(""))),
            "subscribe" | "unsubscribe" => {
                let challenge =
                    query::value(incoming.query, "hub.challenge").filter(|code| meta::is_challenge(code));
                Some(
                    challenge
                        .filter(|_| asked_for(incoming, endpoint))
                        .map(Reply::plain)
                        .ok_or(Refusal::BadChallenge),
                )
            }
            _ => None,
        }
    }

    fn verify(&self, incoming: &Incoming<'_>, endpoint: &Endpoint, _now: Timestamp) -> Result<(), Refusal> {
        let header = incoming.header("x-hub-signature").ok_or(Refusal::NoSignature)?;
        let (method, digest) = header.trim().split_once('=').ok_or(Refusal::BadSignature)?;
        let hash = match method {
            "sha1" => Hash::Sha1,
            "sha256" => Hash::Sha256,
            "sha384" => Hash::Sha384,
            "sha512" => Hash::Sha512,
            _ => return Err(Refusal::BadSignature),
        };
        let digest = Encoding::Hex.decode(digest).ok_or(Refusal::BadSignature)?;
        proved(hash, endpoint, &[incoming.body], &digest)
    }

    fn parse(
        &self,
        incoming: &Incoming<'_>,
        endpoint: &Endpoint,
        _now: Timestamp,
    ) -> Result<Vec<Event>, Refusal> {
        let feed =
            (incoming.body.len() <= LONGEST_BODY).then(|| std::str::from_utf8(incoming.body).ok()).flatten();
        let mut events: Vec<Event> =
            read(feed.ok_or(Refusal::Broken)?)?.into_iter().map(|found| event(found, endpoint)).collect();
        if events.is_empty() {
            events.push(Event::Dropped(DropReason::UnknownEvent));
        }
        Ok(events)
    }

    fn sign(&self, secret: &Secret, body: &[u8], _now: Timestamp) -> Option<Headers> {
        let digest = mac(Hash::Sha1, secret.expose().as_bytes(), &[body]);
        Some(vec![("x-hub-signature".to_owned(), format!("sha1={}", Encoding::Hex.encode(&digest)))])
    }
}

fn asked_for(incoming: &Incoming<'_>, endpoint: &Endpoint) -> bool {
    if let Some(token) = &endpoint.verify_token {
        return query::value(incoming.query, "hub.verify_token").is_some_and(|shown| same(&shown, token));
    }
    let topic = query::value(incoming.query, "hub.topic").unwrap_or_default();
    let feeds =
        ["https://www.youtube.com/xml/feeds/videos.xml?", "https://www.youtube.com/feeds/videos.xml?"];
    let channel = feeds.iter().find_map(|feed| query::value(topic.strip_prefix(feed)?, "channel_id"));
    channel.is_some_and(|channel| endpoint.is_own(&channel))
}

/// A video, or what is left of one.
#[derive(Default)]
struct Found {
    id: String,
    /// `yt:video:` and the id: all that an entry without YouTube's own elements has.
    tag: String,
    channel: String,
    title: String,
    author: String,
    published: String,
    updated: String,
    deleted: Option<String>,
}

fn event(found: Found, endpoint: &Endpoint) -> Event {
    let native = Some(found.id.trim()).filter(|id| !id.is_empty());
    let native = native.or_else(|| found.tag.trim().strip_prefix("yt:video:")).unwrap_or_default();
    if native.is_empty() || native.len() > 64 {
        return Event::Dropped(DropReason::Malformed);
    }
    let native = native.to_owned();
    if let Some(when) = found.deleted {
        return Event::Deleted { id: PostId { platform: PLATFORM, native }, at: from_text(when.trim()) };
    }
    if endpoint.is_own(found.channel.trim()) {
        return Event::Dropped(DropReason::Own);
    }
    let permalink = fits_address(&native).then(|| format!("https://www.youtube.com/watch?v={native}"));
    let mut video = post(&PLATFORM, native, Kind::Post, Channel::Elsewhere, words(&found.title));
    let short =
        |text: String| Some(text.trim().to_owned()).filter(|text| !text.is_empty() && text.len() <= 512);
    video.author.id = short(found.channel);
    video.author.name = short(found.author);
    video.published = from_text(found.published.trim());
    video.permalink = permalink;
    let updated = from_text(found.updated.trim());
    let later = updated.zip(video.published).is_some_and(|(updated, published)| {
        updated.as_millis().saturating_sub(published.as_millis()) > SETTLING_MILLIS
    });
    if later { Event::Edited { post: video, at: updated } } else { Event::Posted(video) }
}

/// The entries and tombstones of a feed.
fn read(feed: &str) -> Result<Vec<Found>, Refusal> {
    let mut reader = NsReader::from_str(feed);
    let mut found: Vec<Found> = Vec::new();
    // Names of the open elements, each with its namespace, so that a title in an author is no entry's title.
    let mut path: Vec<(Space, String)> = Vec::new();
    let mut seen_feed = false;
    loop {
        let (space, xml) = reader.read_resolved_event().map_err(|_| Refusal::Broken)?;
        let space = match space {
            ResolveResult::Bound(name) => Space::of(name.as_ref()),
            _ => Space::Other,
        };
        match xml {
            Xml::Start(start) => {
                let name = start.local_name().as_ref().to_owned();
                seen_feed |= opened(space, &name, &start, &path, &mut found);
                path.push((space, name));
                if path.len() > DEEPEST {
                    return Err(Refusal::Broken);
                }
            }
            Xml::Empty(start) => {
                let name = start.local_name().as_ref().to_owned();
                seen_feed |= opened(space, &name, &start, &path, &mut found);
            }
            Xml::End(_) => {
                path.pop();
            }
            Xml::Text(text) => said(&text.xml10_content(), &path, &mut found),
            Xml::CData(text) => said(&text.xml10_content(), &path, &mut found),
            Xml::GeneralRef(reference) => {
                let character = reference.resolve_char_ref().map_err(|_| Refusal::Broken)?;
                let character = character.or(match &*reference.xml10_content() {
                    "amp" => Some('&'),
                    "lt" => Some('<'),
                    "gt" => Some('>'),
                    "quot" => Some('"'),
                    "apos" => Some('\''),
                    _ => None,
                });
                // Any other name would have to be declared in a document type, and there is none.
                said(character.ok_or(Refusal::Broken)?.encode_utf8(&mut [0; 4]), &path, &mut found);
            }
            Xml::DocType(_) => return Err(Refusal::Broken),
            Xml::Eof => break,
            _ => {}
        }
    }
    if seen_feed { Ok(found) } else { Err(Refusal::Broken) }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Space {
    Atom,
    YouTube,
    Tombstone,
    Other,
}

impl Space {
    fn of(name: &str) -> Self {
        match name {
            ATOM => Self::Atom,
            YT => Self::YouTube,
            TOMBSTONE => Self::Tombstone,
            _ => Self::Other,
        }
    }
}

/// An element opens; whether it was the feed itself.
fn opened(
    space: Space,
    name: &str,
    start: &BytesStart<'_>,
    path: &[(Space, String)],
    found: &mut Vec<Found>,
) -> bool {
    let attribute = |name: &str| {
        let attribute = start.try_get_attribute(name).ok().flatten()?;
        attribute.normalized_value(XmlVersion::Implicit1_0).ok().map(std::borrow::Cow::into_owned)
    };
    match (space, name, path.len()) {
        (Space::Atom, "feed", 0) => return true,
        (Space::Atom, "entry", 1) => found.push(Found::default()),
        (Space::Tombstone, "deleted-entry", 1) => {
            let video = attribute("ref").unwrap_or_default();
            let id = video.strip_prefix("yt:video:").unwrap_or_default().to_owned();
            found.push(Found {
                id,
                deleted: Some(attribute("when").unwrap_or_default()),
                ..Found::default()
            });
        }
        _ => {}
    }
    false
}

/// Words inside the open elements.
fn said(words: &str, path: &[(Space, String)], found: &mut [Found]) {
    let Some(found) = found.last_mut().filter(|found| found.deleted.is_none()) else { return };
    let inside: Vec<(Space, &str)> =
        path.iter().skip(1).map(|(space, name)| (*space, name.as_str())).collect();
    let field = match inside.as_slice() {
        [(Space::Atom, "entry"), (Space::YouTube, "videoId")] => &mut found.id,
        [(Space::Atom, "entry"), (Space::Atom, "id")] => &mut found.tag,
        [(Space::Atom, "entry"), (Space::YouTube, "channelId")] => &mut found.channel,
        [(Space::Atom, "entry"), (Space::Atom, "title")] => &mut found.title,
        [(Space::Atom, "entry"), (Space::Atom, "published")] => &mut found.published,
        [(Space::Atom, "entry"), (Space::Atom, "updated")] => &mut found.updated,
        [(Space::Atom, "entry"), (Space::Atom, "author"), (Space::Atom, "name")] => &mut found.author,
        _ => return,
    };
    field.push_str(words);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn feed(inside: &str) -> String {
        format!(
            r#"<feed xmlns="{ATOM}" xmlns:yt="{YT}" xmlns:at="{TOMBSTONE}"><title>Feed</title>{inside}</feed>"#
        )
    }

    #[test]
    fn a_title_may_imitate_markup() {
        let body = feed(
            "<entry><yt:videoId>v1</yt:videoId><title>&lt;b&gt; &#38; <![CDATA[<i>]]></title><author><title>no</title><name>N</name></author></entry>",
        );
        let found = read(&body).unwrap();
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].title.as_str(), found[0].author.as_str()), ("<b> & <i>", "N"));
    }

    #[test]
    fn what_could_be_a_trick_is_broken() {
        let bomb =
            format!("<!DOCTYPE feed [<!ENTITY a \"aaaa\">]>{}", feed("<entry><title>&a;</title></entry>"));
        let deep = feed(&("<x>".repeat(20) + &"</x>".repeat(20)));
        let unknown = feed("<entry><title>&nbsp;</title></entry>");
        for body in [
            bomb.as_str(),
            &deep,
            &unknown,
            "<feed",
            "",
            "words",
            "<html></html>",
            "<feed xmlns='urn:other'/>",
        ] {
            assert!(read(body).is_err(), "{body:.60}");
        }
    }
}
