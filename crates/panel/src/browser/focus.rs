//! Where the keyboard is.

use leptos::task::{spawn_local, tick};
use wasm_bindgen::JsCast;
use web_sys::{Element, FocusOptions, HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition};

/// How many turns a screen may take to appear: what it shows hangs on signals that hang on signals.
const TURNS: usize = 50;

/// Puts the keyboard on an element as soon as it is there: before the next key is pressed, however slow the machine,
/// so that what is typed next lands where it is meant.
pub(crate) fn focus_soon(id: impl Into<String>) {
    focus_soon_if(id, || true);
}

/// The same, where `still_wanted` says so when the element is there.
pub(crate) fn focus_soon_if(id: impl Into<String>, still_wanted: impl Fn() -> bool + 'static) {
    let id = id.into();
    spawn_local(async move {
        for _ in 0..TURNS {
            // A turn is a microtask: no event, and so no key, comes in between.
            tick().await;
            if element(&id).is_some() {
                if still_wanted() {
                    focus_on(&id);
                }
                return;
            }
        }
    });
}

/// Puts the keyboard on an element and brings it into view, moving no more than needed.
pub(crate) fn focus_on(id: &str) {
    let Some(element) = element(id) else { return };
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        // An element that cannot take the focus leaves it where it was.
        let _ = element.focus_with_options(&options);
    }
    let options = ScrollIntoViewOptions::new();
    options.set_block(ScrollLogicalPosition::Nearest);
    element.scroll_into_view_with_scroll_into_view_options(&options);
}

/// Whether the keyboard is nowhere in particular: nothing has been focused, or what had the focus is gone.
pub(crate) fn is_nowhere() -> bool {
    document()
        .and_then(|document| document.active_element())
        .is_none_or(|element| element.tag_name() == "BODY")
}

/// Whether the person is looking at this page.
pub(crate) fn page_is_visible() -> bool {
    document().is_none_or(|document| document.visibility_state() == web_sys::VisibilityState::Visible)
}

fn element(id: &str) -> Option<Element> {
    document()?.get_element_by_id(id)
}

fn document() -> Option<web_sys::Document> {
    web_sys::window()?.document()
}

/// Whether the keyboard is on this element.
pub(crate) fn has(id: &str) -> bool {
    document().and_then(|document| document.active_element()).is_some_and(|element| element.id() == id)
}
