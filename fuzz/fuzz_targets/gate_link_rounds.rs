#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| gate_link::fuzz_targets::rounds(data));
