//! A folder of pictures as a camera.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use face::{Picture, PictureError};

use crate::reader::{absence, pace};
use crate::slot::Slot;
use crate::source::Folder;
use crate::state::Absence;

/// A longer file is no picture for a gate.
const MAX_BYTES: u64 = 32 << 20;

/// Shows its files in the order of their names.
pub(crate) async fn show(folder: &Folder, slot: &Slot) -> Absence {
    let mut pace = pace(folder.frames_per_s);
    loop {
        let files = match files(&folder.path) {
            Ok(files) => files,
            Err(error) => return absence(&folder.path, &error),
        };
        let mut is_empty = true;
        for file in files {
            match picture(&file) {
                Ok(picture) => {
                    is_empty = false;
                    pace.tick().await;
                    slot.put(slot.now(), picture);
                }
                Err(_) if !folder.path.is_dir() => return Absence::Missing(folder.path.display().to_string()),
                Err(_) => {
                    slot.count(|it| it.unreadable += 1);
                    // Whoever closes the camera does not wait for all the rubbish of a folder.
                    tokio::task::yield_now().await;
                }
            }
        }
        if is_empty {
            return Absence::Empty;
        }
        if !folder.repeat {
            return Absence::Over;
        }
    }
}

fn files(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_file() {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn picture(file: &Path) -> Result<Picture, PictureError> {
    let mut bytes = Vec::new();
    let read = std::fs::File::open(file).and_then(|it| it.take(MAX_BYTES + 1).read_to_end(&mut bytes));
    match read {
        Err(error) => Err(PictureError::Damaged(error.to_string())),
        Ok(_) if usize::try_from(MAX_BYTES).is_ok_and(|it| it < bytes.len()) => Err(PictureError::TooLarge),
        Ok(_) => Picture::decode(&bytes),
    }
}
