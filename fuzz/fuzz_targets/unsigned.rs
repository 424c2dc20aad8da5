//! Requests that nobody signed.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| earshot_fuzz::unsigned(data));
