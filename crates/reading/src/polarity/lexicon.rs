//! The word lists, read when their language is first met.

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

/// One language's words.
pub(super) type Lexicon = WordMap<Entry>;

struct Source {
    language: &'static str,
    valences: &'static str,
    rules: &'static str,
    read: OnceLock<Lexicon>,
}

macro_rules! source {
    ($language:literal) => {
        Source {
            language: $language,
            valences: include_str!(concat!("lexicon/", $language, ".txt")),
            rules: include_str!(concat!("rules/", $language, ".txt")),
            read: OnceLock::new(),
        }
    };
}

static SOURCES: [Source; 8] = [
    source!("en"),
    source!("es"),
    source!("pt"),
    source!("fr"),
    source!("de"),
    source!("it"),
    source!("hi"),
    source!("ar"),
];

/// The words of a supported language; `None` for any other.
pub(super) fn words(language: &str) -> Option<&'static Lexicon> {
    let source = SOURCES.iter().find(|source| source.language == language)?;
    Some(source.read.get_or_init(|| {
        let mut lexicon = Lexicon::default();
        add_valences(&mut lexicon, source.valences);
        for line in source.rules.lines() {
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
    }))
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
