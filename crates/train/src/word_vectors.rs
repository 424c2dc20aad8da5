//! What a teacher knows of single words before any training: where the deep half's embeddings start, so that words that
//! mean alike, also in different languages, begin alike.

use std::path::Path;

use earshot_reading::model::FIRST;

use crate::TrainError;
use crate::records::records;

/// Numbers a word, after its fingerprint of four bytes; `research/word_vectors.py` writes them.
pub(crate) const NUMBERS: usize = 46;

/// The vectors of the known pieces, by id; none where the file is missing.
///
/// # Errors
/// Where the file is there and is not one of word vectors.
pub(crate) fn read(path: &Path, fingerprints: &[u32]) -> Result<Vec<(u16, [f32; NUMBERS])>, TrainError> {
    let wrong = || TrainError::WordVectors { path: path.to_owned() };
    let id = |fingerprint| {
        let rank = fingerprints.binary_search(&u32::from_le_bytes(fingerprint)).ok()?;
        Some(u16::try_from(rank).ok()? + FIRST)
    };
    let vector = |numbers: [u8; NUMBERS]| numbers.map(|number| f32::from(number.cast_signed()) / 127.0);
    Ok(records(path, wrong)?
        .into_iter()
        .filter_map(|(fingerprint, numbers)| Some((id(fingerprint)?, vector(numbers))))
        .collect())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_known_words_vector_is_found_under_its_id_and_others_are_left_out() {
        let path = std::env::temp_dir().join(format!("earshot-word-vectors-{}.bin", std::process::id()));
        let record = |fingerprint: u32, number: i8| {
            [&fingerprint.to_le_bytes()[..], &[number.cast_unsigned(); NUMBERS]].concat()
        };
        fs::write(&path, [record(30, -127), record(99, 5)].concat()).unwrap();
        let read_back = read(&path, &[10, 30, 40]);
        fs::write(&path, [1, 2, 3]).unwrap();
        let cut_off = read(&path, &[10]);
        fs::remove_file(&path).unwrap();
        assert_eq!(read_back.unwrap(), [(FIRST + 1, [-1.0; NUMBERS])]);
        assert!(matches!(cut_off, Err(TrainError::WordVectors { .. })));
        assert!(read(&path, &[10]).unwrap().is_empty());
    }
}
