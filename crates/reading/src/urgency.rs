//! What the signals amount to together: a score from 0 to 100, a level, and the reasons.
//!
//! Two questions are asked apart, because the signs differ: does somebody wait for an answer, and is harm going on?
//! Every signal has points for each by grade; they add up, context adds some, calming signals take some away. The
//! first sum reaches up to the end of `normal`, the second starts at `high`; the score is the greater of the two. So no
//! number of polite questions makes an emergency, and more of any urgent signal never lowers the score.
//!
//! The points were fitted to labelled posts (ordinal logistic regression, urgent signals held above zero), rounded,
//! and raised by hand for dangers that are rare among those posts.

use std::borrow::Cow;
use std::cmp::Reverse;

use crate::polarity::Learnt;
use crate::signals::{Grade, Hit, Telling};
use crate::{Context, Level, Reason, ReasonCode, Urgency};

/// From points for waiting to the score: straight lines between these. The band of `low` is wide: who cannot tell a question
/// from chatter is then wrong by one level and not by two.
const WAITS: [(i16, i16); 4] = [(0, 0), (8, 10), (30, 25), (80, 49)];
/// From points for harm to the score; below the first nothing. No number of complaints makes an emergency: without words
/// of great harm, or a model that is all but sure, the score ends below critical.
const HARM: [(i16, i16); 2] = [(26, 50), (60, 74)];
/// The same where there are words of great harm.
const GREAT_HARM: [(i16, i16); 3] = [(26, 50), (46, 75), (120, 100)];
/// From this expected level on the model alone stands for words of great harm.
const ALL_BUT_SURE: f32 = 3.1;
/// The least score of each level above none.
const LEVELS: [(Level, u8); 4] =
    [(Level::Low, 10), (Level::Normal, 25), (Level::High, 50), (Level::Critical, 75)];
/// Reasons named at most.
const MOST_REASONS: usize = 8;

/// What the model adds to a sum: points for each unit of a logit, how far the logit counts, and points besides. The logits
/// are those of the borders that the sum decides: `low` and `normal` for waiting (their mean), `high` for harm.
///
/// Chosen on a coarse grid where the figures are flat, on 3,000 posts with the logits of a model that had not seen them,
/// not on the posts that are measured on: `research/urgency_join.py`.
const MODEL_WAITS: Adds = Adds { each: 10.0, far: 3.0, besides: 0.0 };
const MODEL_HARM: Adds = Adds { each: 5.0, far: 3.0, besides: 5.0 };

struct Adds {
    each: f32,
    far: f32,
    besides: f32,
}

impl Adds {
    #[expect(clippy::cast_possible_truncation, reason = "clamped to a few dozen points")]
    fn points(&self, logit: f32) -> i16 {
        (logit.clamp(-self.far, self.far) * self.each + self.besides).round() as i16
    }
}

