//! The words of the extension's locale.

use js_sys::Function;
use wasm_bindgen::{JsCast, JsValue};

use super::{api, member};
use crate::show::reasons;

/// What a reason is called: the locale's `reason_<code>`, else the code with spaces.
pub(crate) fn reason(code: &str) -> String {
    // Message names are of this alphabet; a code from elsewhere may not be.
    let safe = code.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    safe.then(|| message(&format!("reason_{code}"))).flatten().unwrap_or_else(|| reasons::plain(code))
}

fn message(name: &str) -> Option<String> {
    let i18n = api("i18n");
    let get: Function = member(&i18n, "getMessage").dyn_into().ok()?;
    get.call1(&i18n, &JsValue::from_str(name)).ok()?.as_string().filter(|text| !text.is_empty())
}
