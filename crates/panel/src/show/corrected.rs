//! A mention as somebody at this computer says it is.

use earshot_corrections::{Corrections, Emotion, Feeling, Says};
use earshot_mention::Mention;
use earshot_reading::{Level, Reading, SentimentLabel};

use super::detail::SHOWN_FROM;

/// A mention as it is shown here.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Seen {
    /// With the reading that somebody here says is right.
    pub(crate) mention: Mention,
    /// What they said, if anything.
    pub(crate) said: Option<Says>,
}

impl Seen {
    /// The mention as the desk has it, but for what somebody here said of its words.
    pub(crate) fn new(mention: &Mention, corrections: &Corrections) -> Self {
        let mut mention = mention.clone();
        let said = corrections.said_of(mention.post.text.as_str());
        if let Some(said) = &said {
            mention.reading = said.of(mention.reading);
        }
        Self { mention, said }
    }

    /// The level to show where the desk has this one.
    pub(crate) fn level(&self, desk: Level) -> Level {
        self.said.as_ref().and_then(|said| said.urgency).unwrap_or(desk)
    }

    /// What a row says of it, if anybody said something.
    pub(crate) fn chip(&self) -> Option<&'static str> {
        self.said.as_ref().map(|said| match said.about_us {
            Some(false) => "not about us, you said",
            _ => "corrected by you",
        })
    }
}

/// Everything that can be said of a reading, as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stands {
    /// `None` where the feeling was not read.
    pub(crate) sentiment: Option<Feeling>,
    pub(crate) urgency: Level,
    pub(crate) emotions: Vec<Emotion>,
    pub(crate) about_us: bool,
}

impl Stands {
    pub(crate) fn of(seen: &Seen, desk: Level) -> Self {
        let Reading { sentiment, emotions, .. } = &seen.mention.reading;
        Self {
            sentiment: match sentiment.label {
                SentimentLabel::Negative => Some(Feeling::Negative),
                SentimentLabel::Neutral => Some(Feeling::Neutral),
                SentimentLabel::Positive => Some(Feeling::Positive),
                SentimentLabel::Unknown => None,
            },
            urgency: seen.level(desk),
            emotions: Emotion::ALL.into_iter().filter(|one| one.of(emotions).get() >= SHOWN_FROM).collect(),
            about_us: seen.said.as_ref().and_then(|said| said.about_us).unwrap_or(true),
        }
    }

    /// What a person changed of it.
    pub(crate) fn changed(&self, now: &Self) -> Says {
        fn new<T: PartialEq + Clone>(before: &T, now: &T) -> Option<T> {
            (before != now).then(|| now.clone())
        }
        Says {
            sentiment: now.sentiment.filter(|sentiment| self.sentiment != Some(*sentiment)),
            urgency: new(&self.urgency, &now.urgency),
            emotions: new(&self.emotions, &now.emotions),
            about_us: new(&self.about_us, &now.about_us),
        }
    }
}

/// What is said, in a line: "negative · soon · anger, fear".
pub(crate) fn line(says: &Says) -> String {
    let mut parts: Vec<String> = Vec::new();
    parts.extend(says.sentiment.map(|feeling| feeling_name(feeling).to_owned()));
    parts.extend(says.urgency.map(|level| level_name(level).to_lowercase()));
    if let Some(emotions) = &says.emotions {
        let names: Vec<&str> = emotions.iter().map(|emotion| emotion.name()).collect();
        parts.push(if names.is_empty() { "no emotions".to_owned() } else { names.join(", ") });
    }
    parts.extend(says.about_us.map(|ours| if ours { "about us" } else { "not about us" }.to_owned()));
    parts.join(" \u{b7} ")
}

pub(crate) const fn feeling_name(feeling: Feeling) -> &'static str {
    match feeling {
        Feeling::Negative => "negative",
        Feeling::Neutral => "neutral",
        Feeling::Positive => "positive",
    }
}

/// What a level means to who chooses it.
pub(crate) const fn level_name(level: Level) -> &'static str {
    match level {
        Level::None => "Nothing to answer",
        Level::Low => "Can wait",
        Level::Normal => "Waits for an answer",
        Level::High => "Soon",
        Level::Critical => "Critical",
    }
}

#[cfg(test)]
mod tests {
    use earshot_corrections::Correction;

    use super::*;
    use crate::show::example;

    fn kept(says: Says) -> Corrections {
        vec![Correction::whole("Stuck.", says).unwrap()].into()
    }

    #[test]
    fn a_mention_is_shown_as_somebody_here_says_it_is() {
        let mention = example::mention("Stuck.");
        let seen = Seen::new(&mention, &Corrections::default());
        assert_eq!((seen.level(Level::Critical), seen.chip()), (Level::Critical, None));
        assert_eq!(seen.mention, mention);

        let calm = Says { urgency: Some(Level::Low), ..Says::default() };
        let seen = Seen::new(&mention, &kept(calm));
        assert_eq!((seen.level(Level::Critical), seen.chip()), (Level::Low, Some("corrected by you")));
        assert_eq!(seen.mention.reading.urgency.level, Level::Low);

        let elsewhere = Says { about_us: Some(false), ..Says::default() };
        let seen = Seen::new(&mention, &kept(elsewhere));
        assert_eq!(
            (seen.level(Level::Critical), seen.chip()),
            (Level::Critical, Some("not about us, you said"))
        );
    }

    #[test]
    fn only_what_was_changed_is_said() {
        let seen = Seen::new(&example::mention("Stuck."), &Corrections::default());
        let stands = Stands::of(&seen, Level::Critical);
        assert!(stands.changed(&stands).is_empty());
        let now = Stands { urgency: Level::High, emotions: vec![Emotion::Fear], ..stands.clone() };
        let says = stands.changed(&now);
        assert_eq!((says.urgency, says.sentiment, says.about_us), (Some(Level::High), None, None));
        assert_eq!(line(&says), "soon \u{b7} fear");
        let unread = Stands { sentiment: None, ..stands };
        let chosen = Stands { sentiment: Some(Feeling::Neutral), about_us: false, ..unread.clone() };
        assert_eq!(line(&unread.changed(&chosen)), "neutral \u{b7} not about us");
    }
}
