//! Times of day and how long ago, for people.

use earshot_mention::Timestamp;

/// How long ago: "just now", "2 minutes ago", "3 hours ago".
pub(crate) fn ago(then: Timestamp, now: Timestamp) -> String {
    let minutes = now.since(then).as_secs() / 60;
    let (count, unit) = match minutes {
        0 => return "just now".to_owned(),
        1..60 => (minutes, "minute"),
        60..1440 => (minutes / 60, "hour"),
        _ => (minutes / 1440, "day"),
    };
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {unit}{plural} ago")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_past_is_told_in_its_largest_unit() {
        let now = Timestamp::from_seconds(1_790_000_000);
        for (seconds, expected) in [
            (-5, "just now"),
            (59, "just now"),
            (60, "1 minute ago"),
            (150, "2 minutes ago"),
            (3600, "1 hour ago"),
            (86_399, "23 hours ago"),
            (200_000, "2 days ago"),
        ] {
            assert_eq!(ago(Timestamp::from_seconds(1_790_000_000 - seconds), now), expected);
        }
    }
}
