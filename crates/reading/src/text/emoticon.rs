//! `:-)` and its kin.

/// Common ones with letters or marks that the eyes-nose-mouth pattern does not cover.
const FIXED: [&str; 14] =
    ["</3", "<3", "^_^", "^.^", "-_-", "-.-", "o_o", "O_O", "o.O", "O.o", "T_T", ">.<", ">_<", ":'("];

/// How many bytes of emoticon `rest` starts with. `before` is the character in front of it.
pub(super) fn length(rest: &str, before: Option<char>) -> Option<usize> {
    let bytes = rest.as_bytes();
    let touches_word = before.is_some_and(super::character::is_word);
    let found = fixed(rest, touches_word).or_else(|| face(bytes, touches_word))?;
    // A letter mouth must end there: ":position" is no face.
    let last_is_letter = bytes[found - 1].is_ascii_alphanumeric();
    let goes_on = rest[found..].chars().next().is_some_and(super::character::is_word);
    (!(last_is_letter && goes_on)).then_some(found)
}

fn fixed(rest: &str, touches_word: bool) -> Option<usize> {
    if touches_word {
        return None;
    }
    FIXED.iter().find(|one| rest.starts_with(**one)).map(|one| one.len())
}

fn face(bytes: &[u8], touches_word: bool) -> Option<usize> {
    let brow = usize::from(bytes.first() == Some(&b'>') && !touches_word);
    let eyes = *bytes.get(brow)?;
    let letter_eyes = matches!(eyes, b'x' | b'X' | b'8');
    if !(matches!(eyes, b':' | b';' | b'=') || letter_eyes) || (letter_eyes && touches_word) {
        return None;
    }
    let mut at = brow + 1;
    if bytes.get(at) == Some(&b'\'') && bytes.get(at + 1).is_some_and(|c| matches!(c, b'(' | b')')) {
        at += 1;
    }
    if bytes.get(at).is_some_and(|c| matches!(c, b'-' | b'^' | b'o'))
        && bytes.get(at + 1).is_some_and(|c| mouth(*c))
    {
        at += 1;
    }
    let m = *bytes.get(at)?;
    if !mouth(m) {
        return None;
    }
    let letter = m.is_ascii_alphanumeric();
    let plain = matches!(m, b')' | b'(');
    if (letter_eyes && m != b'D')
        || (letter && touches_word)
        || (eyes == b'=' && !(plain || matches!(m, b'D' | b'/')))
    {
        return None;
    }
    let mut end = at + 1;
    while bytes.get(end) == Some(&m) && end - at < 16 && !letter {
        end += 1;
    }
    Some(end)
}

fn mouth(c: u8) -> bool {
    matches!(
        c,
        b')' | b'('
            | b'D'
            | b'P'
            | b'p'
            | b'/'
            | b'\\'
            | b'|'
            | b'*'
            | b'3'
            | b'O'
            | b'o'
            | b'@'
            | b'['
            | b']'
            | b'}'
            | b'{'
            | b'S'
    )
}

#[cfg(test)]
mod tests {
    use super::length;

    #[test]
    fn faces_are_told_from_other_marks() {
        for (text, before, expected) in [
            (":)", None, Some(2)),
            (":-( why", None, Some(3)),
            (":'(", None, Some(3)),
            (":))))", Some('s'), Some(5)),
            ("xD", None, Some(2)),
            ("<3", Some(' '), Some(2)),
            (":D", Some(' '), Some(2)),
            (":Description", Some(' '), None),
            (":P", Some('e'), None),
            (": (", None, None),
            ("xDrive", None, None),
            ("=1", None, None),
        ] {
            assert_eq!(length(text, before), expected, "{text}");
        }
    }
}
