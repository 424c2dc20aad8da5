//! Writing a note for colleagues. The draft outlives errors and the popup itself.

use earshot_desk::Command;
use gloo::timers::callback::Timeout;
use leptos::prelude::*;

use super::kept;
use super::state::{Desk, Row};
use crate::browser::focus;

const FIELD: &str = "note";
const PAUSE_MILLIS: u32 = 150;
/// From here on the field says how much room is left.
const NEARLY_FULL: usize = Command::LONGEST_NOTE - 500;

/// Puts the keyboard into the field as soon as it is there.
pub(crate) fn focus_field() {
    focus::focus_soon(FIELD);
}

pub(crate) fn has_focus() -> bool {
    focus::has(FIELD)
}

/// Writing a note for colleagues.
#[component]
pub(crate) fn Note(row: Row) -> impl IntoView {
    let desk = Desk::here();
    let id = row.id.clone();
    let draft = Memo::new(move |_| desk.drafts.with(|drafts| drafts.get(&id).cloned()).unwrap_or_default());
    let id = row.id.clone();
    let write = move |text: String| {
        desk.drafts.update(|drafts| {
            if text.is_empty() {
                drafts.remove(&id);
            } else {
                drafts.insert(id.clone(), text);
            }
        });
        let timer = Timeout::new(PAUSE_MILLIS, move || kept::keep_drafts(desk.drafts.get_untracked()));
        desk.timers.update_value(|timers| timers.draft = Some(timer));
    };
    let sending = row.clone();
    view! {
        <form
            class="note-form"
            on:submit=move |event| {
                event.prevent_default();
                desk.send_note(row.clone());
            }
        >
            <textarea
                id=FIELD
                rows="2"
                placeholder="Note for colleagues"
                aria-label="Note for colleagues"
                dir="auto"
                prop:value=move || draft.get()
                on:input=move |event| write(event_target_value(&event))
                on:keydown=move |event| {
                    if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
                        event.prevent_default();
                        desk.send_note(sending.clone());
                    }
                }
            ></textarea>
            <div class="note-foot" class:shown=move || !draft.with(String::is_empty)>
                <span>{move || {
                    let left = draft.with(|draft| (draft.len() > NEARLY_FULL).then(|| Command::LONGEST_NOTE as i64 - draft.len() as i64));
                    left.map_or_else(|| "Only colleagues see it.".to_owned(), |left| format!("{left} bytes left"))
                }}</span>
                <button type="submit">"Keep note"<kbd aria-hidden="true">"Ctrl Enter"</kbd></button>
            </div>
        </form>
    }
    .into_any()
}
