//! The edge: what the platforms and the extension talk to.
//!
//! Thin on purpose. A request is routed ([`router`]), its sender proved ([`auth`], `earshot_hooks`), its posts read and
//! triaged ([`intake`]), and what is flagged handed to the workspace's Durable Object ([`desk`]), which admits it once,
//! keeps what people do about it, and tells KV what was said. One file a route under [`routes`].
//!
//! What a 2xx to a platform promises, and how it is kept through crashes, stands in [`desk::outbox`].
//!
//! Nothing here should panic. Where something does, that request fails with 500 and so do those that the instance was
//! working on (`entry.js`; the platforms send again), and the shim that worker-build makes starts a fresh WebAssembly
//! instance for the next one.

mod answering;
mod auth;
mod body;
mod config;
mod desk;
mod failure;
mod intake;
mod limit;
mod open_id;
mod platform_call;
mod platform_js;
mod queue;
mod reply;
mod router;
mod routes;
mod tally;

use earshot_reading::Context as ReadingContext;
use js_sys::Uint8Array;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use worker::web_sys::{Request, Response};
use worker::{Context, Env, MessageBatch, event};

/// A delivery makes and drops some hundreds of small things, for which the default allocator is slow.
#[cfg(target_family = "wasm")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

/// Every request comes in here.
#[event(fetch)]
async fn fetch(request: Request, env: Env, _context: Context) -> worker::Result<Response> {
    routes::answer(request, &env).await
}

/// A delivery whose `head` (the address, then names and values of its headers, a line each) and body `entry.js` has read.
/// Comes to a `Response` or a promise of one; `undefined` for a 200 and nothing else, `null` where there is none to be had.
///
/// Takes no string or bytes but what they are in JavaScript: wasm-bindgen would put them into the memory of an instance
/// that is gone, had the last one trapped, before it starts a fresh one.
#[wasm_bindgen]
pub fn hook(env: Env, head: &JsValue, body: &Uint8Array) -> JsValue {
    let head = head.as_string().unwrap_or_default();
    let (url, headers) = head.split_once('\n').unwrap_or((&head, ""));
    routes::hooks::at_once(env, url, headers, &body.to_vec())
}

/// Pieces of batches come in here, where a queue is bound.
#[event(queue)]
async fn queue(batch: MessageBatch<()>, env: Env, _context: Context) -> worker::Result<()> {
    queue::take(&batch, &env).await;
    Ok(())
}

/// Makes the engine while the isolate starts, where there is time for it: a request on the free plan has 10 ms of CPU. A
/// language's phrases and words are made when it is first read, which takes as long again, so English is.
/// <https://developers.cloudflare.com/workers/platform/limits/#worker-startup-time>
#[event(start)]
pub fn start() {
    config::with_reader_and_scratch(|reader, scratch| {
        drop(reader.read_with(scratch, "Where is the parcel that I ordered?", &ReadingContext::default()));
    });
}
