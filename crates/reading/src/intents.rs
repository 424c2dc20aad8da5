//! What the writer wants or reports: from the signals' words and from what was learnt.
//!
//! Words and model check each other. How much each is believed is [`BARS`], one line an intent: where there were many
//! posts to learn from, the model may name an intent alone and must at least half believe the words; where there were few
//! (safety, legal, discrimination, suggestions, purchases), the words stand alone.

use crate::Intent;
use crate::polarity::Learnt;
use crate::signals::{Grade, Hit, Telling};

/// From which probability on the model is believed about one intent.
struct Bar {
    intent: Intent,
    /// Without any words.
    alone: f32,
    /// Beside words that hint at it.
    hinted: f32,
    /// Beside words of grade high or above.
    said: f32,
}

const fn bar(intent: Intent, alone: f32, hinted: f32, said: f32) -> Bar {
    Bar { intent, alone, hinted, said }
}

/// Every intent, in the order of [`Learnt::intents`]. Chosen on posts that the model had not learnt from, in steps that
/// leave no post's wording a say: see the model card for how often each is right.
const BARS: [Bar; 17] = [
    bar(Intent::Complaint, 0.5, 0.1, 0.0),
    bar(Intent::Question, 0.5, 0.1, 0.1),
    bar(Intent::HelpRequest, 0.3, 0.2, 0.0),
    bar(Intent::Praise, 0.4, 0.1, 0.1),
    bar(Intent::Thanks, 0.5, 0.15, 0.15),
    bar(Intent::Suggestion, 0.4, 0.0, 0.0),
    bar(Intent::ChurnThreat, 0.4, 0.0, 0.0),
    bar(Intent::PurchaseIntent, 0.4, 0.0, 0.0),
    bar(Intent::LostStolenDamaged, 0.4, 0.0, 0.0),
    bar(Intent::Outage, 0.4, 0.0, 0.0),
    bar(Intent::Billing, 0.4, 0.03, 0.0),
    bar(Intent::Delay, 0.5, 0.05, 0.0),
    bar(Intent::AccountAccess, 0.3, 0.15, 0.05),
    bar(Intent::Safety, 0.4, 0.0, 0.0),
    bar(Intent::LegalPress, 0.4, 0.0, 0.0),
    bar(Intent::Discrimination, 0.4, 0.0, 0.0),
    bar(Intent::SpamOrIrrelevant, 0.6, 0.2, 0.2),
];

/// What the writer wants: strongest words first, and of equals the likelier. Without a model the words stand alone.
pub(crate) fn intents(hits: &[Hit], learnt: Option<&Learnt>) -> Vec<Intent> {
    let mut found: Vec<(Grade, f32, Intent)> = BARS
        .iter()
        .enumerate()
        .filter_map(|(at, bar)| {
            let likely = learnt.map(|learnt| learnt.intents[at]);
            let words = said(hits, bar.intent);
            let least = match words {
                Some(grade) if grade >= Grade::High => bar.said,
                Some(_) => bar.hinted,
                None => bar.alone,
            };
            let believed = likely.map_or(words.is_some(), |likely| likely >= least);
            believed.then_some((words.unwrap_or(Grade::Normal), likely.unwrap_or_default(), bar.intent))
        })
        .collect();
    found.sort_by(|a, b| b.0.cmp(&a.0).then(b.1.total_cmp(&a.1)));
    found.into_iter().map(|(_, _, intent)| intent).collect()
}

/// The highest grade of words that say the intent. Words that only count as context say nothing.
fn said(hits: &[Hit], intent: Intent) -> Option<Grade> {
    hits.iter()
        .filter(|hit| hit.telling == Telling::Plain)
        .filter(|hit| hit.signal().intents.iter().any(|(from, of)| *of == intent && hit.grade >= *from))
        .map(|hit| hit.grade)
        .max()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Span;
    use crate::signals::SIGNALS;

    fn hit(code: &str, grade: Grade, telling: Telling) -> Hit {
        let signal = SIGNALS.iter().position(|signal| signal.code == code).unwrap();
        Hit { signal: u8::try_from(signal).unwrap(), grade, telling, span: Span { start: 0, end: 1 } }
    }

    fn learnt(intent: Intent, probability: f32) -> Learnt {
        let mut intents = [0.0; 17];
        intents[intent as usize] = probability;
        Learnt { urgency: 0.0, levels: [0.0; 4], intents, urgent_words: None }
    }

    #[test]
    fn bars_are_in_the_order_of_the_model() {
        for (at, bar) in BARS.iter().enumerate() {
            assert_eq!(bar.intent as usize, at);
            assert!(bar.alone >= bar.hinted && bar.hinted >= bar.said, "{:?}", bar.intent);
        }
    }

    #[test]
    fn words_and_model_check_each_other() {
        let plain = |code, grade| vec![hit(code, grade, Telling::Plain)];
        for (hits, intent, probability, expected) in [
            (plain("waiting", Grade::Normal), Intent::Delay, 0.2, true),
            (plain("waiting", Grade::Normal), Intent::Delay, 0.01, false),
            (plain("waiting", Grade::High), Intent::Delay, 0.0, true),
            (vec![], Intent::Delay, 0.6, true),
            (vec![], Intent::Delay, 0.4, false),
            (vec![hit("waiting", Grade::Normal, Telling::Context)], Intent::Delay, 0.2, false),
            // A page that does not load is no outage, a shop that shames somebody no threat of the press.
            (plain("outage", Grade::Normal), Intent::Outage, 0.2, false),
            (plain("going_public", Grade::High), Intent::LegalPress, 0.2, false),
            (plain("suggestion", Grade::Normal), Intent::Suggestion, 0.0, true),
        ] {
            let found = intents(&hits, Some(&learnt(intent, probability)));
            assert_eq!(found.contains(&intent), expected, "{intent:?} {probability} {hits:?}");
        }
    }

    #[test]
    fn without_a_model_words_stand_alone() {
        let hits =
            [hit("safety", Grade::Critical, Telling::Plain), hit("question", Grade::Normal, Telling::Plain)];
        assert_eq!(intents(&hits, None), [Intent::Safety, Intent::Question]);
    }
}
