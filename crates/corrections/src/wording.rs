//! When two texts say the same in the same words.

/// A text's words as far as they tell one wording from another: in small letters, one space between, without
/// punctuation, addresses and handles, which differ each time the same is said. Pictographs are words of their own.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Wording(String);

impl Wording {
    /// The words of this text; of no length where it has none. Takes time linear in the text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut words = String::with_capacity(text.len());
        for chunk in text.split_whitespace().filter(|chunk| !is_address_or_handle(chunk)) {
            let mut starts_a_word = true;
            for letter in chunk.chars().filter(|letter| !is_silent(*letter)) {
                let alone = stands_alone(letter);
                if !letter.is_alphanumeric() && !alone {
                    starts_a_word = true;
                    continue;
                }
                if (starts_a_word || alone) && !words.is_empty() {
                    words.push(' ');
                }
                words.extend(letter.to_lowercase());
                starts_a_word = alone;
            }
        }
        Self(words)
    }

    /// How many words there are.
    #[must_use]
    pub fn words(&self) -> usize {
        self.0.split(' ').filter(|word| !word.is_empty()).count()
    }

    /// Whether these words stand in `other`, one after the other and whole.
    #[must_use]
    pub fn stands_in(&self, other: &Self) -> bool {
        if self.0.is_empty() || self.0.len() > other.0.len() {
            return false;
        }
        other.0.match_indices(&*self.0).any(|(start, found)| {
            let end = start + found.len();
            let starts_a_word = start == 0 || other.0.as_bytes()[start - 1] == b' ';
            let ends_a_word = end == other.0.len() || other.0.as_bytes()[end] == b' ';
            starts_a_word && ends_a_word
        })
    }

    /// The words, one space between.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_address_or_handle(chunk: &str) -> bool {
    let chunk = chunk.trim_start_matches(['(', '[', '"', '\u{201c}', '.']);
    let starts =
        |prefix: &str| chunk.get(..prefix.len()).is_some_and(|head| head.eq_ignore_ascii_case(prefix));
    let handle = chunk.strip_prefix('@').is_some_and(|name| name.starts_with(char::is_alphanumeric));
    handle || starts("http://") || starts("https://") || starts("www.")
}

/// Pictographs, and letters of scripts that put no space between words: each counts as a word.
fn stands_alone(letter: char) -> bool {
    matches!(letter,
        '\u{2600}'..='\u{27bf}' | '\u{2b50}' | '\u{2b55}' | '\u{1f000}'..='\u{1faff}' // pictographs
        | '\u{0e01}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' // Thai, Lao, Burmese, Khmer
        | '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' // kana, Han
        | '\u{20000}'..='\u{3ffff}')
}

/// What is written or left out without another meaning: `don't`, `don’t` and `dont` are one word; so are a heart and the
/// same heart with the wish to be drawn in colour.
fn is_silent(letter: char) -> bool {
    matches!(letter, '\'' | '\u{2019}' | '\u{02bc}' | '\u{200c}' | '\u{200d}' | '\u{fe0e}' | '\u{fe0f}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_same_words_are_the_same_wording() {
        for (one, other) in [
            ("Where is my order?", "where is   my ORDER"),
            ("Don't do this", "don\u{2019}t do this!!"),
            ("@northwindair where is my bag", "where is my bag, @nwa_help?"),
            ("Late again https://t.example/a1", "late again (https://t.example/b2)"),
            ("thanks ❤️", "Thanks ❤"),
            ("航班又延误了!", "航班又延误了"),
            ("Straße gesperrt", "straße gesperrt."),
            ("#LateAgain", "lateagain"),
            ("कब मिलेगा?", "कब मिलेगा"),
        ] {
            assert_eq!(Wording::of(one), Wording::of(other), "{one} / {other}");
        }
    }

    #[test]
    fn other_words_are_another_wording() {
        for (one, other) in [
            ("Where is my order?", "Where was my order?"),
            ("great 😀", "great 😡"),
            ("not good", "good"),
            ("12 hours", "2 hours"),
            ("a b", "ab"),
        ] {
            assert_ne!(Wording::of(one), Wording::of(other), "{one} / {other}");
        }
    }

    #[test]
    fn a_text_without_words_has_none() {
        for text in ["", "   ", "...", "?!", "@northwindair https://t.example/a"] {
            assert_eq!(Wording::of(text).words(), 0, "{text}");
        }
    }

    #[test]
    fn a_phrase_stands_in_a_text_by_whole_words() {
        for (phrase, text, stands) in [
            ("sick seats", "Those SICK seats, wow", true),
            ("sick seats", "sick, seats!", true),
            ("sick seats", "homesick seats", false),
            ("sick seats", "sick seatsale", false),
            ("sick seats", "seats sick", false),
            ("late", "late late late", true),
            ("ate", "late ate", true),
            ("延误", "航班又延误了", true),
            ("延误", "延航误班", false),
            ("😡", "late again😡", true),
            ("", "anything", false),
            ("longer than that", "that", false),
        ] {
            assert_eq!(Wording::of(phrase).stands_in(&Wording::of(text)), stands, "{phrase} in {text}");
        }
    }

    proptest! {
        #[test]
        fn a_wording_is_its_own_wording(text in "\\PC{0,80}") {
            let once = Wording::of(&text);
            // What is small once may be smaller (a sign that lower case parts in two), but comes to an end.
            let twice = Wording::of(once.as_str());
            prop_assert_eq!(Wording::of(twice.as_str()), twice);
        }

        #[test]
        fn case_and_room_never_matter(text in "[a-z0-9 .,!?]{0,60}") {
            prop_assert_eq!(Wording::of(&text.to_uppercase().replace(' ', "   ")), Wording::of(&text));
        }
    }
}
