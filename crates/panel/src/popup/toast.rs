//! What just happened, with its undo.

use leptos::prelude::*;

use super::state::Desk;

/// What just happened, with its undo. The region is always there, so that a screen reader hears what comes into it.
#[component]
pub(crate) fn Toast() -> impl IntoView {
    let desk = Desk::here();
    view! {
        <div class="toast-place" role="status" aria-live="polite">
            {move || desk.toast.get().map(|toast| view! {
                <div class="toast" class:problem=toast.is_problem>
                    <span>{toast.said}</span>
                    {toast.can_undo.then(|| view! {
                        <button on:click=move |_| desk.undo()>"Undo"<kbd aria-hidden="true">"Z"</kbd></button>
                    })}
                </div>
            })}
        </div>
    }
    .into_any()
}
