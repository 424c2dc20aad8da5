//! Getting the list, keeping it fresh, and what is shown until it comes.

use earshot_api::MentionPage;
use earshot_client::{Client, Connection, Error, KeptCorrections, Settings};
use earshot_desk::StaffId;
use earshot_mention::Timestamp;
use gloo::events::EventListener;
use gloo::timers::callback::{Interval, Timeout};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::kept;
use super::merge::{self, Slot};
use super::state::{Desk, Filter, Link, Row};
use crate::browser::{clock, focus};
use crate::show::{due, names};

/// How often an open popup asks again, until the workspace's live feed comes with a later version.
const AGAIN_MILLIS: u32 = 15_000;
/// How many mentions a shelf starts with: what fits the screen ten times over and is there soonest.
const FIRST_ROWS: u16 = 50;
/// How many the contract gives at once.
const MOST_ROWS: u16 = 200;

impl Desk {
    /// Reads the settings, asks for the list, and keeps it fresh while somebody looks.
    pub(crate) fn start(self) {
        spawn_local(async move {
            match Settings::load().await {
                Ok(settings) => self.connect(settings.workspace),
                Err(error) => {
                    self.link.set(Link::Trouble { said: sentence(&error.to_string()), showing: None });
                }
            }
            self.drafts.set(kept::drafts().await);
            self.answers.set(kept::answers().await);
        });
        spawn_local(async move {
            match KeptCorrections::load().await {
                Ok(corrections) if corrections.is_empty() => {}
                Ok(corrections) => self.corrections.set(corrections),
                // Told when somebody wants to correct; the desk's readings are shown all the same.
                Err(error) => self
                    .unseen
                    .update_value(|unseen| unseen.cannot_correct = Some(sentence(&error.to_string()))),
            }
        });
        if let Ok(listener) = KeptCorrections::on_change(move |corrections| self.corrections.set(corrections))
        {
            listener.keep();
        }
        if let Ok(listener) = Settings::on_change(move |settings| self.connect(settings.workspace)) {
            listener.keep();
        }
        Interval::new(AGAIN_MILLIS, move || self.look_again()).forget();
        if let Some(window) = web_sys::window() {
            EventListener::new(&window, "focus", move |_| self.look_again()).forget();
            if let Some(document) = window.document() {
                EventListener::new(&document, "visibilitychange", move |_| self.look_again()).forget();
            }
        }
        self.turn_clock();
    }

    fn connect(self, connection: Option<Connection>) {
        let is_same = self.unseen.with_value(|unseen| unseen.connection == connection);
        if is_same && self.link.get_untracked() != Link::Starting {
            return;
        }
        self.unseen.update_value(|unseen| {
            unseen.connection.clone_from(&connection);
            unseen.question += 1;
            unseen.stays.clear();
            unseen.taken.clear();
        });
        self.clear();
        let Some(connection) = connection else {
            self.link.set(Link::NoWorkspace);
            return;
        };
        self.link.set(Link::Loading);
        self.refresh();
        self.show_kept(connection);
    }

    fn clear(self) {
        self.rows.set(Vec::new());
        self.counts.set(None);
        self.name.set(String::new());
        self.selected.set(None);
        self.is_open.set(false);
    }

    /// Shows what was kept of this shelf, until the workspace answers.
    fn show_kept(self, connection: Connection) {
        let shelf = self.shelf.get_untracked();
        spawn_local(async move {
            let Some((at, mut page)) = kept::page(&connection, shelf).await else { return };
            let still_wanted = self.shelf.get_untracked() == shelf
                && self.filter.get_untracked() == Filter::default()
                && self.unseen.with_value(|unseen| unseen.connection.as_ref() == Some(&connection));
            if !still_wanted {
                return;
            }
            match self.link.get_untracked() {
                Link::Loading => {
                    // The first rows, as soon as can be; the workspace's answer brings the rest.
                    page.mentions.truncate(usize::from(FIRST_ROWS));
                    page.next = None;
                    self.take(page);
                }
                Link::Offline { showing: None } => {
                    self.take(page);
                    self.link.set(Link::Offline { showing: Some(at) });
                }
                _ => {}
            }
        });
    }

