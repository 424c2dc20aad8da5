//! What the signals amount to together: a score from 0 to 100, a level, and the reasons.
//!
//! Each signal has points by grade ([`WEIGHTS`]); they add up, context adds some, calming signals take some away, and the sum is bent into 0 to 100 so that no
//! number of small things makes a great one. More of any urgent signal never lowers the score.

use crate::signals::{Grade, Hit, SIGNALS};
use crate::{Context, Intent, Level, Reason, ReasonCode, Urgency};
use std::borrow::Cow;

/// A signal's points by grade: low, normal, high, critical. They never fall from grade to grade. Fitted to
/// the 3,000 labelled posts of the training set, then rounded.
#[derive(Debug)]
struct Weight {
    #[cfg_attr(not(test), expect(dead_code, reason = "names the row; a test holds the names against the table of signals"))]
    code: &'static str,
    points: [i16; 4],
}

const fn weight(code: &'static str, points: [i16; 4]) -> Weight {
    Weight { code, points }
}

const WEIGHTS: &[Weight] = &[
    weight("waiting", [0, 10, 30, 45]),
    weight("deadline", [0, 5, 20, 40]),
    weight("money", [0, 8, 30, 45]),
    weight("lost_stolen_damaged", [0, 8, 30, 45]),
    weight("outage", [0, 12, 30, 50]),
    weight("account_access", [0, 10, 35, 70]),
    weight("safety", [0, 10, 30, 60]),
    weight("stranded", [0, 5, 30, 60]),
    weight("repeated_contact", [0, 5, 25, 30]),
    weight("leaving", [0, 10, 30, 40]),
    weight("going_public", [0, 5, 25, 50]),
    weight("legal", [0, 10, 30, 60]),
    weight("discrimination", [0, 5, 30, 60]),
    weight("help_request", [0, 15, 22, 30]),
    weight("question", [0, 15, 15, 15]),
    weight("fury", [0, 5, 25, 30]),
    weight("distress", [0, 5, 15, 20]),
    weight("irony", [0, 0, 0, 0]),
    weight("closed", [0, -12, -12, -12]),
    weight("praise", [0, -8, -8, -8]),
    weight("suggestion", [0, -4, -4, -4]),
    weight("broadcast", [0, -12, -12, -12]),
];
/// Points before any signal.
const BASE: i16 = 8;
/// The least score of each level above none.
const LEVELS: [(Level, i16); 4] = [(Level::Low, 10), (Level::Normal, 22), (Level::High, 50), (Level::Critical, 75)];
/// Reasons named at most.
const MOST_REASONS: usize = 8;

/// The points of a hit.
fn points(hit: Hit) -> i16 {
    let grade = hit.grade as usize;
    WEIGHTS.get(usize::from(hit.signal)).and_then(|weight| weight.points.get(grade)).copied().unwrap_or_default()
}

/// Points for what is known besides the text.
fn of_context(context: &Context) -> i16 {
    let reach = context.followers.unwrap_or(0).max(context.likes.unwrap_or(0).saturating_mul(20));
    let reach = match reach {
        0..5_000 => 0,
        5_000..50_000 => 3,
        50_000..500_000 => 6,
        _ => 10,
    };
    let stars = match context.stars.map(crate::Stars::get) {
        Some(1) => 8,
        Some(2) => 4,
        _ => 0,
    };
    // A message to us waits for us; a public reach only matters in public.
    match context.public {
        Some(false) => stars + 5,
        _ => stars + reach,
    }
}

/// The urgency that hits and context amount to.
pub(crate) fn weigh(hits: &[Hit], context: &Context) -> Urgency {
    let mut sum = BASE;
    let mut troubled = false;
    for hit in hits {
        sum += points(*hit);
        troubled |= points(*hit) > 0;
    }
    if troubled || context.stars.is_some() {
        sum += of_context(context);
    }
    let score = u8::try_from(sum.clamp(0, 100)).unwrap_or(100);
    let level = LEVELS.iter().rev().find(|(_, least)| i16::from(score) >= *least).map_or(Level::None, |(level, _)| *level);
    let mut telling: Vec<&Hit> = hits.iter().filter(|hit| points(**hit) > 0).collect();
    telling.sort_by_key(|hit| std::cmp::Reverse(points(**hit)));
    let reasons = telling
        .into_iter()
        .take(MOST_REASONS)
        .map(|hit| Reason { code: ReasonCode(Cow::Borrowed(hit.code())), span: hit.span })
        .collect();
    Urgency { score, level, reasons }
}

/// What the writer wants, from the signals at grade normal and above, strongest first.
pub(crate) fn intents(hits: &[Hit]) -> Vec<Intent> {
    let mut found: Vec<(Grade, Intent)> = Vec::new();
    for hit in hits.iter().filter(|hit| hit.grade >= Grade::Normal) {
        for intent in SIGNALS.get(usize::from(hit.signal)).map_or(&[][..], |signal| signal.intents) {
            match found.iter_mut().find(|(_, known)| known == intent) {
                Some(known) => known.0 = known.0.max(hit.grade),
                None => found.push((hit.grade, *intent)),
            }
        }
    }
    found.sort_by_key(|(grade, _)| std::cmp::Reverse(*grade));
    found.into_iter().map(|(_, intent)| intent).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_signal_has_its_points_in_the_table_s_order() {
        let weights: Vec<_> = WEIGHTS.iter().map(|weight| weight.code).collect();
        let signals: Vec<_> = SIGNALS.iter().map(|signal| signal.code).collect();
        assert_eq!(weights, signals);
    }

    #[test]
    fn a_higher_grade_never_has_fewer_points() {
        for weight in WEIGHTS.iter().filter(|weight| weight.points[3] >= 0) {
            assert!(weight.points.is_sorted(), "{}", weight.code);
        }
    }
}
