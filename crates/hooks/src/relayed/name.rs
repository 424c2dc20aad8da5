//! What an event is called, by us and by others.

use earshot_mention::Kind;

/// What happened to what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Name {
    /// What it is; `None` for a post, which may turn out to be something else.
    pub(super) kind: Option<Kind>,
    /// What happened to it.
    pub(super) verb: Verb,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verb {
    Created,
    Edited,
    Deleted,
}

impl Name {
    /// `post.created`, also with something before it (`com.example.post.created`); `post`; and, as others write it,
    /// `post_created`, `post:created`, `new_post`. `None` where it is something else that is told of.
    pub(super) fn parse(what: &str) -> Option<Self> {
        let lower = what.to_ascii_lowercase();
        if let Some((before, last)) = lower.rsplit_once('.') {
            return Self::of(before.rsplit('.').next()?, last);
        }
        match *lower.split(['_', '-', ':', '/', ' ']).collect::<Vec<_>>() {
            [noun] => Self::of(noun, "created"),
            [first, second] => Self::of(first, second).or_else(|| Self::of(second, first)),
            _ => None,
        }
    }

    fn of(noun: &str, verb: &str) -> Option<Self> {
        let kind = match noun {
            "post" | "status" | "topic" | "mention" | "discussion" | "thread" => None,
            "comment" | "reply" => Some(Kind::Comment),
            "message" | "dm" => Some(Kind::Message),
            "review" | "rating" => Some(Kind::Review),
            _ => return None,
        };
        let verb = match verb {
            "created" | "published" | "received" | "added" | "posted" | "new" => Verb::Created,
            "updated" | "edited" => Verb::Edited,
            "deleted" | "removed" | "destroyed" => Verb::Deleted,
            _ => return None,
        };
        Some(Self { kind, verb })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_events() {
        let name = |kind, verb| Some(Name { kind, verb });
        for (what, meant) in [
            ("post.created", name(None, Verb::Created)),
            ("com.example.review.published", name(Some(Kind::Review), Verb::Created)),
            ("Comment.Updated", name(Some(Kind::Comment), Verb::Edited)),
            ("message", name(Some(Kind::Message), Verb::Created)),
            ("comment_added", name(Some(Kind::Comment), Verb::Created)),
            ("new_review", name(Some(Kind::Review), Verb::Created)),
            ("post:deleted", name(None, Verb::Deleted)),
            ("invoice.created", None),
            ("post.pinned", None),
            ("post_of_the_day", None),
            ("created", None),
            ("", None),
        ] {
            assert_eq!(Name::parse(what), meant, "{what}");
        }
    }
}
