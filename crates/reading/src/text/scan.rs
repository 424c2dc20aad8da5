//! The one pass from text to tokens.
//!
//! Word boundaries are simpler than UAX 29's on purpose: posts hold addresses, handles, hashtags, faces and
//! invisible characters that the standard would cut apart, and this runs in a tenth of its time. Emoji sequences are
//! the standard's graphemes.

use unicode_segmentation::UnicodeSegmentation;

use super::address::{address, domain_or_mail};
use super::character::{is_apostrophe, is_currency, is_emoji, is_invisible, is_skin_tone, is_word};
use super::emoticon;
use super::token::{Found, Kind, Tokens};

/// Units that may be glued to a number: `2hrs`, `5pm`, `3k`.
const UNITS: [&str; 31] = [
    "s", "sec", "secs", "m", "min", "mins", "minute", "minutes", "h", "hr", "hrs", "hour", "hours", "d",
    "day", "days", "wk", "wks", "week", "weeks", "mo", "month", "months", "y", "yr", "yrs", "year", "years",
    "am", "pm", "x",
];

pub(super) fn scan(text: &str, into: &mut Tokens) {
    let mut scanner = Scanner { text, at: 0, before: None, into };
    while scanner.step() {}
}

struct Scanner<'t> {
    text: &'t str,
    at: usize,
    before: Option<char>,
    into: &'t mut Tokens,
}

