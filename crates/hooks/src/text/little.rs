//! LinkedIn's *little text*: words with marks in them for mentions and hashtags, and everything that could be taken for a
//! mark escaped. <https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/little-text-format>

/// Longest mark that is understood, in bytes: a name and a URN are far shorter.
const LONGEST_MARK: usize = 512;

/// The words as people read them: `@[Northwind Air](urn:li:organization:1)` is `Northwind Air`, `{hashtag|\#|late}` is
/// `#late`, `\(` is `(`. What is no whole mark stays as it is.
pub(crate) fn little(text: &str) -> String {
    let mut read = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['\\', '@', '{']) {
        read.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some((words, behind)) = mention(rest).or_else(|| hashtag(rest)) {
            read.push_str(&unescaped(&words));
            rest = behind;
            continue;
        }
        let escaped = rest.strip_prefix('\\').and_then(|rest| rest.chars().next());
        let (letter, length) = match escaped {
            Some(letter) => (letter, 1 + letter.len_utf8()),
            None => (rest.chars().next().unwrap_or_default(), 1),
        };
        read.push(letter);
        rest = &rest[length..];
    }
    read.push_str(rest);
    read
}

/// `@[words](urn:…)` at the beginning: the words, and what follows.
fn mention(text: &str) -> Option<(String, &str)> {
    let mark = beginning(text);
    let (words, behind) = mark.strip_prefix("@[")?.split_once("](")?;
    let (urn, _) = behind.split_once(')')?;
    let plain = urn.starts_with("urn:li:") && !words.contains(['[', '\n']);
    let length = "@[](".len() + words.len() + urn.len() + ")".len();
    plain.then(|| (words.to_owned(), &text[length..]))
}

/// `{hashtag|\#|words}` at the beginning.
fn hashtag(text: &str) -> Option<(String, &str)> {
    let mark = beginning(text);
    let (sign, behind) = mark.strip_prefix("{hashtag|")?.split_once('|')?;
    let (words, _) = behind.split_once('}')?;
    let length = "{hashtag||".len() + sign.len() + words.len() + "}".len();
    matches!(sign, "\\#" | "#" | "＃").then(|| (format!("#{words}"), &text[length..]))
}

/// As far as a mark may reach: so a text of nothing but beginnings is not searched to its end for each of them.
fn beginning(text: &str) -> &str {
    &text[..text.floor_char_boundary(LONGEST_MARK)]
}

fn unescaped(words: &str) -> String {
    let mut letters = words.chars();
    let mut plain = String::with_capacity(words.len());
    while let Some(letter) = letters.next() {
        plain.push(if letter == '\\' { letters.next().unwrap_or('\\') } else { letter });
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::little;

    #[test]
    fn a_text_of_nothing_but_beginnings_is_read_in_one_go() {
        for beginning in ["@[", "{hashtag|", "@[a](", "\\"] {
            let text = beginning.repeat(100_000);
            assert!(little(&text).len() <= text.len());
        }
    }

    #[test]
    fn marks_become_what_people_read() {
        for (written, read) in [
            ("@[Northwind Air](urn:li:organization:96000042) lost my bag", "Northwind Air lost my bag"),
            ("late again {hashtag|\\#|late}!", "late again #late!"),
            ("\\(third time\\) 100\\% \\@home \\\\", "(third time) 100% @home \\"),
            ("@[Anna \\(Ops\\)](urn:li:person:a)", "Anna (Ops)"),
            ("mail me @ home", "mail me @ home"),
            ("@[no end", "@[no end"),
            ("@[x](https://elsewhere.example)", "@[x](https://elsewhere.example)"),
            ("{hashtag|x|y}", "{hashtag|x|y}"),
            ("{hashtag|\\#", "{hashtag|#"),
            ("ü\\é@", "üé@"),
            ("\\", "\\"),
            ("", ""),
        ] {
            assert_eq!(little(written), read, "{written}");
        }
    }
}
