//! The engine: text in, [`Reading`] out.
//!
//! A [`Reader`] says what a post's words say: its language, its sentiment and emotions, what its writer wants, and
//! how long it can wait, each with the words that made it think so. It does no I/O, holds no clock, never panics, and
//! takes time linear in the text. Where it does not know, it says so: see [`SentimentLabel::Unknown`].
//!
//! ```
//! use earshot_reading::{Context, Level, Reader};
//!
//! let reader = Reader::new();
//! let reading = reader.read("Stuck at gate B14, flight cancelled, nobody answers the phone.", &Context::default());
//! assert!(reading.urgency.level >= Level::High);
//! ```

mod context;
mod intents;
mod language;
pub mod model;
mod polarity;
mod reader;
mod reading;
mod signals;
mod text;
mod urgency;

pub use context::{Context, Stars};
pub use reader::{Reader, Scratch};
pub use reading::{
    Emotions, Evidence, Head, Intent, Language, LanguageCode, Level, ModelVersion, Probability, Reading,
    Reason, ReasonCode, Sentiment, SentimentLabel, Span, Urgency,
};
pub use text::READ_LIMIT;
