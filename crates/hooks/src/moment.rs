//! The ways platforms write a time.

use earshot_mention::Timestamp;
use serde_json::Value;
use time::OffsetDateTime;
use time::format_description::BorrowedFormatItem;
use time::format_description::well_known::Rfc3339;
use time::macros::format_description;

/// `2024-01-15T12:00:00+0000`: Meta's.
const WITHOUT_COLON: &[BorrowedFormatItem<'_>] = format_description!(
    "[year]-[month]-[day]T[hour]:[minute]:[second][offset_hour sign:mandatory][offset_minute]"
);
/// `Wed Feb 05 08:39:31 +0000 2020`: X's version 1.1.
const WITH_NAMES: &[BorrowedFormatItem<'_>] = format_description!(
    "[weekday repr:short] [month repr:short] [day] [hour]:[minute]:[second] [offset_hour sign:mandatory][offset_minute] [year]"
);

/// Numbers below this are seconds, above it milliseconds: as seconds it is the year 5138, as milliseconds 1973.
const SECONDS_BELOW: i64 = 100_000_000_000;
/// 9999-12-31 in milliseconds: what lies beyond is no time a post was written.
const LATEST: i64 = 253_402_300_799_999;

/// A time as a number or a string: seconds or milliseconds since 1970, RFC 3339 (also with `+0000`), or X's with names.
pub(crate) fn moment(value: &Value) -> Option<Timestamp> {
    match value {
        Value::Number(number) => {
            let whole = number.as_i64().or_else(|| number.as_f64().map(|number| number as i64))?;
            from_number(whole)
        }
        Value::String(string) => from_text(string.trim()),
        _ => None,
    }
}

/// A time as a string.
pub(crate) fn from_text(text: &str) -> Option<Timestamp> {
    if let Ok(number) = text.parse::<i64>() {
        return from_number(number);
    }
    let time = OffsetDateTime::parse(text, &Rfc3339)
        .or_else(|_| OffsetDateTime::parse(text, WITHOUT_COLON))
        .or_else(|_| OffsetDateTime::parse(text, WITH_NAMES))
        .ok()?;
    in_range(i64::try_from(time.unix_timestamp_nanos() / 1_000_000).ok()?)
}

fn from_number(number: i64) -> Option<Timestamp> {
    in_range(if number < SECONDS_BELOW { number.checked_mul(1000)? } else { number })
}

fn in_range(millis: i64) -> Option<Timestamp> {
    (1..=LATEST).contains(&millis).then(|| Timestamp::from_millis(millis))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_form_of_the_same_time() {
        let second = Timestamp::from_seconds(1_580_891_971);
        for value in [
            json!(1_580_891_971),
            json!(1_580_891_971_000_i64),
            json!("1580891971"),
            json!("1580891971000"),
            json!("2020-02-05T08:39:31Z"),
            json!("2020-02-05T08:39:31.000Z"),
            json!("2020-02-05T08:39:31+00:00"),
            json!("2020-02-05T09:39:31+0100"),
            json!("2020-02-05T08:39:31.000000000+00:00"),
            json!("Wed Feb 05 08:39:31 +0000 2020"),
        ] {
            assert_eq!(moment(&value), Some(second), "{value}");
        }
    }

    #[test]
    fn what_is_no_time() {
        for value in [
            json!(0),
            json!(-5),
            json!(i64::MAX),
            json!(1e300),
            json!("soon"),
            json!(""),
            json!(null),
            json!({}),
        ] {
            assert_eq!(moment(&value), None, "{value}");
        }
    }
}
