#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| body_temperature::fuzz_targets::rig(data));
