//! How late a stream's frames come, by its own time stamps.
//!
//! A machine that is too slow for a stream leaves it to lie in the buffers of the connection, and each frame it reads is older than
//! the one before. Nothing says so but the time stamps: what passed here since the first frame and what passed there.

use std::time::Duration;

/// Two clocks never run alike; what drifts by less than this share is no lag (RFC 3550's senders are ordinary quartz: 0.005 %).
const DRIFT: f64 = 0.000_2;

/// The least of "passed here − passed there" that was seen is a frame that lay in no buffer.
#[derive(Debug, Default)]
pub(crate) struct Lag {
    least_s: Option<f64>,
    last_s: f64,
}

impl Lag {
    /// How late this frame is, from the time that passed here and in the stream's time stamps since it began.
    pub(crate) fn of(&mut self, here: Duration, there_s: f64) -> Duration {
        let here_s = here.as_secs_f64();
        let late_s = here_s - there_s;
        let drifted_s = (here_s - self.last_s).max(0.0) * DRIFT;
        let least_s = self.least_s.map_or(late_s, |it| (it + drifted_s).min(late_s));
        (self.least_s, self.last_s) = (Some(least_s), here_s);
        Duration::try_from_secs_f64(late_s - least_s).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lags(frames: impl Iterator<Item = (f64, f64)>) -> Vec<u128> {
        let mut lag = Lag::default();
        frames.map(|(here, there)| lag.of(Duration::from_secs_f64(here), there).as_millis()).collect()
    }

    #[test]
    fn a_frame_that_lay_in_a_buffer_is_as_late_as_it_lay_there() {
        let frames = [(0.0, 0.0), (0.1, 0.1), (0.25, 0.2), (0.3, 0.3), (1.4, 0.4)];
        assert_eq!(lags(frames.into_iter()), [0, 0, 49, 0, 999]);
    }

    #[test]
    fn the_first_frame_may_have_been_the_late_one() {
        assert_eq!(lags([(0.0, 0.0), (0.1, 0.4), (0.2, 0.5)].into_iter()), [0, 0, 0]);
    }

    #[test]
    fn a_reader_of_half_the_speed_falls_behind_and_a_slow_clock_does_not() {
        let slow = lags((0..100_u32).map(|it| (f64::from(it) * 0.2, f64::from(it) * 0.1)));
        assert!(slow.is_sorted() && 9_000 < slow[99], "{slow:?}");
        let clocks = lags((0..100_000_u32).map(|it| (f64::from(it) * 1.0001, f64::from(it))));
        assert!(clocks.iter().all(|it| *it == 0));
    }

    #[test]
    fn time_stamps_of_nonsense_are_no_lag() {
        let mut lag = Lag::default();
        assert_eq!(lag.of(Duration::from_secs(1), f64::NAN), Duration::ZERO);
        assert_eq!(lag.of(Duration::from_secs(2), f64::INFINITY), Duration::ZERO);
    }
}
