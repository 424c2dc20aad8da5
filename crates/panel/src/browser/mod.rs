//! The edge to the extension's API and the page.

pub(crate) mod clock;
pub(crate) mod files;
pub(crate) mod focus;
pub(crate) mod labels;
pub(crate) mod permissions;
pub(crate) mod random;
pub(crate) mod sites;
pub(crate) mod tabs;

use js_sys::{Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// A member of the extension's API, such as `tabs`; `undefined` where this browser has none.
fn api(name: &str) -> JsValue {
    member(&earshot_client::extension_api(), name)
}

fn member(object: &JsValue, name: &str) -> JsValue {
    if !object.is_object() {
        return JsValue::UNDEFINED;
    }
    Reflect::get(object, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED)
}

/// Calls a method of the extension's API.
fn call(object: &JsValue, method: &str, argument: &JsValue) -> Result<JsValue, JsValue> {
    member(object, method).dyn_into::<Function>()?.call1(object, argument)
}
