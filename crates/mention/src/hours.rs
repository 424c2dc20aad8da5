//! When the desk is staffed, so that a deadline does not run out overnight.

use serde::{Deserialize, Serialize};

use crate::Timestamp;

const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;
const WEEK: i64 = 7 * DAY;
const MINUTES_A_DAY: u16 = 24 * 60;
/// Offsets in use reach from -12:00 to +14:00.
const OFFSETS: std::ops::RangeInclusive<i16> = -12 * 60..=14 * 60;

/// When the desk is staffed: one stretch a weekday, by a fixed offset from UTC (daylight saving is not known here; an
/// hour's shift of a deadline twice a year is). In JSON, days that are left out are closed:
///
/// ```
/// let hours = r#"{"utc_offset_minutes": 60, "monday": ["09:00", "17:30"], "saturday": ["10:00", "24:00"]}"#;
/// let hours: earshot_mention::BusinessHours = serde_json::from_str(hours)?;
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "BusinessHoursJson", into = "BusinessHoursJson")]
pub struct BusinessHours {
    utc_offset_minutes: i16,
    /// From Monday on.
    days: [Option<Opening>; 7],
}

/// Minutes of the day, `from < until`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Opening {
    from: u16,
    until: u16,
}

impl BusinessHours {
    /// The moment at which `minutes` of open time have passed since `start`; `start` itself for none.
    #[must_use]
    pub fn after(&self, start: Timestamp, minutes: u32) -> Timestamp {
        let open_a_week: i64 =
            self.days.iter().flatten().map(|day| i64::from(day.until - day.from) * MINUTE).sum();
        let needed = i64::from(minutes) * MINUTE;
        if needed == 0 || open_a_week == 0 {
            return start;
        }
        // Whole weeks at once; what is left is at least a minute, so that a deadline falls on a closing time and not on
        // the next opening.
        let weeks = (needed - 1) / open_a_week;
        let mut left = needed - weeks * open_a_week;
        let offset = i64::from(self.utc_offset_minutes) * MINUTE;
        let local = start.as_millis().saturating_add(offset);
        let today = local.div_euclid(DAY);
        // Today again after a week, for its hours before `start`.
        for day in today..=today.saturating_add(7) {
            let Some(opening) = self.opening(day) else { continue };
            let midnight = day.saturating_mul(DAY);
            let from = midnight.saturating_add(i64::from(opening.from) * MINUTE).max(local);
            let until = midnight.saturating_add(i64::from(opening.until) * MINUTE);
            let open = until.saturating_sub(from).max(0);
            if left <= open {
                let end = from.saturating_add(left).saturating_add(weeks.saturating_mul(WEEK));
                return Timestamp::from_millis(end.saturating_sub(offset));
            }
            left -= open;
        }
        start
    }

    /// When the desk is open on a day, counted from 1970-01-01, which was a Thursday.
    fn opening(&self, day: i64) -> Option<Opening> {
        let weekday = usize::try_from(day.saturating_add(3).rem_euclid(7)).ok()?;
        self.days.get(weekday).copied().flatten()
    }
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct BusinessHoursJson {
    utc_offset_minutes: i16,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    monday: Option<[String; 2]>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    tuesday: Option<[String; 2]>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    wednesday: Option<[String; 2]>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    thursday: Option<[String; 2]>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    friday: Option<[String; 2]>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    saturday: Option<[String; 2]>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sunday: Option<[String; 2]>,
}

impl TryFrom<BusinessHoursJson> for BusinessHours {
    type Error = BusinessHoursError;

    fn try_from(json: BusinessHoursJson) -> Result<Self, Self::Error> {
        if !OFFSETS.contains(&json.utc_offset_minutes) {
            return Err(BusinessHoursError::Offset { minutes: json.utc_offset_minutes });
        }
        let BusinessHoursJson { monday, tuesday, wednesday, thursday, friday, saturday, sunday, .. } = json;
        let mut days = [None; 7];
        for (day, hours) in
            days.iter_mut().zip([monday, tuesday, wednesday, thursday, friday, saturday, sunday])
        {
            if let Some([from, until]) = hours {
                let (from, until) = (minute_of_day(&from)?, minute_of_day(&until)?);
                if from >= until {
                    return Err(BusinessHoursError::Backwards);
                }
                *day = Some(Opening { from, until });
            }
        }
        if days.iter().all(Option::is_none) {
            return Err(BusinessHoursError::NeverOpen);
        }
        Ok(Self { utc_offset_minutes: json.utc_offset_minutes, days })
    }
}

impl From<BusinessHours> for BusinessHoursJson {
    fn from(hours: BusinessHours) -> Self {
        let clock = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
        let [monday, tuesday, wednesday, thursday, friday, saturday, sunday] =
            hours.days.map(|day| day.map(|Opening { from, until }| [clock(from), clock(until)]));
        let utc_offset_minutes = hours.utc_offset_minutes;
        Self { utc_offset_minutes, monday, tuesday, wednesday, thursday, friday, saturday, sunday }
    }
}

/// `09:30` as minutes of the day, up to `24:00`.
fn minute_of_day(clock: &str) -> Result<u16, BusinessHoursError> {
    let two_digits = |part: &str| -> Option<u16> {
        (part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit())).then(|| part.parse().ok())?
    };
    let minute = clock.split_once(':').and_then(|(hour, minute)| {
        let (hour, minute) = (two_digits(hour)?, two_digits(minute)?);
        let of_day = hour * 60 + minute;
        (minute < 60 && of_day <= MINUTES_A_DAY).then_some(of_day)
    });
    minute.ok_or(BusinessHoursError::Time)
}

/// Why business hours cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BusinessHoursError {
    /// No time of the day.
    #[error("a time of the day is written HH:MM, 00:00 to 24:00, such as 09:30")]
    Time,
    /// Closes before it opens.
    #[error("a day must close after it opens; hours past midnight belong to the next day from 00:00 on")]
    Backwards,
    /// No open day.
    #[error("business hours need one open day at least; leave them out where the desk is always staffed")]
    NeverOpen,
    /// No offset that a place on Earth has.
    #[error(
        "`utc_offset_minutes` is {minutes}; it reaches from -720 to 840, 60 for one hour east of Greenwich"
    )]
    Offset {
        /// What was given.
        minutes: i16,
    },
}