impl Scanner<'_> {
    /// Reads one token or one character that belongs to none; false at the end. Always moves on.
    fn step(&mut self) -> bool {
        let rest = &self.text[self.at..];
        let Some(first) = rest.chars().next() else { return false };
        let from = self.at;
        let after = from + first.len_utf8();
        let end = match first {
            '\n' => self.punctuation(from, first),
            c if c.is_whitespace() || is_invisible(c) => after,
            '@' => self.mention(from).unwrap_or(after),
            '#' | '＃' => self.hashtag(from, after),
            c if c.is_ascii_digit() || (is_currency(c) && next_is_digit(rest, c)) => self.number(from),
            c if is_word(c) => self.word_like(from, first),
            c => {
                if let Some(length) = emoticon::length(rest, self.before) {
                    self.plain(Kind::Emoticon, from, from + length, 0.0)
                } else if is_emoji(c) {
                    self.emoji(from)
                } else {
                    self.punctuation(from, first)
                }
            }
        };
        self.at = end.max(after);
        self.before = self.text[..self.at].chars().next_back();
        true
    }

    /// A token whose normal form is its own text.
    fn plain(&mut self, kind: Kind, start: usize, end: usize, value: f32) -> usize {
        let buffer = self.into.normal_buffer();
        let normal_start = buffer.len();
        buffer.push_str(&self.text[start..end]);
        self.push(kind, start, end, normal_start, value);
        end
    }

    fn push(&mut self, kind: Kind, start: usize, end: usize, normal_start: usize, value: f32) {
        let found = Found {
            kind,
            start,
            end,
            normal_start,
            short_start: None,
            elongated: false,
            capitals: false,
            value,
        };
        self.into.push(found);
    }

    fn word_like(&mut self, from: usize, first: char) -> usize {
        if matches!(first, 'h' | 'H' | 'w' | 'W')
            && let Some(end) = address(self.text, from)
        {
            self.push_address(from, end);
            return end;
        }
        if matches!(first, 'x' | 'X')
            && let Some(length) = emoticon::length(&self.text[from..], self.before)
        {
            return self.plain(Kind::Emoticon, from, from + length, 0.0);
        }
        let end = word_end(self.text, from);
        if let Some(end) = domain_or_mail(self.text, end) {
            self.push_address(from, end);
            return end;
        }
        self.word(Kind::Word, from, end);
        end
    }

    /// Addresses are never looked up, so they need no normal form.
    fn push_address(&mut self, from: usize, end: usize) {
        let here = self.into.normal_buffer().len();
        self.push(Kind::Address, from, end, here, 0.0);
    }

    fn mention(&mut self, from: usize) -> Option<usize> {
        let name = from + 1;
        let length =
            self.text[name..].bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'_').count();
        if length == 0 || self.before.is_some_and(is_word) {
            return None;
        }
        let here = self.into.normal_buffer().len();
        self.push(Kind::Mention, from, name + length, here, 0.0);
        Some(name + length)
    }

    /// Each word of a hashtag is a token of its own; a bare `#` is nothing.
    fn hashtag(&mut self, from: usize, body: usize) -> usize {
        let mut end = from;
        let mut piece = body;
        let mut last: Option<char> = None;
        for (offset, c) in self.text[body..].char_indices() {
            let at = body + offset;
            if !(is_word(c) || c == '_' || is_invisible(c)) {
                break;
            }
            let camel = last.is_some_and(|l| {
                (l.is_lowercase() && c.is_uppercase()) || (l.is_ascii_digit() != c.is_ascii_digit())
            });
            if c == '_' || camel {
                if at > piece {
                    self.word(Kind::Hashtag, piece, at);
                }
                piece = at + usize::from(c == '_');
            }
            last = Some(c);
            end = at + c.len_utf8();
        }
        if end > piece {
            self.word(Kind::Hashtag, piece, end);
        }
        end
    }

    fn number(&mut self, from: usize) -> usize {
        let rest = &self.text[from..];
        let mut digits = 0.0_f32;
        let mut decimals: Option<f32> = None;
        let mut end = from;
        let mut seen = 0_u32;
        for (offset, c) in rest.char_indices() {
            let next_digit = rest[offset + c.len_utf8()..].starts_with(|n: char| n.is_ascii_digit());
            if let Some(digit) = c.to_digit(10) {
                seen += 1;
                #[expect(clippy::cast_precision_loss, reason = "a digit")]
                let digit = digit as f32;
                match &mut decimals {
                    Some(scale) => {
                        *scale /= 10.0;
                        digits += digit * *scale;
                    }
                    None => digits = digits * 10.0 + digit,
                }
            } else if matches!(c, '.' | ',') && next_digit && seen > 0 {
                // "1,500" is a thousand and a half thousand, "1.5" one and a half.
                let thousands = rest[offset + 1..].bytes().take_while(u8::is_ascii_digit).count() == 3;
                if !thousands && decimals.is_none() {
                    decimals = Some(1.0);
                }
            } else if !(offset == 0 && is_currency(c)) {
                break;
            }
            end = from + offset + c.len_utf8();
        }
        if !digits.is_finite() {
            digits = 0.0;
        }
        let word = word_end(self.text, end);
        if word > end {
            let unit = &self.text[end..word];
            if matches!(unit, "k" | "K") {
                return self.plain(Kind::Number, from, word, digits * 1000.0);
            }
            if !UNITS.iter().any(|known| known.eq_ignore_ascii_case(unit)) {
                self.word(Kind::Word, from, word);
                return word;
            }
        }
        if self.text[end..].starts_with(|c| c == '%' || is_currency(c)) {
            end += self.text[end..].chars().next().map_or(0, char::len_utf8);
        }
        self.plain(Kind::Number, from, end, digits)
    }

    fn emoji(&mut self, from: usize) -> usize {
        let cluster = self.text[from..].graphemes(true).next().unwrap_or_default();
        let end = from + cluster.len();
        let buffer = self.into.normal_buffer();
        let normal_start = buffer.len();
        // U+200D joins a sequence's parts and stays; how a part is drawn does not matter.
        buffer
            .extend(cluster.chars().filter(|c| *c == '\u{200D}' || !(is_invisible(*c) || is_skin_tone(*c))));
        self.push(Kind::Emoji, from, end, normal_start, 0.0);
        end
    }

    /// A run of the same mark; `!` and `?` mix.
    fn punctuation(&mut self, from: usize, first: char) -> usize {
        let excited = |c: char| matches!(c, '!' | '?' | '！' | '？' | '؟' | '¿' | '¡');
        let same = |c: char| c == first || (excited(c) && excited(first));
        let run = &self.text[from..];
        let end = from + run.find(|c| !same(c)).unwrap_or(run.len());
        let mut length = 0.0;
        let mut asks = false;
        for c in self.text[from..end].chars() {
            length += 1.0;
            asks |= matches!(c, '?' | '？' | '؟');
        }
        let normal = match first {
            '.' if length >= 2.0 => "...",
            '.' | '。' | '।' => ".",
            '…' => "...",
            ',' | '،' => ",",
            ';' | ':' => ";",
            '\n' => "\n",
            '"' | '“' | '”' | '«' | '»' => "\"",
            c if excited(c) => {
                if asks {
                    "?"
                } else {
                    "!"
                }
            }
            _ => "-",
        };
        let buffer = self.into.normal_buffer();
        let normal_start = buffer.len();
        buffer.push_str(normal);
        self.push(Kind::Punctuation, from, end, normal_start, length);
        end
    }

    fn word(&mut self, kind: Kind, start: usize, end: usize) {
        let raw = &self.text[start..end];
        let buffer = self.into.normal_buffer();
        let normal_start = buffer.len();
        let mut run = (None, 0_u32);
        let (mut upper, mut lower, mut elongated) = (0_u32, 0_u32, false);
        for c in raw.chars() {
            upper += u32::from(c.is_uppercase());
            lower += u32::from(c.is_lowercase());
            for c in c.to_lowercase() {
                let c = if is_apostrophe(c) { '\'' } else { c };
                run = if run.0 == Some(c) { (run.0, run.1 + 1) } else { (Some(c), 1) };
                elongated |= run.1 > 2 && c.is_alphabetic();
                if (run.1 <= 2 || !c.is_alphabetic()) && !is_invisible(c) {
                    buffer.push(c);
                }
            }
        }
        let short_start = elongated.then(|| {
            let short_start = buffer.len();
            let mut run = (None, 0_u32);
            for c in raw.chars().flat_map(char::to_lowercase) {
                let c = if is_apostrophe(c) { '\'' } else { c };
                run = if run.0 == Some(c) { (run.0, run.1 + 1) } else { (Some(c), 1) };
                if run.1 > 2 {
                    // The run turned out long: take its second letter back.
                    if run.1 == 3 {
                        buffer.pop();
                    }
                } else if !is_invisible(c) {
                    buffer.push(c);
                }
            }
            short_start
        });
        let capitals = upper >= 2 && lower == 0;
        self.into.push(Found {
            kind,
            start,
            end,
            normal_start,
            short_start,
            elongated,
            capitals,
            value: 0.0,
        });
    }
}

