//! Posts a second of the engine beside its Rust peers, one thread, in one run.
//!
//! Reads JSON lines with a `text` each on standard input and prints a JSON line an engine: its name, the best and the
//! median of its rounds in posts a second. Each engine is made once, warmed up once, and read every text in turn, the
//! engines taking turns round by round so that a noisy moment hits all of them.

use std::hint::black_box;
use std::io::{self, BufRead as _};
use std::time::Instant;

use earshot_reading::{Context, Reader};
use serde_json::{Value, json};

/// Enough for a median; a round of 2,000 posts takes some 20 ms.
const ROUNDS: usize = 15;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut texts = Vec::new();
    for line in io::stdin().lock().lines() {
        if let Some(text) = serde_json::from_str::<Value>(&line?)?.get("text").and_then(Value::as_str) {
            texts.push(text.to_owned());
        }
    }
    if texts.is_empty() {
        return Err("no texts: pipe JSON lines with a `text` each into this program".into());
    }

    let reader = Reader::new();
    let context = Context::default();
    let sentimental = vader_sentimental::SentimentIntensityAnalyzer::new();
    let sentiment = vader_sentiment::SentimentIntensityAnalyzer::new();
    let engines: [(&str, &dyn Fn(&str)); 3] = [
        ("earshot, full reading, native", &|text| drop(black_box(reader.read(black_box(text), &context)))),
        ("vader-sentimental 0.1.3, native", &|text| drop(black_box(sentimental.polarity_scores(black_box(text))))),
        ("vader_sentiment 0.1.1, native", &|text| drop(black_box(sentiment.polarity_scores(black_box(text))))),
    ];

    let mut rates = vec![Vec::with_capacity(ROUNDS); engines.len()];
    for round in 0..=ROUNDS {
        for ((_, read), rates) in engines.iter().zip(&mut rates) {
            let start = Instant::now();
            texts.iter().for_each(|text| read(text));
            // The first round fills caches and is not counted.
            if round > 0 {
                rates.push(texts.len() as f64 / start.elapsed().as_secs_f64());
            }
        }
    }
    for ((name, _), mut rates) in engines.iter().zip(rates) {
        rates.sort_by(f64::total_cmp);
        println!("{}", json!({ "engine": name, "best": rates[rates.len() - 1], "median": rates[rates.len() / 2] }));
    }
    Ok(())
}
