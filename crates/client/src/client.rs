//! One method a call of the contract.

use earshot_api::{Glance, Health, ListQuery, LookedBody, MentionPage, MentionView, NewMention, ReplyBody};
use earshot_desk::{Command, Outcome};
use earshot_mention::MentionId;
use serde::de::IgnoredAny;

use crate::request::Request;
use crate::{Connection, Error, fetch};

/// Calls one workspace as one member of staff. Cheap to clone and to make: it holds no connection open.
#[derive(Debug, Clone)]
pub struct Client {
    connection: Connection,
}

impl Client {
    /// A client for this workspace; asks nothing yet.
    #[must_use]
    pub fn new(connection: Connection) -> Self {
        Self { connection }
    }

    /// Where it calls.
    #[must_use]
    pub fn connection(&self) -> &Connection {
        &self.connection
    }

    /// What waits, most urgent first.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn list(&self, query: &ListQuery) -> Result<MentionPage, Error> {
        self.call(Request::list(&self.connection, query)).await
    }

    /// The same at a glance: what the toolbar and notifications tell.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn glance(&self, query: &ListQuery) -> Result<Glance, Error> {
        self.call(Request::list(&self.connection, query)).await
    }

    /// One mention with its history.
    ///
    /// # Errors
    /// See [`Error`]; [`Error::is_gone`] where it is not there.
    pub async fn one(&self, id: &MentionId) -> Result<MentionView, Error> {
        self.call(Request::one(&self.connection, id)).await
    }

    /// Sends a post to the desk. This is where text leaves the browser: only ever on a person's command. The mention that
    /// it became is not read: whoever flags it on a page has it before their eyes.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn flag(&self, mention: &NewMention) -> Result<(), Error> {
        self.call::<IgnoredAny>(Request::flag(&self.connection, mention)).await.map(|_| ())
    }

    /// Takes a mention, so that nobody else answers too.
    ///
    /// # Errors
    /// See [`Error`]; [`Error::is_conflict`] where somebody else was faster.
    pub async fn claim(&self, id: &MentionId) -> Result<MentionView, Error> {
        self.command(id, &Command::Claim).await
    }

    /// Gives a mention back to those who wait.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn release(&self, id: &MentionId) -> Result<MentionView, Error> {
        self.command(id, &Command::Release).await
    }

    /// Writes something down for colleagues.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn note(&self, id: &MentionId, text: &str) -> Result<MentionView, Error> {
        self.command(id, &Command::Note { text: text.to_owned() }).await
    }

    /// Closes a mention: it was dealt with.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn resolve(&self, id: &MentionId, outcome: Outcome) -> Result<MentionView, Error> {
        self.command(id, &Command::Resolve { outcome }).await
    }

    /// Closes a mention: nothing to do.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn dismiss(&self, id: &MentionId) -> Result<MentionView, Error> {
        self.command(id, &Command::Dismiss).await
    }

    /// Opens a closed mention again: the undo of resolve and dismiss.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn reopen(&self, id: &MentionId) -> Result<MentionView, Error> {
        self.command(id, &Command::Reopen).await
    }

    /// Answers a mention through its platform. Asked again with the same key (after a lost connection, say) it answers
    /// with what became of the first and sends nothing. What became of it stands in the view's `reply`: it may still be
    /// pending, then ask for the mention again in some seconds.
    ///
    /// # Errors
    /// See [`Error`]; [`Error::is_conflict`] where somebody else holds or is answering it.
    pub async fn reply(&self, id: &MentionId, reply: &ReplyBody) -> Result<MentionView, Error> {
        self.call(Request::reply(&self.connection, id, reply)).await
    }

    /// Tells the desk what a person found who looked whether a reply of unknown fate is there.
    ///
    /// # Errors
    /// See [`Error`]; [`Error::is_conflict`] where that is known already.
    pub async fn looked(&self, id: &MentionId, looked: &LookedBody) -> Result<MentionView, Error> {
        self.call(Request::looked(&self.connection, id, looked)).await
    }

    /// Any command of the desk.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn command(&self, id: &MentionId, command: &Command) -> Result<MentionView, Error> {
        self.call(Request::command(&self.connection, id, command)).await
    }

    /// Whether the worker is there, and which; needs no key and sends none.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn health(&self) -> Result<Health, Error> {
        fetch::call(&Request::health(&self.connection.url), None).await
    }

    async fn call<T: serde::de::DeserializeOwned>(&self, request: Request) -> Result<T, Error> {
        fetch::call(&request, Some(&self.connection.key)).await
    }
}
