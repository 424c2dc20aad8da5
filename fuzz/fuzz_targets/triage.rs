//! Posts through triage, redaction and summaries.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| earshot_fuzz::considered(data));
