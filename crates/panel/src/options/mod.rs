//! The options.

use leptos::prelude::*;

/// The options.
#[component]
pub(crate) fn Options() -> impl IntoView {
    view! { <main>"Options"</main> }
}
