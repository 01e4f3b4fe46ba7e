#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| pass::fuzz_targets::signed_target(data));
