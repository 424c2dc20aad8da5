//! Bodies of tiktok.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| earshot_fuzz::deliver("tiktok", data));
