//! The edge to the browser's extension storage: `browser.storage` where there is one (Firefox), else `chrome.storage`.

use std::fmt;

use js_sys::{JSON, Object, Reflect};
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// `storage.local` or `storage.session`.
    #[derive(Clone)]
    type StorageArea;
    #[wasm_bindgen(method, catch)]
    async fn get(this: &StorageArea, key: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    async fn set(this: &StorageArea, items: &Object) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    async fn remove(this: &StorageArea, key: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    async fn clear(this: &StorageArea) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, js_name = onChanged)]
    fn on_changed(this: &StorageArea) -> ChangeEvent;

    type ChangeEvent;
    #[wasm_bindgen(method, js_name = addListener)]
    fn add_listener(this: &ChangeEvent, listener: &JsValue);
    #[wasm_bindgen(method, js_name = removeListener)]
    fn remove_listener(this: &ChangeEvent, listener: &JsValue);
}

/// The extension's own API object, `browser` or `chrome`; `undefined` outside of an extension.
#[must_use]
pub fn extension_api() -> JsValue {
    let global = js_sys::global();
    ["browser", "chrome"]
        .into_iter()
        .map(|name| member(&global, name))
        .find(|api| !member(api, "storage").is_undefined())
        .unwrap_or(JsValue::UNDEFINED)
}

/// Part of the browser's extension storage. Values are kept as plain objects, so that other scripts can read them.
pub struct Area(StorageArea);

impl fmt::Debug for Area {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Area")
    }
}

impl Area {
    /// What lasts until it is removed: settings.
    ///
    /// # Errors
    /// Where there is no extension around.
    pub fn local() -> Result<Self, StorageError> {
        Self::named("local")
    }

    /// What lasts until the browser closes and is never written to disk: mentions.
    ///
    /// # Errors
    /// Where there is no extension around.
    pub fn session() -> Result<Self, StorageError> {
        Self::named("session")
    }

    fn named(name: &str) -> Result<Self, StorageError> {
        let area = member(&member(&extension_api(), "storage"), name);
        if area.is_object() { Ok(Self(area.unchecked_into())) } else { Err(StorageError::NoExtension) }
    }

    /// The value kept under `key`.
    ///
    /// # Errors
    /// Where storage does not answer, or holds something else than a `T`.
    pub async fn get<T: DeserializeOwned>(&self, key: &str) -> Result<Option<T>, StorageError> {
        let items = self.0.get(key).await.map_err(|thrown| StorageError::failed(&thrown))?;
        parse(&member(&items, key)).map_err(|()| StorageError::Unreadable { key: key.to_owned() })
    }

    /// Keeps a value under `key`.
    ///
    /// # Errors
    /// Where storage does not take it.
    pub async fn set(&self, key: &str, value: &impl Serialize) -> Result<(), StorageError> {
        let unreadable = || StorageError::Unreadable { key: key.to_owned() };
        let json = serde_json::to_string(value).map_err(|_| unreadable())?;
        let value = JSON::parse(&json).map_err(|_| unreadable())?;
        let items = Object::new();
        Reflect::set(&items, &JsValue::from_str(key), &value).map_err(|_| unreadable())?;
        self.0.set(&items).await.map_err(|thrown| StorageError::failed(&thrown))?;
        Ok(())
    }

    /// Removes what is kept under `key`, if anything.
    ///
    /// # Errors
    /// Where storage does not answer.
    pub async fn remove(&self, key: &str) -> Result<(), StorageError> {
        self.0.remove(key).await.map_err(|thrown| StorageError::failed(&thrown))?;
        Ok(())
    }

    /// Removes everything kept here.
    ///
    /// # Errors
    /// Where storage does not answer.
    pub async fn clear(&self) -> Result<(), StorageError> {
        self.0.clear().await.map_err(|thrown| StorageError::failed(&thrown))?;
        Ok(())
    }

    /// Calls `changed` with the new value whenever anybody sets `key`; `None` where it was removed or cannot be read.
    ///
    /// # Errors
    /// Where there is no extension around.
    pub fn on_change<T: DeserializeOwned + 'static>(
        &self,
        key: &'static str,
        mut changed: impl FnMut(Option<T>) + 'static,
    ) -> Result<ChangeListener, StorageError> {
        let closure = Closure::<dyn FnMut(JsValue)>::new(move |changes: JsValue| {
            let change = member(&changes, key);
            if change.is_object() {
                changed(parse(&member(&change, "newValue")).unwrap_or(None));
            }
        });
        self.0.on_changed().add_listener(closure.as_ref());
        Ok(ChangeListener { area: self.0.clone(), closure: Some(closure) })
    }
}

/// Stops listening when dropped.
pub struct ChangeListener {
    area: StorageArea,
    closure: Option<Closure<dyn FnMut(JsValue)>>,
}

impl fmt::Debug for ChangeListener {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("ChangeListener")
    }
}

impl ChangeListener {
    /// Listens for as long as the page or worker lives.
    pub fn keep(mut self) {
        if let Some(closure) = self.closure.take() {
            closure.forget();
        }
    }
}

impl Drop for ChangeListener {
    fn drop(&mut self) {
        if let Some(closure) = &self.closure {
            self.area.on_changed().remove_listener(closure.as_ref());
        }
    }
}

/// What can go wrong with the extension's storage. Never says what was kept.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum StorageError {
    /// The page was not opened by the extension.
    #[error("this page works inside the extension only; open it from the extension's icon")]
    NoExtension,
    /// The browser did not do it.
    #[error("the browser could not keep or read this ({0}); free some disk space, then try again")]
    Failed(String),
    /// Something else lies there.
    #[error(
        "what is kept under \"{key}\" cannot be read by this version; remove it in the options and enter it again"
    )]
    Unreadable {
        /// Where it lies.
        key: String,
    },
}

impl StorageError {
    fn failed(thrown: &JsValue) -> Self {
        let message = member(thrown, "message").as_string().unwrap_or_else(|| "no reason given".to_owned());
        Self::Failed(message)
    }
}

fn member(object: &JsValue, name: &str) -> JsValue {
    if !object.is_object() && !object.is_function() {
        return JsValue::UNDEFINED;
    }
    Reflect::get(object, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED)
}

fn parse<T: DeserializeOwned>(value: &JsValue) -> Result<Option<T>, ()> {
    if value.is_undefined() || value.is_null() {
        return Ok(None);
    }
    let json = JSON::stringify(value).map_err(|_| ())?;
    serde_json::from_str(&String::from(json)).map(Some).map_err(|_| ())
}
