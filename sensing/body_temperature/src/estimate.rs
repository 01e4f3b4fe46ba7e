//! From what was read of a face to a body temperature.

use serde::{Deserialize, Serialize};

use crate::blackbody::{BlackbodyRefusal, Drift};
use crate::budget::Budget;
use crate::cohort::CohortShift;
use crate::decide::Policy;
use crate::fever::{Prior, p_fever};
use crate::look::Look;
use crate::order::{count, median};
use crate::pixels;
use crate::reasons::{Note, Refusal};
use crate::rig::Limits;
use crate::site::{SCALE_SHIPPED, SiteOffset, U_SHIPPED};
use crate::skin::{AIR_RANGE, CameraModel, SkinModel};
use crate::units::{Celsius, Kelvins, MillimetresPerPixel};

/// Frames help up to this many: what the camera drifts by is common to all of them (thermal.md section 4, step 4).
const FRAMES_EFFECTIVE_MAX: usize = 3;
/// Face over corner of the eye: 99.5 % of the tables below 1.2, the largest 1.4. Beyond, something hot is in the picture.
const FACE_OVER_CORNER: std::ops::RangeInclusive<f64> = -0.5..=1.5;
/// Bodies of people who walk in.
const BODY: std::ops::RangeInclusive<f64> = 34.0..=43.0;
/// An interval wider than this to one side is wider than a gate's should be (thermal.md section 4, step 6: 0.65 to 0.8).
const WIDE: Kelvins = Kelvins(0.8);

/// What is known of an installation.
#[derive(Debug, Clone, PartialEq)]
pub struct Installation {
    /// What is refused.
    pub limits: Limits,
    /// Its thermal camera.
    pub camera: CameraModel,
    /// How skin becomes body here: [`CameraModel::skin`], or what somebody fitted.
    pub skin: SkinModel,
    /// What it has learnt; none before it has.
    pub offset: Option<SiteOffset>,
    /// How common fever is among those who come.
    pub prior: Prior,
    /// From where on it is one, and how it is decided.
    pub policy: Policy,
}

impl Installation {
    /// As it is before it has learnt anything.
    pub const fn of(camera: CameraModel, limits: Limits, prevalence: f64, policy: Policy) -> Self {
        Self { limits, camera, skin: camera.skin(), offset: None, prior: Prior::of(prevalence), policy }
    }
}

/// By what the camera's drift is known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Reference {
    /// A blackbody that holds.
    Blackbody(Drift),
    /// The people before, and what is wrong with the blackbody; none where there is none.
    Cohort(CohortShift, Option<BlackbodyRefusal>),
    /// By nothing, and what is wrong with the blackbody.
    None(Option<BlackbodyRefusal>),
}

impl Reference {
    /// The best there is: a blackbody that holds before the people, and these before nothing.
    pub fn of(blackbody: Option<Result<Drift, BlackbodyRefusal>>, people: Option<CohortShift>) -> Self {
        match (blackbody, people) {
            (Some(Ok(drift)), _) => Self::Blackbody(drift),
            (other, Some(people)) => Self::Cohort(people, other.and_then(Result::err)),
            (other, None) => Self::None(other.and_then(Result::err)),
        }
    }
}

/// How long somebody has been in this room's air.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Arrival {
    /// In seconds; none where nobody knows.
    pub indoors_s: Option<f64>,
    /// The air outdoors; none where nobody knows.
    pub outdoors: Option<Celsius>,
}

/// The moment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Conditions {
    /// The air of the room.
    pub air: Celsius,
    /// How well it is known, one standard deviation.
    pub air_u: Kelvins,
    /// By what drift is known.
    pub reference: Reference,
    /// Since when this person is here.
    pub arrival: Arrival,
}

/// How good an estimate is, for who shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grade {
    /// As good as the method gets.
    Good,
    /// Its interval is wider than ±0.8.
    Wide,
}

/// What an estimate rests on.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Quality {
    /// In one word.
    pub grade: Grade,
    /// Good frames.
    pub n_frames: usize,
    /// What a pixel spans on this face.
    pub mm_per_pixel: MillimetresPerPixel,
    /// Corner of the eye, as the camera read it.
    pub canthus_c: Celsius,
    /// Face without the mouth, as the camera read it; none where it was not seen wholly.
    pub face_max_c: Option<Celsius>,
}

/// A body temperature, as well as a camera tells it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    /// The estimate. It is none of a clinical thermometer.
    pub body_c: Celsius,
    /// Nineteen of twenty people are above this.
    pub low_c: Celsius,
    /// And below this; about one in twenty is outside of both together.
    pub high_c: Celsius,
    /// How likely fever is.
    pub p_fever: f64,
    /// What it rests on.
    pub quality: Quality,
    /// Where its interval comes from.
    pub budget: Budget,
    /// What made it worse than it could be.
    pub notes: Vec<Note>,
    /// Without the site's own offset: what pairs are learnt from.
    pub before_offset: Celsius,
    /// Without any reference: what the cohort is made of. Never shown.
    pub unreferenced: Celsius,
}

