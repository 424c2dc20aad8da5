//! A post's words with the evidence marked: pieces for text nodes, never markup.

use std::ops::Range;

use earshot_mention::Mention;
use earshot_reading::{Head, SentimentLabel, Span};

/// A piece of a text, marked or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(crate) words: String,
    pub(crate) marked: bool,
}

/// The spans worth marking, most telling first: why it is urgent, else what it praises or minds.
pub(crate) fn evidence(mention: &Mention) -> Vec<Span> {
    let reading = &mention.reading;
    if !reading.urgency.reasons.is_empty() {
        return reading.urgency.reasons.iter().map(|reason| reason.span).collect();
    }
    let head = match reading.sentiment.label {
        SentimentLabel::Positive => Head::Positive,
        SentimentLabel::Negative => Head::Negative,
        SentimentLabel::Neutral | SentimentLabel::Unknown => return Vec::new(),
    };
    let mut carried: Vec<_> =
        reading.evidence.iter().filter(|evidence| evidence.head == head && evidence.weight > 0.0).collect();
    carried.sort_by(|one, other| other.weight.total_cmp(&one.weight));
    carried.into_iter().map(|evidence| evidence.span).collect()
}

/// The spans of the reasons that a row has room to name; what is marked and what is said belong together.
pub(crate) fn evidence_of(mention: &Mention, codes: &[String]) -> Vec<Span> {
    let named = |code: &str| codes.iter().any(|shown| shown == code);
    let reasons = &mention.reading.urgency.reasons;
    let spans: Vec<Span> =
        reasons.iter().filter(|reason| named(&reason.code.0)).map(|reason| reason.span).collect();
    if spans.is_empty() { evidence(mention) } else { spans }
}

/// The whole text in pieces. Spans that do not belong to the text mark nothing; those that touch make one mark.
pub(crate) fn pieces(text: &str, spans: &[Span]) -> Vec<Piece> {
    pieces_within(text, spans, 0..text.len())
}

/// About two lines of a row, in bytes; wide scripts take more bytes a letter and more room.
const TWO_LINES: usize = 116;
/// What a row's text nodes may hold at most; the stylesheet cuts at two lines, this only bounds what it has to lay out.
const LONGEST_EXCERPT: usize = 400;
/// How much comes before the evidence where the text's start does not fit.
const LEAD: usize = 28;

/// The part of a text that a row shows: its beginning, or where the most telling evidence is if that would not show.
pub(crate) fn excerpt(text: &str, spans: &[Span]) -> Vec<Piece> {
    let telling = spans.iter().find(|span| span.of(text).is_some());
    let start = match telling {
        Some(span) if text.len() > TWO_LINES && span.start as usize > TWO_LINES - LEAD => {
            word_start(text, (span.start as usize).saturating_sub(LEAD))
        }
        _ => 0,
    };
    let end = text.floor_char_boundary(start.saturating_add(LONGEST_EXCERPT));
    let mut shown = pieces_within(text, spans, start..end);
    if start > 0 {
        shown.insert(0, Piece { words: "… ".to_owned(), marked: false });
    }
    if end < text.len() {
        shown.push(Piece { words: "…".to_owned(), marked: false });
    }
    shown
}

/// The first word that starts at or after `from`; `from` itself in a text without spaces.
fn word_start(text: &str, from: usize) -> usize {
    let from = text.floor_char_boundary(from);
    let ahead = &text[from..text.floor_char_boundary(from + LEAD)];
    ahead.find(char::is_whitespace).map_or(from, |space| {
        let rest = &ahead[space..];
        from + space + (rest.len() - rest.trim_start().len())
    })
}

