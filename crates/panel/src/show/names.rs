//! Names as people read them.

use earshot_desk::StaffId;
use earshot_mention::{Author, Platform};
use earshot_reading::Level;

/// A colleague's name: `ida` is Ida.
pub(crate) fn person(id: &StaffId) -> String {
    capitalised(&id.0)
}

/// A platform's name as it writes itself; one that is not known by its id.
pub(crate) fn platform(platform: &Platform) -> String {
    let known = match platform.as_str() {
        "x" => "X",
        "facebook" => "Facebook",
        "instagram" => "Instagram",
        "youtube" => "YouTube",
        "reddit" => "Reddit",
        "trustpilot" => "Trustpilot",
        "linkedin" => "LinkedIn",
        "tiktok" => "TikTok",
        "threads" => "Threads",
        "whatsapp" => "WhatsApp",
        "mastodon" => "Mastodon",
        "bluesky" => "Bluesky",
        "discourse" => "Discourse",
        "google-business" => "Google",
        "standard" | "standard-webhooks" => "Webhook",
        other => return capitalised(other),
    };
    known.to_owned()
}

/// Who wrote it: the name, else the handle, else that it is not known.
pub(crate) fn author(author: &Author) -> String {
    let shown = |text: &Option<String>| {
        text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
    };
    shown(&author.name)
        .or_else(|| shown(&author.handle).map(|handle| format!("@{handle}")))
        .unwrap_or_else(|| "Somebody".to_owned())
}

/// The class and the message name of a level.
pub(crate) const fn level(level: Level) -> &'static str {
    match level {
        Level::None => "none",
        Level::Low => "low",
        Level::Normal => "normal",
        Level::High => "high",
        Level::Critical => "critical",
    }
}

fn capitalised(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_author_always_has_something_to_be_called() {
        let written = |name: Option<&str>, handle: Option<&str>| {
            author(&Author {
                name: name.map(Into::into),
                handle: handle.map(Into::into),
                ..Author::default()
            })
        };
        assert_eq!(written(Some("Mara Lind"), Some("maralind")), "Mara Lind");
        assert_eq!(written(Some("  "), Some("maralind")), "@maralind");
        assert_eq!(written(None, None), "Somebody");
    }

    #[test]
    fn names_are_written_as_people_write_them() {
        assert_eq!(person(&StaffId("ida".into())), "Ida");
        assert_eq!(person(&StaffId(String::new())), "");
        assert_eq!(platform(&Platform::named("youtube")), "YouTube");
        assert_eq!(platform(&Platform::named("heise")), "Heise");
    }
}
