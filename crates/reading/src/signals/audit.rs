//! Which phrases fire on labelled posts, to see which earn their grade:
//! `cargo test -p earshot-reading audit -- --ignored --nocapture`. Prints one line a post:
//! id, label, and `code:grade:line` of every phrase that matched.

use super::{Passage, SIGNALS, Signals, excepted};
use crate::text::Tokens;

#[test]
#[ignore = "a tool for tuning; prints thousands of lines"]
fn audit() {
    for file in ["train/urgency.jsonl", "evaluate/urgency.jsonl"] {
        let path = format!("{}/../../../shared/data/{file}", env!("CARGO_MANIFEST_DIR"));
        let Ok(content) = std::fs::read_to_string(&path) else {
            println!("skipped: no {file} beside the repository");
            continue;
        };
        let signals = Signals::new();
        let book = signals.book("en").unwrap();
        let (mut tokens, mut passage, mut found) = (Tokens::default(), Passage::default(), Vec::new());
        for line in content.lines() {
            let post: serde_json::Value = serde_json::from_str(line).unwrap();
            let text = post["text"].as_str().unwrap();
            tokens.read(text);
            passage.read(text, &tokens, book);
            found.clear();
            book.find(&passage, &mut found);
            let phrases: Vec<String> = found
                .iter()
                .filter(|one| !excepted(one, &found))
                .filter_map(|one| {
                    Some(format!("{}:{:?}:{}", SIGNALS[usize::from(one.signal)].code, one.grade?, one.line))
                })
                .collect();
            let cues = SIGNALS
                .iter()
                .filter_map(|signal| Some(format!(" {}:{:?}:0", signal.code, signal.cue?(text, &tokens)?.0)));
            let phrases = phrases.join(" ") + &cues.collect::<String>();
            println!(
                "AUDIT\t{}\t{}\t{}",
                post["id"].as_str().unwrap(),
                post["urgency"].as_str().unwrap(),
                phrases
            );
        }
    }
}