/// The urgency that hits, context and what was learnt amount to.
pub(crate) fn weigh(hits: &[Hit], context: &Context, learnt: Option<&Learnt>) -> Urgency {
    let mut waits: i16 = hits.iter().map(Hit::waits).sum();
    let mut harm: i16 = hits.iter().map(Hit::harm).sum();
    // Who is harmed waits as well, if they do not say so.
    waits += harm.max(0) / HARMED_WAIT;
    let grave = hits.iter().any(|hit| hit.grade == Grade::Critical && hit.harm() >= HARM[0].0);
    if let Some(learnt) = learnt {
        let [low, normal, high, _] = learnt.levels;
        let far = MODEL_WAITS.far;
        waits += MODEL_WAITS.points(f32::midpoint(low.clamp(-far, far), normal.clamp(-far, far)));
        // Words of great harm stand whatever the model thinks of them.
        let stands = if grave { harm.min(HARM[0].0) } else { 0 };
        harm = (harm + MODEL_HARM.points(high)).max(stands);
    } else {
        if hits.iter().any(|hit| hit.grade >= Grade::High && hit.harm() >= TROUBLE) {
            harm += TROUBLE_ALONE;
        }
        if hits.iter().any(|hit| hit.grade >= Grade::Normal && hit.waits() >= ASKS) {
            waits += ASKS_ALONE;
        }
    }
    // Reach makes trouble worse; it makes none.
    if hits.iter().any(|hit| hit.harm() >= TROUBLE) || context.stars.is_some_and(|stars| stars.get() <= 2) {
        harm += of_context(context);
    }
    if context.public == Some(false) && !hits.is_empty() {
        waits += DIRECT;
    }
    let line: &[(i16, i16)] = if grave || learnt.is_some_and(|learnt| learnt.urgency >= ALL_BUT_SURE) {
        &GREAT_HARM
    } else {
        &HARM
    };
    let score = bent(waits, &WAITS).max(if harm >= HARM[0].0 { bent(harm, line) } else { 0 });
    let score = u8::try_from(score).unwrap_or(0);
    let level =
        LEVELS.iter().rev().find(|(_, least)| score >= *least).map_or(Level::None, |(level, _)| *level);
    // Nothing is asked of anybody where the level is none.
    let mut reasons = if level == Level::None { Vec::new() } else { reasons(hits, level >= Level::High) };
    if let Some(span) = learnt.and_then(|learnt| learnt.urgent_words)
        && reasons.is_empty()
        && level >= Level::Normal
    {
        reasons.push(Reason { code: ReasonCode(Cow::Borrowed("wording")), span });
    }
    Urgency { score, level, reasons }
}

/// A signal with as many points for harm is trouble.
const TROUBLE: i16 = 10;
/// What trouble is worth more where no model has a say, and what asking is: other languages have rules alone.
const TROUBLE_ALONE: i16 = 6;
const ASKS_ALONE: i16 = 8;
/// A signal with as many points for waiting asks for something.
const ASKS: i16 = 14;
/// This many points for harm are one for waiting.
const HARMED_WAIT: i16 = 5;
/// A message to us waits for us.
const DIRECT: i16 = 6;

/// Points for harm from what is known besides the text.
fn of_context(context: &Context) -> i16 {
    let reach = if context.public == Some(false) {
        0
    } else {
        match context.followers.unwrap_or(0).max(context.likes.unwrap_or(0).saturating_mul(20)) {
            0..5_000 => 0,
            5_000..50_000 => 2,
            50_000..500_000 => 4,
            _ => 7,
        }
    };
    let stars = match context.stars.map(crate::Stars::get) {
        Some(1) => 5,
        Some(2) => 2,
        _ => 0,
    };
    reach + stars
}

/// The sum on the broken line through `points`, clamped to its ends.
fn bent(sum: i16, points: &[(i16, i16)]) -> i16 {
    for pair in points.windows(2) {
        let ((from, low), (to, high)) = (pair[0], pair[1]);
        if sum < to {
            return low + (sum - from).max(0) * (high - low) / (to - from);
        }
    }
    points.last().map_or(0, |(_, most)| *most)
}

