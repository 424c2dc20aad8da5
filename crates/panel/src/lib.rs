//! The popup and the options page.
//!
//! What is shown for a mention (which words, how long is left, why) is decided by plain functions in `show`, tested
//! natively; `browser` is the edge to the extension's API; `popup` and `options` are the screens, one a file.

#![expect(
    unreachable_pub,
    reason = "`#[component]` writes `pub` on the component that it makes of a crate's own function"
)]

mod browser;
mod options;
mod popup;
mod show;

use wasm_bindgen::prelude::wasm_bindgen;

/// Shows the popup in this page's body. The same page works in a tab, where there is room for a mention beside the list.
#[wasm_bindgen]
pub fn start_popup() {
    console_error_panic_hook::set_once();
    leptos::mount::mount_to_body(popup::Popup);
}

/// Shows the options in this page's body.
#[wasm_bindgen]
pub fn start_options() {
    console_error_panic_hook::set_once();
    leptos::mount::mount_to_body(options::Options);
}
