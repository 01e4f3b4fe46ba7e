//! Whether a camera is there, and if not, why.

use kernel::Instant64;

/// What can be said of a camera now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// Frames come.
    Live,
    /// None come; it is opened again and again, unless it is [`Absence::Over`].
    Absent {
        /// Since when, by the clock the camera was opened with.
        since: Instant64,
        /// What was found the last time.
        why: Absence,
    },
}

/// Why no frames come, in words for whoever looks after the gate. It holds no password and no address with one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Absence {
    /// It was just opened; the first frame is awaited.
    #[error("no frame has come yet")]
    Starting,
    /// A folder, file or device.
    #[error("{0} is not there")]
    Missing(String),
    /// It is there and does not open.
    #[error("it does not open: {0}")]
    Closed(String),
    /// A folder or recording without a single readable picture.
    #[error("there is no picture in it")]
    Empty,
    /// A folder or recording that is shown once, shown. It is not opened again.
    #[error("it was shown to its end")]
    Over,
    /// It is connected, but frames stopped coming.
    #[error("no frame comes any more")]
    Silent,
    /// This machine is too slow for it, or the way here is: frames came later and later.
    #[error("its frames came later and later")]
    Behind,
    /// The camera wants another user or password.
    #[error("it refuses this user and password")]
    Refused,
    /// What it sends is nothing that is read here.
    #[error("it sends {0}, which is not read")]
    Unsupported(String),
    /// It was there and went: unplugged, cut off.
    #[error("it is gone: {0}")]
    Lost(String),
    /// A library that reads it stopped where it should not.
    #[error("reading it failed inside a library")]
    Broken,
}

/// What became of a camera's frames since it was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Pictures that were read.
    pub read: u64,
    /// Pictures that a newer one replaced before anybody took them.
    pub replaced: u64,
    /// Pictures that nobody took until they were too old.
    pub stale: u64,
    /// Frames that came sooner after the last one than anybody looks at them, and were not unpacked.
    pub passed_over: u64,
    /// Files and frames that were no picture.
    pub unreadable: u64,
    /// How often the camera was opened again.
    pub reopened: u64,
}