/// What is shown: what tells most by itself first, then what gave most points to the sum that decided.
fn reasons(hits: &[Hit], harmed: bool) -> Vec<Reason> {
    let weight = |hit: &Hit| {
        let (waits, harm) = (hit.waits(), hit.harm());
        let points = if harmed { (harm, waits) } else { (waits, harm) };
        (hit.telling, hit.grade >= Grade::High, points)
    };
    let mut telling: Vec<&Hit> =
        hits.iter().filter(|hit| hit.telling > Telling::Context && hit.harm() + hit.waits() > 0).collect();
    telling.sort_by_key(|hit| Reverse(weight(hit)));
    telling
        .into_iter()
        .take(MOST_REASONS)
        .map(|hit| Reason { code: ReasonCode(Cow::Borrowed(hit.code())), span: hit.span })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::Span;
    use crate::signals::SIGNALS;

    const CALMING: [&str; 4] = ["closed", "praise", "suggestion", "broadcast"];

    #[test]
    fn a_higher_grade_never_has_fewer_points() {
        for signal in SIGNALS.iter().filter(|signal| !CALMING.contains(&signal.code)) {
            assert!(signal.waits.is_sorted() && signal.harm.is_sorted(), "{}", signal.code);
            assert!(signal.waits[0] >= 0 && signal.harm[0] >= 0, "{}", signal.code);
        }
        for signal in SIGNALS.iter().filter(|signal| CALMING.contains(&signal.code)) {
            assert!(signal.waits.iter().chain(&signal.harm).all(|points| *points <= 0), "{}", signal.code);
        }
    }

    #[test]
    fn levels_start_where_the_lines_break() {
        for (sum, score) in [(-40, 0), (0, 0), (8, 10), (30, 25), (80, 49), (300, 49)] {
            assert_eq!(bent(sum, &WAITS), score);
        }
        for (sum, score) in [(26, 50), (60, 74), (500, 74)] {
            assert_eq!(bent(sum, &HARM), score);
        }
        for (sum, score) in [(26, 50), (46, 75), (120, 100), (500, 100)] {
            assert_eq!(bent(sum, &GREAT_HARM), score);
        }
    }

    fn hit() -> impl Strategy<Value = Hit> {
        let grades = prop::sample::select(vec![Grade::Low, Grade::Normal, Grade::High, Grade::Critical]);
        (0..SIGNALS.len(), grades).prop_map(|(signal, grade)| Hit {
            signal: u8::try_from(signal).unwrap(),
            grade,
            telling: Telling::Plain,
            span: Span { start: 0, end: 1 },
        })
    }

    fn context() -> impl Strategy<Value = Context> {
        (any::<Option<u64>>(), any::<Option<u64>>(), any::<Option<bool>>(), prop::option::of(1_u8..=5))
            .prop_map(|(likes, followers, public, stars)| Context {
                language: None,
                stars: stars.and_then(crate::Stars::new),
                likes,
                followers,
                public,
            })
    }

    /// With a model, whatever it says of the borders between levels, and without.
    fn learnt() -> impl Strategy<Value = Option<Learnt>> {
        prop::option::of(
            (0.0_f32..4.0, prop::array::uniform4(-9.0_f32..9.0)).prop_map(|(urgency, levels)| Learnt {
                urgency,
                levels,
                intents: [0.0; 17],
                urgent_words: None,
            }),
        )
    }

    proptest! {
        #[test]
        fn one_more_urgent_signal_never_lowers_the_score(
            hits in prop::collection::vec(hit(), 0..10), more in hit(), context in context(), learnt in learnt(),
        ) {
            prop_assume!(!CALMING.contains(&more.code()));
            let before = weigh(&hits, &context, learnt.as_ref());
            let mut hits = hits;
            hits.push(more);
            let after = weigh(&hits, &context, learnt.as_ref());
            prop_assert!(after.score >= before.score && after.level >= before.level);
        }

        #[test]
        fn a_stronger_grade_never_lowers_the_score(
            hits in prop::collection::vec(hit(), 1..10), context in context(), learnt in learnt(),
        ) {
            let before = weigh(&hits, &context, learnt.as_ref());
            let mut hits = hits;
            if !CALMING.contains(&hits[0].code()) {
                hits[0].grade = Grade::Critical;
            }
            prop_assert!(weigh(&hits, &context, learnt.as_ref()).score >= before.score);
        }

        #[test]
        fn a_model_that_is_surer_never_lowers_the_score(
            hits in prop::collection::vec(hit(), 0..10), context in context(), learnt in learnt(),
            border in 0..4_usize, surer in 0.0_f32..5.0,
        ) {
            prop_assume!(learnt.is_some());
            let before = weigh(&hits, &context, learnt.as_ref());
            let more = learnt.map(|mut learnt| { learnt.levels[border] += surer; learnt });
            prop_assert!(weigh(&hits, &context, more.as_ref()).score >= before.score);
        }

        #[test]
        fn more_followers_and_likes_never_lower_the_score(
            hits in prop::collection::vec(hit(), 0..10), context in context(), more in any::<u32>(),
        ) {
            let before = weigh(&hits, &context, None);
            let wider = Context {
                followers: Some(context.followers.unwrap_or(0).saturating_add(u64::from(more))),
                likes: Some(context.likes.unwrap_or(0).saturating_add(u64::from(more))),
                ..context
            };
            prop_assert!(weigh(&hits, &wider, None).score >= before.score);
        }
    }
}
