#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| camera::fuzz_targets::h264(data));
