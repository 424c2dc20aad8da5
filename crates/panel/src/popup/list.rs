//! The list and the keyboard on it. A grid of one column: its rows may hold buttons, and a screen reader hands it every
//! key, <https://www.w3.org/WAI/ARIA/apg/patterns/grid/>.

use leptos::prelude::*;

use super::row::{self, RowView};
use super::shelves::SHELVES;
use super::state::Desk;
use crate::browser::focus;

/// Moves the selection by so many rows, as far as there are any, and the keyboard with it.
pub(crate) fn go(desk: Desk, by: isize) {
    let ids = desk.ids();
    let Some(last) = ids.len().checked_sub(1) else { return };
    let selected = desk.selected.get_untracked();
    let place = ids.iter().position(|id| Some(id) == selected.as_ref());
    let next = match place {
        Some(place) => place.saturating_add_signed(by).min(last),
        None => 0,
    };
    desk.selected.set(ids.get(next).cloned());
    if !desk.is_open.get_untracked() {
        focus_selected(desk);
    }
}

/// Puts the keyboard on the selected row, once it is there.
pub(crate) fn focus_selected(desk: Desk) {
    if let Some(id) = desk.selected.get_untracked() {
        focus::focus_soon(row::element_id(&id));
    }
}

/// The list.
#[component]
pub(crate) fn List() -> impl IntoView {
    let desk = Desk::here();
    // A row that had the keyboard and left hands it to the one that is selected now. A row that is taken away says
    // nothing of it, or says that the keyboard went nowhere.
    let has_keyboard = StoredValue::new(false);
    Effect::new(move |_| {
        desk.rows.track();
        request_animation_frame(move || {
            // By then the list may be gone with its shelf.
            let had_keyboard = has_keyboard.try_get_value().unwrap_or(false);
            if had_keyboard && focus::is_nowhere() && !desk.is_open.get_untracked() {
                focus_selected(desk);
            }
        });
    });
    let name = move || {
        let shelf = desk.shelf.get();
        SHELVES.iter().find(|(known, _)| *known == shelf).map_or("Mentions", |(_, name)| name)
    };
    view! {
        <div
            role="grid"
            class="list"
            aria-label=name
            aria-rowcount=move || desk.rows.with(Vec::len).to_string()
            on:focusin=move |_| has_keyboard.set_value(true)
            on:focusout=move |event| {
                if event.related_target().is_some() {
                    has_keyboard.set_value(false);
                }
            }
        >
            <For each=move || desk.rows.get() key=|row| row.id.clone() let:row>
                <RowView row=row/>
            </For>
        </div>
        <Show when=move || desk.has_more.get()>
            <button class="more" on:click=move |_| desk.show_more()>"Show more"</button>
        </Show>
    }
    .into_any()
}
