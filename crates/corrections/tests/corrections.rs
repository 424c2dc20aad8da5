//! What holds of which text, what a reading becomes by it, and the file that training reads.

#![expect(clippy::unwrap_used, reason = "a test says by failing what was wrong")]

use earshot_corrections::{Correction, CorrectionError, Corrections, Emotion, Feeling, Says};
use earshot_reading::{Context, Level, Reader, SentimentLabel};

fn feels(sentiment: Feeling) -> Says {
    Says { sentiment: Some(sentiment), ..Says::default() }
}

fn waits(urgency: Level) -> Says {
    Says { urgency: Some(urgency), ..Says::default() }
}

fn kept(corrections: &[Correction]) -> Corrections {
    corrections.to_vec().into()
}

#[test]
fn a_whole_wording_holds_of_the_same_words_only() {
    let kept = kept(&[Correction::whole("Where is my order?", waits(Level::High)).unwrap()]);
    for (text, holds) in [
        ("where is my order", true),
        ("@northwindair Where is my ORDER?! https://t.example/1", true),
        ("Where is my order, thanks", false),
        ("order", false),
        ("", false),
    ] {
        assert_eq!(kept.said_of(text).is_some(), holds, "{text}");
    }
}

#[test]
fn a_phrase_holds_wherever_it_stands() {
    let kept = kept(&[Correction::phrase("sick seats", feels(Feeling::Positive)).unwrap()]);
    assert_eq!(kept.said_of("Man, those sick seats!").unwrap().sentiment, Some(Feeling::Positive));
    assert_eq!(kept.said_of("sick of these seats"), None);
}

#[test]
fn the_closest_correction_goes_first_and_others_fill_in() {
    let kept = kept(&[
        Correction::phrase("late again today", feels(Feeling::Neutral)).unwrap(),
        Correction::phrase("late again", Says { urgency: Some(Level::Low), ..feels(Feeling::Positive) })
            .unwrap(),
        Correction::whole("Late again today, wow", waits(Level::Critical)).unwrap(),
    ]);
    let said = kept.said_of("late again today wow").unwrap();
    assert_eq!((said.sentiment, said.urgency), (Some(Feeling::Neutral), Some(Level::Critical)));
    let said = kept.said_of("late again today").unwrap();
    assert_eq!((said.sentiment, said.urgency), (Some(Feeling::Neutral), Some(Level::Low)));
}

#[test]
fn the_same_wording_is_corrected_once_and_taken_back_to_what_was() {
    let first = Correction::whole("Late again", feels(Feeling::Neutral)).unwrap();
    let second = Correction::whole("late AGAIN!", feels(Feeling::Negative)).unwrap();
    let mut kept = kept(std::slice::from_ref(&first));
    let before = kept.put(second.clone()).unwrap();
    assert_eq!((kept.len(), before.as_ref()), (1, Some(&first)));
    assert_eq!(kept.said_of("late again").unwrap().sentiment, Some(Feeling::Negative));
    kept.take_back(&second, before);
    assert_eq!(kept.iter().collect::<Vec<_>>(), [&first]);
    kept.take_back(&first, None);
    assert!(kept.is_empty());
}

#[test]
fn a_second_word_on_the_same_wording_adds_to_the_first() {
    let mut kept = Corrections::default();
    let text = "Third outage this week, love it";
    kept.say(text, text, feels(Feeling::Negative)).unwrap();
    let (put, before) = kept.say(text, text, waits(Level::High)).unwrap();
    let said = kept.said_of(text).unwrap();
    assert_eq!((said.sentiment, said.urgency), (Some(Feeling::Negative), Some(Level::High)));
    kept.take_back(&put, before);
    assert_eq!(kept.said_of(text), Some(feels(Feeling::Negative)));
}

#[test]
fn what_cannot_be_known_again_is_refused() {
    let says = || feels(Feeling::Positive);
    let long = "late again ".repeat(400);
    for (made, refused) in [
        (Correction::whole("?! @northwindair", says()), CorrectionError::NoWords),
        (Correction::phrase("late", says()), CorrectionError::OneWord),
        (Correction::whole(&long, says()), CorrectionError::TooLong),
        (Correction::whole("late again", Says::default()), CorrectionError::SaysNothing),
        (Correction::of_post("late again today", "late tomorrow", says()), CorrectionError::NotInThePost),
        (Correction::of_post("late again today", "", says()), CorrectionError::NoWords),
    ] {
        assert_eq!(made.unwrap_err(), refused);
    }
    // A post of one word is known again as a whole.
    assert!(Correction::whole("Scandalous!", says()).is_ok());
}

