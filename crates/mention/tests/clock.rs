//! Until when a mention should have its first answer.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops")]

use earshot_mention::{BusinessHours, Deadline, Targets, Timestamp};
use earshot_reading::Level;
use proptest::prelude::*;

/// A moment of the week of Monday, 2026-11-16, in UTC.
fn at(weekday: &str, hour: i64, minute: i64) -> Timestamp {
    let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun", "mon+1", "tue+1"];
    let day = i64::try_from(days.iter().position(|day| *day == weekday).unwrap()).unwrap();
    Timestamp::from_seconds(1_794_787_200 + ((day * 24 + hour) * 60 + minute) * 60)
}

fn hours(json: &str) -> BusinessHours {
    serde_json::from_str(json).unwrap()
}

fn office() -> BusinessHours {
    hours(
        r#"{"utc_offset_minutes": 0, "monday": ["09:00", "17:00"], "tuesday": ["09:00", "17:00"],
        "wednesday": ["09:00", "17:00"], "thursday": ["09:00", "17:00"], "friday": ["09:00", "15:30"]}"#,
    )
}

#[test]
fn the_more_urgent_the_sooner() {
    let targets = Targets::default();
    let received = at("mon", 10, 0);
    let cases = [
        (Level::Critical, at("mon", 10, 15)),
        (Level::High, at("mon", 11, 0)),
        (Level::Normal, at("mon", 14, 0)),
        (Level::Low, at("tue", 10, 0)),
        (Level::None, at("tue", 10, 0)),
    ];
    for (level, deadline) in cases {
        assert_eq!(targets.deadline(level, received), Deadline(deadline), "{level:?}");
    }
}

#[test]
fn clocks_stop_while_nobody_is_there() {
    let cases = [
        ("inside a day", at("mon", 10, 0), 60, at("mon", 11, 0)),
        ("over night", at("mon", 16, 30), 60, at("tue", 9, 30)),
        ("before opening", at("mon", 3, 0), 60, at("mon", 10, 0)),
        ("after closing", at("mon", 21, 0), 60, at("tue", 10, 0)),
        ("over the weekend", at("fri", 15, 0), 60, at("mon+1", 9, 30)),
        ("at the weekend", at("sat", 12, 0), 240, at("mon+1", 13, 0)),
        ("to closing time, not to the next opening", at("mon", 16, 0), 60, at("mon", 17, 0)),
        ("a whole open week", at("mon", 9, 0), 4 * 480 + 390, at("fri", 15, 30)),
        ("a week and an hour", at("mon", 9, 0), 4 * 480 + 390 + 60, at("mon+1", 10, 0)),
    ];
    for (case, received, minutes, expected) in cases {
        assert_eq!(office().after(received, minutes), expected, "{case}");
    }
}