/// Why there is none.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Refused {
    /// Every reason, the first one first.
    pub refusals: Vec<Refusal>,
    /// What would have been read without a reference, when that is all that is missing: for the cohort, never shown.
    pub unreferenced: Option<Celsius>,
}

impl Refused {
    /// For one reason.
    pub fn because(refusal: Refusal) -> Self {
        Self { refusals: vec![refusal], unreferenced: None }
    }
}

/// Both channels over all frames.
#[derive(Clone, Copy)]
struct Skin {
    canthus: Celsius,
    face_max: Option<Celsius>,
    scale: MillimetresPerPixel,
}

/// Estimates a body temperature from what was read of one face in some frames.
///
/// # Errors
/// Every reason why there is none. It is never "no fever".
///
/// # Example
/// ```
/// use body_temperature::*;
///
/// let site = Installation::of(CameraModel::FlirA325sc, Limits::default(), 0.01, Policy::default());
/// // Five frames; `look` makes these from a frame and a face's marks.
/// let read = Look {
///     canthus: Celsius(35.6),
///     face_max: Some(Celsius(35.75)),
///     scale: MillimetresPerPixel(0.9),
///     pose: Pose { yaw_deg: 2.0, pitch_deg: -1.0 },
/// };
/// let drift = Drift { shift: Kelvins(0.05), gain: 1.0, pivot: Celsius(35.0), u: Kelvins(0.1), at_ms: 0 };
/// let now = Conditions {
///     air: Celsius(23.0),
///     air_u: Kelvins(0.5),
///     reference: Reference::Blackbody(drift),
///     arrival: Arrival { indoors_s: Some(900.0), outdoors: Some(Celsius(8.0)) },
/// };
/// let estimate = estimate(&site, &[read; 5], &now);
/// let decision = decide(&site.policy, &estimate);
/// assert_eq!(decision.state, State::Clear);
/// let estimate = estimate.unwrap();
/// assert!((estimate.body_c.0 - 37.0).abs() < 0.1);
/// assert!(0.55 < estimate.budget.expanded().0 && estimate.budget.expanded().0 < 0.8);
/// ```
pub fn estimate(site: &Installation, looks: &[Look], now: &Conditions) -> Result<Estimate, Refused> {
    let mut refusals = Vec::new();
    let wanted = usize::try_from(site.limits.frames_min).unwrap_or(usize::MAX);
    if looks.len() < wanted {
        refusals.push(Refusal::TooFewFrames { n: looks.len(), wanted });
    }
    if !AIR_RANGE.contains(&now.air.0) {
        refusals.push(Refusal::AirOutside { air_c: now.air });
    }
    refusals.extend(now.arrival.refusal(now.air));
    let skin = match skin_of(looks) {
        Ok(skin) => skin,
        Err(it) => {
            refusals.push(it);
            return Err(Refused { refusals, unreferenced: None });
        }
    };
    let unreferenced = site.skin.body(skin.canthus, skin.face_max, now.air);
    let no_reference = match now.reference {
        Reference::None(blackbody) => Some(Refusal::NoReference { blackbody }),
        _ => None,
    };
    let unreferenced_only = refusals.is_empty().then_some(unreferenced);
    refusals.extend(no_reference);
    let before_offset = referenced(site, &skin, now);
    let offset = site.offset.map_or(Kelvins::ZERO, |it| it.by);
    if refusals.is_empty() && !BODY.contains(&(before_offset + offset).0) {
        refusals.push(Refusal::Implausible { skin_c: skin.canthus });
    }
    if !refusals.is_empty() {
        return Err(Refused { refusals, unreferenced: unreferenced_only });
    }
    Ok(with_interval(site, &skin, looks.len(), now, [before_offset, unreferenced]))
}

/// Medians over all frames, and whether they go together.
fn skin_of(looks: &[Look]) -> Result<Skin, Refusal> {
    let canthus = median(looks.iter().map(|it| it.canthus.0)).ok_or(Refusal::NoSkin)?;
    let scale = median(looks.iter().map(|it| it.scale.0)).ok_or(Refusal::NoSkin)?;
    // A face that was seen wholly in half of the frames only has no second channel.
    let faces: Vec<f64> = looks.iter().filter_map(|it| it.face_max).map(|it| it.0).collect();
    let face_max = median(faces.iter().copied()).filter(|_| looks.len() < 2 * faces.len());
    let by = face_max.map(|it| it - canthus);
    match by.filter(|it| !FACE_OVER_CORNER.contains(it)) {
        Some(by) => Err(Refusal::ChannelsDisagree { by_k: Kelvins(by) }),
        None => {
            Ok(Skin { canthus: Celsius(canthus), face_max: face_max.map(Celsius), scale: MillimetresPerPixel(scale) })
        }
    }
}

