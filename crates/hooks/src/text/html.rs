//! HTML to plain text. Only ever for reading: what comes out is text, and nobody may treat it as HTML again.

use super::unescape;

/// The words of a piece of HTML: tags gone, paragraphs and breaks as new lines, scripts and styles without trace.
pub(crate) fn plain(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        if !rest[1..].starts_with(|letter: char| letter.is_ascii_alphabetic() || "/!?".contains(letter)) {
            text.push('<');
            rest = &rest[1..];
            continue;
        }
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
            continue;
        }
        let Some(end) = rest.find('>') else {
            rest = "";
            break;
        };
        let name = tag_name(&rest[1..end]);
        let opens = !rest.starts_with("</");
        rest = &rest[end + 1..];
        match name.as_str() {
            "br" | "hr" => text.push('\n'),
            "p" | "div" | "li" | "blockquote" | "pre" | "tr" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6"
                if !opens =>
            {
                text.push('\n');
            }
            "script" | "style" | "template" if opens => rest = after_closing(rest, &name),
            _ => {}
        }
    }
    text.push_str(rest);
    unescape(text.trim()).into_owned()
}

fn tag_name(tag: &str) -> String {
    tag.trim_start_matches('/')
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .collect::<String>()
        .to_ascii_lowercase()
}

/// What follows the closing tag of this name; nothing where it never comes.
fn after_closing<'a>(html: &'a str, name: &str) -> &'a str {
    html.match_indices("</")
        .find(|(at, _)| {
            html[at + 2..].get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name))
        })
        .and_then(|(at, _)| html[at..].find('>').map(|end| &html[at + end + 1..]))
        .unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn html_becomes_text() {
        for (html, text) in [
            ("<p>My bag is <b>gone</b>.</p><p>Help!</p>", "My bag is gone.\nHelp!"),
            ("one<br>two<br/>three", "one\ntwo\nthree"),
            ("5 < 6 &amp; 7 > 2", "5 < 6 & 7 > 2"),
            ("<script>alert('x')</script>after", "after"),
            ("<style>p{}</STYLE >after", "after"),
            ("<script>never closed", ""),
            ("a<!-- hidden <b> -->b", "ab"),
            ("a<!-- never closed", "a"),
            ("a <unclosed", "a"),
            ("&lt;b&gt;not a tag&lt;/b&gt;", "<b>not a tag</b>"),
            ("<span class=\"h-card\">@<span>northwindair</span></span> hi", "@northwindair hi"),
            ("<é>", "<é>"),
            ("", ""),
        ] {
            assert_eq!(plain(html), text, "{html}");
        }
    }
}
