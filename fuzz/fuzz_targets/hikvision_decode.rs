#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| hikvision::fuzz_targets::decode_target(data));
