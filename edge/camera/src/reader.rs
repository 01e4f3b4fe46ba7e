//! Opening, reading, and opening again.

use std::panic::AssertUnwindSafe;
use std::time::{Duration, Instant};

use futures_util::FutureExt as _;
use tokio::time::{Interval, MissedTickBehavior, interval};

use crate::backoff::Backoff;
use crate::slot::Slot;
use crate::source::{FramesPerSecond, Source};
use crate::state::Absence;
use crate::{folder, recording, rtsp, v4l2};

/// Reads a camera until it is dropped, or until a recording that is shown once is over.
pub(crate) async fn read_on(source: &Source, slot: &Slot) {
    let (mut backoff, mut said) = (Backoff::new(), None);
    loop {
        let read = slot.counts().read;
        let why = guarded(session(source, slot)).await;
        if slot.counts().read != read {
            (backoff, said) = (Backoff::new(), None);
        }
        // A camera that is away over the weekend is one line, not one each ten seconds.
        if said.as_ref() != Some(&why) {
            tracing::warn!(camera.kind = source.kind(), "camera: {why}");
        }
        said = Some(why.clone());
        let is_over = why == Absence::Over;
        slot.away(why);
        if is_over {
            return;
        }
        tokio::time::sleep(backoff.step()).await;
        slot.count(|it| it.reopened += 1);
    }
}

/// A parser that panics on what a camera sent must not leave a gate without its camera. Nothing that a session was in the middle
/// of is used again: a slot is changed under its lock only, and by nothing that can panic.
async fn guarded(session: impl Future<Output = Absence>) -> Absence {
    AssertUnwindSafe(session).catch_unwind().await.unwrap_or(Absence::Broken)
}

/// Opens and reads a camera until it is gone.
async fn session(source: &Source, slot: &Slot) -> Absence {
    match source {
        Source::Folder(it) => folder::show(it, slot).await,
        Source::Mjpeg(it) => recording::show(it, slot).await,
        Source::V4l2(it) => v4l2::show(it, slot).await,
        Source::Rtsp(it) => rtsp::show(it, slot).await,
    }
}

/// Ticks for a recording that is shown at this rate.
pub(crate) fn pace(rate: FramesPerSecond) -> Interval {
    let mut pace = interval(Duration::from_secs_f64(1.0 / rate.get()));
    pace.set_missed_tick_behavior(MissedTickBehavior::Delay);
    pace
}

/// The least time between two frames that are unpacked, of a camera that sends more than anybody looks at.
const GAP: Duration = Duration::from_millis(50);

/// Which frames of a camera are worth unpacking.
#[derive(Debug, Default)]
pub(crate) struct Thinning(Option<Instant>);

impl Thinning {
    /// Whether this frame is; one that is not is counted.
    pub(crate) fn takes(&mut self, now: Instant, slot: &Slot) -> bool {
        // A little less, so that a camera of 20 frames a second is not halved by their unsteadiness.
        let is_soon = self.0.is_some_and(|last| now.saturating_duration_since(last) < GAP - GAP / 5);
        if is_soon {
            slot.count(|it| it.passed_over += 1);
        } else {
            self.0 = Some(now);
        }
        !is_soon
    }
}

/// What an error of opening or reading a path means.
pub(crate) fn absence(path: &std::path::Path, error: &std::io::Error) -> Absence {
    match error.kind() {
        std::io::ErrorKind::NotFound => Absence::Missing(path.display().to_string()),
        _ => Absence::Closed(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use kernel::SystemClock;

    use super::*;

    #[test]
    fn a_parser_that_panics_is_an_absence() {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let panics = async {
            tokio::task::yield_now().await;
            panic!("as a parser would")
        };
        assert_eq!(runtime.block_on(guarded(panics)), Absence::Broken);
        assert_eq!(runtime.block_on(guarded(async { Absence::Empty })), Absence::Empty);
    }

    #[test]
    fn of_thirty_frames_a_second_fifteen_are_unpacked_and_of_twenty_all() {
        let start = Instant::now();
        for (millis, n_taken) in [(33, 15), (50, 30), (45, 30), (10, 8)] {
            let (mut thinning, slot) = (Thinning::default(), Slot::new(Arc::new(SystemClock)));
            let times = (0..30).map(|it| start + Duration::from_millis(it * millis));
            assert_eq!(times.filter(|it| thinning.takes(*it, &slot)).count(), n_taken, "each {millis} ms");
            assert_eq!(slot.counts().passed_over, 30 - u64::try_from(n_taken).unwrap());
        }
    }
}
