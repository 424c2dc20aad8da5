//! Screens without mentions: what would be here, and how to get the first one.

use earshot_api::Shelf;
use leptos::prelude::*;

use super::state::{Desk, Filter, Link};
use crate::browser::tabs;

/// No workspace is set: what would appear, drawn as it would.
#[component]
pub(crate) fn NoWorkspace() -> impl IntoView {
    view! {
        <div class="empty">
            <h2>"No workspace yet"</h2>
            <p>"Badges on pages work without one: posts are read on this computer and stay here."</p>
            <p>"With a workspace, what cannot wait comes here, most urgent first, for you and your colleagues to claim:"</p>
            <div class="example" role="img" aria-label="An example of a mention as it would appear">
                <div class="row critical" aria-hidden="true">
                    <div class="said">
                        <div class="top"><span class="who">"Mara Lind"</span><span class="where"><bdi>"X"</bdi><bdi>"@maralind"</bdi></span><span class="due">"4:12 left"</span></div>
                        <p><mark>"Stuck at gate B14"</mark>" with my two kids, flight cancelled, what do we do tonight?"</p>
                        <div class="chips"><span class="chip why">"stranded"</span><span class="chip">"asks for help"</span></div>
                    </div>
                </div>
            </div>
            <button class="go" on:click=move |_| tabs::open_options()>"Set up a workspace"</button>
        </div>
    }
    .into_any()
}

/// The key is not accepted.
#[component]
pub(crate) fn Unauthorised() -> impl IntoView {
    let desk = Desk::here();
    view! {
        <div class="empty">
            <h2>"The workspace did not accept your key"</h2>
            <p>"It may have been replaced or mistyped. Whoever runs the worker can make a new one with "<code>"earshot key"</code>"; enter it in the options."</p>
            <p>"Badges on pages go on working."</p>
            <div class="choices">
                <button class="go" on:click=move |_| tabs::open_options()>"Open options"</button>
                <button on:click=move |_| desk.refresh()>"Try again"</button>
            </div>
        </div>
    }
    .into_any()
}

/// Nobody answers, and nothing was kept of this shelf.
#[component]
pub(crate) fn OutOfReach() -> impl IntoView {
    let desk = Desk::here();
    let said = move || match desk.link.get() {
        Link::Trouble { said, .. } => said,
        _ => "Nothing was kept of this shelf, so there is nothing to show until it answers.".to_owned(),
    };
    let heading = move || match desk.link.get() {
        Link::Trouble { .. } => "The workspace sent no list",
        _ => "Could not reach the workspace",
    };
    view! {
        <div class="empty">
            <h2>{heading}</h2>
            <p>{said}</p>
            <div class="choices">
                <button class="go" on:click=move |_| desk.refresh()>"Try again"</button>
                <button on:click=move |_| tabs::open_options()>"Check the address"</button>
            </div>
        </div>
    }
    .into_any()
}

/// Nothing on this shelf.
#[component]
pub(crate) fn EmptyShelf() -> impl IntoView {
    let desk = Desk::here();
    let said = move || {
        if desk.filter.get() != Filter::default() {
            return (
                "Nothing fits",
                "No mention on this shelf has these words, place and urgency. Esc shows all of them again.",
            );
        }
        match desk.shelf.get() {
            Shelf::Urgent => (
                "Nothing urgent",
                "Mentions that are high or critical come here by themselves, most urgent first.",
            ),
            Shelf::Waiting => (
                "Nobody waits",
                "Flagged mentions that nobody holds wait here. To send one yourself, open its badge on a page and choose Send to desk.",
            ),
            Shelf::Mine => (
                "You hold nothing",
                "Claim a mention with C and it stands here until you resolve it or give it back.",
            ),
            Shelf::Praise => ("No praise yet", "Kind words that somebody should see come here."),
            Shelf::Open => ("Nothing open", "Flagged mentions come here."),
            Shelf::Closed => {
                ("Nothing closed yet", "What was resolved or dismissed stands here, and can be opened again.")
            }
        }
    };
    view! {
        <div class="empty quiet">
            <h2>{move || said().0}</h2>
            <p>{move || said().1}</p>
        </div>
    }
    .into_any()
}
