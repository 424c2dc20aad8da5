//! What is shown for a mention. Pure: the time comes in, texts and choices come out.

pub(crate) mod answer;
pub(crate) mod corrected;
pub(crate) mod detail;
pub(crate) mod due;
pub(crate) mod moment;
pub(crate) mod names;
pub(crate) mod permalink;
pub(crate) mod place;
pub(crate) mod reasons;
pub(crate) mod words;

#[cfg(test)]
pub(crate) mod example;