#[test]
fn hours_are_those_of_the_place() {
    let oslo = hours(r#"{"utc_offset_minutes": 60, "monday": ["09:00", "17:00"]}"#);
    assert_eq!(oslo.after(at("mon", 7, 0), 60), at("mon", 9, 0));
    let auckland = hours(r#"{"utc_offset_minutes": 780, "tuesday": ["00:00", "24:00"]}"#);
    assert_eq!(auckland.after(at("mon", 8, 0), 60), at("mon", 12, 0));
}

#[test]
fn what_is_critical_waits_for_no_opening() {
    let targets = Targets { business_hours: Some(office()), ..Targets::default() };
    let night = at("sat", 2, 0);
    assert_eq!(targets.deadline(Level::Critical, night), Deadline(at("sat", 2, 15)));
    assert_eq!(targets.deadline(Level::High, night), Deadline(at("mon+1", 10, 0)));
}

#[test]
fn hours_that_cannot_be_meant_say_why() {
    let cases = [
        (r#"{"utc_offset_minutes": 0}"#, "one open day at least"),
        (r#"{"utc_offset_minutes": 0, "monday": ["17:00", "09:00"]}"#, "close after it opens"),
        (r#"{"utc_offset_minutes": 0, "monday": ["9:00", "17:00"]}"#, "written HH:MM"),
        (r#"{"utc_offset_minutes": 0, "monday": ["09:60", "17:00"]}"#, "written HH:MM"),
        (r#"{"utc_offset_minutes": 0, "monday": ["09:00", "24:01"]}"#, "written HH:MM"),
        (r#"{"utc_offset_minutes": 0, "monday": ["+9:00", "17:00"]}"#, "written HH:MM"),
        (r#"{"utc_offset_minutes": 900, "monday": ["09:00", "17:00"]}"#, "from -720 to 840"),
        (r#"{"utc_offset_minutes": 0, "mon": ["09:00", "17:00"]}"#, "unknown field `mon`"),
        (r#"{"monday": ["09:00", "17:00"]}"#, "missing field `utc_offset_minutes`"),
    ];
    for (json, expected) in cases {
        let error = serde_json::from_str::<BusinessHours>(json).unwrap_err().to_string();
        assert!(error.contains(expected), "{json} says: {error}");
    }
}

fn any_hours() -> impl Strategy<Value = BusinessHours> {
    let day = prop::option::of((0..1440_u16, 1..=1440_u16).prop_filter("open", |(from, until)| from < until));
    (prop::collection::vec(day, 7), -720..=840_i16).prop_filter_map("open at all", |(days, offset)| {
        let names = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
        let clock = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
        let mut json = serde_json::json!({ "utc_offset_minutes": offset });
        for (name, day) in names.into_iter().zip(days) {
            if let Some((from, until)) = day {
                json[name] = serde_json::json!([clock(from), clock(until)]);
            }
        }
        serde_json::from_value(json).ok()
    })
}

/// From 1920 to 2070, to the millisecond.
fn any_moment() -> impl Strategy<Value = Timestamp> {
    (-1_577_836_800_000..3_155_760_000_000_i64).prop_map(Timestamp::from_millis)
}

proptest! {
    /// An open hour is never longer than an hour, and more of them never end sooner.
    #[test]
    fn deadlines_keep_their_order(
        hours in any_hours(), start in any_moment(), later in 0..10_000_000_i64, minutes in 0..20_000_u32, more in 0..500_u32
    ) {
        let deadline = hours.after(start, minutes);
        prop_assert!(deadline.since(start).as_millis() >= u128::from(minutes) * 60_000);
        prop_assert!(hours.after(start, minutes + more) >= deadline);
        prop_assert!(hours.after(Timestamp::from_millis(start.as_millis() + later), minutes) >= deadline);
    }

    /// Waiting a while and then some more is waiting for both together.
    #[test]
    fn open_time_adds_up(hours in any_hours(), start in any_moment(), one in 1..9000_u32, two in 1..9000_u32) {
        prop_assert_eq!(hours.after(hours.after(start, one), two), hours.after(start, one + two));
    }

    /// A desk that never closes has the plain clock.
    #[test]
    fn always_open_is_no_hours_at_all(start in any_moment(), minutes in 0..100_000_u32, offset in -720..=840_i16) {
        let day = serde_json::json!(["00:00", "24:00"]);
        let always: BusinessHours = serde_json::from_value(serde_json::json!({
            "utc_offset_minutes": offset, "monday": day, "tuesday": day, "wednesday": day, "thursday": day,
            "friday": day, "saturday": day, "sunday": day
        })).unwrap();
        let plain = start.as_millis() + i64::from(minutes) * 60_000;
        prop_assert_eq!(always.after(start, minutes), Timestamp::from_millis(plain));
    }

    /// No moment is too far away to count from.
    #[test]
    fn any_moment_has_a_deadline(hours in any_hours(), start in any::<i64>(), minutes in any::<u32>()) {
        let _ = hours.after(Timestamp::from_millis(start), minutes);
    }

    /// What is written reads back.
    #[test]
    fn hours_survive_being_written_out(hours in any_hours()) {
        let json = serde_json::to_string(&hours).unwrap();
        prop_assert_eq!(serde_json::from_str::<BusinessHours>(&json).unwrap(), hours);
    }
}
