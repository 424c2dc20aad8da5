//! What is personal in a text and goes, and what a desk needs and stays.

use earshot_mention::{find_personal_data, redact};
use proptest::prelude::*;

#[test]
fn what_goes_and_what_stays() {
    let cases = [
        // Mail
        ("write to nell.b+air@mail.example please", "write to [email] please"),
        ("nell@mail.example.", "[email]."),
        ("<NELL@MAIL.EXAMPLE>", "<[email]>"),
        ("jürgen@bücher.example", "[email]"),
        ("@northwindair your @ is broken", "@northwindair your @ is broken"),
        ("@nell@mastodon.example", "@[email]"),
        ("5 bags @ 30", "5 bags @ 30"),
        ("nell@localhost", "nell@localhost"),
        // Phones
        ("call +44 20 7946 0123 now", "call [phone] now"),
        ("call (+44) 20 7946 0123", "call ([phone]"),
        ("call 0044 20 7946 0123", "call [phone]"),
        ("call 020 7946 0123", "call [phone]"),
        ("06 12 34 56 78", "[phone]"),
        ("030/901820123", "[phone]"),
        ("(555) 555-0142", "([phone]"),
        ("1-555-555-0142", "[phone]"),
        ("5555550142", "[phone]"),
        ("555-0142", "[phone]"),
        // What a desk needs
        ("flight NW1234 on 2026-11-22 at 17:40", "flight NW1234 on 2026-11-22 at 17:40"),
        ("on 22.11.2026 14 of us", "on 22.11.2026 14 of us"),
        ("on 22/11/2026 020 7946 0123", "on 22/11/2026 [phone]"),
        ("paid 1.299,00 EUR, or 1 299 000 of them", "paid 1.299,00 EUR, or 1 299 000 of them"),
        ("500GBP, A320NEO, COVID19", "500GBP, A320NEO, COVID19"),
        ("waiting 3 weeks, 12 hours, since 2019", "waiting 3 weeks, 12 hours, since 2019"),
        ("https://x.example/a/status/1789000000000000001", "https://x.example/a/status/1789000000000000001"),
        ("server 192.168.100.200", "server 192.168.100.200"),
        ("THIS IS A SCANDAL", "THIS IS A SCANDAL"),
        // Cards (numbers that payment providers publish for tests)
        ("my card 4242 4242 4242 4242 was charged", "my card [card] was charged"),
        ("4242424242424242", "[card]"),
        ("4242-4242-4242-4242 12/27 123", "[card] 12/27 123"),
        ("3782 822463 10005", "[card]"),
        ("4242 4242 4242 4243", "4242 4242 4242 4243"),
        // Bank accounts (the standard's own examples)
        ("IBAN DE89 3704 0044 0532 0130 00 thanks", "IBAN [iban] thanks"),
        ("GB82WEST12345698765432", "[iban]"),
        ("gb82 west 1234 5698 7654 32", "[iban]"),
        ("NO93 8601 1117 947", "[iban]"),
        ("NW12 is my seat row in the booking system", "NW12 is my seat row in the booking system"),
        // Bookings
        ("booking QX7P2L", "booking [booking]"),
        ("my booking reference is ABCDEF", "my booking reference is [booking]"),
        ("PNR: XKCDQQ, ref #A1234567", "PNR: [booking], ref #[booking]"),
        ("Buchungsnummer 12345678", "Buchungsnummer [booking]"),
        ("QX7P2L", "[booking]"),
        ("codes QX7P2L and ABC123", "codes [booking] and [booking]"),
        ("I booked in MAY and NOBODY answers", "I booked in MAY and NOBODY answers"),
        ("order a coffee", "order a coffee"),
        // Several at once
        (
            "Nell, nell@mail.example, +44 20 7946 0123, booking QX7P2L, card 4242 4242 4242 4242",
            "Nell, [email], [phone], booking [booking], card [card]",
        ),
        ("", ""),
    ];
    for (text, expected) in cases {
        assert_eq!(redact(text).text, expected, "in {text:?}");
    }
}

#[test]
fn what_was_removed_shows_nowhere_by_accident() {
    let redacted = redact("Nell, nell@mail.example");
    assert_eq!(format!("{redacted:?}"), "Redacted { removed: [(Email, Span { start: 6, end: 23 })], .. }");
}

fn luhn_digit(digits: &str) -> u32 {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(index, digit)| {
            let digit = u32::from(digit - b'0');
            if index % 2 == 0 { digit * 2 / 10 + digit * 2 % 10 } else { digit }
        })
        .sum();
    (10 - sum % 10) % 10
}

fn tricky_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[0-9]{1,12}",
        "[A-Z0-9]{4,7}",
        "[ ./()+-]{1,3}",
        "[a-z]{1,4}@[a-z]{1,4}\\.[a-z]{1,3}",
        prop::sample::select(vec![
            "DE89 3704 0044 0532 0130 00",
            "4242 4242 4242 4242",
            "+44 20 7946 0123",
            "booking",
            "ref",
            "[email]",
            "[booking]",
            "[",
            "]",
            "@",
            "é",
            "@nell",
            "2026-11-22",
            "\u{a0}",
            "GB82WEST12345698765432",
        ])
        .prop_map(str::to_owned),
        "\\PC{0,3}",
    ];
    prop::collection::vec(piece, 0..16).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    /// Whatever the text, what is removed are stretches of it, in order and none overlapping another.
    #[test]
    fn what_is_removed_are_stretches_of_the_text(text in tricky_text()) {
        let mut free_from = 0;
        for (_, span) in find_personal_data(&text) {
            prop_assert!(span.start >= free_from && span.start < span.end);
            prop_assert!(span.of(&text).is_some());
            free_from = span.end;
        }
    }

    /// What was redacted once holds nothing more to redact.
    #[test]
    fn redacting_twice_changes_nothing(text in tricky_text()) {
        let once = redact(&text).text;
        prop_assert_eq!(&redact(&once).text, &once);
    }

    /// No card number survives, however its digits are grouped.
    #[test]
    fn every_card_goes(body in "[2-6][0-9]{11,17}", gaps in prop::collection::vec(0..3_usize, 18)) {
        let digits = format!("{body}{}", luhn_digit(&body));
        let mut written = String::new();
        for (digit, gap) in digits.chars().zip(gaps.into_iter().chain([0; 20])) {
            written.push(digit);
            if gap == 0 && written.len().is_multiple_of(4) {
                written.push(' ');
            }
        }
        let redacted = redact(&format!("paid with {} today", written.trim()));
        prop_assert!(!redacted.text.contains(|letter: char| letter.is_ascii_digit()), "{}", redacted.text);
    }
}
