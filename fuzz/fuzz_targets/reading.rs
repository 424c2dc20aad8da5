//! Texts of any kind through the engine.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| earshot_fuzz::read(data));
