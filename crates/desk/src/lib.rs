//! The desk: where flagged mentions wait, who holds them, and what became of them.
//!
//! A state machine without a clock or a database: [`Ticket::apply`] takes a [`Command`], who gives it and when, and
//! returns the new ticket with the [`Event`] to remember, or a typed [`Refusal`]. The worker's Durable Object keeps
//! tickets and events; two people who claim at once meet there, one after the other.

mod command;
mod event;
mod key;
mod order;
mod refusal;
mod reply;
mod roster;
mod sending;
mod staff;
mod ticket;

pub use command::{Command, Outcome};
pub use event::{Event, Happening};
pub use key::{KeyError, KeyHash, StaffKey};
pub use order::{MOST_IN_MIND, Reads, Standing, Step, Told};
pub use refusal::Refusal;
pub use reply::{Reply, ReplyKey, ReplyKeyError, ReplyState};
pub use roster::{RosterEntry, RosterError, StaffRoster};
pub use sending::{Begun, Heard, MOST_LOOKS, MOST_TRIES, NewReply, Patience, Seen, Sending};
pub use staff::{Role, StaffId, StaffIdError, StaffMember};
pub use ticket::{Admission, Place, State, Ticket};
