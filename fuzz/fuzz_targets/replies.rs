//! Replies to posts with any ids.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| earshot_fuzz::replied(data));
