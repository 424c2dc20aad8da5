//! The subcommands, a file each.

pub(crate) mod read;
