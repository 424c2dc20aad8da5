//! Why a mention waits, in the order that tells most.

use earshot_mention::{FlaggedBy, Mention};
use earshot_reading::SentimentLabel;

/// One reason, by the name of its message: `stranded`; once each, however often its signal fired.
pub(crate) fn codes(mention: &Mention) -> Vec<String> {
    let urgent = mention.reading.urgency.reasons.iter().map(|reason| reason.code.0.as_ref());
    // Triage says "urgent" of whatever the reading found urgent; the reading's own reasons say why.
    let flagged =
        mention.flag.reasons.iter().map(|reason| reason.0.as_ref()).filter(|code| *code != "urgent");
    let mut codes: Vec<String> = Vec::new();
    for code in urgent.chain(flagged) {
        if !codes.iter().any(|known| known == code) {
            codes.push(code.to_owned());
        }
    }
    codes
}

/// A code in words, where the extension has none for it: `lost_stolen_damaged` is "lost stolen damaged".
pub(crate) fn plain(code: &str) -> String {
    code.replace(['_', '-'], " ")
}

/// Who put it here, where it was a person.
pub(crate) fn flagged_by(mention: &Mention) -> Option<&str> {
    match &mention.flag.by {
        FlaggedBy::Staff(name) => Some(name),
        FlaggedBy::Triage => None,
    }
}

/// The sentiment's shape: +, −, ○, or ? for not read.
pub(crate) const fn shape(label: SentimentLabel) -> (&'static str, &'static str) {
    match label {
        SentimentLabel::Positive => ("+", "positive"),
        SentimentLabel::Negative => ("\u{2212}", "negative"),
        SentimentLabel::Neutral => ("\u{25cb}", "neutral"),
        SentimentLabel::Unknown => ("?", "not read"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::show::example;

    #[test]
    fn each_reason_stands_once_and_the_readings_own_come_first() {
        let mut mention = example::mention("Stuck. Still stuck. Nobody answers.");
        mention.reading.urgency.reasons =
            ["stranded", "ignored_contact", "stranded"].map(|code| example::reason(code, 0, 5)).into();
        mention.flag.reasons = ["urgent", "many_followers"].map(example::flag_reason).into();
        assert_eq!(codes(&mention), ["stranded", "ignored_contact", "many_followers"]);
    }

    #[test]
    fn a_code_without_words_is_still_readable() {
        assert_eq!(plain("lost_stolen_damaged"), "lost stolen damaged");
    }
}
