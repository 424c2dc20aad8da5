//! Where a post stands and how far it carries: "X · @maralind · 12.4K".

use earshot_mention::{Kind, Post};

use super::names;

/// Where a post stands and how far it carries, piece by piece; stars apart, for they are drawn.
pub(crate) fn place(post: &Post) -> Vec<String> {
    let mut pieces = vec![names::platform(&post.id.platform)];
    match post.kind {
        Kind::Comment => pieces.push("comment".to_owned()),
        Kind::Message => pieces.push("message".to_owned()),
        Kind::Post | Kind::Review => {}
    }
    let handle = post.author.handle.as_deref().map(str::trim).filter(|handle| !handle.is_empty());
    if let Some(handle) =
        handle.filter(|_| post.author.name.as_deref().is_some_and(|name| !name.trim().is_empty()))
    {
        pieces.push(format!("@{handle}"));
    }
    if let Some(followers) = post.author.followers {
        pieces.push(compact(followers));
    } else if let Some(likes) = post.reach.likes.filter(|likes| *likes > 0) {
        pieces.push(format!("{} likes", compact(likes)));
    }
    pieces
}

/// 12.4K, 1.2M: three digits say how far a voice carries.
pub(crate) fn compact(count: u64) -> String {
    let (unit, letter) = match count {
        0..1_000 => return count.to_string(),
        1_000..1_000_000 => (1_000, "K"),
        1_000_000..1_000_000_000 => (1_000_000, "M"),
        _ => (1_000_000_000, "B"),
    };
    let whole = count / unit;
    let tenth = count % unit / (unit / 10);
    if whole < 100 && tenth > 0 { format!("{whole}.{tenth}{letter}") } else { format!("{whole}{letter}") }
}

/// Five stars, so many of them full.
pub(crate) fn stars(full: u8) -> String {
    let full = usize::from(full.min(5));
    format!("{}{}", "★".repeat(full), "☆".repeat(5 - full))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::show::example;

    #[test]
    fn counts_keep_three_digits_at_most() {
        for (count, expected) in [
            (0, "0"),
            (999, "999"),
            (1000, "1K"),
            (12_449, "12.4K"),
            (120_900, "120K"),
            (999_999, "999K"),
            (1_250_000, "1.2M"),
            (3_000_000_000, "3B"),
        ] {
            assert_eq!(compact(count), expected);
        }
    }

    #[test]
    fn a_place_says_what_is_known_and_no_more() {
        let mut post = example::post("Stuck.");
        assert_eq!(place(&post), ["X", "@maralind", "12.4K"]);
        post.kind = Kind::Comment;
        post.author = earshot_mention::Author { handle: Some("maralind".into()), ..Default::default() };
        assert_eq!(place(&post), ["X", "comment"], "the handle stands as the name already");
        post.reach.likes = Some(214);
        assert_eq!(place(&post), ["X", "comment", "214 likes"]);
    }

    #[test]
    fn stars_are_five() {
        assert_eq!(stars(2), "★★☆☆☆");
        assert_eq!(stars(9), "★★★★★");
    }
}
