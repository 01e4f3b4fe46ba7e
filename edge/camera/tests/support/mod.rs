//! JPEGs to send and cameras to wait for.

#![allow(dead_code, reason = "not every test needs everything")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on stops loudly")]

pub mod rtsp;
pub mod video;

use std::sync::Arc;
use std::time::{Duration, Instant};

use camera::{Absence, Camera, Frame, Source, State};
use kernel::time::SystemClock;

/// A frame that did not come by then does not come.
const LONG: Duration = Duration::from_secs(30);

/// A picture of one grey.
pub fn jpeg(width: u16, height: u16, grey: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    let encoder = jpeg_encoder::Encoder::new(&mut bytes, 90);
    let rgb = vec![grey; usize::from(width) * usize::from(height) * 3];
    encoder.encode(&rgb, width, height, jpeg_encoder::ColorType::Rgb).unwrap();
    bytes
}

pub fn open(source: &str) -> Camera {
    open_source(toml::from_str(source).unwrap())
}

pub fn open_source(source: Source) -> Camera {
    Camera::open(source, Arc::new(SystemClock)).unwrap()
}

pub fn next(camera: &Camera) -> Frame {
    let frame = camera.wait(LONG);
    assert!(frame.is_some(), "no frame of {camera:?}");
    frame.unwrap()
}

/// The frames of a recording that is shown once; a machine that stands still for a while misses some.
pub fn watch_to_end(camera: &Camera) -> Vec<Frame> {
    let (mut frames, until) = (Vec::new(), Instant::now() + LONG);
    loop {
        let is_over = matches!(camera.state(), State::Absent { why: Absence::Over, .. });
        frames.extend(camera.wait(Duration::from_millis(20)));
        if is_over {
            return frames;
        }
        assert!(Instant::now() < until, "no end of {camera:?}");
    }
}

/// The grey of a frame's first pixel.
pub fn grey(frame: &Frame) -> u8 {
    frame.picture.at(0, 0)[0]
}

/// Waits until the camera is absent for a reason that fits.
pub fn wait_absent(camera: &Camera, fits: impl Fn(&Absence) -> bool) -> Absence {
    let until = Instant::now() + LONG;
    loop {
        match camera.state() {
            State::Absent { why, .. } if fits(&why) => return why,
            state => assert!(Instant::now() < until, "{state:?}"),
        }
        std::thread::sleep(Duration::from_millis(10));
    }
}
