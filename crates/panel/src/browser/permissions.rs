//! Asking the browser for a site's hosts.

use js_sys::{Array, Object, Promise, Reflect};
use leptos::task::spawn_local;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::{api, call};

/// Asks a person to grant these hosts; must be called inside the gesture itself, before anything is awaited.
/// `None` where this browser cannot ask (then nothing stands in the way either).
pub(crate) fn request(origins: &[String]) -> Option<Promise> {
    ask("request", origins)
}

/// Whether these hosts are granted; true where this browser cannot tell.
pub(crate) async fn granted(origins: &[String]) -> bool {
    match ask("contains", origins) {
        Some(answer) => yes(answer).await,
        None => true,
    }
}

/// Gives these hosts back; one that was granted at install stays.
pub(crate) fn give_back(origins: &[String]) {
    if let Some(answer) = ask("remove", origins) {
        spawn_local(async move {
            yes(answer).await;
        });
    }
}

/// What was answered; a refusal to be asked counts as no.
pub(crate) async fn yes(answer: Promise) -> bool {
    JsFuture::from(answer).await.is_ok_and(|granted| granted.is_truthy())
}

fn ask(method: &str, origins: &[String]) -> Option<Promise> {
    let wanted = Object::new();
    let origins: Array = origins.iter().map(|origin| JsValue::from_str(origin)).collect();
    Reflect::set(&wanted, &"origins".into(), &origins).ok()?;
    call(&api("permissions"), method, &wanted).ok()?.dyn_into().ok()
}
