//! The popup: what waits, most urgent first, with its time running.

mod answer;
mod answers;
mod banner;
mod correct;
mod detail;
mod empty;
mod footer;
mod header;
mod kept;
mod key_sheet;
mod keyboard;
mod keys;
mod list;
mod merge;
mod note;
mod refresh;
mod row;
mod search;
mod shelves;
mod skeleton;
mod state;
mod step;
mod steps;
mod toast;

use leptos::prelude::*;

pub(crate) use refresh::sentence;
use state::{Desk, Link};

/// The popup.
#[component]
pub(crate) fn Popup() -> impl IntoView {
    let desk = Desk::new();
    provide_context(desk);
    desk.start();
    keyboard::listen(desk);

    let has_desk = Memo::new(move |_| {
        !matches!(desk.link.get(), Link::Starting | Link::NoWorkspace | Link::Unauthorised)
    });
    let shown = move || {
        let is_empty = desk.rows.with(Vec::is_empty);
        match desk.link.get() {
            Link::Starting => Screen::Nothing,
            Link::NoWorkspace => Screen::NoWorkspace,
            Link::Unauthorised => Screen::Unauthorised,
            Link::Loading if is_empty => Screen::Skeleton,
            Link::Offline { showing: None } | Link::Trouble { showing: None, .. } if is_empty => {
                Screen::OutOfReach
            }
            _ if is_empty => Screen::EmptyShelf,
            _ => Screen::List,
        }
    };
    let screen = Memo::new(move |_| shown());

    view! {
        <div class="popup" class:open=move || desk.is_open.get()>
            <header::Header/>
            <Show when=move || has_desk.get()>
                <shelves::Shelves/>
                <search::Search/>
                <banner::Banner/>
            </Show>
            <main>
                // The tabs' panel is inside of `main`, which may not take another role.
                <div
                    id="shelf"
                    role=move || has_desk.get().then_some("tabpanel")
                    aria-labelledby=move || has_desk.get().then(|| shelves::tab_id(desk.shelf.get()))
                >
                {move || match screen.get() {
                    Screen::Nothing => ().into_any(),
                    Screen::NoWorkspace => view! { <empty::NoWorkspace/> }.into_any(),
                    Screen::Unauthorised => view! { <empty::Unauthorised/> }.into_any(),
                    Screen::OutOfReach => view! { <empty::OutOfReach/> }.into_any(),
                    Screen::Skeleton => view! { <skeleton::Skeleton/> }.into_any(),
                    Screen::EmptyShelf => view! { <empty::EmptyShelf/> }.into_any(),
                    Screen::List => view! { <list::List/> }.into_any(),
                }}
                </div>
            </main>
            <detail::Detail/>
            <toast::Toast/>
            <footer::Footer/>
            <key_sheet::KeySheet/>
        </div>
    }
    .into_any()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Screen {
    Nothing,
    NoWorkspace,
    Unauthorised,
    OutOfReach,
    Skeleton,
    EmptyShelf,
    List,
}
