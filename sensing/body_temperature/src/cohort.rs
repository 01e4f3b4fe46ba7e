//! The people before: a stand-in for a blackbody that is missing, and an alarm for one that lies.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use crate::decide::State;
use crate::order::median;
use crate::skin::USUAL;
use crate::units::{Celsius, Kelvins};

/// People looked back on.
const PEOPLE_MAX: usize = 30;
/// Fewer say nothing.
pub const PEOPLE_MIN: usize = 10;
/// Older ones neither.
const WINDOW_MS: u64 = 30 * 60 * 1_000;
/// They move a reading by no more than this.
pub const SHIFT_MAX: Kelvins = Kelvins(0.8);
/// When a blackbody works and they are off by more than this, something is wrong with camera, blackbody, door or air.
pub const MONITOR_MAX: Kelvins = Kelvins(0.3);
/// What a cohort leaves, one standard deviation: the worst of what was simulated for a busy gate (RMSE 0.366 against 0.303
/// with a blackbody, thermal.md section 4.2). With the six people a day of the real tables it did not help at all; the
/// window sees to that.
const U: Kelvins = Kelvins(0.21);

/// What is kept of a person: two numbers and a time, and nothing that says who it was.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
struct Passage {
    at_ms: u64,
    unreferenced: Celsius,
    referenced: Option<Celsius>,
}

/// How a person left the gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// As it was decided here.
    Decided(State),
    /// A clinical thermometer found no fever.
    ClinicallyNormal,
}

/// The last people who had no fever.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Cohort {
    passages: VecDeque<Passage>,
}

/// What they say of the camera.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct CohortShift {
    /// Added to readings without a reference.
    pub by: Kelvins,
    /// One standard deviation of what is left.
    pub u: Kelvins,
    /// So many people.
    pub n: usize,
    /// Whether they would have moved it further.
    pub capped: bool,
}

impl Cohort {
    /// Takes somebody in who was cleared; others are not, or a morning of fevers would become what is normal.
    /// `unreferenced` is the reading without blackbody and cohort, `referenced` the estimate with a blackbody. Times never
    /// go backwards.
    pub fn admit(&mut self, at_ms: u64, unreferenced: Celsius, referenced: Option<Celsius>, standing: Standing) {
        let cleared = matches!(standing, Standing::ClinicallyNormal | Standing::Decided(State::Clear));
        if !cleared || !unreferenced.is_finite() {
            return;
        }
        self.passages.push_back(Passage { at_ms, unreferenced, referenced: referenced.filter(|it| it.is_finite()) });
        while PEOPLE_MAX < self.passages.len() {
            self.passages.pop_front();
        }
    }

    fn recent(&self, now_ms: u64) -> impl Iterator<Item = &Passage> {
        self.passages.iter().filter(move |it| it.at_ms <= now_ms && now_ms - it.at_ms <= WINDOW_MS)
    }

    /// What stands in for a blackbody; none while there are too few people.
    pub fn shift(&self, now_ms: u64) -> Option<CohortShift> {
        let n = self.recent(now_ms).count();
        let middle = median(self.recent(now_ms).map(|it| it.unreferenced.0)).filter(|_| PEOPLE_MIN <= n)?;
        let wanted = USUAL - Celsius(middle);
        let by = Kelvins(wanted.0.clamp(-SHIFT_MAX.0, SHIFT_MAX.0));
        let capped = by != wanted;
        // What is beyond the cap is not made good: it is doubt.
        let beyond = (wanted - by).abs();
        Some(CohortShift { by, u: U.with(beyond), n, capped })
    }

    /// How far people who were measured against a blackbody are off, when that is too far: check camera, blackbody, door,
    /// air.
    pub fn alarm(&self, now_ms: u64) -> Option<Kelvins> {
        let known: Vec<f64> = self.recent(now_ms).filter_map(|it| it.referenced).map(|it| it.0).collect();
        let off = Celsius(median(known.iter().copied()).filter(|_| PEOPLE_MIN <= known.len())?) - USUAL;
        (MONITOR_MAX < off.abs()).then_some(off)
    }
}
