//! All keys.

use leptos::prelude::*;

use super::keys::SHEET;
use super::list;
use super::state::Desk;
use crate::browser::focus;

const CLOSE: &str = "close-keys";

/// All keys.
#[component]
pub(crate) fn KeySheet() -> impl IntoView {
    let desk = Desk::here();
    Effect::new(move |_| {
        if desk.shows_keys.get() {
            focus::focus_soon(CLOSE);
        }
    });
    let close = move || {
        desk.shows_keys.set(false);
        list::focus_selected(desk);
    };
    view! {
        <Show when=move || desk.shows_keys.get()>
            <div class="veil" on:click=move |_| close()></div>
            <div class="sheet" role="dialog" aria-modal="true" aria-labelledby="keys-heading">
                <h2 id="keys-heading">"Keys"</h2>
                <dl>
                    {SHEET.map(|(keys, what)| view! {
                        <div>
                            <dt>{keys.iter().map(|key| view! { <kbd>{*key}</kbd> }).collect_view()}</dt>
                            <dd>{what}</dd>
                        </div>
                    }).into_iter().collect_view()}
                </dl>
                // The only control of the dialog: Tab has nowhere else to go.
                <button
                    id=CLOSE
                    on:click=move |_| close()
                    on:keydown=move |event| if event.key() == "Tab" { event.prevent_default() }
                >"Close"</button>
            </div>
        </Show>
    }
    .into_any()
}
