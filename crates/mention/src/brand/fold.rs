//! A text as names are compared: what looks the same to a reader is the same, and every byte knows where it came from.

use earshot_reading::Span;

use super::letters::Letters;

/// A text as names are compared.
///
/// - Composed and decomposed accents, full-width and mathematical letters are one (Unicode compatibility decomposition,
///   <https://www.unicode.org/reports/tr15/>), except that raised digits and ™ stay signs beside a word.
/// - Case aside unless it is kept, so that ß is ss, and all four letters i of Turkish are i.
/// - White space and hyphens, also several, are one space; curly apostrophes are straight; what nobody sees (zero-width
///   joiners, soft hyphens, direction marks) is left out.
#[derive(Debug)]
pub(super) struct Folded {
    text: String,
    /// For each byte of `text`, the span of the original character it came from.
    origins: Vec<Span>,
    letters: Letters,
}

/// Whether capitals matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Case {
    Folded,
    Kept,
}

impl Folded {
    /// Folds `text`. Of a text longer than 4 GiB the beginning.
    pub(super) fn new(text: &str, case: Case, letters: Letters) -> Self {
        let mut folded = Self {
            text: String::with_capacity(text.len()),
            origins: Vec::with_capacity(text.len()),
            letters,
        };
        for (start, letter) in text.char_indices() {
            let (Ok(start), Ok(end)) = (u32::try_from(start), u32::try_from(start + letter.len_utf8()))
            else {
                break;
            };
            folded.push(letter, Span { start, end }, case);
        }
        folded
    }

    fn push(&mut self, letter: char, origin: Span, case: Case) {
        if letter.is_ascii() || is_sign(letter) {
            self.push_folded(letter, origin, case);
        } else {
            (self.letters.decompose)(letter, &mut |part| self.push_folded(part, origin, case));
        }
    }

    fn push_folded(&mut self, letter: char, origin: Span, case: Case) {
        if is_invisible(letter) {
            return;
        }
        match letter {
            '\u{2018}' | '\u{2019}' | '\u{02bc}' => self.push_plain('\'', origin),
            '-' | '\u{2010}' | '\u{2011}' => self.push_space(origin),
            _ if letter.is_whitespace() => self.push_space(origin),
            _ if case == Case::Kept => self.push_plain(letter, origin),
            // The dot that decomposing leaves of İ.
            '\u{307}' if self.text.ends_with('i') => {}
            _ if letter.is_ascii() => self.push_plain(letter.to_ascii_lowercase(), origin),
            _ => {
                // Through upper case, which spells out ß; through lower case before, for ẞ has no other upper case.
                for lower in letter.to_lowercase().flat_map(char::to_uppercase).flat_map(char::to_lowercase) {
                    self.push_plain(lower, origin);
                }
            }
        }
    }

    fn push_space(&mut self, origin: Span) {
        if !self.text.ends_with(' ') {
            self.push_plain(' ', origin);
        }
    }

    fn push_plain(&mut self, letter: char, origin: Span) {
        self.text.push(letter);
        self.origins.resize(self.text.len(), origin);
    }

    /// By what it was folded.
    pub(super) fn letters(&self) -> Letters {
        self.letters
    }

    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    /// Where the folded bytes `start..end` stand in the original. `None` for an empty or foreign range.
    pub(super) fn original(&self, start: usize, end: usize) -> Option<Span> {
        let first = self.origins.get(start)?;
        let last = self.origins.get(end.checked_sub(1)?)?;
        (start < end).then_some(Span { start: first.start, end: last.end })
    }

    /// The characters before `start`, nearest first.
    pub(super) fn before(&self, start: usize) -> impl Iterator<Item = char> {
        self.text.get(..start).unwrap_or_default().chars().rev()
    }

    /// The character at `end`.
    pub(super) fn after(&self, end: usize) -> Option<char> {
        self.text.get(end..).unwrap_or_default().chars().next()
    }
}

/// Whether a name goes on where these two letters meet. Words of scripts that are written without spaces, and Korean
/// ones with their particles, may end anywhere.
pub(super) fn joins(left: char, right: char, letters: Letters) -> bool {
    is_mark(right, letters)
        || (is_word(left, letters) && is_word(right, letters) && !is_unspaced(left) && !is_unspaced(right))
}

/// Letters, digits and what belongs to them.
pub(super) fn is_word(letter: char, letters: Letters) -> bool {
    letter == '_' || (letter.is_alphanumeric() && !is_sign(letter)) || is_mark(letter, letters)
}

/// An accent on the letter before, or the rest of a Hangul syllable. Emoji's variation selectors are marks too, but
/// belong to no letter.
fn is_mark(letter: char, letters: Letters) -> bool {
    matches!(letter, '\u{1160}'..='\u{11ff}')
        || (!letter.is_ascii()
            && (letters.is_mark)(letter)
            && !matches!(letter, '\u{fe00}'..='\u{fe0f}' | '\u{20e3}'))
}

/// Raised signs that stand beside a word without belonging to it.
fn is_sign(letter: char) -> bool {
    matches!(letter, '\u{2122}' | '\u{2120}' | '\u{b2}' | '\u{b3}' | '\u{b9}' | '\u{2070}'..='\u{209c}')
}

fn is_invisible(letter: char) -> bool {
    matches!(
        letter,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}'
    )
}

fn is_unspaced(letter: char) -> bool {
    matches!(
        u32::from(letter),
        0x0e00..=0x0eff // Thai, Lao
        | 0x1000..=0x109f // Myanmar
        | 0x1100..=0x11ff // Hangul, as decomposing leaves it
        | 0x1780..=0x17ff // Khmer
        | 0x3005..=0x30ff // Hiragana, Katakana
        | 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xf900..=0xfaff | 0x2_0000..=0x3_ffff // Han
        | 0xac00..=0xd7af // Hangul
    )
}
