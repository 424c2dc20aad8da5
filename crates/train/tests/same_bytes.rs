//! Whoever trains on the same data with the same seed gets the same model, byte for byte.

#![expect(clippy::unwrap_used, reason = "the helpers of a test fail as its body does")]

use std::fs;
use std::path::{Path, PathBuf};

use earshot_reading::model::Model;
use earshot_train::deep::Shape;
use earshot_train::{Plan, train};

const WORDS: [(&str, &str); 6] = [
    ("lovely", "positive"),
    ("thanks", "positive"),
    ("late", "negative"),
    ("broken", "negative"),
    ("gate", "neutral"),
    ("tomorrow", "neutral"),
];

/// Invented posts: two sets, a few dozen rows each.
fn data(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("earshot-train-{}-{name}", std::process::id()));
    fs::create_dir_all(folder.join("train")).unwrap();
    let (mut tweets, mut urgency) = (String::new(), String::new());
    for at in 0..60 {
        let (word, label) = WORDS[at % WORDS.len()];
        let split = if at % 5 == 0 { "val" } else { "train" };
        let text = format!("@northwindair the {word} flight number {at} was {word} again");
        tweets += &format!("{{\"text\":\"{text}\",\"label\":\"{label}\",\"split\":\"{split}\"}}\n");
        let level = ["none", "normal", "high"][at % 3];
        urgency += &format!(
            "{{\"text\":\"post {at}: {word} bag {at}\",\"urgency\":\"{level}\",\"intents\":[\"complaint\"],\"sentiment\":\"{label}\"}}\n"
        );
    }
    fs::write(folder.join("train/semeval2017_sentiment.jsonl"), tweets).unwrap();
    fs::write(folder.join("train/urgency.jsonl"), urgency).unwrap();
    folder
}

fn plan(data: &Path) -> Plan {
    let mut plan = Plan::shipped(data.to_owned(), data.join("soft_labels"));
    plan.shape = Shape { width: 8, channels: 8, hidden: 8 };
    plan.deep_passes = 3;
    plan.wide_passes = 1;
    plan
}

fn file(plan: &Plan) -> Vec<u8> {
    train(plan, &|_| {}).unwrap().file
}

#[test]
fn threads_and_stops_do_not_change_a_byte() {
    let data = data("threads");
    let mut plan = plan(&data);
    plan.threads = 1;
    let once = file(&plan);
    assert!(Model::from_bytes(&once).is_ok());
    plan.threads = 3;
    assert!(file(&plan) == once, "with three threads");
    // The first run leaves its checkpoint after the last pass; the second takes it up.
    plan.checkpoint = Some(data.join("checkpoint"));
    assert!(file(&plan) == once, "with a checkpoint");
    assert!(file(&plan) == once, "from a checkpoint");
    plan.seed = 2;
    assert!(file(&plan) != once, "another seed");
    fs::remove_dir_all(data).unwrap();
}

#[test]
fn corrections_are_learnt_from() {
    let data = data("corrections");
    let mut plan = plan(&data);
    let before = file(&plan);
    let corrections = data.join("corrections.jsonl");
    fs::write(
        &corrections,
        "{\"text\":\"the gate is lovely late\",\"sentiment\":\"negative\",\"urgency\":\"high\"}\n",
    )
    .unwrap();
    plan.corrections = Some(corrections.clone());
    assert!(file(&plan) != before);
    plan.corrections = Some(data.join("missing.jsonl"));
    let error = train(&plan, &|_| {}).unwrap_err();
    assert!(error.to_string().contains("missing.jsonl"), "{error}");
    fs::remove_dir_all(data).unwrap();
}

#[test]
fn a_folder_without_data_is_said_to_be_one() {
    let error = train(&plan(Path::new("no-such-folder")), &|_| {}).unwrap_err();
    assert!(error.to_string().contains("no data in no-such-folder"), "{error}");
}
