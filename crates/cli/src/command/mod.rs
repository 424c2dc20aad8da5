//! The subcommands, a file each.

pub(crate) mod doctor;
pub(crate) mod evaluate;
mod headers_beside;
pub(crate) mod key;
pub(crate) mod platforms;
pub(crate) mod read;
pub(crate) mod send;
pub(crate) mod train;
pub(crate) mod triage;
