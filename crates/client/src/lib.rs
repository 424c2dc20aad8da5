//! Typed calls of the HTTP contract from a browser page or an extension's service worker, and the settings and
//! corrections that the extension keeps.
//!
//! What can be decided without a browser (which address, what an answer means, whether a key could be one) stands in
//! plain functions and is tested natively; `fetch` and `storage` are the thin edge.
//!
//! ```no_run
//! use earshot_api::{ListQuery, Shelf};
//! use earshot_client::{Client, Settings};
//!
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let settings = Settings::load().await?;
//! if let Some(connection) = settings.workspace {
//!     let urgent = Client::new(connection)
//!         .list(&ListQuery { shelf: Some(Shelf::Urgent), ..ListQuery::default() })
//!         .await?;
//!     assert!(urgent.mentions.len() <= 50);
//! }
//! # Ok(())
//! # }
//! ```

mod answer;
mod client;
mod connection;
mod corrections;
mod error;
mod fetch;
mod request;
mod settings;
mod storage;

pub use client::Client;
pub use connection::{Connection, ConnectionError, Key, WorkspaceUrl};
pub use corrections::{CORRECTIONS_KEY, KeptCorrections};
pub use error::Error;
pub use settings::{SETTINGS_KEY, Settings, SiteId, Thresholds};
pub use storage::{Area, ChangeListener, StorageError, extension_api};
