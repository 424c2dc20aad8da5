//! `earshot read` as others build on it: the real program, on mixed input with broken lines in the middle.

#![expect(clippy::unwrap_used, reason = "the helpers of a test fail as its body does")]

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

const MIXED: &[u8] = include_bytes!("fixtures/mixed.jsonl");
const GOLDEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/mixed.golden.jsonl");

fn earshot() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_earshot"));
    command.arg("read").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// What the program prints for this input; it must end well and say nothing on standard error.
fn read(input: &[u8]) -> String {
    let mut child = earshot().spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    let feeding = std::thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().unwrap();
    feeding.join().unwrap().unwrap();
    assert!(output.status.success());
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    String::from_utf8(output.stdout).unwrap()
}

/// Probabilities, the score and the model's name change with every training; everything else is the contract.
fn masked(line: &str) -> String {
    let mut masked = String::new();
    let mut rest = line;
    if let Some((before, after)) = line.split_once("\"model\":\"") {
        masked.push_str(before);
        masked.push_str("\"model\":\"#\"");
        rest = after.split_once('"').map_or("", |(_, rest)| rest);
    }
    let mut characters = rest.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        let number: &str =
            &rest[at..at + rest[at..].find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(0)];
        if c.is_ascii_digit()
            && (number.contains('.') || masked.ends_with("\"score\":"))
            && masked.ends_with(':')
        {
            masked.push('#');
            for _ in 1..number.len() {
                characters.next();
            }
        } else {
            masked.push(c);
        }
    }
    masked
}

/// `EARSHOT_BLESS=1 cargo test -p earshot-cli` writes the golden file anew; look at what changed.
#[test]
fn mixed_input_gives_the_golden_output() {
    let output: String = read(MIXED).lines().map(|line| masked(line) + "\n").collect();
    if std::env::var_os("EARSHOT_BLESS").is_some() {
        std::fs::write(GOLDEN, &output).unwrap();
    }
    let golden = std::fs::read_to_string(GOLDEN).unwrap();
    for (number, (line, golden)) in output.lines().zip(golden.lines()).enumerate() {
        assert_eq!(line, golden, "line {} of the output", number + 1);
    }
    assert_eq!(output.lines().count(), golden.lines().count());
}

#[test]
fn every_line_has_its_answer_and_the_fields_their_order() {
    let output = read(MIXED);
    let answers: Vec<&str> = output.lines().collect();
    // Thirteen lines, one of them blank.
    assert_eq!(answers.len(), 12);
    let order = [
        "{\"id\":",
        "\"model\":",
        "\"language\":{\"code\":",
        "\"confidence\":",
        "\"sentiment\":{\"label\":",
        "\"negative\":",
        "\"neutral\":",
        "\"positive\":",
        "\"emotions\":{\"anger\":",
        "\"frustration\":",
        "\"sadness\":",
        "\"fear\":",
        "\"joy\":",
        "\"gratitude\":",
        "\"surprise\":",
        "\"optimism\":",
        "\"intents\":[",
        "\"complaint\":",
        "\"irony\":",
        "\"offensive\":",
        "\"urgency\":{\"score\":",
        "\"level\":",
        "\"reasons\":[",
    ];
    for answer in answers {
        if answer.starts_with("{\"line\":") {
            let refusal: serde_json::Value = serde_json::from_str(answer).unwrap();
            assert_eq!(refusal.as_object().unwrap().len(), 2);
            continue;
        }
        let mut at = 0;
        for field in order {
            at += answer[at..].find(field).unwrap_or_else(|| panic!("{field} is missing or out of order"));
        }
        let reading: serde_json::Value = serde_json::from_str(answer).unwrap();
        assert_eq!(reading.as_object().unwrap().len(), 10);
    }
}

#[test]
fn ids_come_back_byte_for_byte() {
    for id in [
        "\"a\\u00e9\"",
        "1.0",
        "1e5",
        "-0",
        "null",
        "true",
        "[1, {\"b\" : 2}]",
        "123456789012345678901234567890",
    ] {
        let output = read(format!("{{\"id\":{id},\"text\":\"hi\"}}\n").as_bytes());
        assert!(output.starts_with(&format!("{{\"id\":{id},\"model\":")), "{output}");
    }
}

#[test]
fn no_refusal_repeats_the_post() {
    let output = read(MIXED);
    for line in output.lines().filter(|line| line.starts_with("{\"line\":")) {
        for word in ["private", "early", "half an emoji"] {
            assert!(!line.contains(word), "{line}");
        }
    }
}

#[test]
fn a_slow_stream_is_answered_line_by_line() {
    let mut child = earshot().spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    for number in 0..3 {
        writeln!(stdin, "{{\"id\":{number},\"text\":\"hello\"}}").unwrap();
        stdin.flush().unwrap();
        let mut answer = String::new();
        stdout.read_line(&mut answer).unwrap();
        assert!(answer.starts_with(&format!("{{\"id\":{number},")));
    }
    drop(stdin);
    assert!(child.wait().unwrap().success());
}

#[test]
fn whoever_has_seen_enough_may_close_the_pipe() {
    let mut child = earshot().spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    let feeding = std::thread::spawn(move || {
        for number in 0..20_000 {
            if writeln!(stdin, "{{\"id\":{number},\"text\":\"hello\"}}").is_err() {
                break;
            }
        }
    });
    let mut first = String::new();
    stdout.read_line(&mut first).unwrap();
    drop(stdout);
    feeding.join().unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
}
