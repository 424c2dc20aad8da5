//! What people and their browsers send, and what operators write into the settings.

use earshot_api::{ListQuery, NewMention, NoteBody, ResolveBody};
use earshot_desk::{StaffKey, StaffRoster};
use earshot_mention::{
    Author, Channel, Kind, MentionId, Platform, Post, PostId, Reach, Text, Timestamp, Visibility, Workspace, WorkspaceId,
};
use earshot_reading::Reader;

/// Bodies, queries, ids and keys of staff calls.
pub fn contract(data: &[u8]) {
    let _ = serde_json::from_slice::<NoteBody>(data);
    let _ = serde_json::from_slice::<ResolveBody>(data);
    if let Ok(flagged) = serde_json::from_slice::<NewMention>(data) {
        MentionId::parse(MentionId::of(&flagged.post.id).as_str()).expect("every post has a mention's id");
    }
    let Ok(text) = std::str::from_utf8(data) else { return };
    let _ = serde_urlencoded::from_str::<ListQuery>(text);
    if let Ok(id) = MentionId::parse(text) {
        assert_eq!(id.as_str(), text, "an id is what it was parsed from");
    }
    let _ = WorkspaceId::parse(text);
    let _ = Platform::parse(text);
    if let Ok(roster) = StaffRoster::parse(text)
        && let Ok(key) = StaffKey::parse("esk_ida_0000000000000000000000000000000000000000000000000000000000000000")
    {
        let _ = roster.authenticate(&key);
    }
    let _ = StaffKey::parse(text);
}

/// A workspace's profile: refused with a reason, or good for triage.
pub fn profile(data: &[u8]) {
    let Ok(json) = std::str::from_utf8(data) else { return };
    let Ok(profile) = Workspace::parse(json) else { return };
    let Ok(triage) = profile.prepare_triage() else { return };
    let post = Post {
        id: PostId { platform: Platform::named("x"), native: "1".into() },
        kind: Kind::Post,
        channel: Channel::Elsewhere,
        text: Text::Delivered("@northwindair Northwind lost my bag ÄÖÜ 🧳 #flynorthwind".into()),
        author: Author::default(),
        visibility: Visibility::Public,
        published: None,
        permalink: None,
        thread: None,
        language: None,
        stars: None,
        reach: Reach::default(),
    };
    thread_local! {
        static READER: Reader = Reader::new();
    }
    READER.with(|reader| drop(triage.consider(post, reader, Timestamp::from_seconds(1_795_370_400))));
}
