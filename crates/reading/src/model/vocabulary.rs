//! Which pieces of words the model knows.
//!
//! A piece is known by its 32-bit fingerprint, not its letters: the file holds four bytes a piece, nothing has to be
//! compared letter by letter, and of a million unknown words seven are taken for a known one.

use super::ModelError;

/// No piece, or one that is not known.
pub const UNKNOWN: u16 = 0;
/// `@somebody`.
pub const MENTION: u16 = 1;
/// A web or mail address.
pub const LINK: u16 = 2;
/// A number.
pub const NUMBER: u16 = 3;
/// An emoji that is not known.
pub const EMOJI: u16 = 4;
/// Added to a piece written in capitals.
pub const CAPITALS: u16 = 5;
/// Added to a piece with long letters, or to a run of marks.
pub const ELONGATED: u16 = 6;
/// Added to a piece of a hashtag.
pub const HASHTAG: u16 = 7;
/// The first id of a known piece.
pub const FIRST: u16 = 8;

/// The longest piece, in characters, that a word is cut into.
pub const LONGEST_PIECE: usize = 12;

/// FNV-1a, which can go on from where it stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fingerprint(u32);

impl Fingerprint {
    /// A whole word, or the piece a word begins with.
    pub const WORD: Self = Self(0x811C_9DC5);
    /// A piece further on in a word.
    pub const INNER: Self = Self(0x3C6E_F372);

    /// Goes on with these bytes.
    #[must_use]
    pub fn with(self, bytes: &[u8]) -> Self {
        Self(bytes.iter().fold(self.0, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193)))
    }

    /// The number to look up; the last multiplications spread what FNV leaves in the low bits.
    #[must_use]
    pub fn get(self) -> u32 {
        let hash = (self.0 ^ (self.0 >> 16)).wrapping_mul(0x85EB_CA6B);
        let hash = (hash ^ (hash >> 13)).wrapping_mul(0xC2B2_AE35);
        hash ^ (hash >> 16)
    }
}

/// The known pieces. A piece's id is its fingerprint's rank among all.
#[derive(Debug)]
pub struct Vocabulary {
    fingerprints: Vec<u32>,
    /// Open addressing: rank + 1, or 0 for an empty place.
    table: Vec<u16>,
    mask: usize,
}

impl Vocabulary {
    /// From fingerprints in rising order without repeats.
    ///
    /// # Errors
    /// [`ModelError::Shape`] where they do not rise or are too many for 16-bit ids.
    pub fn new(fingerprints: Vec<u32>) -> Result<Self, ModelError> {
        let rising = fingerprints.windows(2).all(|pair| pair[0] < pair[1]);
        if !rising || fingerprints.len() > usize::from(u16::MAX - FIRST) {
            return Err(ModelError::Shape("vocabulary"));
        }
        let places = (fingerprints.len() * 2).next_power_of_two().max(16);
        let mask = places - 1;
        let mut table = vec![0_u16; places];
        for (rank, fingerprint) in (1_u16..).zip(&fingerprints) {
            let mut at = *fingerprint as usize & mask;
            while table[at] != 0 {
                at = (at + 1) & mask;
            }
            table[at] = rank;
        }
        Ok(Self { fingerprints, table, mask })
    }

    /// How many ids there are, the special ones included.
    #[must_use]
    pub fn ids(&self) -> usize {
        self.fingerprints.len() + usize::from(FIRST)
    }

    /// The piece's id, if it is known.
    #[must_use]
    pub fn find(&self, fingerprint: Fingerprint) -> Option<u16> {
        let wanted = fingerprint.get();
        let mut at = wanted as usize & self.mask;
        loop {
            let rank = self.table[at];
            if rank == 0 {
                return None;
            }
            if self.fingerprints[usize::from(rank) - 1] == wanted {
                return Some(rank - 1 + FIRST);
            }
            at = (at + 1) & self.mask;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_piece_is_found_and_no_other() {
        let mut known: Vec<u32> =
            ["order", "where", "'s"].map(|word| Fingerprint::WORD.with(word.as_bytes()).get()).to_vec();
        known.sort_unstable();
        let vocabulary = Vocabulary::new(known).unwrap();
        assert!(vocabulary.find(Fingerprint::WORD.with(b"order")).is_some_and(|id| id >= FIRST));
        assert_eq!(vocabulary.find(Fingerprint::INNER.with(b"order")), None);
        assert_eq!(vocabulary.find(Fingerprint::WORD.with(b"orders")), None);
        assert_eq!(vocabulary.ids(), 3 + usize::from(FIRST));
    }

    #[test]
    fn pieces_out_of_order_are_refused() {
        assert!(Vocabulary::new(vec![2, 1]).is_err());
    }
}
