//! What is wrong, above what can still be shown.

use leptos::prelude::*;

use super::state::{Desk, Link};
use crate::browser::clock;

/// What is wrong, above what can still be shown.
#[component]
pub(crate) fn Banner() -> impl IntoView {
    let desk = Desk::here();
    let said = Memo::new(move |_| {
        let at = |moment| clock::time_of_day(moment, clock::now());
        match desk.link.get() {
            Link::Offline { showing: Some(moment) } => {
                Some(format!("Could not reach the workspace, showing what was here at {}.", at(moment)))
            }
            Link::Trouble { said, showing: Some(moment) } => {
                Some(format!("{said} Showing what was here at {}.", at(moment)))
            }
            _ => None,
        }
    });
    view! {
        <div role="status" class="banner-place">
            {move || said.get().map(|said| view! {
                <div class="banner">
                    <span>{said}</span>
                    <button on:click=move |_| desk.refresh()>"Try again"</button>
                </div>
            })}
        </div>
    }
    .into_any()
}
