//! The corrections that the extension keeps.

use earshot_corrections::Corrections;

use crate::storage::{Area, ChangeListener, StorageError};

/// The key under which the corrections lie in `storage.local`.
pub const CORRECTIONS_KEY: &str = "corrections";

/// The corrections that the extension keeps, under [`CORRECTIONS_KEY`]. They stay on this computer: nothing here has a
/// line to anywhere else.
#[derive(Debug, Clone, Copy)]
pub struct KeptCorrections;

impl KeptCorrections {
    /// Loads what is kept; none where nothing is.
    ///
    /// # Errors
    /// Where the browser's storage does not answer, or holds what this version cannot read.
    pub async fn load() -> Result<Corrections, StorageError> {
        Ok(Area::local()?.get(CORRECTIONS_KEY).await?.unwrap_or_default())
    }

    /// Keeps these corrections; every part of the extension that listens is told.
    ///
    /// # Errors
    /// Where the browser's storage does not take them.
    pub async fn save(corrections: &Corrections) -> Result<(), StorageError> {
        Area::local()?.set(CORRECTIONS_KEY, corrections).await
    }

    /// Calls `changed` whenever any part of the extension saves corrections, for as long as the listener is kept.
    ///
    /// # Errors
    /// Where there is no extension around.
    pub fn on_change(mut changed: impl FnMut(Corrections) + 'static) -> Result<ChangeListener, StorageError> {
        Area::local()?.on_change(CORRECTIONS_KEY, move |kept| changed(kept.unwrap_or_default()))
    }
}
