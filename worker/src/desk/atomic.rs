//! Several statements, all or none.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Function, Reflect};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use worker::{SqlStorage, Storage};

/// Runs `work` in a transaction: where it fails, nothing of it stays. The `worker` crate has no binding for
/// `transactionSync` yet: <https://developers.cloudflare.com/durable-objects/api/sqlite-storage-api/#transactionsync>.
pub(super) fn atomically<T: 'static>(
    storage: &Storage,
    work: impl FnOnce(&SqlStorage) -> worker::Result<T> + 'static,
) -> worker::Result<T> {
    let raw: &JsValue = storage.as_raw().as_ref();
    let transaction: Function = Reflect::get(raw, &"transactionSync".into())?.dyn_into()?;
    let result = Rc::new(RefCell::new(None));
    let slot = Rc::clone(&result);
    let sql = storage.sql();
    let body = Closure::once(move || -> Result<(), JsValue> {
        *slot.borrow_mut() = Some(work(&sql).map_err(JsValue::from)?);
        Ok(())
    });
    transaction.call1(raw, body.as_ref())?;
    let value = result.borrow_mut().take();
    value.ok_or_else(|| worker::Error::RustError("the transaction did not run".into()))
}
