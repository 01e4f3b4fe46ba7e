#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| face::fuzz_targets::pictures(data));
