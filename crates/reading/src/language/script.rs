//! What the letters alone say.

use crate::text::{Kind, Tokens};

/// What scripts say of a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Guess {
    /// This script is this language's, or these letters are.
    Language(&'static str),
    /// Latin letters, so many.
    Latin { letters: usize },
    /// A script that no language here uses.
    Other,
    /// No letters.
    Nothing,
}

/// How many letters are looked at: enough to tell, whatever follows.
const LETTERS: usize = 400;

#[derive(Debug, Default)]
struct Counts {
    latin: usize,
    cyrillic: usize,
    ukrainian: usize,
    arabic: usize,
    persian: usize,
    urdu: usize,
    devanagari: usize,
    greek: usize,
    hebrew: usize,
    thai: usize,
    hangul: usize,
    kana: usize,
    han: usize,
    other: usize,
}

impl Counts {
    fn add(&mut self, c: char) {
        match c {
            'a'..='z' | 'A'..='Z' | '\u{00C0}'..='\u{024F}' | '\u{1E00}'..='\u{1EFF}' => self.latin += 1,
            '\u{0370}'..='\u{03FF}' | '\u{1F00}'..='\u{1FFF}' => self.greek += 1,
            '\u{0400}'..='\u{052F}' => {
                self.cyrillic += 1;
                self.ukrainian += usize::from(matches!(c, 'і' | 'ї' | 'є' | 'ґ' | 'І' | 'Ї' | 'Є' | 'Ґ'));
            }
            '\u{0590}'..='\u{05FF}' => self.hebrew += 1,
            '\u{0600}'..='\u{06FF}'
            | '\u{0750}'..='\u{077F}'
            | '\u{FB50}'..='\u{FDFF}'
            | '\u{FE70}'..='\u{FEFE}' => {
                self.arabic += 1;
                self.persian += usize::from(matches!(c, 'پ' | 'چ' | 'ژ' | 'گ' | 'ک' | 'ی'));
                self.urdu += usize::from(matches!(c, 'ٹ' | 'ڈ' | 'ڑ' | 'ں' | 'ے' | 'ہ' | 'ھ'));
            }
            '\u{0900}'..='\u{097F}' => self.devanagari += 1,
            '\u{0E00}'..='\u{0E7F}' => self.thai += 1,
            '\u{1100}'..='\u{11FF}' | '\u{AC00}'..='\u{D7AF}' => self.hangul += 1,
            '\u{3040}'..='\u{30FF}' => self.kana += 1,
            '\u{3400}'..='\u{9FFF}' => self.han += 1,
            c if c.is_alphabetic() => self.other += 1,
            _ => {}
        }
    }
}

/// Marathi's and Nepali's commonest words, which Hindi does not have.
const NOT_HINDI: [&str; 24] = [
    "आहे",
    "आहेत",
    "आणि",
    "नाही",
    "मी",
    "मला",
    "माझी",
    "माझा",
    "माझे",
    "होते",
    "होता",
    "होती",
    "काय",
    "पण",
    "तुम्ही",
    "आपण",
    "साठी",
    "झाले",
    "झाली",
    "छ",
    "छन्",
    "हुन्छ",
    "पनि",
    "गर्न",
];
/// Hindi's, which those do not have.
const HINDI: [&str; 18] =
    ["है", "हैं", "में", "के", "की", "का", "से", "को", "और", "नहीं", "ने", "पर", "हो", "मैं", "मेरा", "मेरी", "रहा", "तो"];

/// Counts letters outside of mentions, addresses and hashtags; where there are none, in hashtags too.
pub(super) fn guess(text: &str, tokens: &Tokens) -> Guess {
    let counts = count(text, tokens, Kind::Word).or_else(|| count(text, tokens, Kind::Hashtag));
    let Some(counts) = counts else { return Guess::Nothing };
    let ranked = [
        counts.latin,
        counts.cyrillic,
        counts.arabic,
        counts.devanagari,
        counts.greek,
        counts.hebrew,
        counts.thai,
        counts.hangul,
        counts.kana + counts.han,
        counts.other,
    ];
    let most = ranked.iter().max().copied().unwrap_or(0);
    // A few Latin brand names do not make a text Latin: other scripts' letters say more each.
    let foreign = ranked[1..].iter().max().copied().unwrap_or(0);
    if foreign * 2 < counts.latin || foreign == 0 {
        return if most == 0 { Guess::Nothing } else { Guess::Latin { letters: counts.latin } };
    }
    match ranked[1..].iter().position(|count| *count == foreign) {
        Some(0) if counts.ukrainian > 0 => Guess::Language("uk"),
        Some(0) => Guess::Language("ru"),
        Some(1) if counts.urdu * 20 > counts.arabic => Guess::Language("ur"),
        Some(1) if counts.persian * 20 > counts.arabic => Guess::Language("fa"),
        Some(1) => Guess::Language("ar"),
        Some(2) => Guess::Language(of_devanagari(tokens)),
        Some(3) => Guess::Language("el"),
        Some(4) => Guess::Language("he"),
        Some(5) => Guess::Language("th"),
        Some(6) => Guess::Language("ko"),
        Some(7) if counts.kana > 0 => Guess::Language("ja"),
        Some(7) => Guess::Language("zh"),
        _ => Guess::Other,
    }
}

fn count(text: &str, tokens: &Tokens, kind: Kind) -> Option<Counts> {
    let mut counts = Counts::default();
    let mut left = LETTERS;
    for token in tokens.items().iter().filter(|token| token.kind == kind) {
        let word = token.span().of(text).unwrap_or_default();
        for c in word.chars().take(left) {
            counts.add(c);
        }
        left = left.saturating_sub(word.len());
        if left == 0 {
            break;
        }
    }
    (left < LETTERS).then_some(counts)
}

fn of_devanagari(tokens: &Tokens) -> &'static str {
    let (mut hindi, mut other) = (0, 0);
    for token in tokens.items().iter().filter(|token| token.is_word()).take(60) {
        let word = tokens.normal(token);
        hindi += usize::from(HINDI.contains(&word));
        other += usize::from(NOT_HINDI.contains(&word) || word.contains('ळ'));
    }
    if other > hindi { "mr" } else { "hi" }
}
