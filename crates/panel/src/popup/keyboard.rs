//! Keys at work.

use earshot_desk::{Command, Outcome};
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

use super::keys::{self, At, Key};
use super::state::{Desk, Link};
use super::{answer, correct, list, note, search};
use crate::browser::focus;

/// Listens to the whole page, for as long as it lives.
pub(crate) fn listen(desk: Desk) {
    window_event_listener(ev::keydown, move |event| {
        if event.default_prevented() || event.is_composing() {
            return;
        }
        let modified = event.ctrl_key() || event.alt_key() || event.meta_key();
        let Some(key) = keys::key(&event.key(), modified, whereabouts(&event)) else { return };
        if press(desk, key) {
            event.prevent_default();
        }
    });
}

fn whereabouts(event: &KeyboardEvent) -> At {
    let Some(element) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else {
        return At::List;
    };
    match element.tag_name().as_str() {
        "INPUT" | "TEXTAREA" | "SELECT" => At::Field,
        "BUTTON" | "A" | "SUMMARY" => At::Control,
        _ => At::List,
    }
}

/// Whether the key was ours.
fn press(desk: Desk, key: Key) -> bool {
    if desk.shows_keys.get_untracked() {
        let closes = matches!(key, Key::Escape | Key::Help);
        if closes {
            desk.shows_keys.set(false);
            list::focus_selected(desk);
        }
        return closes;
    }
    match key {
        Key::Escape => return go_back(desk),
        Key::Help => desk.shows_keys.set(true),
        Key::Undo => desk.undo(),
        Key::Shelf(shelf) => desk.show_shelf(shelf),
        Key::Search if has_desk(desk) => {
            desk.is_searching.set(true);
            search::focus_field();
        }
        Key::Next => list::go(desk, 1),
        Key::Previous => list::go(desk, -1),
        Key::First => list::go(desk, isize::MIN),
        Key::Last => list::go(desk, isize::MAX),
        _ => {
            let Some(row) = desk.selected_row() else { return false };
            match key {
                Key::Expand => desk.is_open.update(|is_open| *is_open = !*is_open),
                Key::Claim => desk.step_with(row, Command::Claim),
                Key::Resolve => desk.step_with(row, Command::Resolve { outcome: Outcome::Answered }),
                Key::Dismiss => desk.step_with(row, Command::Dismiss),
                Key::GiveBack => desk.step_with(row, Command::Release),
                Key::Answer => answer::open(desk),
                Key::Wrong => correct::open(desk),
                Key::OpenPost => desk.open_post(&row),
                Key::Note => {
                    desk.is_answering.set(false);
                    desk.is_open.set(true);
                    note::focus_field();
                }
                _ => return false,
            }
        }
    }
    true
}

fn has_desk(desk: Desk) -> bool {
    !matches!(desk.link.get_untracked(), Link::Starting | Link::NoWorkspace | Link::Unauthorised)
}

/// One step back: out of the field, the mention, the search. Whether there was anywhere to go back to.
fn go_back(desk: Desk) -> bool {
    if desk.is_open.get_untracked() {
        if desk.is_correcting.get_untracked() {
            correct::close(desk);
        } else if desk.is_answering.get_untracked() {
            // What was written stays until it is said.
            answer::close(desk);
        } else if note::has_focus() {
            focus::focus_on(super::detail::HEADING);
        } else {
            desk.is_open.set(false);
            list::focus_selected(desk);
        }
        return true;
    }
    if desk.is_searching.get_untracked() {
        search::close(desk);
        list::focus_selected(desk);
        return true;
    }
    false
}
