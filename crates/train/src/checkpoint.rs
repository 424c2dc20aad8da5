//! Keeps a training's numbers on disk between passes, so that a stopped one goes on where it was.

use std::fs;
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::TrainError;
use crate::deep::{Net, Training};
use crate::prepared::Prepared;
use crate::train::Plan;

/// What the numbers belong to: the plan, the texts and what the net started from. A checkpoint of anything else is not gone
/// on with.
pub(crate) fn stamp(plan: &Plan, texts: &[Prepared], start: &Net) -> [u8; 32] {
    let mut digest = Sha256::new();
    let Plan { seed, vocabulary, shape, deep_passes, deep_rate, every, .. } = plan;
    digest.update(format!("{seed} {vocabulary:?} {shape:?} {deep_passes} {deep_rate} {every}"));
    for number in &start.embeddings {
        digest.update(number.to_le_bytes());
    }
    for text in texts {
        digest.update([text.times]);
        for piece in &text.pieces {
            digest.update(piece.id.to_le_bytes());
        }
        for target in text.targets {
            digest.update(target.to_le_bytes());
        }
    }
    digest.finalize().into()
}

/// Writes the numbers beside the old ones and then in their place.
pub(crate) fn keep(path: &Path, stamp: &[u8; 32], training: &mut Training) -> Result<(), TrainError> {
    let mut bytes = stamp.to_vec();
    bytes.extend((training.passes as u32).to_le_bytes());
    for numbers in training.numbers() {
        bytes.extend(numbers.iter().flat_map(|number| number.to_le_bytes()));
    }
    let draft = path.with_extension("draft");
    fs::write(&draft, bytes)
        .and_then(|()| fs::rename(&draft, path))
        .map_err(|source| TrainError::Write { path: path.to_owned(), source })
}

/// Takes the numbers up again; `false` where there are none of this stamp.
pub(crate) fn restore(path: &Path, stamp: &[u8; 32], training: &mut Training) -> Result<bool, TrainError> {
    if !path.exists() {
        return Ok(false);
    }
    let bytes = fs::read(path).map_err(|source| TrainError::Read { path: path.to_owned(), source })?;
    let expected = 36 + 4 * training.numbers().iter().map(|numbers| numbers.len()).sum::<usize>();
    if bytes.len() != expected || bytes[..32] != *stamp {
        return Ok(false);
    }
    let (words, _) = bytes[32..].as_chunks::<4>();
    let mut words = words.iter();
    training.passes = words.next().map_or(0, |word| u32::from_le_bytes(*word) as usize);
    for numbers in training.numbers() {
        for (number, word) in numbers.iter_mut().zip(&mut words) {
            *number = f32::from_le_bytes(*word);
        }
    }
    Ok(true)
}