/// The body by both channels, drift taken off.
fn referenced(site: &Installation, skin: &Skin, now: &Conditions) -> Celsius {
    match now.reference {
        Reference::Blackbody(drift) => {
            site.skin.body(drift.corrected(skin.canthus), skin.face_max.map(|it| drift.corrected(it)), now.air)
        }
        Reference::Cohort(cohort, _) => site.skin.body(skin.canthus, skin.face_max, now.air) + cohort.by,
        Reference::None(_) => site.skin.body(skin.canthus, skin.face_max, now.air),
    }
}

fn with_interval(
    site: &Installation,
    skin: &Skin,
    n_frames: usize,
    now: &Conditions,
    [before_offset, unreferenced]: [Celsius; 2],
) -> Estimate {
    let learnt_at = site.offset.map_or(SCALE_SHIPPED, |it| it.scale);
    let lost = (pixels::loss(skin.scale) - pixels::loss(learnt_at)) * site.skin.gain;
    let forward = site.skin.forward(skin.face_max.is_some());
    let budget = Budget {
        person: forward.person,
        repeat: site.skin.repeat * (1.0 / count(n_frames.clamp(1, FRAMES_EFFECTIVE_MAX)).sqrt()),
        reference: match now.reference {
            Reference::Blackbody(drift) => drift.u * site.skin.gain,
            Reference::Cohort(cohort, _) => cohort.u,
            Reference::None(_) => Kelvins(f64::INFINITY),
        },
        air: now.air_u * site.skin.a_kelvin_of_air(skin.face_max.is_some()),
        pixels: lost.abs(),
        offset: site.offset.map_or(U_SHIPPED, |it| it.u),
    };
    // What the forward model was fitted with holds the person, three frames and a blackbody.
    let more = (budget.total().0.powi(2) - forward.sd.0.powi(2)).max(0.0).sqrt();
    let body = before_offset + site.offset.map_or(Kelvins::ZERO, |it| it.by);
    let reads_low = Kelvins(lost.0.max(0.0));
    let expanded = budget.expanded();
    let grade = if expanded + reads_low <= WIDE { Grade::Good } else { Grade::Wide };
    Estimate {
        body_c: body,
        low_c: body - expanded,
        high_c: body + expanded + reads_low,
        p_fever: p_fever(body, forward, Kelvins(more), &site.prior, site.policy.threshold_c),
        quality: Quality {
            grade,
            n_frames,
            mm_per_pixel: skin.scale,
            canthus_c: skin.canthus,
            face_max_c: skin.face_max,
        },
        budget,
        notes: notes(site, skin, now, reads_low),
        before_offset,
        unreferenced,
    }
}

fn notes(site: &Installation, skin: &Skin, now: &Conditions, reads_low: Kelvins) -> Vec<Note> {
    let mut notes = Vec::new();
    // Less than what is seen of it in a figure with two decimals is not worth a word.
    if 0.01 <= reads_low.0 {
        notes.push(Note::ReadsLow { mm_per_pixel: skin.scale, by_k: reads_low });
    }
    if skin.face_max.is_none() {
        notes.push(Note::OneChannel);
    }
    if let Reference::Cohort(CohortShift { by, n, capped, .. }, blackbody) = now.reference {
        notes.push(Note::CohortInstead { n, by_k: by, blackbody });
        if capped {
            notes.push(Note::CohortCapped);
        }
    }
    if site.offset.is_none() {
        notes.push(Note::SiteNotLearnt);
    }
    if site.camera == CameraModel::Unlisted {
        notes.push(Note::CameraUnlisted);
    }
    if now.arrival.indoors_s.is_none() {
        notes.push(Note::ArrivalUnknown);
    }
    notes
}

impl Arrival {
    /// Design values of this room: up to 5 K between outdoors and indoors nobody waits, up to 10 K five minutes, beyond a
    /// quarter of an hour.
    fn refusal(&self, air: Celsius) -> Option<Refusal> {
        let indoors = self.indoors_s.filter(|it| it.is_finite())?;
        let wanted = match self.outdoors.map(|it| (it - air).abs().0) {
            Some(gap) if gap <= 5.0 => 0.0,
            Some(gap) if gap <= 10.0 => 300.0,
            Some(_) => 900.0,
            // Nobody knows the weather: as if it were the middle of these.
            None => 300.0,
        };
        (indoors < wanted).then_some(Refusal::NotAcclimatised { wait_s: Some(wanted - indoors) })
    }
}
