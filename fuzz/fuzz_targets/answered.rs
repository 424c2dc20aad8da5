//! Answers of the platforms' APIs.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| earshot_fuzz::answered(data));