fn next_is_digit(rest: &str, first: char) -> bool {
    rest[first.len_utf8()..].starts_with(|c: char| c.is_ascii_digit())
}

/// Where the word that starts at `from` ends. Apostrophes and invisible characters belong to it between letters.
fn word_end(text: &str, from: usize) -> usize {
    let mut end = from;
    for (offset, c) in text[from..].char_indices() {
        if is_word(c) {
            end = from + offset + c.len_utf8();
        } else if !((is_apostrophe(c) || is_invisible(c)) && from + offset - end < 8 && offset > 0) {
            break;
        }
    }
    end
}

#[cfg(test)]
mod tests {
    use super::super::{Kind, Tokens};

    fn shown(text: &str) -> Vec<(Kind, String)> {
        let mut tokens = Tokens::default();
        tokens.read(text);
        tokens.items().iter().map(|t| (t.kind, tokens.normal(t).to_owned())).collect()
    }

    fn words(text: &str) -> Vec<String> {
        shown(text)
            .into_iter()
            .filter(|(kind, _)| *kind != Kind::Punctuation)
            .map(|(_, normal)| normal)
            .collect()
    }

    #[test]
    fn words_are_lower_case_with_straight_apostrophes() {
        assert_eq!(words("Can’t LOG in, don't"), ["can't", "log", "in", "don't"]);
    }

    #[test]
    fn a_hashtag_gives_its_words() {
        assert_eq!(
            words("#NotHappy #not_happy #flight42Late"),
            ["not", "happy", "not", "happy", "flight", "42", "late"]
        );
        assert!(shown("#NotHappy").iter().all(|(kind, _)| *kind == Kind::Hashtag));
        assert_eq!(shown("# 1").len(), 1);
    }

    #[test]
    fn numbers_keep_their_units_apart() {
        assert_eq!(
            words("2hrs $40 1,500 40% 2fa 5pm 3k"),
            ["2", "hrs", "$40", "1,500", "40%", "2fa", "5", "pm", "3k"]
        );
        let mut tokens = Tokens::default();
        tokens.read("1,500 2.5 £20");
        let values: Vec<f32> = tokens.items().iter().map(|t| t.value).collect();
        assert_eq!(values, [1500.0, 2.5, 20.0]);
    }

    #[test]
    fn addresses_and_mentions_are_one_token_each() {
        for (text, kind) in [
            ("https://t.co/abc?x=1", Kind::Address),
            ("www.example.com", Kind::Address),
            ("example.com/path", Kind::Address),
            ("me@example.com", Kind::Address),
            ("🅱ob@example.com", Kind::Address),
            ("a🅱c@example.com", Kind::Address),
            ("🅱.example.com/path", Kind::Address),
            ("@northwindair", Kind::Mention),
        ] {
            let mut tokens = Tokens::default();
            tokens.read(text);
            let found: Vec<_> =
                tokens.items().iter().map(|token| (token.kind, token.span().of(text))).collect();
            assert_eq!(found, [(kind, Some(text))]);
        }
        assert_eq!(words("done.It works"), ["done", "it", "works"]);
    }

    #[test]
    fn an_emoji_sequence_is_one_token_whatever_its_skin() {
        assert_eq!(shown("👩‍👩‍👧‍👦").len(), 1);
        assert_eq!(shown("🇩🇪").len(), 1);
        assert_eq!(words("👍🏽 👍"), ["👍", "👍"]);
        assert_eq!(words("❤️"), ["❤"]);
    }

    #[test]
    fn a_long_letter_is_cut_to_two_and_to_one() {
        let mut tokens = Tokens::default();
        for (text, two, one) in
            [("soooo", "soo", "so"), ("PLEEEASE", "pleease", "please"), ("goooood", "good", "god")]
        {
            tokens.read(text);
            let token = tokens.items()[0];
            assert!(token.elongated);
            assert_eq!((tokens.normal(&token), tokens.shortened(&token)), (two, Some(one)));
        }
    }

    #[test]
    fn what_cannot_be_seen_does_not_split_a_word() {
        assert_eq!(words("re\u{200B}fund \u{202E}help\u{202C}"), ["refund", "help"]);
    }

    #[test]
    fn runs_of_punctuation_are_counted() {
        let mut tokens = Tokens::default();
        tokens.read("what?!?!");
        let mark = tokens.items()[1];
        assert_eq!((tokens.normal(&mark), mark.value), ("?", 4.0));
    }

    #[test]
    fn words_of_other_scripts_keep_their_marks() {
        assert_eq!(words("मेरी उड़ान"), ["मेरी", "उड़ान"]);
        assert_eq!(words("أين طلبي"), ["أين", "طلبي"]);
    }
}