    fn look_again(self) {
        // A key that was refused is refused again; a new one connects anew.
        let may_ask = self.link.get_untracked() != Link::Unauthorised;
        let at_rest = may_ask
            && self.unseen.with_value(|unseen| unseen.steps_under_way == 0 && unseen.connection.is_some());
        let just_now =
            matches!(self.link.get_untracked(), Link::Live { at } if clock::now().since(at).as_secs() < 2);
        if at_rest && !just_now && focus::page_is_visible() {
            self.refresh();
        }
    }

    /// Asks for the list again.
    pub(crate) fn refresh(self) {
        let Some(client) = self.client() else { return };
        let question = self.unseen.try_update_value(|unseen| {
            unseen.question += 1;
            unseen.question
        });
        let is_first = self.link.get_untracked() == Link::Loading && self.rows.with_untracked(Vec::is_empty);
        spawn_local(async move {
            let mut answer = self.ask(&client, is_first).await;
            let is_part = is_first && answer.as_ref().is_ok_and(|page| page.next.is_some());
            if let Ok(page) = &mut answer
                && is_part
            {
                page.next = None;
            }
            let is_newest = self.unseen.with_value(|unseen| Some(unseen.question) == question);
            // While a step is under way the list may or may not have it; the step asks again when it is done.
            let at_rest = self.unseen.with_value(|unseen| unseen.steps_under_way == 0);
            if is_newest && at_rest {
                self.hear(client.connection(), answer, is_part);
                if is_part {
                    // The rest comes once the first rows are drawn and can be worked with.
                    Timeout::new(0, move || self.refresh()).forget();
                }
            }
        });
    }

    async fn ask(self, client: &Client, is_first: bool) -> Result<MentionPage, Error> {
        if is_first {
            return client.list(&self.query(FIRST_ROWS, None)).await;
        }
        let pages = self.unseen.with_value(|unseen| unseen.pages);
        let mut answer = client.list(&self.query(MOST_ROWS, None)).await?;
        for _ in 1..pages {
            let Some(cursor) = answer.next.take() else { break };
            let next = client.list(&self.query(MOST_ROWS, Some(cursor))).await?;
            answer.mentions.extend(next.mentions);
            answer.next = next.next;
        }
        Ok(answer)
    }

    fn hear(self, connection: &Connection, answer: Result<MentionPage, Error>, is_part: bool) {
        let showing = match self.link.get_untracked() {
            Link::Live { at } => Some(at),
            Link::Offline { showing } | Link::Trouble { showing, .. } => showing,
            _ => None,
        };
        match answer {
            Ok(page) => {
                let at = clock::now();
                if !is_part && self.filter.get_untracked() == Filter::default() {
                    kept::keep_page(connection.clone(), self.shelf.get_untracked(), at, page.clone());
                }
                self.take(page);
                self.link.set(Link::Live { at });
            }
            Err(Error::Unauthorised) => {
                // Who has no key any more has no business with what was kept.
                spawn_local(kept::forget_pages());
                self.clear();
                self.link.set(Link::Unauthorised);
            }
            Err(Error::Offline(_)) => {
                self.link.set(Link::Offline { showing });
                if showing.is_none() {
                    self.show_kept(connection.clone());
                }
            }
            Err(error) => self.link.set(Link::Trouble { said: sentence(&error.to_string()), showing }),
        }
    }

