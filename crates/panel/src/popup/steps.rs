//! Taking steps: shown at once, taken back when the desk says no.

use earshot_api::Shelf;
use earshot_client::Error;
use earshot_desk::{Command, Outcome, State};
use earshot_mention::MentionId;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::refresh::sentence;
use super::state::{Desk, Row, Taken, Toast};
use super::{kept, merge, step};
use crate::browser::{clock, tabs};
use crate::show::{names, permalink};

impl Desk {
    /// Takes a step with this mention.
    pub(crate) fn step_with(self, row: Row, command: Command) {
        spawn_local(async move {
            self.take_step(row, command).await;
        });
    }

    /// Whether the desk agreed.
    pub(super) async fn take_step(self, row: Row, command: Command) -> bool {
        let Some(client) = self.client() else { return false };
        let before = row.view.get_untracked();
        let you = self.you.get_untracked();
        let foreseen = step::foresee(&before.ticket, &command, &you, clock::now());
        let is_note = matches!(command, Command::Note { .. });
        if !is_note && foreseen.as_ref() == Some(&before.ticket) {
            return true;
        }
        self.begin_step();
        let mut left_from = None;
        if let Some(ticket) = foreseen {
            let leaves = !ticket.state.is_open() && self.shelf.get_untracked() != Shelf::Closed;
            row.view.update(|view| view.ticket = ticket);
            if leaves {
                left_from = self.leave(&row.id);
            } else {
                self.unseen.update_value(|unseen| unseen.stays.push(row.id.clone()));
            }
        }

        let answer = client.command(&row.id, &command).await;
        self.end_step();
        let agreed = match answer {
            Ok(after) => {
                row.view.set(after);
                let back = step::inverse(&before.ticket.state, &command, &you);
                let can_undo = !back.is_empty();
                if can_undo {
                    self.unseen
                        .update_value(|unseen| unseen.taken.push(Taken::Step { id: row.id.clone(), back }));
                }
                self.tell(Toast { said: step::done(&command).to_owned(), can_undo, is_problem: false });
                true
            }
            Err(error) => {
                row.view.set(before);
                if let Some(place) = left_from {
                    self.come_back(&row, place);
                }
                self.explain(&row, error).await;
                false
            }
        };
        self.refresh();
        agreed
    }

    /// Says why a step was not taken, and shows how things really stand.
    async fn explain(self, row: &Row, error: Error) {
        if !error.is_conflict() {
            let hint = if matches!(error, Error::Offline(_)) { " Nothing was changed." } else { "" };
            self.tell_problem(format!("{}{hint}", sentence(&error.to_string())));
            return;
        }
        let truth = match self.client() {
            Some(client) => client.one(&row.id).await.ok(),
            None => None,
        };
        let said = match truth {
            Some(truth) => {
                let said = step::overtaken(&truth.ticket.state, &self.you.get_untracked(), clock::now());
                row.view.set(truth);
                self.unseen.update_value(|unseen| unseen.stays.push(row.id.clone()));
                said
            }
            None => sentence(&error.to_string()),
        };
        self.tell_problem(said);
    }

    /// Takes a row out of sight; its place, for its return.
    fn leave(self, id: &MentionId) -> Option<usize> {
        let ids = self.ids();
        let place = ids.iter().position(|shown| shown == id)?;
        if self.selected.get_untracked().as_ref() == Some(id) {
            self.selected.set(merge::neighbour(&ids, id));
            self.is_open.set(false);
        }
        self.unseen.update_value(|unseen| unseen.stays.retain(|stays| stays != id));
        self.rows.update(|rows| {
            rows.remove(place);
        });
        Some(place)
    }

    fn come_back(self, row: &Row, place: usize) {
        self.rows.update(|rows| {
            if !rows.iter().any(|shown| shown.id == row.id) {
                rows.insert(place.min(rows.len()), row.clone());
            }
        });
        self.selected.set(Some(row.id.clone()));
    }

    /// Takes the last step back.
    pub(crate) fn undo(self) {
        let Some(taken) = self.unseen.try_update_value(|unseen| unseen.taken.pop()).flatten() else {
            self.tell(Toast { said: "Nothing to undo.".to_owned(), can_undo: false, is_problem: false });
            return;
        };
        let (id, back) = match taken {
            Taken::Step { id, back } => (id, back),
            Taken::Said { put, before } => {
                self.take_back_said(&put, before.map(|before| *before));
                return;
            }
        };
        let Some(client) = self.client() else { return };
        self.begin_step();
        spawn_local(async move {
            let mut answer = Ok(());
            for command in &back {
                match client.command(&id, command).await {
                    Ok(after) => {
                        if let Some(row) = self.row(&id) {
                            row.view.set(after);
                        }
                    }
                    Err(error) => {
                        answer = Err(error);
                        break;
                    }
                }
            }
            self.end_step();
            match answer {
                Ok(()) => {
                    self.tell(Toast { said: "Taken back.".to_owned(), can_undo: false, is_problem: false })
                }
                Err(error) => {
                    if matches!(error, Error::Offline(_)) {
                        self.unseen.update_value(|unseen| unseen.taken.push(Taken::Step { id, back }));
                    }
                    self.tell_problem(sentence(&error.to_string()));
                }
            }
            self.refresh();
        });
    }

    /// Opens the post in a tab.
    pub(crate) fn open_post(self, row: &Row) {
        match address(row) {
            Some(address) => tabs::open(&address),
            None => self.tell_problem(no_address(row)),
        }
    }

    /// Keeps a note; its draft stays until the desk has it.
    pub(crate) fn send_note(self, row: Row) {
        let text = self.drafts.with_untracked(|drafts| drafts.get(&row.id).cloned()).unwrap_or_default();
        if text.trim().is_empty() {
            self.tell_problem("Write the note first.");
            return;
        }
        if text.trim().len() > Command::LONGEST_NOTE {
            self.tell_problem("The note is too long for the desk; shorten it.");
            return;
        }
        spawn_local(async move {
            if self.take_step(row.clone(), Command::Note { text: text.trim().to_owned() }).await {
                self.drafts.update(|drafts| {
                    // What was typed since belongs to the next note.
                    if drafts.get(&row.id) == Some(&text) {
                        drafts.remove(&row.id);
                    }
                });
                kept::keep_drafts(self.drafts.get_untracked());
            }
        });
    }

    /// The step that a row offers first.
    pub(crate) fn primary(self, state: &State) -> Option<(&'static str, &'static str, Command)> {
        match state {
            State::Waiting => Some(("Claim", "C", Command::Claim)),
            State::Claimed { by, .. } if *by == self.you.get() => {
                Some(("Resolve", "E", Command::Resolve { outcome: Outcome::Answered }))
            }
            State::Claimed { .. } => None,
            State::Resolved { .. } | State::Dismissed { .. } => Some(("Reopen", "", Command::Reopen)),
        }
    }
}

pub(super) fn address(row: &Row) -> Option<String> {
    row.view
        .with_untracked(|view| permalink::openable(view.mention.post.permalink.as_deref()).map(str::to_owned))
}

pub(super) fn no_address(row: &Row) -> String {
    let platform = row.view.with_untracked(|view| names::platform(&view.mention.post.id.platform));
    format!("This post came without an address that can be opened. Look for its author on {platform}.")
}
