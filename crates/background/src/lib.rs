//! The extension's service worker: owns the engine, the settings, the corrections and the connection to the
//! workspace.
//!
//! The browser stops and starts it as it likes, so it holds nothing that cannot be made again: the engine comes with the
//! module, the settings from the browser's storage.

mod background;
mod brands;
mod correct;
mod found;
mod letters;
mod outcome;

pub use background::Background;
