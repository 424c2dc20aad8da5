//! The subcommands, a file each.

pub(crate) mod key;
pub(crate) mod read;
pub(crate) mod send;
pub(crate) mod triage;
