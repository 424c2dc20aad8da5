//! The workspace's desk: one Durable Object a workspace, and the typed calls that reach it.
//!
//! The rules are `earshot_desk`'s; here they meet SQLite. The object runs one thing at a time, so two people who claim
//! at once meet in [`commands`] one after the other.

mod admission;
mod alarm;
mod atomic;
mod call;
mod cleanup;
mod client;
mod commands;
mod fetches;
mod in_mind;
mod list;
mod object;
mod other_ids;
pub(crate) mod outbox;
mod replies;
mod rows;
mod schema;

pub(crate) use call::{Answer, Call, Card, Delivery, Item, Settings, Taken, View};
pub(crate) use client::DeskClient;
