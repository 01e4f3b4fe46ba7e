//! Pictures as they come. A gate looks at the newest one only: who is too slow for its camera skips pictures, and never falls behind.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use face::Picture;

use crate::config::CameraConfig;

/// How often a camera that is away is looked for.
const LOOKED_FOR: Duration = Duration::from_millis(500);

/// Whether a camera gives pictures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CameraState {
    /// It does.
    Live,
    /// It does not, and why.
    Absent(String),
    /// A recording has come to its end.
    Ended,
}

/// A recorded stream: pictures of a folder in the order of their names.
pub struct Recorded {
    config: CameraConfig,
    files: Vec<PathBuf>,
    /// When the first of them was shown.
    began: Option<Instant>,
    shown: Option<usize>,
    looked_for: Option<Instant>,
    state: CameraState,
}

impl Recorded {
    /// Of this folder, whether it is there yet or not.
    pub fn new(config: CameraConfig) -> Self {
        let state = CameraState::Absent("not looked for yet".to_owned());
        Self { config, files: Vec::new(), began: None, shown: None, looked_for: None, state }
    }

    /// Whether there are pictures.
    pub const fn state(&self) -> &CameraState {
        &self.state
    }

    /// The newest picture, if it was not shown before.
    pub fn newest(&mut self) -> Option<Picture> {
        self.look_for();
        let at = self.due()?;
        if self.shown == Some(at) {
            return None;
        }
        let (file, is_skipped) = (self.files.get(at % self.files.len().max(1))?.clone(), self.shown.is_none());
        match std::fs::read(&file) {
            Ok(bytes) => {
                (self.shown, self.state) = (Some(at), CameraState::Live);
                // A file that is no picture is passed over.
                Picture::decode(&bytes).ok()
            }
            Err(error) => {
                tracing::warn!(%error, is_skipped, "the camera went away");
                (self.state, self.files, self.began) = (CameraState::Absent(error.to_string()), Vec::new(), None);
                self.shown = None;
                None
            }
        }
    }

    /// The number of the picture that is due now.
    fn due(&mut self) -> Option<usize> {
        let began = *self.began.get_or_insert_with(Instant::now);
        let each = Duration::from_secs_f64(1.0 / self.config.frames_per_s);
        let at = usize::try_from(began.elapsed().as_nanos() / each.as_nanos().max(1)).unwrap_or(usize::MAX);
        match self.files.len() {
            0 => None,
            many if many <= at && !self.config.repeat => {
                self.state = CameraState::Ended;
                None
            }
            _ => Some(at),
        }
    }

    fn look_for(&mut self) {
        if !self.files.is_empty() || self.looked_for.is_some_and(|at| at.elapsed() < LOOKED_FOR) {
            return;
        }
        self.looked_for = Some(Instant::now());
        match pictures(&self.config.folder) {
            Ok(files) if files.is_empty() => self.state = CameraState::Absent("no pictures".to_owned()),
            Ok(files) => (self.files, self.began, self.state) = (files, None, CameraState::Live),
            Err(error) => self.state = CameraState::Absent(error.to_string()),
        }
    }
}

fn pictures(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let is_picture = |it: &PathBuf| {
        let extension = it.extension().and_then(|it| it.to_str()).unwrap_or_default().to_lowercase();
        matches!(extension.as_str(), "jpg" | "jpeg" | "png")
    };
    let entries = std::fs::read_dir(folder)?.map(|it| it.map(|it| it.path())).collect::<Result<Vec<_>, _>>()?;
    let mut files: Vec<PathBuf> = entries.into_iter().filter(is_picture).collect();
    files.sort();
    Ok(files)
}
