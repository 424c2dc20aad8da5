//! Which key does what.

use earshot_api::Shelf;

use super::shelves::SHELVES;

/// What a key asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Key {
    Next,
    Previous,
    First,
    Last,
    Expand,
    Claim,
    Answer,
    Resolve,
    Dismiss,
    GiveBack,
    Undo,
    Note,
    Wrong,
    OpenPost,
    Search,
    Help,
    Shelf(Shelf),
    Escape,
}

/// Where the keyboard is when a key is pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum At {
    /// On the list, or nowhere in particular.
    List,
    /// On a button, link or tab, which has its own Enter, Space and arrows.
    Control,
    /// In a field, where letters are letters.
    Field,
}

/// What the key asks for, if anything. `name` is the event's `key`; a modifier other than Shift leaves it to the browser.
pub(crate) fn key(name: &str, modified: bool, at: At) -> Option<Key> {
    if modified {
        return None;
    }
    match (name, at) {
        ("Escape", _) => return Some(Key::Escape),
        (_, At::Field) => return None,
        ("Enter", At::List) => return Some(Key::Expand),
        ("ArrowDown", At::List) => return Some(Key::Next),
        ("ArrowUp", At::List) => return Some(Key::Previous),
        ("Home", At::List) => return Some(Key::First),
        ("End", At::List) => return Some(Key::Last),
        _ => {}
    }
    Some(match name.to_ascii_lowercase().as_str() {
        "j" => Key::Next,
        "k" => Key::Previous,
        "c" => Key::Claim,
        "r" => Key::Answer,
        "e" => Key::Resolve,
        "x" => Key::Dismiss,
        "g" => Key::GiveBack,
        "z" => Key::Undo,
        "n" => Key::Note,
        "w" => Key::Wrong,
        "o" => Key::OpenPost,
        "/" => Key::Search,
        "?" => Key::Help,
        digit => {
            let place = digit.parse::<usize>().ok()?.checked_sub(1)?;
            Key::Shelf(SHELVES.get(place)?.0)
        }
    })
}

/// The sheet of keys: what to press, and what it does.
pub(crate) const SHEET: [(&[&str], &str); 14] = [
    (&["J", "K"], "next, previous mention"),
    (&["Enter"], "open or close the mention"),
    (&["C"], "claim: nobody else answers it"),
    (&["R"], "answer: who answers it holds it"),
    (&["E"], "resolve: it was dealt with"),
    (&["X"], "dismiss: nothing to do"),
    (&["G"], "give back what you hold"),
    (&["Z"], "undo the last step"),
    (&["N"], "write a note for colleagues"),
    (&["W"], "that's wrong: say how it reads"),
    (&["O"], "open the post"),
    (&["/"], "search"),
    (&["1", "–", "5"], "shelves"),
    (&["Esc"], "back"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_work_in_either_case_and_never_in_a_field() {
        for (name, expected) in
            [("j", Key::Next), ("J", Key::Next), ("z", Key::Undo), ("?", Key::Help), ("/", Key::Search)]
        {
            assert_eq!(key(name, false, At::List), Some(expected), "{name}");
            assert_eq!(key(name, false, At::Control), Some(expected), "{name}");
            assert_eq!(key(name, false, At::Field), None, "{name}");
            assert_eq!(key(name, true, At::List), None, "{name} with a modifier belongs to the browser");
        }
        assert_eq!(key("Escape", false, At::Field), Some(Key::Escape));
    }

    #[test]
    fn controls_keep_their_own_keys() {
        for name in ["Enter", "ArrowDown", "ArrowUp", "Home", "End"] {
            assert!(key(name, false, At::List).is_some(), "{name}");
            assert_eq!(key(name, false, At::Control), None, "{name}");
        }
    }

    #[test]
    fn digits_are_shelves_as_far_as_there_are_any() {
        assert_eq!(key("1", false, At::List), Some(Key::Shelf(Shelf::Urgent)));
        assert_eq!(key("5", false, At::List), Some(Key::Shelf(Shelf::Closed)));
        for name in ["0", "6", "9", "F5", "q", "Tab", "é"] {
            assert_eq!(key(name, false, At::List), None, "{name}");
        }
    }
}
