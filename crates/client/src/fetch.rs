//! The edge to the network: one `fetch`, in a page or a service worker alike.

use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortSignal, Headers, ReferrerPolicy, RequestCache, RequestCredentials, RequestInit, RequestRedirect,
    Response,
};

use crate::request::Request;
use crate::{Error, Key, answer};

/// How long a call may take. A desk that is slower than this looks dead to who waits for it.
const PATIENCE_MILLIS: u32 = 15_000;

#[wasm_bindgen]
extern "C" {
    // The bare global: `window.fetch` in a page, `self.fetch` in a worker.
    #[wasm_bindgen(js_name = fetch, catch)]
    fn global_fetch(address: &str, init: &RequestInit) -> Result<js_sys::Promise, JsValue>;
}

pub(crate) async fn call<T: DeserializeOwned>(request: &Request, key: Option<&Key>) -> Result<T, Error> {
    let (status, body) = send(request, key).await.map_err(|thrown| Error::Offline(name_of(&thrown)))?;
    answer::read(status, &body)
}

async fn send(request: &Request, key: Option<&Key>) -> Result<(u16, String), JsValue> {
    let headers = Headers::new()?;
    headers.set("accept", "application/json")?;
    if let Some(key) = key {
        headers.set("authorization", &format!("Bearer {}", key.expose()))?;
    }
    let init = RequestInit::new();
    init.set_method(request.method);
    if let Some(body) = &request.body {
        headers.set("content-type", "application/json")?;
        init.set_body(&JsValue::from_str(body));
    }
    init.set_headers(&headers);
    init.set_credentials(RequestCredentials::Omit);
    init.set_cache(RequestCache::NoStore);
    init.set_referrer_policy(ReferrerPolicy::NoReferrer);
    // A redirect would carry the key to an address that nobody entered.
    init.set_redirect(RequestRedirect::Error);
    init.set_signal(Some(&AbortSignal::timeout_with_u32(PATIENCE_MILLIS)));

    let response: Response = JsFuture::from(global_fetch(&request.address, &init)?).await?.dyn_into()?;
    let body = JsFuture::from(response.text()?).await?;
    Ok((response.status(), body.as_string().unwrap_or_default()))
}

/// The name of what was thrown (`TypeError`, `TimeoutError`); its message may carry an address.
fn name_of(thrown: &JsValue) -> String {
    js_sys::Reflect::get(thrown, &JsValue::from_str("name"))
        .ok()
        .and_then(|name| name.as_string())
        .unwrap_or_else(|| "no answer".to_owned())
}
