//! The shelves, as tabs.

use earshot_api::{Counts, Shelf};
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::state::Desk;
use crate::browser::focus;

/// The shelves in their order, with what they are called. What is open as a whole has no tab of its own.
pub(crate) const SHELVES: [(Shelf, &str); 5] = [
    (Shelf::Urgent, "Urgent"),
    (Shelf::Waiting, "Waiting"),
    (Shelf::Mine, "Mine"),
    (Shelf::Praise, "Praise"),
    (Shelf::Closed, "Closed"),
];

/// A shelf's name in ids and keys.
pub(crate) const fn shelf_name(shelf: Shelf) -> &'static str {
    match shelf {
        Shelf::Urgent => "urgent",
        Shelf::Waiting => "waiting",
        Shelf::Mine => "mine",
        Shelf::Praise => "praise",
        Shelf::Open => "open",
        Shelf::Closed => "closed",
    }
}

pub(crate) fn tab_id(shelf: Shelf) -> String {
    format!("tab-{}", shelf_name(shelf))
}

const fn count(counts: &Counts, shelf: Shelf) -> u32 {
    match shelf {
        Shelf::Urgent => counts.urgent,
        Shelf::Waiting => counts.waiting,
        Shelf::Mine => counts.mine,
        Shelf::Praise => counts.praise,
        Shelf::Open => counts.open,
        Shelf::Closed => counts.closed,
    }
}

/// The shelves, as tabs.
#[component]
pub(crate) fn Shelves() -> impl IntoView {
    let desk = Desk::here();
    let tabs = SHELVES.map(|(shelf, name)| {
        let is_shown = Memo::new(move |_| desk.shelf.get() == shelf);
        // What is closed only grows: a number that nobody acts on.
        let count = Memo::new(move |_| {
            desk.counts.get().filter(|_| shelf != Shelf::Closed).map(|counts| count(&counts, shelf))
        });
        view! {
            <button
                role="tab"
                id=tab_id(shelf)
                aria-controls="shelf"
                aria-selected=move || is_shown.get().to_string()
                tabindex=move || if is_shown.get() { "0" } else { "-1" }
                on:click=move |_| desk.show_shelf(shelf)
            >
                {name}
                {move || count.get().filter(|count| *count > 0).map(|count| view! { <b>{short(count)}</b> })}
            </button>
        }
    });
    view! {
        <nav>
            <div role="tablist" aria-label="Shelves" on:keydown=move |event| walk(desk, &event)>{tabs.into_iter().collect_view()}</div>
            <button
                class="icon"
                aria-label="Search"
                title="Search ( / )"
                aria-expanded=move || desk.is_searching.get().to_string()
                on:click=move |_| {
                    if desk.is_searching.get_untracked() {
                        super::search::close(desk);
                    } else {
                        desk.is_searching.set(true);
                        super::search::focus_field();
                    }
                }
            >
                <svg viewBox="0 0 16 16" aria-hidden="true"><circle cx="7" cy="7" r="4.5"/><path d="m10.5 10.5 3.5 3.5"/></svg>
            </button>
        </nav>
    }
    .into_any()
}

/// A count that fits a tab.
fn short(count: u32) -> String {
    if count > 999 { "999+".to_owned() } else { count.to_string() }
}

/// Arrows walk along the tabs, <https://www.w3.org/WAI/ARIA/apg/patterns/tabs/>.
fn walk(desk: Desk, event: &KeyboardEvent) {
    let Some(place) = SHELVES.iter().position(|(shelf, _)| *shelf == desk.shelf.get_untracked()) else {
        return;
    };
    let next = match event.key().as_str() {
        "ArrowRight" => (place + 1) % SHELVES.len(),
        "ArrowLeft" => (place + SHELVES.len() - 1) % SHELVES.len(),
        "Home" => 0,
        "End" => SHELVES.len() - 1,
        _ => return,
    };
    event.prevent_default();
    let shelf = SHELVES[next].0;
    desk.show_shelf(shelf);
    focus::focus_on(&tab_id(shelf));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_never_outgrows_its_tab() {
        assert_eq!((short(7), short(999), short(1000)), ("7".into(), "999".into(), "999+".into()));
    }
}
