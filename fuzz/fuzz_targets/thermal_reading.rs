#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| thermal::fuzz_targets::reading(data));
