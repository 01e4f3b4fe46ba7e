#![doc = include_str!("../README.md")]

mod backoff;
mod camera;
mod folder;
mod frame;
pub mod fuzz_targets;
mod h264;
mod jpeg;
mod lag;
mod reader;
mod recording;
mod rtsp;
mod slot;
mod source;
mod splitter;
mod state;
mod track;
mod v4l2;
mod yuyv;

pub use camera::Camera;
pub use frame::{Frame, MAX_AGE};
pub use source::{Folder, FramesPerSecond, Mjpeg, Rtsp, RtspUrl, Source, SourceError, V4l2};
pub use state::{Absence, Counts, State};
pub use track::{Followed, Look, MAX_MISSING, Track, TrackId, Tracker};
