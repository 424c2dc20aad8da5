//! The time, and how this place writes it.

use earshot_mention::Timestamp;
use js_sys::Date;
use wasm_bindgen::JsValue;

/// Now, by this computer's clock.
pub(crate) fn now() -> Timestamp {
    #[expect(clippy::cast_possible_truncation, reason = "a date's milliseconds are whole and below 2^53")]
    Timestamp::from_millis(Date::now() as i64)
}

/// "14:02" today, "20 Nov 14:02" on another day, in this computer's time zone.
pub(crate) fn time_of_day(moment: Timestamp, now: Timestamp) -> String {
    let (then, today) = (date(moment), date(now));
    let time = format!("{:02}:{:02}", then.get_hours(), then.get_minutes());
    if then.to_date_string() == today.to_date_string() {
        return time;
    }
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let month = MONTHS.get(then.get_month() as usize).copied().unwrap_or_default();
    format!("{} {month} {time}", then.get_date())
}

fn date(moment: Timestamp) -> Date {
    #[expect(clippy::cast_precision_loss, reason = "milliseconds of this age are far below 2^53")]
    Date::new(&JsValue::from_f64(moment.as_millis() as f64))
}
