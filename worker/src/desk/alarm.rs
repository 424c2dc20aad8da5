//! The one alarm that the object has. Everything that has to be looked after later has a file of its own and shares it:
//! [`super::replies`], [`super::fetches`], [`super::cleanup`].

use std::time::Duration;

use earshot_mention::Timestamp;
use serde::Deserialize;
use worker::Result;

use super::admission::DAY_SECONDS;
use super::object::Desk;

/// How often retention is looked after.
const DAILY: Duration = Duration::from_secs(DAY_SECONDS);
/// How soon the outbox is tried again after KV did not take something.
const SOON: Duration = Duration::from_secs(60);

/// What is known of the alarm without asking storage.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Alarm {
    /// Nothing yet.
    #[default]
    Unknown,
    /// None is set.
    Unset,
    /// It is set for then.
    At(Timestamp),
}

#[derive(Deserialize)]
struct Due {
    due: Option<i64>,
}

#[derive(Deserialize)]
struct Left {
    tickets: u32,
    unstored: u32,
}

impl Desk {
    /// What the alarm does. Each concern is looked after, whatever becomes of the others; where one failed, the runtime
    /// calls again.
    pub(super) async fn wake(&self) -> Result<()> {
        self.alarm.set(Alarm::Unset);
        let replies = self.continue_replies().await;
        let fetches = self.continue_fetches().await;
        let cleaned = self.clean_up();
        let settled = self.settle_rest().await;
        self.keep_alarm(settled.is_err()).await?;
        replies.and(fetches).and(cleaned)
    }

    /// Sees to it that an alarm is set while there is anything to look after: soon where KV `lags`, else daily.
    pub(super) async fn keep_alarm(&self, lags: bool) -> Result<()> {
        if matches!(self.alarm.get(), Alarm::At(_)) && !lags {
            return Ok(());
        }
        let left = self.row::<Left>(
            "SELECT (SELECT count(*) FROM tickets WHERE stored < version) AS unstored,
                    EXISTS (SELECT 1 FROM tickets) OR EXISTS (SELECT 1 FROM tombstones)
                    OR EXISTS (SELECT 1 FROM in_mind) AS tickets",
            vec![],
        )?;
        match left {
            Some(left) if lags || left.unstored > 0 => self.wake_by(Self::now() + SOON).await,
            Some(left) if left.tickets > 0 => self.wake_by(Self::now() + DAILY).await,
            _ => Ok(()),
        }
    }

    /// Sees to it that the alarm rings when the next reply or fetch is due.
    pub(super) async fn wake_for_due(&self) -> Result<()> {
        let due = self.row::<Due>(
            "SELECT min(due) AS due FROM (SELECT min(due) AS due FROM replies WHERE due IS NOT NULL
                                          UNION ALL SELECT min(due) FROM fetches)",
            vec![],
        )?;
        match due.and_then(|row| row.due) {
            Some(due) => self.wake_by(Timestamp::from_millis(due)).await,
            None => Ok(()),
        }
    }

    /// Sees to it that the alarm rings then or earlier.
    pub(super) async fn wake_by(&self, then: Timestamp) -> Result<()> {
        let storage = self.state.storage();
        if self.alarm.get() == Alarm::Unknown {
            let set = storage.get_alarm().await?.map(Timestamp::from_millis);
            // Another call may have set one meanwhile.
            if self.alarm.get() == Alarm::Unknown {
                self.alarm.set(set.map_or(Alarm::Unset, Alarm::At));
            }
        }
        if matches!(self.alarm.get(), Alarm::At(set) if set <= then) {
            return Ok(());
        }
        // Known before it is done, so that no other call sets a later one in its place.
        self.alarm.set(Alarm::At(then));
        let set = storage.set_alarm(then.since(Self::now())).await;
        if set.is_err() {
            self.alarm.set(Alarm::Unknown);
        }
        set
    }
}
