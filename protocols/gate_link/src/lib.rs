#![doc = include_str!("../README.md")]

mod answer;
mod batch;
mod buckets;
mod decode;
pub mod fuzz_targets;

pub use answer::{Answer, Ask, Enrolment, Entry, GateFacts, Health, Holder, PassList, Shift, ThermalOffset, Trust};
pub use batch::{Batch, CONTENT_TYPE, FORMAT, PASSAGES_MOST, Passage, PassageFault, PassageMask, PassageMethod};
pub use buckets::{BUCKETS, Buckets, bucket_of};
pub use decode::decode;
