//! Posts that the design promises to read rightly.

use earshot_reading::{Context, Head, Intent, Level, Reader, Reading, SentimentLabel, Stars};

fn read(text: &str) -> Reading {
    Reader::new().read(text, &Context::default())
}

fn codes(reading: &Reading) -> Vec<&str> {
    reading.urgency.reasons.iter().map(|reason| reason.code.0.as_ref()).collect()
}

#[test]
fn a_long_wait_is_neutral_and_urgent() {
    let reading = read("Where is my order? It has been three weeks.");
    assert_eq!(reading.sentiment.label, SentimentLabel::Neutral);
    assert!(reading.urgency.level >= Level::High);
    assert_eq!(codes(&reading)[0], "waiting");
}

#[test]
fn mock_praise_is_not_praise() {
    for text in [
        "third outage this week, love it",
        "Great, third outage this week. Love it.",
        "Lost my bag again. Great job!",
        "Oh great, delayed again. Just what I needed.",
        "Lovely. Another evening with the help page.",
        "Nothing like being on hold to start the day, just wonderful",
        "Thanks for nothing",
        "Vielen Dank für gar nichts",
        "Muchas gracias por nada",
        "Merci pour rien, vraiment",
        "Obrigado por nada",
        "@northwindair thank you for ruining our honeymoon",
    ] {
        let reading = read(text);
        assert_eq!(reading.sentiment.label, SentimentLabel::Negative, "{text}");
        assert!(reading.irony.get() >= 0.5, "{text}");
        assert!(!reading.intents.contains(&Intent::Praise), "{text}");
    }
}

#[test]
fn praise_with_nothing_unwelcome_beside_it_is_meant() {
    for text in [
        "I love it",
        "I love this airline",
        "Great service, thank you!",
        "Love the new app",
        "Best flight ever",
    ] {
        let reading = read(text);
        assert_eq!(reading.sentiment.label, SentimentLabel::Positive, "{text}");
        assert!(reading.irony.get() < 0.5, "{text}: {:?}", reading.irony);
        assert!(reading.evidence.iter().all(|evidence| evidence.head != Head::Irony), "{text}");
    }
}

#[test]
fn praise_beside_a_small_trouble_may_be_meant() {
    for text in [
        "Great. When will my delayed order ship, please?",
        "Perfect! Thank you for the quick repair of my broken suitcase",
        "Oh great news, thanks! My delayed parcel is here",
        "What a lovely crew, even though we were a bit delayed",
    ] {
        let reading = read(text);
        // What the signals say where they are sure; the model may think less.
        assert!(reading.irony.get() < 0.7, "{text}: {:?}", reading.irony);
    }
}

#[test]
fn levels_are_those_of_the_rubric() {
    for (text, least, most) in [
        ("Lovely morning for a walk", Level::None, Level::Low),
        ("@northwindair love the new seats!", Level::None, Level::Low),
        ("@NorthwindHelp thanks, got it working now", Level::None, Level::Normal),
        ("@NorthwindHelp can I bring a second bag?", Level::Normal, Level::Normal),
        ("@northwindair you charged me twice and nobody answers", Level::High, Level::Critical),
        ("@northwindair I can't log into my account", Level::High, Level::High),
        ("@northwindair lost my suitcase, no reply for three days", Level::High, Level::Critical),
        ("@northwindair my account was hacked, please help", Level::Critical, Level::Critical),
        (
            "Stuck at gate B14 overnight with a baby, no hotel, nobody answers",
            Level::Critical,
            Level::Critical,
        ),
        ("@northwindair there was glass in my salad, my mouth is bleeding", Level::Critical, Level::Critical),
    ] {
        let reading = read(text);
        let level = reading.urgency.level;
        assert!(level >= least && level <= most, "{text}: {:?} {:?}", reading.urgency, reading.intents);
    }
}

#[test]
fn what_a_desk_gets_in_a_day_is_put_where_it_belongs() {
    let wrong: Vec<String> = [
        (
            "@northwindair we've been sitting on the tarmac for 2 hours with no update",
            Level::High,
            Level::Critical,
        ),
        (
            "@northwindair missed our connection because of your late flight, nobody at the gate",
            Level::High,
            Level::Critical,
        ),
        ("@northwindair your website won't let me rebook my cancelled flight", Level::High, Level::Critical),
        ("@northwindair on hold 90 min then disconnected", Level::High, Level::Critical),
        ("@northwindair it's been six weeks and my refund still hasn't come", Level::High, Level::Critical),
        ("@northwindair charged me 200 for a bag that should be free", Level::High, Level::Critical),
        ("@northwindair flight canceled and the hold time is over three hours", Level::High, Level::Critical),
        ("@northwindair worst airline I have ever flown", Level::High, Level::Critical),
        ("@northwindair bumped from an overbooked flight, no compensation", Level::High, Level::Critical),
        ("@NorthwindHelp I was charged for the lounge twice this month", Level::High, Level::Critical),
        ("@northwindair is flight 212 on time?", Level::Normal, Level::Normal),
        ("@northwindair how do I add my traveller number to a booking", Level::Normal, Level::Normal),
        ("@northwindair can I get a receipt for my trip please", Level::Normal, Level::Normal),
        ("@northwindair what's the gate for flight 33", Level::Normal, Level::Normal),
        ("@NorthwindHelp how do I change my email address", Level::Normal, Level::Normal),
        ("@northwindair love the new livery", Level::None, Level::Low),
        ("@northwindair kudos to Anna at check-in for helping us out", Level::None, Level::Low),
        ("nice view from seat 12A @northwindair", Level::None, Level::Low),
        ("the ending of that film killed me", Level::None, Level::Low),
        ("he's such a liar, I can't with this show", Level::None, Level::Low),
        ("@jonas lost my keys again haha", Level::None, Level::Low),
    ]
    .into_iter()
    .filter_map(|(text, least, most)| {
        let level = read(text).urgency.level;
        (level < least || level > most).then(|| format!("{text}: {level:?}"))
    })
    .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn reasons_point_at_the_words() {
    let text = "Hi 👋 you charged me twice";
    let reading = read(text);
    let reason = reading.urgency.reasons.iter().find(|reason| reason.code.0 == "money").unwrap();
    assert!(reason.span.of(text).unwrap().contains("charged me"));
}

#[test]
fn reach_and_stars_count() {
    let text = "you charged me twice";
    let reader = Reader::new();
    let plain = reader.read(text, &Context::default()).urgency.score;
    let famous = Context { followers: Some(2_000_000), public: Some(true), ..Context::default() };
    let one_star = Context { stars: Stars::new(1), ..Context::default() };
    assert!(reader.read(text, &famous).urgency.score > plain);
    assert!(reader.read(text, &one_star).urgency.score > plain);
}

#[test]
fn too_little_text_is_not_guessed_at() {
    for text in ["", "ok", "😡", "12345"] {
        assert_eq!(read(text).sentiment.label, SentimentLabel::Unknown, "{text:?}");
    }
}
