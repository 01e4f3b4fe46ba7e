//! A device of Video4Linux. Not checked against a device: there is none where this was written.

use std::os::fd::AsFd;
use std::time::{Duration, Instant};

use face::Picture;
use linuxvideo::format::{PixFormat, PixelFormat};
use linuxvideo::stream::ReadStream;
use linuxvideo::{BufType, Device};
use rustix::event::{PollFd, PollFlags, Timespec, poll};

use crate::reader::{Thinning, absence};
use crate::slot::Slot;
use crate::source::V4l2;
use crate::state::Absence;
use crate::{jpeg, yuyv};

/// How long one wait for a frame lasts: whoever closes the camera waits as long.
const NAP: Timespec = Timespec { tv_sec: 0, tv_nsec: 100_000_000 };
/// A device that sends nothing for so long is opened anew.
const SILENCE: Duration = Duration::from_secs(5);

/// What the pixels of a device are, best first: compressed frames leave room on the bus for larger ones.
const FORMATS: [PixelFormat; 3] = [PixelFormat::MJPG, PixelFormat::JPEG, PixelFormat::YUYV];

/// Captures until the device is gone.
pub(crate) async fn show(source: &V4l2, slot: &Slot) -> Absence {
    let (mut stream, form) = match open(source) {
        Ok(opened) => opened,
        Err(why) => return why,
    };
    let (mut last, mut thinning) = (Instant::now(), Thinning::default());
    loop {
        match is_ready(&stream) {
            Err(error) => return Absence::Lost(error.to_string()),
            Ok(false) if SILENCE < last.elapsed() => return Absence::Silent,
            Ok(false) => {}
            Ok(true) => {
                last = Instant::now();
                if let Err(error) = read(&mut stream, &form, &mut thinning, slot) {
                    return Absence::Lost(error.to_string());
                }
            }
        }
        tokio::task::yield_now().await;
    }
}

/// What the driver chose.
struct Form {
    pixels: PixelFormat,
    width: usize,
    height: usize,
    stride: usize,
}

fn open(source: &V4l2) -> Result<(ReadStream, Form), Absence> {
    let fails = |error: std::io::Error| absence(&source.device, &error);
    let device = Device::open(&source.device).map_err(fails)?;
    let offered: Vec<PixelFormat> =
        device.formats(BufType::VIDEO_CAPTURE).map_while(Result::ok).map(|it| it.pixel_format()).collect();
    let Some(pixels) = FORMATS.into_iter().find(|it| offered.contains(it)) else {
        return Err(Absence::Unsupported(names(&offered)));
    };
    let capture = device.video_capture(PixFormat::new(source.width, source.height, pixels)).map_err(fails)?;
    let chosen = capture.format();
    let size = |it: u32| usize::try_from(it).unwrap_or(usize::MAX);
    let form = Form {
        pixels: chosen.pixel_format(),
        width: size(chosen.width()),
        height: size(chosen.height()),
        stride: size(chosen.bytes_per_line()),
    };
    if !FORMATS.contains(&form.pixels) {
        return Err(Absence::Unsupported(names(&[form.pixels])));
    }
    Ok((capture.into_stream().map_err(fails)?, form))
}

fn names(formats: &[PixelFormat]) -> String {
    let names: Vec<String> =
        formats.iter().map(|it| String::from_utf8_lossy(&it.as_fourcc()).trim().to_owned()).collect();
    if names.is_empty() { "no video".to_owned() } else { names.join(", ") }
}

fn is_ready(stream: &impl AsFd) -> std::io::Result<bool> {
    let mut fds = [PollFd::new(stream, PollFlags::IN)];
    match poll(&mut fds, Some(&NAP)) {
        // An error of the device is ready to be read, too.
        Ok(n_ready) => Ok(0 < n_ready),
        Err(rustix::io::Errno::INTR) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

fn read(stream: &mut ReadStream, form: &Form, thinning: &mut Thinning, slot: &Slot) -> std::io::Result<()> {
    let at = slot.now();
    stream.dequeue(|frame| {
        if frame.is_error() {
            slot.count(|it| it.unreadable += 1);
        } else if thinning.takes(Instant::now(), slot) {
            match picture(&frame, form) {
                Some(picture) => slot.put(at, picture),
                None => slot.count(|it| it.unreadable += 1),
            }
        }
        Ok(())
    })
}

fn picture(bytes: &[u8], form: &Form) -> Option<Picture> {
    if form.pixels == PixelFormat::YUYV {
        yuyv::picture(bytes, form.width, form.height, form.stride)
    } else {
        jpeg::decode(bytes).ok()
    }
}
