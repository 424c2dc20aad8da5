//! Files of what teachers said: records of one length, a key and columns of a byte each.

use std::fs;
use std::path::Path;

use crate::TrainError;

/// A key and its columns.
pub(crate) type Record<const KEY: usize, const COLUMNS: usize> = ([u8; KEY], [u8; COLUMNS]);

/// A file's records; none where it is missing.
///
/// # Errors
/// Where the file cannot be read; `wrong` where it does not end with a whole record.
pub(crate) fn records<const KEY: usize, const COLUMNS: usize>(
    path: &Path,
    wrong: impl Fn() -> TrainError,
) -> Result<Vec<Record<KEY, COLUMNS>>, TrainError> {
    if !path.exists() {
        return Ok(Vec::new());
    }
    let bytes = fs::read(path).map_err(|source| TrainError::Read { path: path.to_owned(), source })?;
    bytes
        .chunks(KEY + COLUMNS)
        .map(|record| {
            let (key, columns) = record.split_first_chunk().ok_or_else(&wrong)?;
            Ok((*key, columns.try_into().map_err(|_| wrong())?))
        })
        .collect()
}
