//! Devices that are not there. No device of Video4Linux was at hand: what one sends is tested with the conversion of its pixels only.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test that cannot go on stops loudly")]

mod support;

use camera::Absence;
use support::{open, wait_absent};

#[test]
fn a_device_that_is_not_plugged_in_is_absent_with_words() {
    let camera = open("kind = \"v4l2\"\ndevice = \"/dev/video-none\"\nwidth = 1280\nheight = 720");
    let why = wait_absent(&camera, |it| *it != Absence::Starting);
    assert_eq!(why.to_string(), "/dev/video-none is not there");
}

#[test]
fn a_device_that_is_no_camera_does_not_open() {
    let camera = open("kind = \"v4l2\"\ndevice = \"/dev/null\"\nwidth = 1280\nheight = 720");
    let why = wait_absent(&camera, |it| *it != Absence::Starting);
    assert!(matches!(&why, Absence::Closed(words) if !words.is_empty()), "{why}");
}
