//! The model file: a head that says what it is, then numbers, little-endian.
//!
//! ```text
//! "EARM"  format (u16)  name's length (u16)  name (UTF-8)  payload's length (u32)  payload's checksum (u64)  payload
//! ```

/// What a file must say to be read by this code.
pub const FORMAT: u16 = 4;
const MAGIC: [u8; 4] = *b"EARM";

/// Why a model file is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ModelError {
    /// The file does not begin as a model does.
    #[error("this is no Earshot model file: make one with `earshot train`")]
    NotAModel,
    /// The file is of another format than this code reads.
    #[error(
        "the model file has format {found}, this engine reads format {FORMAT}: train it again with this version"
    )]
    Format {
        /// What the file says.
        found: u16,
    },
    /// The file ends too soon.
    #[error("the model file is cut short: copy it again")]
    Truncated,
    /// The file was changed after it was made.
    #[error("the model file's checksum does not match: copy it again")]
    Checksum,
    /// The numbers in the file contradict each other.
    #[error("the model file's {0} does not fit the rest: train it again with this version")]
    Shape(&'static str),
}

/// Wraps a payload into a file.
#[must_use]
pub fn wrap(name: &str, payload: &[u8]) -> Vec<u8> {
    let mut file = MAGIC.to_vec();
    file.extend(FORMAT.to_le_bytes());
    file.extend((name.len() as u16).to_le_bytes());
    file.extend(name.as_bytes());
    file.extend((payload.len() as u32).to_le_bytes());
    file.extend(checksum(payload).to_le_bytes());
    file.extend(payload);
    file
}

/// A model file's name and payload, checked.
///
/// # Errors
/// Every way in which the file is not one this code can read.
pub(super) fn unwrap(file: &[u8]) -> Result<(&str, &[u8]), ModelError> {
    let mut input = Input(file);
    if input.bytes(4).ok() != Some(&MAGIC) {
        return Err(ModelError::NotAModel);
    }
    let found = input.u16()?;
    if found != FORMAT {
        return Err(ModelError::Format { found });
    }
    let length = usize::from(input.u16()?);
    let name = std::str::from_utf8(input.bytes(length)?).map_err(|_| ModelError::Shape("name"))?;
    let length = input.u32()? as usize;
    let sum = input.u64()?;
    let payload = input.bytes(length)?;
    if checksum(payload) != sum {
        return Err(ModelError::Checksum);
    }
    Ok((name, payload))
}

/// FNV-1a over eight bytes at a time: finds damage, not malice (the file ships inside the program).
fn checksum(payload: &[u8]) -> u64 {
    let (eights, rest) = payload.as_chunks::<8>();
    let mut last = [0_u8; 8];
    last[..rest.len()].copy_from_slice(rest);
    eights.iter().chain([&last]).fold(0xCBF2_9CE4_8422_2325, |sum, eight| {
        (sum ^ u64::from_le_bytes(*eight)).wrapping_mul(0x0000_0100_0000_01B3).rotate_left(23)
    })
}

/// Reads numbers off a payload.
#[derive(Debug, Clone, Copy)]
pub(super) struct Input<'a>(pub(super) &'a [u8]);

impl<'a> Input<'a> {
    pub(super) fn bytes(&mut self, count: usize) -> Result<&'a [u8], ModelError> {
        let (taken, rest) = self.0.split_at_checked(count).ok_or(ModelError::Truncated)?;
        self.0 = rest;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], ModelError> {
        let (taken, rest) = self.0.split_first_chunk::<N>().ok_or(ModelError::Truncated)?;
        self.0 = rest;
        Ok(*taken)
    }

    pub(super) fn u16(&mut self) -> Result<u16, ModelError> {
        self.array().map(u16::from_le_bytes)
    }

    pub(super) fn u32(&mut self) -> Result<u32, ModelError> {
        self.array().map(u32::from_le_bytes)
    }

    pub(super) fn u64(&mut self) -> Result<u64, ModelError> {
        self.array().map(u64::from_le_bytes)
    }

    /// `count` floats; a number that is none is refused.
    pub(super) fn floats(&mut self, count: usize) -> Result<Vec<f32>, ModelError> {
        let bytes = self.bytes(count.checked_mul(4).ok_or(ModelError::Truncated)?)?;
        let (fours, _) = bytes.as_chunks::<4>();
        let floats: Vec<f32> = fours.iter().map(|four| f32::from_le_bytes(*four)).collect();
        if floats.iter().all(|float| float.is_finite()) {
            Ok(floats)
        } else {
            Err(ModelError::Shape("scales"))
        }
    }

    /// `count` signed bytes.
    pub(super) fn signed(&mut self, count: usize) -> Result<Vec<i16>, ModelError> {
        Ok(self.bytes(count)?.iter().map(|byte| i16::from(i8::from_le_bytes([*byte]))).collect())
    }

    /// A number of one to five bytes, seven bits each.
    pub(super) fn variable(&mut self) -> Result<u32, ModelError> {
        let mut value = 0_u32;
        for shift in [0, 7, 14, 21, 28] {
            let [byte] = self.array()?;
            value |= u32::from(byte & 0x7F) << shift;
            if byte & 0x80 == 0 {
                return Ok(value);
            }
        }
        Err(ModelError::Shape("number"))
    }
}

/// The other way of [`Input::variable`].
pub fn push_variable(into: &mut Vec<u8>, mut value: u32) {
    while value >= 0x80 {
        into.push((value & 0x7F) as u8 | 0x80);
        value >>= 7;
    }
    into.push(value as u8);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_comes_back_as_it_was_wrapped() {
        let file = wrap("earshot-test", b"123456789");
        assert_eq!(unwrap(&file), Ok(("earshot-test", &b"123456789"[..])));
    }

    #[test]
    fn what_is_no_model_of_ours_is_refused_and_says_why() {
        let good = wrap("m", b"123456789");
        let mut other = good.clone();
        other[4] = 9;
        let mut damaged = good.clone();
        damaged[good.len() - 1] ^= 1;
        for (file, error) in [
            (&b"PK\x03\x04"[..], ModelError::NotAModel),
            (&[][..], ModelError::NotAModel),
            (&other, ModelError::Format { found: 9 }),
            (&good[..good.len() - 1], ModelError::Truncated),
            (&damaged, ModelError::Checksum),
        ] {
            assert_eq!(unwrap(file), Err(error));
        }
    }

    #[test]
    fn numbers_of_every_length_come_back() {
        for value in [0, 1, 127, 128, 16_383, 16_384, u32::MAX] {
            let mut bytes = Vec::new();
            push_variable(&mut bytes, value);
            assert_eq!(Input(&bytes).variable(), Ok(value));
        }
    }
}
