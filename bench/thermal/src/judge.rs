//! Puts people through the room's own door.

use body_temperature::{
    Arrival, CameraModel, Celsius, Conditions, Drift, Installation, Kelvins, Limits, Look, MillimetresPerPixel, Policy,
    Pose, Reference, SiteOffset, State, decide, estimate,
};

use crate::data::Sitting;
use crate::figures::{Judged, median};
use crate::fit::{Fitted, Way, usual};

/// The face stands where the offsets were measured.
const SCALE: MillimetresPerPixel = MillimetresPerPixel(0.9);

/// What became of one person.
#[derive(Debug, Clone, Copy)]
pub struct Case<'a> {
    pub sitting: &'a Sitting,
    pub judged: Judged,
    pub state: State,
}

fn installation(fitted: &Fitted, n: usize, threshold: f64) -> Installation {
    let policy = Policy { threshold_c: Celsius(threshold), ..Policy::default() };
    let u = Kelvins(0.03);
    Installation {
        limits: Limits { frames_min: 1, ..Limits::default() },
        camera: CameraModel::Unlisted,
        skin: fitted.skin,
        offset: Some(SiteOffset { by: Kelvins::ZERO, u, n, slope: None, scale: SCALE }),
        prior: fitted.prior,
        policy,
    }
}

/// Estimates and decides for everybody; who is refused is left out, and counted by who compares the numbers.
pub fn judge<'a>(fitted: &Fitted, people: &[&'a Sitting], threshold: f64) -> Vec<Case<'a>> {
    let site = installation(fitted, people.len(), threshold);
    let drift = Drift { shift: Kelvins::ZERO, gain: 1.0, pivot: Celsius(35.0), u: Kelvins(0.1), at_ms: 0 };
    let judge_one = |sitting: &&'a Sitting| {
        let now = Conditions {
            air: sitting.air,
            air_u: Kelvins(0.3),
            reference: Reference::Blackbody(drift),
            arrival: Arrival { indoors_s: Some(3_600.0), outdoors: None },
        };
        let measured = estimate(&site, &looks(fitted.way, sitting), &now);
        let state = decide(&site.policy, &measured).state;
        let it = measured.ok()?;
        let half_width = it.budget.expanded().0;
        let judged = Judged { estimate: it.body_c.0, p_fever: it.p_fever, half_width, oral: sitting.oral.0 };
        Some(Case { sitting, judged, state })
    };
    people.iter().filter_map(judge_one).collect()
}

fn looks(way: Way, sitting: &Sitting) -> Vec<Look> {
    let look =
        |(canthus, face_max)| Look { canthus, face_max, scale: SCALE, pose: Pose { yaw_deg: 0.0, pitch_deg: 0.0 } };
    sitting.rounds.iter().map(|it| look(way.channels(it))).collect()
}

/// Moves every estimate by how far the last people without fever were from what is usual, by no more than is allowed.
/// Without the window of half an hour: the tables have six people a day.
pub fn beside_the_cohort(judged: &[Judged], n: usize, threshold: f64) -> Vec<Judged> {
    let mut before: Vec<f64> = Vec::new();
    let mut moved = Vec::new();
    for it in judged {
        let by = match before.len() < n.min(10) {
            true => 0.0,
            false => (usual() - median(before.iter().rev().take(n).copied())).clamp(-0.8, 0.8),
        };
        let shown = Judged { estimate: it.estimate + by, ..*it };
        if shown.estimate < threshold {
            before.push(it.estimate);
        }
        moved.push(shown);
    }
    moved
}
