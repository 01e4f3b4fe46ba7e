//! The place for one frame between the thread that reads a camera and whoever looks at its frames.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use face::Picture;
use kernel::Instant64;
use kernel::time::SharedClock;

use crate::frame::{Frame, MAX_AGE};
use crate::state::{Absence, Counts, State};

/// One frame, never a queue: a newer one replaces it.
pub(crate) struct Slot {
    inner: Mutex<Inner>,
    came: Condvar,
    clock: SharedClock,
}

struct Inner {
    newest: Option<Frame>,
    last_at: Instant64,
    absent: Option<(Instant64, Absence)>,
    counts: Counts,
}

/// Whether a frame of `at` is too old to be shown. One of the future is, too: the clock was set back since, and how old the
/// frame is can no longer be told.
fn is_too_old(at: Instant64, now: Instant64) -> bool {
    !(-MAX_AGE..=MAX_AGE).contains(&now.since(at))
}

impl Slot {
    pub(crate) fn new(clock: SharedClock) -> Self {
        let now = clock.now();
        let absent = Some((now, Absence::Starting));
        let inner = Inner { newest: None, last_at: now, absent, counts: Counts::default() };
        Self { inner: Mutex::new(inner), came: Condvar::new(), clock }
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn now(&self) -> Instant64 {
        self.clock.now()
    }

    pub(crate) fn put(&self, at: Instant64, picture: Picture) {
        let mut inner = self.lock();
        let seq = inner.counts.read;
        inner.counts.read += 1;
        if inner.newest.replace(Frame { at, seq, picture }).is_some() {
            inner.counts.replaced += 1;
        }
        inner.last_at = at;
        inner.absent = None;
        self.came.notify_all();
    }

    /// No frames come for now. `since` stays where it was if none came before either.
    pub(crate) fn away(&self, why: Absence) {
        let now = self.clock.now();
        let mut inner = self.lock();
        let since = inner.absent.take().map_or(now, |(since, _)| since);
        inner.absent = Some((since, why));
    }

    pub(crate) fn count(&self, change: impl FnOnce(&mut Counts)) {
        change(&mut self.lock().counts);
    }

    pub(crate) fn counts(&self) -> Counts {
        self.lock().counts
    }

    pub(crate) fn take(&self) -> Option<Frame> {
        let now = self.clock.now();
        self.lock().take(now)
    }

    /// Waits for a frame, `limit` at most.
    pub(crate) fn wait(&self, limit: Duration) -> Option<Frame> {
        let until = Instant::now() + limit;
        let mut inner = self.lock();
        loop {
            match inner.take(self.clock.now()) {
                Some(frame) => return Some(frame),
                None => {
                    let left = until.saturating_duration_since(Instant::now());
                    if left.is_zero() {
                        return None;
                    }
                    inner = self.came.wait_timeout(inner, left).unwrap_or_else(PoisonError::into_inner).0;
                }
            }
        }
    }

    /// A camera whose reader hangs is absent like one that said so.
    pub(crate) fn state(&self) -> State {
        let now = self.clock.now();
        let inner = self.lock();
        match &inner.absent {
            Some((since, why)) => State::Absent { since: *since, why: why.clone() },
            None if is_too_old(inner.last_at, now) => State::Absent { since: inner.last_at, why: Absence::Silent },
            None => State::Live,
        }
    }
}

impl Inner {
    fn take(&mut self, now: Instant64) -> Option<Frame> {
        let frame = self.newest.take()?;
        if is_too_old(frame.at, now) {
            self.counts.stale += 1;
            return None;
        }
        Some(frame)
    }
}

#[cfg(test)]
mod tests {
    use kernel::time::{Clock, SECOND, SetClock};

    use super::*;

    fn picture() -> Picture {
        Picture::from_rgb(1, 1, vec![0; 3]).unwrap()
    }

    #[test]
    fn only_the_newest_frame_is_kept_and_it_is_handed_out_once() {
        let slot = Slot::new(SetClock::at(Instant64::from_micros(0)));
        for _ in 0..3 {
            slot.put(slot.now(), picture());
        }
        assert_eq!(slot.take().map(|it| it.seq), Some(2));
        assert!(slot.take().is_none());
        assert_eq!(slot.counts(), Counts { read: 3, replaced: 2, ..Counts::default() });
    }

    #[test]
    fn a_frame_of_two_seconds_is_shown_and_an_older_one_never() {
        let clock = SetClock::at(Instant64::from_micros(0));
        let slot = Slot::new(clock.clone());
        slot.put(clock.now(), picture());
        clock.advance(2 * SECOND);
        assert!(slot.take().is_some());
        slot.put(clock.now(), picture());
        clock.advance(2 * SECOND + 1);
        assert!(slot.take().is_none());
        assert_eq!(slot.counts().stale, 1);
    }

    #[test]
    fn a_frame_from_before_the_clock_was_set_back_is_not_shown() {
        let clock = SetClock::at(Instant64::from_micros(0));
        let slot = Slot::new(clock.clone());
        slot.put(clock.now(), picture());
        clock.advance(-3 * SECOND);
        assert!(slot.take().is_none());
    }

    #[test]
    fn a_reader_that_hangs_is_an_absent_camera() {
        let clock = SetClock::at(Instant64::from_micros(0));
        let slot = Slot::new(clock.clone());
        assert!(matches!(slot.state(), State::Absent { why: Absence::Starting, .. }));
        slot.put(clock.now(), picture());
        assert_eq!(slot.state(), State::Live);
        clock.advance(3 * SECOND);
        assert_eq!(slot.state(), State::Absent { since: Instant64::from_micros(0), why: Absence::Silent });
    }

    #[test]
    fn an_absence_keeps_its_beginning_while_its_reason_changes() {
        let clock = SetClock::at(Instant64::from_micros(0));
        let slot = Slot::new(clock.clone());
        slot.put(clock.now(), picture());
        slot.away(Absence::Silent);
        clock.advance(SECOND);
        slot.away(Absence::Refused);
        assert_eq!(slot.state(), State::Absent { since: Instant64::from_micros(0), why: Absence::Refused });
    }
}
