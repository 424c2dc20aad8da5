//! Durations in words and figures: `2hrs`, `three weeks`, `a couple of days`, `over an hour`, `all day`.

/// A length of time, in seconds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Elapsed(pub(crate) u32);

pub(super) const MINUTE: Elapsed = Elapsed(60);
pub(super) const HOUR: Elapsed = Elapsed(3_600);
pub(super) const DAY: Elapsed = Elapsed(86_400);
pub(super) const WEEK: Elapsed = Elapsed(7 * 86_400);
pub(super) const MONTH: Elapsed = Elapsed(28 * 86_400);

/// What a word says of time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Time {
    /// How many: `three`, `couple`.
    Count(f32),
    /// One of these: `hour`.
    Unit(u32),
    /// Several of these even without a number: `hours`.
    Units(u32),
    /// May stand between number and unit: `of`, `more`, `whole`, `business`.
    Filler,
}

/// One language's words for time, from a file of lines `count 3 three` , `unit 3600 hour hr`, `units 3600 hours hrs`,
/// `filler of more`. Lines that say nothing are passed over.
pub(super) fn clock(file: &'static str) -> impl Iterator<Item = (&'static str, Time)> {
    file.lines().filter(|line| !line.starts_with('#')).flat_map(|line| {
        let mut parts = line.split_whitespace();
        let kind = parts.next();
        let mut value = || parts.next().and_then(|value| value.parse::<f32>().ok()).unwrap_or_default();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "seconds in a year fit; the file's are whole"
        )]
        let time = match kind {
            Some("count") => Some(Time::Count(value())),
            Some("unit") => Some(Time::Unit(value() as u32)),
            Some("units") => Some(Time::Units(value() as u32)),
            Some("filler") => Some(Time::Filler),
            _ => None,
        };
        parts.filter_map(move |word| Some((word, time?)))
    })
}

/// How many of something a duration may count before it is a typing error or a year.
const MOST: f32 = 999.0;

/// A duration that starts at the first of `times`: how many units of the passage it covers, and how long it is.
/// `None` entries are words that say nothing of time.
pub(super) fn duration(times: impl Iterator<Item = Option<Time>>) -> Option<(u8, Elapsed)> {
    let mut count: Option<f32> = None;
    for (covered, time) in (1..=5).zip(times) {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "clamped above zero, far below the type's end"
        )]
        let long = |count: f32, unit: u32| Elapsed((count.clamp(0.0, MOST) * unit as f32).min(4.0e9) as u32);
        match time? {
            // "5 7 days", "2 or 3": the larger; "a couple", "an additional two": the later word.
            Time::Count(more) => count = Some(count.map_or(more, |before| before.max(more))),
            Time::Filler if covered == 1 => return None,
            Time::Filler => {}
            Time::Unit(unit) => {
                return count.filter(|count| *count < MOST).map(|count| (covered, long(count, unit)));
            }
            // "for hours", "weeks now": some of them.
            Time::Units(unit) => return Some((covered, long(count.unwrap_or(2.0), unit))),
        }
    }
    None
}