    /// Shows a list: rows that are there already change in place.
    fn take(self, page: MentionPage) {
        let shown = self.rows.get_untracked();
        let shown_ids = self.ids();
        let stays = self.unseen.with_value(|unseen| unseen.stays.clone());
        let known = |id: &earshot_mention::MentionId| shown.iter().find(|row| row.id == *id).cloned();
        let rows: Vec<Row> = merge::merge(&shown_ids, &stays, page.mentions)
            .into_iter()
            .filter_map(|slot| match slot {
                Slot::Stays(id) => known(&id),
                Slot::Fresh(fresh) => Some(match known(&fresh.ticket.id) {
                    Some(row) => {
                        let fresh = row.view.with_untracked(|shown| merge::keep_history(shown, *fresh));
                        if row.view.with_untracked(|shown| *shown != fresh) {
                            row.view.set(fresh);
                        }
                        row
                    }
                    None => Row { id: fresh.ticket.id.clone(), view: ArcRwSignal::new(*fresh) },
                }),
            })
            .collect();
        self.meet_platforms(&rows);
        self.name.set(page.workspace);
        self.you.set(StaffId(page.you));
        self.counts.set(Some(page.counts));
        self.has_more.set(page.next.is_some());
        if !rows.iter().map(|row| &row.id).eq(&shown_ids) {
            let selected = self.selected.get_untracked();
            let is_there = rows.iter().any(|row| Some(&row.id) == selected.as_ref());
            if !is_there {
                self.selected.set(rows.first().map(|row| row.id.clone()));
                self.is_open.set(false);
            }
            self.rows.set(rows);
        }
        self.turn_clock();
    }

    fn meet_platforms(self, rows: &[Row]) {
        let known = self.platforms.get_untracked();
        let mut met = known.clone();
        for row in rows {
            row.view.with_untracked(|view| {
                let platform = &view.mention.post.id.platform;
                met.entry(names::platform(platform)).or_insert_with(|| platform.clone());
            });
        }
        if met.len() > known.len() {
            self.platforms.set(met);
        }
    }

    /// Goes to another shelf, which starts with what was kept of it.
    pub(crate) fn show_shelf(self, shelf: earshot_api::Shelf) {
        if self.shelf.get_untracked() == shelf {
            return;
        }
        self.shelf.set(shelf);
        self.start_over();
    }

    /// Asks for the list that a changed filter wants; what is shown stays until it comes.
    pub(crate) fn narrowed(self) {
        if !matches!(self.link.get_untracked(), Link::Live { .. }) {
            self.start_over();
            return;
        }
        self.unseen.update_value(|unseen| {
            unseen.stays.clear();
            unseen.pages = 1;
        });
        self.is_open.set(false);
        self.refresh();
    }

    fn start_over(self) {
        self.unseen.update_value(|unseen| {
            unseen.stays.clear();
            unseen.pages = 1;
        });
        self.is_open.set(false);
        self.rows.set(Vec::new());
        self.selected.set(None);
        self.has_more.set(false);
        let Some(connection) = self.unseen.with_value(|unseen| unseen.connection.clone()) else { return };
        self.link.set(Link::Loading);
        self.refresh();
        if self.filter.get_untracked() == Filter::default() {
            self.show_kept(connection);
        }
    }

    pub(crate) fn show_more(self) {
        self.unseen.update_value(|unseen| unseen.pages += 1);
        self.refresh();
    }

    /// Lets the clocks turn, as seldom as they can.
    fn turn_clock(self) {
        let now = clock::now();
        self.now.set(now);
        let deadlines: Vec<Timestamp> = self.rows.with_untracked(|rows| {
            rows.iter()
                .map(|row| {
                    row.view.with_untracked(|view| (view.ticket.deadline.0, view.ticket.state.is_open()))
                })
                .filter_map(|(deadline, is_open)| is_open.then_some(deadline))
                .collect()
        });
        let pause = due::next_tick(now, deadlines.into_iter()).as_millis().try_into().unwrap_or(60_000);
        let timer = Timeout::new(pause, move || self.turn_clock());
        self.timers.update_value(|timers| timers.clock = Some(timer));
    }
}

/// An error's message as a sentence.
pub(crate) fn sentence(message: &str) -> String {
    let mut letters = message.chars();
    let first = letters.next().map_or_else(String::new, |first| first.to_uppercase().collect());
    let stop = if message.ends_with('.') { "" } else { "." };
    format!("{first}{}{stop}", letters.as_str())
}
