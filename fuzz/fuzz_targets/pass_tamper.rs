#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| pass::fuzz_targets::tamper_target(data));
