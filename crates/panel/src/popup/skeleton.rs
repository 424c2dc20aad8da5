//! Rows to come: the list's own shape, still and empty.

use leptos::prelude::*;

/// Rows to come.
#[component]
pub(crate) fn Skeleton() -> impl IntoView {
    view! {
        <div class="skeleton" role="status" aria-label="Asking the desk">
            {[62, 48, 70, 55].map(|width| view! {
                <div class="ghost" aria-hidden="true">
                    <i style="width:38%"></i>
                    <i style="width:94%"></i>
                    <i style=format!("width:{width}%")></i>
                </div>
            }).into_iter().collect_view()}
        </div>
    }
    .into_any()
}
