//! The Durable Object itself: calls in, answers out.

use std::cell::{Cell, RefCell};
use std::fmt;

use earshot_mention::Timestamp;
use worker::{
    Date, DurableObject, Env, Request, Response, Result, SqlStorage, State, console_error, durable_object,
};

use super::outbox::Outbox;
use super::{Answer, Call, Settings};
use crate::failure::Failure;

/// One workspace's desk.
#[durable_object(alarm)]
pub struct Desk {
    pub(super) state: State,
    pub(super) sql: SqlStorage,
    pub(super) outbox: Outbox,
    /// What the tables know of the workspace's profile.
    pub(super) settings: RefCell<Option<Settings>>,
    /// Whether an alarm is known to be set.
    pub(super) alarm_is_set: Cell<bool>,
    /// How many mentions are closed, once they were counted.
    pub(super) closed: Cell<Option<u32>>,
    ready: Cell<bool>,
}

impl fmt::Debug for Desk {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Desk").finish_non_exhaustive()
    }
}

impl DurableObject for Desk {
    fn new(state: State, env: Env) -> Self {
        Self {
            sql: state.storage().sql(),
            outbox: Outbox::of(&env),
            settings: RefCell::default(),
            alarm_is_set: Cell::new(false),
            closed: Cell::new(None),
            ready: Cell::new(false),
            state,
        }
    }

    async fn fetch(&self, mut request: Request) -> Result<Response> {
        let call = request.text().await?;
        let answer = match self.answer(&call).await {
            Ok(answer) => answer,
            Err(error) => {
                // SQLite's and KV's own words: they name statements and keys' lengths, never what is stored.
                console_error!("the desk could not store or read: {error}");
                Answer::Failed(Failure::StorageDown)
            }
        };
        Ok(Response::builder().fixed(serde_json::to_vec(&answer)?))
    }

    async fn alarm(&self) -> Result<Response> {
        self.prepare()?;
        self.note()?;
        self.clean_up().await?;
        Response::empty()
    }
}

impl Desk {
    async fn answer(&self, call: &str) -> Result<Answer> {
        self.prepare()?;
        let call = serde_json::from_str(call)?;
        if !matches!(call, Call::List { .. } | Call::One { .. }) {
            self.note()?;
        }
        match call {
            Call::Take(delivery) => self.take(delivery).await,
            Call::Flag { settings, card, note, by } => self.flag(settings, &card, note, &by).await,
            Call::List { query, workspace, you } => self.list(&query, &workspace, &you),
            Call::One { id } => self.one(&id),
            Call::Act { id, command, by } => self.act(&id, &command, &by),
        }
    }

    /// Makes the tables ready, once.
    fn prepare(&self) -> Result<()> {
        if !self.ready.get() {
            super::schema::migrate(&self.state.storage())?;
            self.ready.set(true);
        }
        Ok(())
    }

    pub(super) fn now() -> Timestamp {
        Timestamp::from_millis(i64::try_from(Date::now().as_millis()).unwrap_or(i64::MAX))
    }
}
