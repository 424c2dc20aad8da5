//! What the signals find on labelled posts, to see which phrases earn their grade and how signals and model join:
//! `cargo test -p earshot-reading audit -- --ignored --nocapture`. Prints one line of JSON a post: its id, the
//! phrases and cues that fired (code, grade, line; 0 for a cue), the signals' points for waiting and for harm, the
//! model's logits, and the reading they made. `research/urgency_join.py` reads it.

use super::{Grade, Hit, Passage, SIGNALS, Signals, excepted};
use crate::model::{Workspace, shipped};
use crate::text::Tokens;
use crate::{Context, Reader};

#[test]
#[ignore = "a tool for tuning; prints thousands of lines"]
fn audit() {
    let (reader, model, mut workspace) = (Reader::new(), shipped().unwrap(), Workspace::default());
    for file in ["train/urgency.jsonl", "evaluate/urgency.jsonl"] {
        let path = format!("{}/../../../shared/data/{file}", env!("CARGO_MANIFEST_DIR"));
        let Ok(content) = std::fs::read_to_string(&path) else {
            println!("skipped: no {file} beside the repository");
            continue;
        };
        let signals = Signals::new();
        let book = signals.book("en").unwrap();
        let (mut tokens, mut passage, mut found) = (Tokens::default(), Passage::default(), Vec::new());
        let (mut scratch, mut hits) = (super::Scratch::default(), Vec::new());
        for line in content.lines() {
            let post: serde_json::Value = serde_json::from_str(line).unwrap();
            let text = post["text"].as_str().unwrap();
            tokens.read(text);
            passage.read(text, &tokens, book);
            found.clear();
            book.find(&passage, &mut found);
            let cues =
                SIGNALS.iter().filter_map(|signal| Some((signal.code, signal.cue?(text, &tokens)?.0, 0)));
            let fired: Vec<_> = found
                .iter()
                .filter(|one| !excepted(one, &found))
                .filter_map(|one| Some((SIGNALS[usize::from(one.signal)].code, one.grade?, one.line)))
                .chain(cues)
                .map(|(code, grade, line)| serde_json::json!([code, grade as u8, line]))
                .collect();
            signals.find(text, &tokens, "en", &mut scratch, &mut hits);
            let reading = reader.read(text, &Context::default());
            let logits = model.read(&tokens, true, &mut workspace).logits;
            println!(
                "AUDIT\t{}",
                serde_json::json!({
                    "id": post["id"], "fired": fired, "logits": logits.to_vec(),
                    "waits": hits.iter().map(Hit::waits).sum::<i16>(),
                    "harm": hits.iter().map(Hit::harm).sum::<i16>(),
                    "grave": hits.iter().any(|hit| hit.grade == Grade::Critical && hit.harm() >= 26),
                    "level": reading.urgency.level as u8, "score": reading.urgency.score, "intents": reading.intents,
                    "language": reading.language.code, "complaint": reading.complaint, "irony": reading.irony,
                    "sentiment": reading.sentiment.label,
                })
            );
        }
    }
}
