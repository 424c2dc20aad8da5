//! Bodies of standard.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| earshot_fuzz::deliver("standard", data));
