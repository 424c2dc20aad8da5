//! Field mappings of foreign bodies, with their bodies.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| earshot_fuzz::mapped(data));
