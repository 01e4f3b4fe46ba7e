//! A camera on the network, against a server on loopback.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs, reason = "a test that cannot go on stops loudly")]

mod support;

use std::time::Duration;

use camera::{Absence, Camera, State};
use support::rtsp::{Login, Server, Video};
use support::video::{h264, jpegs};
use support::{grey, next, open, wait_absent};

/// Every grey of the stream is seen sooner or later, and nothing else.
fn assert_greys(camera: &Camera, greys: &[u8]) {
    let mut missing = greys.to_vec();
    for _ in 0..400 {
        let frame = next(camera);
        let (seen, size) = (grey(&frame), (frame.picture.width(), frame.picture.height()));
        assert_eq!(size, (320, 240));
        assert!(greys.iter().any(|it| it.abs_diff(seen) <= 4), "{seen} is no grey of {greys:?}");
        missing.retain(|it| 4 < it.abs_diff(seen));
        if missing.is_empty() {
            return;
        }
    }
    assert!(missing.is_empty(), "never seen: {missing:?}; {camera:?}");
}

#[test]
fn jpegs_come_as_they_were_encoded() {
    let greys = [40, 120, 200];
    let server = Server::start(jpegs(320, 240, &greys), Login::Open);
    let camera = open(&server.source(""));
    assert_greys(&camera, &greys);
    assert_eq!((camera.state(), camera.counts().unreadable), (State::Live, 0));
}

#[test]
fn h264_comes_as_it_was_encoded() {
    let greys = [40, 120, 200, 80];
    let server = Server::start(h264(320, 240, &greys), Login::Open);
    let camera = open(&server.source(""));
    assert_greys(&camera, &greys);
    assert_eq!((camera.state(), camera.counts().unreadable), (State::Live, 0));
}

#[test]
fn a_camera_that_is_cut_off_is_absent_and_comes_back_by_itself() {
    let server = Server::start(jpegs(320, 240, &[90]), Login::Open);
    let camera = open(&server.source(""));
    let before = next(&camera);
    server.cut();
    let why = wait_absent(&camera, |it| *it != Absence::Starting);
    assert!(matches!(why, Absence::Lost(_) | Absence::Closed(_)), "{why}");
    while camera.newest().is_some() {}
    server.come_back();
    let after = next(&camera);
    assert!(before.seq < after.seq && before.at < after.at);
    assert!(1 <= camera.counts().reopened);
}

#[test]
fn a_camera_that_falls_silent_is_absent_while_it_is_connected() {
    let server = Server::start(jpegs(320, 240, &[90]), Login::Open);
    let camera = open(&server.source(""));
    next(&camera);
    server.hush(true);
    wait_absent(&camera, |it| *it == Absence::Silent);
    while camera.newest().is_some() {}
    server.hush(false);
    next(&camera);
}

#[test]
fn a_stream_that_comes_later_and_later_is_opened_anew() {
    // Each frame is 40 ms later than the one before, as behind a connection that is too slow.
    let server = Server::start(Video { ticks: 900, ..jpegs(320, 240, &[90]) }, Login::Open);
    let camera = open(&server.source(""));
    wait_absent(&camera, |it| *it == Absence::Behind);
    assert_eq!(camera.counts().unreadable, 0);
    while camera.newest().is_some() {}
    next(&camera);
    while server.n_left() == 0 {
        std::thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn who_may_not_see_is_told_so_and_who_may_sees() {
    for login in [Login::Basic("gate", "s3cret"), Login::Digest("gate", "s3cret")] {
        let server = Server::start(jpegs(320, 240, &[90]), login);
        for rest in ["", "user = \"gate\"\npassword = \"wrong\""] {
            wait_absent(&open(&server.source(rest)), |it| *it == Absence::Refused);
        }
        next(&open(&server.source("user = \"gate\"\npassword = \"s3cret\"")));
    }
}

#[test]
fn what_is_not_read_here_is_named() {
    let media = |sdp: &str| Video { sdp: sdp.to_owned(), payload_type: 96, ticks: 4_500, frames: vec![vec![vec![0]]] };
    let h265 = media("m=video 0 RTP/AVP 96\r\na=rtpmap:96 H265/90000\r\na=control:track1\r\n");
    let camera = open(&Server::start(h265, Login::Open).source(""));
    assert_eq!(wait_absent(&camera, |it| *it != Absence::Starting), Absence::Unsupported("h265".to_owned()));
    let audio = media("m=audio 0 RTP/AVP 0\r\na=rtpmap:0 PCMU/8000\r\na=control:track1\r\n");
    let camera = open(&Server::start(audio, Login::Open).source(""));
    assert_eq!(wait_absent(&camera, |it| *it != Absence::Starting), Absence::Unsupported("no video".to_owned()));
}

#[test]
fn a_server_that_never_answers_holds_nobody_up_who_closes_the_camera() {
    let server = Server::start(jpegs(320, 240, &[90]), Login::Open);
    server.hush(true);
    let camera = open(&server.source(""));
    while server.n_connections() == 0 {
        std::thread::sleep(Duration::from_millis(10));
    }
    camera.close();
    while server.n_left() == 0 {
        std::thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn a_door_where_nobody_listens_is_an_absent_camera() {
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let camera = open(&format!("kind = \"rtsp\"\nurl = \"rtsp://127.0.0.1:{port}/door\""));
    let why = wait_absent(&camera, |it| *it != Absence::Starting);
    assert!(matches!(&why, Absence::Closed(words) if !words.is_empty()), "{why}");
}
