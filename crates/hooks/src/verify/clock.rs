//! How far a signed time may lie from ours.

use std::time::Duration;

use earshot_mention::Timestamp;

use crate::Refusal;

/// How far a signed time may lie from ours, before or after. What Slack, TikTok and Standard Webhooks ask for.
const WINDOW: Duration = Duration::from_secs(5 * 60);

/// Turns away what was signed too long ago, or too far ahead.
pub(crate) fn in_window(signed: Timestamp, now: Timestamp) -> Result<(), Refusal> {
    if now.since(signed) > WINDOW || signed.since(now) > WINDOW { Err(Refusal::Stale) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_minutes_either_way() {
        let now = Timestamp::from_seconds(1_000_000);
        for (seconds, good) in [(0, true), (300, true), (-300, true), (301, false), (-301, false)] {
            assert_eq!(
                in_window(Timestamp::from_seconds(1_000_000 + seconds), now).is_ok(),
                good,
                "{seconds}"
            );
        }
        assert_eq!(in_window(Timestamp::from_millis(i64::MIN), now), Err(Refusal::Stale));
        assert_eq!(in_window(Timestamp::from_millis(i64::MAX), now), Err(Refusal::Stale));
    }
}
