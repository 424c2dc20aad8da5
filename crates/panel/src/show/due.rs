//! How long is left, or what stands in its place.

use std::time::Duration;

use earshot_desk::{Outcome, StaffId, State, Ticket};
use earshot_mention::Timestamp;

use super::names;

/// How pressing the clock is, for the eye.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pressing {
    /// The clock runs in the colour of the level.
    Running,
    /// The deadline has passed.
    Over,
    /// Somebody has it, or it is closed: no clock.
    Still,
}

/// From here on the clock shows seconds.
const SECONDS_FROM: Duration = Duration::from_mins(10);
const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// The text where a row's clock is: "4:12 left", "held by Ida".
pub(crate) fn due(ticket: &Ticket, you: &StaffId, now: Timestamp) -> (String, Pressing) {
    match &ticket.state {
        State::Waiting => clock(ticket.deadline.0, now),
        State::Claimed { by, .. } if by == you => {
            let (clock, pressing) = clock(ticket.deadline.0, now);
            (format!("yours · {clock}"), pressing)
        }
        State::Claimed { by, .. } => (format!("held by {}", names::person(by)), Pressing::Still),
        State::Resolved { by, outcome, .. } => {
            let how = match outcome {
                Outcome::Answered => "answered",
                Outcome::Elsewhere => "dealt with elsewhere",
            };
            (format!("{how} by {}", names::person(by)), Pressing::Still)
        }
        State::Dismissed { by, .. } => (format!("dismissed by {}", names::person(by)), Pressing::Still),
    }
}

fn clock(deadline: Timestamp, now: Timestamp) -> (String, Pressing) {
    let left = deadline.since(now);
    if left.is_zero() {
        let over = now.since(deadline).as_secs();
        let text = if over < MINUTE { "due now".to_owned() } else { format!("{} over", coarse(over)) };
        return (text, Pressing::Over);
    }
    // Rounded up, so that the last second reads 0:01 and a fresh quarter of an hour 15 min.
    let seconds = left.as_millis().div_ceil(1000).try_into().unwrap_or(u64::MAX);
    let text = if left < SECONDS_FROM {
        format!("{}:{:02} left", seconds / MINUTE, seconds % MINUTE)
    } else {
        format!("{} left", coarse(seconds.div_ceil(MINUTE) * MINUTE))
    };
    (text, Pressing::Running)
}

/// "31 min", "2 h 10", "3 days".
fn coarse(seconds: u64) -> String {
    match seconds {
        0..HOUR => format!("{} min", seconds / MINUTE),
        HOUR..DAY => match seconds % HOUR / MINUTE {
            0 => format!("{} h", seconds / HOUR),
            minutes => format!("{} h {minutes:02}", seconds / HOUR),
        },
        _ if seconds < 2 * DAY => format!("{} h", seconds / HOUR),
        _ => format!("{} days", seconds / DAY),
    }
}

/// How long the clocks that are shown stay right: a second while one of them shows seconds, else until the minute turns
/// or one begins to show them.
pub(crate) fn next_tick(now: Timestamp, deadlines: impl Iterator<Item = Timestamp>) -> Duration {
    let minute = Duration::from_millis(60_000 - now.as_millis().rem_euclid(60_000).unsigned_abs());
    deadlines
        .map(|deadline| deadline.since(now))
        .filter(|left| !left.is_zero())
        .map(|left| if left <= SECONDS_FROM { second(now) } else { left - SECONDS_FROM })
        .fold(minute, Duration::min)
        .max(Duration::from_millis(50))
}

fn second(now: Timestamp) -> Duration {
    Duration::from_millis(1000 - now.as_millis().rem_euclid(1000).unsigned_abs())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::show::example;

    const NOW: Timestamp = Timestamp::from_seconds(1_790_000_000);

    #[test]
    fn the_clock_says_what_is_left() {
        for (seconds, expected) in [
            (1, "0:01 left"),
            (252, "4:12 left"),
            (599, "9:59 left"),
            (600, "10 min left"),
            (601, "11 min left"),
            (1860, "31 min left"),
            (3600, "1 h left"),
            (7800, "2 h 10 left"),
            (10_920, "3 h 02 left"),
            (86_400, "24 h left"),
            (2 * 86_400, "2 days left"),
            (20 * 86_400, "20 days left"),
        ] {
            assert_eq!(
                clock(NOW + Duration::from_secs(seconds), NOW),
                (expected.to_owned(), Pressing::Running)
            );
        }
        for (seconds, expected) in [
            (0, "due now"),
            (59, "due now"),
            (60, "1 min over"),
            (8000, "2 h 13 over"),
            (400_000, "4 days over"),
        ] {
            assert_eq!(clock(NOW - Duration::from_secs(seconds), NOW), (expected.to_owned(), Pressing::Over));
        }
    }

    #[test]
    fn who_has_it_stands_in_the_clocks_place() {
        let you = StaffId("ida".into());
        let tom = StaffId("tom".into());
        let left = Duration::from_secs(1860);
        for (state, expected) in [
            (State::Waiting, "31 min left"),
            (State::Claimed { by: you.clone(), since: NOW }, "yours · 31 min left"),
            (State::Claimed { by: tom.clone(), since: NOW }, "held by Tom"),
            (State::Resolved { by: tom.clone(), at: NOW, outcome: Outcome::Answered }, "answered by Tom"),
            (State::Dismissed { by: tom, at: NOW }, "dismissed by Tom"),
        ] {
            assert_eq!(due(&example::ticket(state, NOW + left), &you, NOW).0, expected);
        }
    }

    #[test]
    fn the_clocks_turn_no_oftener_than_they_change() {
        let on_the_minute = Timestamp::from_seconds(1_790_000_040);
        for (left, expected) in
            [(None, 60_000), (Some(-5), 60_000), (Some(300), 1000), (Some(605), 5000), (Some(4000), 60_000)]
        {
            let deadline = left.map(|seconds: i64| Timestamp::from_seconds(1_790_000_040 + seconds));
            assert_eq!(
                next_tick(on_the_minute, deadline.into_iter()),
                Duration::from_millis(expected),
                "{left:?}"
            );
        }
    }
}
