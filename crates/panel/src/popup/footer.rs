//! The keys that matter most, always in sight.

use leptos::prelude::*;

use super::state::Desk;

const HINTS: [(&[&str], &str); 4] =
    [(&["J", "K"], "move"), (&["C"], "claim"), (&["R"], "answer"), (&["E"], "resolve")];

/// The keys that matter most.
#[component]
pub(crate) fn Footer() -> impl IntoView {
    let desk = Desk::here();
    let has_rows = Memo::new(move |_| desk.rows.with(|rows| !rows.is_empty()));
    view! {
        <footer>
            <Show when=move || has_rows.get()>
                {HINTS.map(|(keys, what)| view! {
                    <span>{keys.iter().map(|key| view! { <kbd>{*key}</kbd> }).collect_view()}{what}</span>
                }).into_iter().collect_view()}
            </Show>
            <button on:click=move |_| desk.shows_keys.set(true)><kbd>"?"</kbd>"all keys"</button>
        </footer>
    }
    .into_any()
}
