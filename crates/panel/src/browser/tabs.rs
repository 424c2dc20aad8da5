//! Opening posts and the options, and copying what is to be said there.

use js_sys::Promise;
use leptos::task::spawn_local;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::{api, call, member};

/// Opens an address in a new tab. The caller has made sure that it is one of the web.
pub(crate) fn open(address: &str) {
    let properties = js_sys::Object::new();
    let set = js_sys::Reflect::set(&properties, &"url".into(), &JsValue::from_str(address)).unwrap_or(false);
    if set && let Ok(opening) = call(&api("tabs"), "create", &properties) {
        without_waiting(opening);
        return;
    }
    if let Some(window) = web_sys::window() {
        // Without the extension's API (during development) the page itself opens it; a blocked window is the browser's word.
        let _ = window.open_with_url_and_target_and_features(address, "_blank", "noopener,noreferrer");
    }
}

/// Opens the options page.
pub(crate) fn open_options() {
    let runtime = api("runtime");
    if let Ok(open) = member(&runtime, "openOptionsPage").dyn_into::<js_sys::Function>()
        && let Ok(opening) = open.call0(&runtime)
    {
        without_waiting(opening);
    }
}

/// Lets a promise come to its end: the browser shows the page, or says itself why not.
fn without_waiting(promise: JsValue) {
    if let Ok(promise) = promise.dyn_into::<Promise>() {
        spawn_local(async move {
            let _ = JsFuture::from(promise).await;
        });
    }
}

/// Copies a text; must be called inside of a click or key press.
pub(crate) fn copy(text: &str) -> Option<Promise> {
    Some(web_sys::window()?.navigator().clipboard().write_text(text))
}

/// Whether a text was copied.
pub(crate) async fn copied(copying: Option<Promise>) -> bool {
    match copying {
        Some(copying) => JsFuture::from(copying).await.is_ok(),
        None => false,
    }
}