#[test]
fn words_of_a_post_are_its_whole_wording_or_a_phrase_of_it() {
    let post = "@northwindair Late again today, wow";
    assert!(!Correction::of_post(post, post, feels(Feeling::Negative)).unwrap().is_phrase());
    assert!(
        !Correction::of_post(post, "late again today wow", feels(Feeling::Negative)).unwrap().is_phrase()
    );
    assert!(Correction::of_post(post, "late again", feels(Feeling::Negative)).unwrap().is_phrase());
}

#[test]
fn no_more_are_kept_than_fit() {
    let mut kept = Corrections::default();
    for number in 0..Corrections::MOST {
        kept.put(Correction::whole(&format!("flight {number}"), waits(Level::Low)).unwrap()).unwrap();
    }
    let more = Correction::whole("one more", waits(Level::Low)).unwrap();
    assert_eq!(kept.put(more), Err(CorrectionError::Full));
    let known = Correction::whole("flight 7", waits(Level::High)).unwrap();
    assert!(kept.put(known).unwrap().is_some(), "a wording that is known needs no room");
}

#[test]
fn a_reading_becomes_what_the_person_says() {
    let text = "Stuck at gate B14 with my two kids, nobody answers for 3 hours.";
    let reading = Reader::new().read(text, &Context::default());
    assert!(reading.urgency.level >= Level::High && !reading.urgency.reasons.is_empty());
    let calm = waits(Level::None).of(reading.clone());
    assert_eq!((calm.urgency.level, calm.urgency.reasons.len()), (Level::None, 0));
    assert!(calm.urgency.score < 10);
    assert_eq!(calm.sentiment, reading.sentiment, "what is not said stays");

    let glad = Says { emotions: Some(vec![Emotion::Joy]), ..feels(Feeling::Positive) }.of(reading.clone());
    assert_eq!(glad.sentiment.label, SentimentLabel::Positive);
    assert_eq!((glad.emotions.joy.get(), glad.emotions.anger.get()), (1.0, 0.0));
    assert_eq!(glad.urgency, reading.urgency);

    for (level, least, most) in
        [(Level::Low, 10, 24), (Level::Normal, 25, 49), (Level::High, 50, 74), (Level::Critical, 75, 100)]
    {
        let said = waits(level).of(reading.clone());
        assert_eq!(said.urgency.level, level);
        assert!((least..=most).contains(&said.urgency.score), "{level:?} {}", said.urgency.score);
    }
}

const FILE: &str = include_str!("corrections.jsonl");

fn examples() -> Corrections {
    kept(&[
        Correction::whole(
            "Third outage this week, love it",
            Says { urgency: Some(Level::High), ..feels(Feeling::Negative) },
        )
        .unwrap(),
        Correction::phrase(
            "sick seats",
            Says { emotions: Some(vec![Emotion::Joy]), ..feels(Feeling::Positive) },
        )
        .unwrap(),
        Correction::whole(
            "Northwind \"Orchestra\" tonight",
            Says { about_us: Some(false), ..Says::default() },
        )
        .unwrap(),
    ])
}

#[test]
fn the_file_is_what_training_reads() {
    assert_eq!(examples().to_lines(), FILE);
}

#[test]
fn a_file_comes_back_as_it_went() {
    let mut back = Corrections::default();
    let came = back.add_lines(FILE);
    assert_eq!((came.added, came.replaced, came.problems.len()), (3, 0, 0));
    assert_eq!(back, examples());
    assert_eq!(back.add_lines(FILE).replaced, 3);
}

#[test]
fn bad_lines_are_told_by_number_without_their_words_and_the_rest_is_taken() {
    let mut kept = Corrections::default();
    let came = kept.add_lines(concat!(
        "{\"text\":\"late again\",\"sentiment\":\"negative\"}\n",
        "\n",
        "{\"text\":\"secret words\"}\n",
        "{\"text\":\"secret words\",\"sentiment\":\"furious\"}\n",
        "secret words\n",
        "{\"text\":\"secret\",\"phrase\":true,\"urgency\":\"low\"}\n",
        "{\"text\":\"bag lost\",\"urgency\":\"high\",\"intents\":[\"delay\"]}\n",
    ));
    assert_eq!((came.added, kept.len()), (2, 2));
    let told: Vec<String> = came.problems.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "line 3: nothing is said of the text",
            "line 4: it has no text with a sentiment, urgency, emotions or about_us as we write them",
            "line 5: it is no JSON object",
            "line 6: one word says too little to hold everywhere",
        ]
    );
    assert!(told.iter().all(|line| !line.contains("secret")));
}
