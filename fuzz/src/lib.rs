//! What the targets do with their bytes, one file a room of the house.

mod engine;
mod hooks;
mod rules;

pub use engine::{considered, read};
pub use hooks::{answered, deliver, mapped, pushed, replied, unsigned};
pub use rules::{contract, profile};
