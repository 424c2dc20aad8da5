//! JSON lines of `earshot read`: as many answers as lines that are not blank, each of them JSON, whatever they hold.

#![no_main]
#![allow(dead_code, unreachable_pub, reason = "a module of the command line, of which only the stream is used here")]

#[path = "../../crates/cli/src/command/read/mod.rs"]
mod read;

static READER: std::sync::LazyLock<earshot_reading::Reader> = std::sync::LazyLock::new(earshot_reading::Reader::new);

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let mut answers = Vec::new();
    read::stream(&READER, data, &mut answers).expect("neither end of this stream fails");
    let blank = |line: &&[u8]| !line.iter().all(|byte| matches!(byte, b' ' | b'\t' | b'\r'));
    let asked = data.split(|byte| *byte == b'\n').filter(blank).count();
    let answers = std::str::from_utf8(&answers).expect("answers are UTF-8");
    let answered = answers.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).expect("JSON")).count();
    assert_eq!(answered, asked);
});