fn pieces_within(text: &str, spans: &[Span], shown: Range<usize>) -> Vec<Piece> {
    let mut marks: Vec<Range<usize>> = spans
        .iter()
        .filter(|span| span.of(text).is_some_and(|words| !words.is_empty()))
        .map(|span| (span.start as usize).max(shown.start)..(span.end as usize).min(shown.end))
        .filter(|mark| mark.start < mark.end)
        .collect();
    marks.sort_by_key(|mark| (mark.start, mark.end));

    let mut pieces = Vec::new();
    let mut push = |range: Range<usize>, marked| {
        // All ends come from spans and cuts on character boundaries.
        if let Some(words) = text.get(range).filter(|words| !words.is_empty()) {
            pieces.push(Piece { words: words.to_owned(), marked });
        }
    };
    let mut at = shown.start;
    let mut marks = marks.into_iter().peekable();
    while let Some(mut mark) = marks.next() {
        while let Some(next) = marks.next_if(|next| next.start <= mark.end) {
            mark.end = mark.end.max(next.end);
        }
        push(at..mark.start, false);
        at = mark.end;
        push(mark, true);
    }
    push(at..shown.end, false);
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::show::example;

    fn span(start: usize, end: usize) -> Span {
        Span { start: start as u32, end: end as u32 }
    }

    fn shown(pieces: &[Piece]) -> String {
        pieces
            .iter()
            .map(|piece| if piece.marked { format!("[{}]", piece.words) } else { piece.words.clone() })
            .collect()
    }

    #[test]
    fn evidence_is_marked_where_it_stands() {
        for (text, spans, expected) in [
            ("stuck at the gate", vec![], "stuck at the gate"),
            ("stuck at the gate", vec![span(0, 5)], "[stuck] at the gate"),
            ("stuck at the gate", vec![span(13, 17), span(0, 5)], "[stuck] at the [gate]"),
            ("stuck at the gate", vec![span(0, 8), span(6, 12)], "[stuck at the] gate"),
            ("stuck at the gate", vec![span(0, 17), span(6, 8)], "[stuck at the gate]"),
            ("gate ø 12", vec![span(5, 7)], "gate [ø] 12"),
            ("", vec![span(0, 3)], ""),
        ] {
            assert_eq!(shown(&pieces(text, &spans)), expected);
        }
    }

    #[test]
    fn a_row_marks_the_words_of_the_reasons_that_it_names() {
        let mut mention = example::mention("Stuck at the gate. Please help me today.");
        mention.reading.urgency.reasons = vec![
            example::reason("stranded", 0, 5),
            example::reason("help_request", 19, 30),
            example::reason("deadline", 34, 39),
        ];
        let words = mention.post.text.as_str();
        let marked = |codes: &[&str]| {
            let codes: Vec<String> = codes.iter().map(|code| (*code).to_owned()).collect();
            shown(&pieces(words, &evidence_of(&mention, &codes)))
        };
        assert_eq!(marked(&["stranded", "help_request"]), "[Stuck] at the gate. [Please help] me today.");
        assert_eq!(marked(&["many_followers"]), "[Stuck] at the gate. [Please help] me [today].");
    }

    #[test]
    fn a_span_that_does_not_fit_the_text_marks_nothing() {
        for spans in
            [vec![span(0, 99)], vec![span(6, 7)], vec![span(9, 3)], vec![span(4, 4)], vec![span(99, 120)]]
        {
            assert_eq!(shown(&pieces("gate ø 12", &spans)), "gate ø 12", "{spans:?}");
        }
    }

    #[test]
    fn markup_in_a_text_stays_text() {
        let text = "<img src=x onerror=alert(1)> stuck";
        assert_eq!(shown(&pieces(text, &[span(29, 34)])), "<img src=x onerror=alert(1)> [stuck]");
    }

    #[test]
    fn a_row_starts_where_the_evidence_is() {
        let early = format!("Stuck at the gate. {}", "More words here. ".repeat(20));
        assert!(shown(&excerpt(&early, &[span(0, 5)])).starts_with("[Stuck] at the gate."));

        let before = "We flew with you for many years and never had much to say about it. ".repeat(3);
        let late = format!("{before}Now they charged me twice.");
        let start = late.find("charged").unwrap();
        let row = shown(&excerpt(&late, &[span(start, start + 16)]));
        assert!(row.starts_with("… ") && row.ends_with("[charged me twice]."), "{row}");
        assert!(row.find('[').unwrap() < 60, "{row}");
    }

    #[test]
    fn a_row_holds_a_bounded_part_of_any_text() {
        for text in ["a".repeat(10_000), "ø".repeat(10_000), "🙂".repeat(10_000), "word ".repeat(10_000)] {
            let row = shown(&excerpt(&text, &[span(8000, 8004)]));
            assert!(row.len() < 500 && row.ends_with('…'), "{}", row.len());
        }
    }
}
