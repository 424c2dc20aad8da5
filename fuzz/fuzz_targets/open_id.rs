//! OpenID Connect tokens and key sets.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| earshot_fuzz::pushed(data));
