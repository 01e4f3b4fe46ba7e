//! A file of JPEGs one after the other, as cameras record them.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use crate::jpeg;
use crate::reader::{absence, pace};
use crate::slot::Slot;
use crate::source::Mjpeg;
use crate::splitter::Splitter;
use crate::state::Absence;

const CHUNK: usize = 64 << 10;

/// Shows the pictures of a recording.
pub(crate) async fn show(recording: &Mjpeg, slot: &Slot) -> Absence {
    let (mut pace, mut chunk) = (pace(recording.frames_per_s), vec![0; CHUNK]);
    loop {
        let mut file = match open(&recording.path) {
            Ok(file) => file,
            Err(error) => return absence(&recording.path, &error),
        };
        let (mut splitter, mut is_empty) = (Splitter::default(), true);
        loop {
            let n_read = match file.read(&mut chunk) {
                Ok(0) => break,
                Ok(n_read) => n_read,
                Err(error) => return Absence::Lost(error.to_string()),
            };
            splitter.push(chunk.get(..n_read).unwrap_or_default());
            while let Some(bytes) = splitter.next_jpeg() {
                let Ok(picture) = jpeg::decode(&bytes) else {
                    slot.count(|it| it.unreadable += 1);
                    continue;
                };
                is_empty = false;
                pace.tick().await;
                slot.put(slot.now(), picture);
            }
            slot.count(|it| it.unreadable += splitter.take_broken());
            // A long stretch without a picture holds nobody up who closes the camera.
            tokio::task::yield_now().await;
        }
        splitter.finish();
        slot.count(|it| it.unreadable += splitter.take_broken());
        if is_empty {
            return Absence::Empty;
        }
        if !recording.repeat {
            return Absence::Over;
        }
    }
}

/// Opening a pipe would wait for whoever writes into it, and with it whoever closes the camera.
fn open(path: &Path) -> io::Result<File> {
    if std::fs::metadata(path)?.is_file() { File::open(path) } else { Err(io::Error::other("it is no file")) }
}
