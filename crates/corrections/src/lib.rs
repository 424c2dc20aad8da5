//! What a person says a wording is, in place of what the engine says of it.
//!
//! Who reads a badge and knows better says so once: from then on the same [`Wording`] reads as they said, wherever it
//! stands. A correction is of a post's whole wording, or of a phrase of it that the person chose, which then holds in
//! every text that has the phrase. Nothing here learns: [`Corrections::to_lines`] writes what `earshot train --add`
//! reads, and a new model is what learns.
//!
//! ```
//! use earshot_corrections::{Correction, Corrections, Feeling, Says};
//!
//! let mut kept = Corrections::default();
//! let says = Says { sentiment: Some(Feeling::Positive), ..Says::default() };
//! kept.put(Correction::phrase("sick seats", says)?)?;
//! assert_eq!(kept.said_of("Those SICK seats, wow").and_then(|said| said.sentiment), Some(Feeling::Positive));
//! # Ok::<(), earshot_corrections::CorrectionError>(())
//! ```

mod correction;
mod corrections;
mod lines;
mod says;
mod wording;

pub use correction::{Correction, CorrectionError, CorrectionId};
pub use corrections::Corrections;
pub use lines::{LineProblem, Lines};
pub use says::{Emotion, Feeling, Says};
pub use wording::Wording;
