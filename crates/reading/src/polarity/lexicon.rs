//! The word lists, read when they are first needed.

use std::sync::OnceLock;

use crate::text::WordMap;

/// How a word turns the valences around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    Negator,
    More,
    Less,
    Contrast,
}

/// What is known of a word.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Entry {
    /// -4 to 4.
    pub(super) valence: f32,
    pub(super) turn: Option<Turn>,
}

/// Words, and what is known of them.
pub(super) type Lexicon = WordMap<Entry>;

/// English's words. The other languages have none: the lists that there are were translated by machine, and beside the model
/// they added nothing.
pub(super) fn english() -> &'static Lexicon {
    static ENGLISH: OnceLock<Lexicon> = OnceLock::new();
    ENGLISH.get_or_init(|| {
        let mut lexicon = Lexicon::default();
        add_valences(&mut lexicon, include_str!("lexicon/en.txt"));
        for line in include_str!("rules/en.txt").lines() {
            let mut words = line.split_whitespace();
            let turn = match words.next() {
                Some("negator") => Turn::Negator,
                Some("more") => Turn::More,
                Some("less") => Turn::Less,
                Some("contrast") => Turn::Contrast,
                _ => continue,
            };
            for word in words {
                lexicon.entry(word).or_default().turn = Some(turn);
            }
        }
        lexicon
    })
}

/// Emoji and emoticons, the same in every language.
pub(super) fn faces() -> &'static Lexicon {
    static FACES: OnceLock<Lexicon> = OnceLock::new();
    FACES.get_or_init(|| {
        let mut lexicon = Lexicon::default();
        add_valences(&mut lexicon, include_str!("lexicon/emoji.txt"));
        lexicon
    })
}

fn add_valences(lexicon: &mut Lexicon, file: &'static str) {
    lexicon.reserve(file.len() / 12);
    for line in file.lines() {
        let Some((word, tenths)) = line.rsplit_once('\t') else { continue };
        if let Ok(tenths) = tenths.parse::<i8>() {
            lexicon.insert(word, Entry { valence: f32::from(tenths) / 10.0, turn: None });
        }
    }
}
