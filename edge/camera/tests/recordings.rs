//! Folders and recordings as cameras, on real files.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs, reason = "a test that cannot go on stops loudly")]

mod support;

use std::path::Path;
use std::time::Duration;

use camera::{Absence, Frame, State};
use support::{grey, jpeg, next, open, wait_absent, watch_to_end};

fn folder(path: &Path, rest: &str) -> String {
    format!("kind = \"folder\"\npath = {path:?}\n{rest}")
}

fn near(grey: u8, wanted: u8) -> bool {
    grey.abs_diff(wanted) <= 2
}

/// Each frame that was handed out is the picture of its number.
fn assert_shown(frames: &[Frame], greys: &[u8]) {
    assert!(!frames.is_empty() && frames.is_sorted_by(|a, b| a.seq < b.seq && a.at <= b.at));
    for frame in frames {
        let wanted = greys[usize::try_from(frame.seq).unwrap()];
        assert!(near(grey(frame), wanted), "frame {}: {}, not {wanted}", frame.seq, grey(frame));
    }
}

#[test]
fn a_folder_is_shown_in_the_order_of_its_names_and_rubbish_is_counted() {
    let dir = tempfile::tempdir().unwrap();
    for (name, grey) in [("b.jpg", 120), ("a.jpg", 40), ("c.jpg", 200)] {
        std::fs::write(dir.path().join(name), jpeg(16, 16, grey)).unwrap();
    }
    std::fs::write(dir.path().join("aa.txt"), "no picture").unwrap();
    std::fs::write(dir.path().join("ab.jpg"), &jpeg(16, 16, 0)[..50]).unwrap();
    let camera = open(&folder(dir.path(), "frames_per_s = 5"));
    assert_shown(&watch_to_end(&camera), &[40, 120, 200]);
    let counts = camera.counts();
    assert_eq!((counts.read, counts.unreadable, counts.reopened), (3, 2, 0));
    camera.close();
}

#[test]
fn a_folder_that_is_removed_is_absent_and_comes_back_by_itself() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("in");
    let fill = || {
        std::fs::create_dir(&path).unwrap();
        std::fs::write(path.join("a.jpg"), jpeg(16, 16, 90)).unwrap();
    };
    let camera = open(&folder(&path, "frames_per_s = 20\nrepeat = true"));
    let missing = wait_absent(&camera, |it| *it != Absence::Starting);
    assert!(missing.to_string().contains("is not there"), "{missing}");
    fill();
    let first = next(&camera);
    assert_eq!(camera.state(), State::Live);
    std::fs::remove_dir_all(&path).unwrap();
    wait_absent(&camera, |it| matches!(it, Absence::Missing(_)));
    while camera.newest().is_some() {}
    fill();
    assert!(first.seq < next(&camera).seq);
    assert!(1 <= camera.counts().reopened);
}

#[test]
fn whoever_is_slow_gets_the_newest_frame_and_the_others_are_counted() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("a.jpg"), jpeg(16, 16, 90)).unwrap();
    let camera = open(&folder(dir.path(), "frames_per_s = 60\nrepeat = true"));
    let first = next(&camera).seq;
    while camera.counts().read < first + 6 {
        std::thread::sleep(Duration::from_millis(5));
    }
    let second = next(&camera).seq;
    assert!(first + 5 <= second, "{first}, then {second}");
    assert!(second - first - 1 <= camera.counts().replaced);
}

#[test]
fn an_empty_folder_says_so() {
    let dir = tempfile::tempdir().unwrap();
    let camera = open(&folder(dir.path(), "repeat = true"));
    assert_eq!(wait_absent(&camera, |it| *it != Absence::Starting), Absence::Empty);
}

#[test]
fn a_recording_is_shown_picture_by_picture() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("door.mjpeg");
    let cut = &jpeg(16, 16, 7)[..300];
    let file =
        [&jpeg(16, 16, 40)[..], b"--frame\r\nContent-Type: image/jpeg\r\n\r\n", cut, &jpeg(16, 16, 200)].concat();
    std::fs::write(&path, file).unwrap();
    let camera = open(&format!("kind = \"mjpeg\"\npath = {path:?}\nframes_per_s = 5"));
    assert_shown(&watch_to_end(&camera), &[40, 200]);
    assert_eq!((camera.counts().read, camera.counts().unreadable), (2, 1));
}

#[test]
fn a_recording_of_nothing_and_one_that_is_not_there_are_absent() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("door.mjpeg");
    let camera = open(&format!("kind = \"mjpeg\"\npath = {path:?}\nrepeat = true"));
    wait_absent(&camera, |it| matches!(it, Absence::Missing(_)));
    std::fs::write(&path, vec![0xff; 200_000]).unwrap();
    wait_absent(&camera, |it| *it == Absence::Empty);
    std::fs::write(&path, jpeg(16, 16, 40)).unwrap();
    assert!(near(grey(&next(&camera)), 40));
}

#[test]
fn a_folder_is_no_recording_and_a_recording_no_folder() {
    let dir = tempfile::tempdir().unwrap();
    let camera = open(&format!("kind = \"mjpeg\"\npath = {:?}", dir.path()));
    assert_eq!(wait_absent(&camera, |it| *it != Absence::Starting), Absence::Closed("it is no file".to_owned()));
    let file = dir.path().join("a.jpg");
    std::fs::write(&file, jpeg(16, 16, 40)).unwrap();
    let why = wait_absent(&open(&folder(&file, "")), |it| *it != Absence::Starting);
    assert!(matches!(why, Absence::Closed(_)), "{why}");
}
