//! Whose desk it is, and how fresh.

use leptos::prelude::*;

use super::state::{Desk, Link};
use crate::browser::{clock, tabs};

/// Whose desk it is, and how fresh.
#[component]
pub(crate) fn Header() -> impl IntoView {
    let desk = Desk::here();
    let name = move || match desk.name.get() {
        name if name.is_empty() => "Earshot".to_owned(),
        name => name,
    };
    let freshness = Memo::new(move |_| {
        let at = |moment| clock::time_of_day(moment, desk.now.get());
        match desk.link.get() {
            Link::Starting | Link::NoWorkspace => None,
            Link::Loading => Some(("wait", "asking the desk".to_owned())),
            Link::Live { at: moment } => Some(("live", format!("as of {}", at(moment)))),
            Link::Offline { .. } => Some(("gone", "offline".to_owned())),
            Link::Unauthorised => Some(("gone", "no access".to_owned())),
            Link::Trouble { .. } => Some(("gone", "not updating".to_owned())),
        }
    });
    view! {
        <header>
            <h1><bdi>{name}</bdi></h1>
            {move || freshness.get().map(|(class, text)| view! { <span class=format!("fresh {class}")><i aria-hidden="true"></i>{text}</span> })}
            <button class="icon" aria-label="Options" title="Options" on:click=move |_| tabs::open_options()>
                <svg viewBox="0 0 16 16" aria-hidden="true"><path d="M2 4.5h7m4 0h1M2 11.5h1m4 0h7"/><circle cx="11" cy="4.5" r="1.8"/><circle cx="5" cy="11.5" r="1.8"/></svg>
            </button>
        </header>
    }
    .into_any()
}
