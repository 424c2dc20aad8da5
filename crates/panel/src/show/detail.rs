//! What stands under a mention's words when it is open.

use earshot_desk::{Event, Happening, Outcome};
use earshot_reading::{Emotions, Reading, SentimentLabel};

use super::names;

/// Emotions fainter than this are noise to who has to answer.
pub(super) const SHOWN_FROM: f32 = 0.3;

/// The emotions that show, strongest first, with how strong each is from 0 to 1.
pub(crate) fn emotions(emotions: &Emotions) -> Vec<(&'static str, f32)> {
    let mut shown: Vec<_> = [
        ("anger", emotions.anger),
        ("frustration", emotions.frustration),
        ("sadness", emotions.sadness),
        ("fear", emotions.fear),
        ("joy", emotions.joy),
        ("gratitude", emotions.gratitude),
        ("surprise", emotions.surprise),
        ("optimism", emotions.optimism),
    ]
    .into_iter()
    .map(|(name, probability)| (name, probability.get()))
    .filter(|(_, probability)| *probability >= SHOWN_FROM)
    .collect();
    shown.sort_by(|(_, one), (_, other)| other.total_cmp(one));
    shown
}

/// The verdict in a line: "Critical · negative", "Not read: language not supported".
pub(crate) fn verdict(reading: &Reading) -> String {
    let level = match names::level(reading.urgency.level) {
        "none" => "Can wait",
        "low" => "Low",
        "normal" => "Normal",
        "high" => "High",
        _ => "Critical",
    };
    let sentiment = match reading.sentiment.label {
        SentimentLabel::Negative => "negative",
        SentimentLabel::Neutral => "neutral",
        SentimentLabel::Positive => "positive",
        SentimentLabel::Unknown if reading.language.code == earshot_reading::LanguageCode::UNKNOWN => {
            "feeling not read: too little text, or a language that is not supported"
        }
        SentimentLabel::Unknown => "feeling not read: language not supported",
    };
    let irony = if reading.irony.get() >= 0.5 { " · may be ironic" } else { "" };
    format!("{level} · {sentiment}{irony}")
}

/// What happened, after who did it: "claimed it".
pub(crate) fn happening(event: &Event) -> String {
    let who = event.by.as_ref().map(names::person);
    let did = match &event.happening {
        Happening::Admitted => {
            return who
                .map_or_else(|| "Came to the desk".to_owned(), |who| format!("{who} sent it to the desk"));
        }
        Happening::Fetched => return "Its words came later, and were read then".to_owned(),
        Happening::Edited { .. } => return "The author changed the words; before, they were".to_owned(),
        Happening::Claimed => "claimed it",
        Happening::Released => "gave it back",
        Happening::Noted { .. } => "wrote",
        Happening::Resolved { outcome: Outcome::Answered } => "answered",
        Happening::Resolved { outcome: Outcome::Elsewhere } => "dealt with it elsewhere",
        Happening::Dismissed => "dismissed it",
        Happening::Reopened => "opened it again",
        Happening::Replied { privately: false, .. } => "answered",
        Happening::Replied { privately: true, .. } => "answered in private",
        Happening::NotReplied { .. } => "could not answer",
        Happening::ReplyUnknown => "answered, and it is not known whether it was said",
    };
    format!("{} {did}", who.unwrap_or_else(|| "The desk".to_owned()))
}

#[cfg(test)]
mod tests {
    use earshot_desk::StaffId;
    use earshot_mention::Timestamp;
    use earshot_reading::Probability;

    use super::*;
    use crate::show::example;

    #[test]
    fn only_emotions_that_show_are_shown_strongest_first() {
        let felt = Emotions {
            anger: Probability::new(0.4),
            fear: Probability::new(0.9),
            joy: Probability::new(0.29),
            ..Emotions::default()
        };
        assert_eq!(emotions(&felt).into_iter().map(|(name, _)| name).collect::<Vec<_>>(), ["fear", "anger"]);
    }

    #[test]
    fn what_was_not_read_says_so() {
        let mut reading = example::mention("???").reading;
        reading.sentiment.label = SentimentLabel::Unknown;
        assert!(verdict(&reading).contains("not read"), "{}", verdict(&reading));
    }

    #[test]
    fn history_reads_as_sentences() {
        let told = |by: Option<&str>, happening_| {
            happening(&Event {
                at: Timestamp::from_seconds(0),
                by: by.map(|by| StaffId(by.into())),
                happening: happening_,
            })
        };
        assert_eq!(told(None, Happening::Admitted), "Came to the desk");
        assert_eq!(told(Some("ida"), Happening::Admitted), "Ida sent it to the desk");
        assert_eq!(told(Some("ida"), Happening::Claimed), "Ida claimed it");
        assert_eq!(told(Some("tom"), Happening::Noted { text: "called".into() }), "Tom wrote");
    }
}
