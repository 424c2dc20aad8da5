//! The Durable Object itself: calls in, answers out.

use std::cell::{Cell, RefCell};
use std::fmt;

use earshot_mention::Timestamp;
use worker::{
    Date, DurableObject, Env, Request, Response, Result, SqlStorage, State, console_error, durable_object,
};

use super::alarm::Alarm;
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
    /// What is known of the alarm.
    pub(super) alarm: Cell<Alarm>,
    /// Where the accounts' tokens are.
    pub(super) env: Env,
    /// How many mentions are closed, once they were counted.
    pub(super) closed: Cell<Option<u32>>,
    /// How many edits are kept in mind, or more, once they were counted.
    pub(super) kept_in_mind: Cell<Option<u32>>,
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
            alarm: Cell::default(),
            closed: Cell::new(None),
            kept_in_mind: Cell::new(None),
            ready: Cell::new(false),
            state,
            env,
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
        self.wake().await?;
        Response::empty()
    }
}

impl Desk {
    async fn answer(&self, call: &str) -> Result<Answer> {
        if self.prepare()? {
            self.wake_for_due().await?;
        }
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
            Call::Reply { id, new, by } => self.reply(&id, new, &by).await,
            Call::Looked { id, key, found, by } => self.looked(&id, &key, found, &by),
        }
    }

    /// Makes the tables ready, once; whether this was the time.
    fn prepare(&self) -> Result<bool> {
        if self.ready.get() {
            return Ok(false);
        }
        super::schema::migrate(&self.state.storage())?;
        self.ready.set(true);
        Ok(true)
    }

    pub(super) fn now() -> Timestamp {
        Timestamp::from_millis(i64::try_from(Date::now().as_millis()).unwrap_or(i64::MAX))
    }
}
