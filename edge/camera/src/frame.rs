//! What a camera hands out.

use face::Picture;
use kernel::Instant64;
use kernel::time::SECOND;

/// A frame older than this, in microseconds, is never handed out: what stood before the gate then may have gone.
pub const MAX_AGE: i64 = 2 * SECOND;

/// One picture of a camera.
#[derive(Debug, Clone)]
pub struct Frame {
    /// When it reached this machine, by the clock the camera was opened with. A stream that lies in a buffer on the way is dated
    /// back by what its own time stamps say.
    pub at: Instant64,
    /// Rises by one for each frame that was read since the camera was opened; a gap is what the reader of frames was too slow for.
    pub seq: u64,
    /// Its pixels, upright.
    pub picture: Picture,
}
