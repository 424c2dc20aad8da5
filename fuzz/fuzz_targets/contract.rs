//! Bodies, queries, ids and keys of staff calls.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| earshot_fuzz::contract(data));
