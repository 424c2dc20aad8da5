//! The few lines of JavaScript that save a webhook most of its trips between WebAssembly and the runtime: a header read
//! through the bindings costs eight crossings, and a delivery brings twenty headers.

use js_sys::Promise;
use wasm_bindgen::prelude::wasm_bindgen;
use worker::web_sys::{Request, Response};

#[wasm_bindgen(inline_js = "
    export function all_headers(request) {
        let all = '';
        for (const [name, value] of request.headers) all += name + '\\n' + value + '\\n';
        return all;
    }

    export function whole_body(request) {
        return request.bytes();
    }

    export function accepted() {
        return new Response(null);
    }
")]
extern "C" {
    /// Every header: name, line feed, value, line feed. Neither can hold a line feed; names come in lower case.
    pub(crate) fn all_headers(request: &Request) -> String;

    /// The body's bytes, as a `Uint8Array`.
    pub(crate) fn whole_body(request: &Request) -> Promise;

    /// 200 without a body, which needs no headers: there is nothing to keep in a cache or to guess a type of.
    pub(crate) fn accepted() -> Response;
}
