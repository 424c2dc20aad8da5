//! What a text is made of.

use crate::Span;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A word; also `2fa` and `covid19`.
    Word,
    /// A number, with its currency or percent sign.
    Number,
    /// `@somebody`, also `u/somebody`.
    Mention,
    /// A word from a hashtag: `#NotHappy` gives `not` and `happy`.
    Hashtag,
    /// A web or mail address.
    Address,
    /// One emoji, however many characters it is made of.
    Emoji,
    /// `:-)` and its kin.
    Emoticon,
    /// A run of the same punctuation, or a line break.
    Punctuation,
}

/// A piece of the text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Token {
    /// What it is.
    pub(crate) kind: Kind,
    /// Three or more of the same letter in a row: `soooo`.
    pub(crate) elongated: bool,
    /// All capitals, two letters at least.
    pub(crate) capitals: bool,
    /// For numbers, the number (0 where it is too odd to parse); for punctuation, how long the run is.
    pub(crate) value: f32,
    start: u32,
    end: u32,
    normal_start: u32,
    normal_end: u32,
    short_end: u32,
}

impl Token {
    /// Where it stands in the text.
    pub(crate) fn span(&self) -> Span {
        Span { start: self.start, end: self.end }
    }

    /// A word of running text or of a hashtag.
    pub(crate) fn is_word(&self) -> bool {
        matches!(self.kind, Kind::Word | Kind::Hashtag)
    }
}

/// The tokens of one text.
#[derive(Debug, Default)]
pub(crate) struct Tokens {
    items: Vec<Token>,
    /// Normal forms, one after another: lower case, straight apostrophes, nothing invisible, long runs of a letter
    /// cut to two; for elongated words a second form follows with those runs cut to one.
    normal: String,
}

impl Tokens {
    /// Forgets the last text and reads this one.
    pub(crate) fn read(&mut self, text: &str) {
        self.items.clear();
        self.normal.clear();
        super::scan::scan(text, self);
    }

    /// In order of the text.
    pub(crate) fn items(&self) -> &[Token] {
        &self.items
    }

    /// The token's normal form, by which it is looked up.
    pub(crate) fn normal(&self, token: &Token) -> &str {
        &self.normal[token.normal_start as usize..token.normal_end as usize]
    }

    /// For an elongated word the other reading of its long letter: `soo` and `so`.
    pub(crate) fn shortened(&self, token: &Token) -> Option<&str> {
        (token.short_end > token.normal_end)
            .then(|| &self.normal[token.normal_end as usize..token.short_end as usize])
    }

    /// Looks the normal form up, then the shortened one.
    pub(crate) fn look_up<T>(&self, token: &Token, mut find: impl FnMut(&str) -> Option<T>) -> Option<T> {
        find(self.normal(token)).or_else(|| self.shortened(token).and_then(find))
    }

    pub(super) fn normal_buffer(&mut self) -> &mut String {
        &mut self.normal
    }

    /// Adds a token whose normal form is the buffer from `normal_start` on, `short_start` being where the second
    /// form begins, if there is one.
    pub(super) fn push(&mut self, found: Found) {
        let fit = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        let end = self.normal.len();
        self.items.push(Token {
            kind: found.kind,
            elongated: found.elongated,
            capitals: found.capitals,
            value: found.value,
            start: fit(found.start),
            end: fit(found.end),
            normal_start: fit(found.normal_start),
            normal_end: fit(found.short_start.unwrap_or(end)),
            short_end: fit(end),
        });
    }
}

/// A token as the scanner hands it over.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    pub(super) kind: Kind,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) normal_start: usize,
    pub(super) short_start: Option<usize>,
    pub(super) elongated: bool,
    pub(super) capitals: bool,
    pub(super) value: f32,
}
