//! What holds of every text whatever.

use std::time::{Duration, Instant};

use earshot_reading::{Context, READ_LIMIT, Reader, Reading, SentimentLabel};
use proptest::prelude::*;

fn reader() -> &'static Reader {
    static READER: std::sync::OnceLock<Reader> = std::sync::OnceLock::new();
    READER.get_or_init(Reader::new)
}

fn check(text: &str, reading: &Reading) -> Result<(), TestCaseError> {
    let spans = reading
        .urgency
        .reasons
        .iter()
        .map(|reason| reason.span)
        .chain(reading.evidence.iter().map(|one| one.span));
    for span in spans {
        prop_assert!(span.start < span.end);
        prop_assert!(span.of(text).is_some());
    }
    let sentiment = &reading.sentiment;
    let sum = sentiment.negative.get() + sentiment.neutral.get() + sentiment.positive.get();
    prop_assert!((sum - 1.0).abs() < 0.0005, "{sum}");
    prop_assert!(reading.urgency.score <= 100);
    Ok(())
}

/// Words that mean something to the engine, so that random texts reach its rules.
fn lively() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "my",
        "account",
        "was",
        "hacked",
        "love",
        "it",
        "third",
        "outage",
        "this",
        "week",
        "waiting",
        "for",
        "3",
        "hours",
        "2hrs",
        "not",
        "never",
        "again",
        "!!!",
        "?",
        "😡",
        "👩‍👩‍👧",
        "#NotHappy",
        "@northwindair",
        "🅱",
        "@example.com",
        "https://example.com",
        "$40",
        "refund",
        "sooooo",
        "WHERE",
        "is",
        "order",
        ".",
        "\n",
        "\u{200B}",
        "\u{202E}",
        ":-(",
        "é",
        "मेरा",
        "طلبي",
        "but",
        "thanks",
        "nothing",
    ]);
    prop::collection::vec((words, prop::sample::select(vec![" ", "", "  "])), 0..40)
        .prop_map(|parts| parts.into_iter().map(|(word, gap)| format!("{word}{gap}")).collect())
}

proptest! {
    #[test]
    fn any_text_is_read(text in any::<String>()) {
        check(&text, &reader().read(&text, &Context::default()))?;
    }

    #[test]
    fn any_lively_text_is_read(text in lively(), hint in prop::option::of("[a-z]{2}(-[A-Z]{2})?")) {
        let context = Context { language: hint, ..Context::default() };
        check(&text, &reader().read(&text, &context))?;
    }

    #[test]
    fn the_same_text_reads_the_same(text in lively()) {
        let context = Context::default();
        prop_assert_eq!(reader().read(&text, &context), Reader::new().read(&text, &context));
    }
}

#[test]
fn hostile_texts_are_answered_in_bounded_time() {
    let texts = [
        "a".repeat(1_000_000),
        "😡".repeat(100_000),
        "👩\u{200D}".repeat(100_000),
        "\u{200B}".repeat(300_000),
        "\u{202E}a".repeat(300_000),
        "a.".repeat(500_000),
        "a'".repeat(500_000),
        "#A".repeat(500_000),
        "1,".repeat(500_000),
        "@".repeat(1_000_000),
        "http://".repeat(100_000),
        "never been fixed ".repeat(60_000),
        "thanks for nothing ".repeat(60_000),
        "a hour ".repeat(100_000),
        "e\u{301}\u{301}\u{301}".repeat(100_000),
        "\u{1F1E9}".repeat(200_000),
    ];
    for text in texts {
        let started = Instant::now();
        let reading = reader().read(&text, &Context::default());
        let shown: String = text.chars().take(12).collect();
        assert!(started.elapsed() < Duration::from_secs(1), "{shown:?} took {:?}", started.elapsed());
        assert!(
            reading.urgency.reasons.iter().all(|reason| reason.span.end as usize <= READ_LIMIT),
            "{shown:?}"
        );
    }
}

#[test]
fn a_language_that_is_not_read_is_judged_by_signs_only() {
    let reading = reader()
        .read("@northwindair Gdzie jest moja walizka? Czekam już trzy tygodnie!", &Context::default());
    assert_eq!(reading.sentiment.label, SentimentLabel::Unknown);
    let codes: Vec<_> = reading.urgency.reasons.iter().map(|reason| reason.code.0.as_ref()).collect();
    assert!(codes.iter().all(|code| ["question", "addressed"].contains(code)), "{codes:?}");
    assert!(!codes.is_empty());
}
