//! One face in one frame.

use serde::{Deserialize, Serialize};

use crate::blackbody::Drift;
use crate::face::{Face, Landmarks, Pose};
use crate::frame::Frame;
use crate::order::{MAD_TO_SD, mean_and_sd, median};
use crate::reasons::{Refusal, SeenBy};
use crate::rig::Limits;
use crate::units::{Celsius, MillimetresPerPixel};

/// Corners of eyes in a living face in a room; the tables have 33.8 to 38.5. A camera without a reference may be off by
/// some kelvins.
const SKIN: std::ops::RangeInclusive<f64> = 28.0..=45.0;
/// Colder than this an eye's corner is outdoors still; glass is noticed before (thermal.md section 4, step 2).
const COLD_CORNER: Celsius = Celsius(33.0);
/// Glass is flat: its spread, in robust standard deviations. A design value.
const GLASS_SD_K: f64 = 0.4;
/// And colder than the face around it. A design value.
const GLASS_BELOW_K: f64 = 1.0;
/// Forehead and cheeks further below the eye's corner than this are still cold from outdoors: more than the forehead of any
/// of the 1,077 sittings of the tables (99 % below 3.6, the largest 4.5).
const COLD_SKIN_K: f64 = 4.5;

/// A face in a thermal frame, and what is known of the moment.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    /// The frame.
    pub frame: Frame<'a>,
    /// The face's marks in it; from a visible image by [`crate::Rig::map`].
    pub marks: Landmarks,
    /// Whether somebody saw glasses in the visible picture.
    pub eyewear: bool,
    /// Whether somebody found it not sharp.
    pub blurred: bool,
    /// How far apart both cameras' frames were taken, in milliseconds; none where the marks are of the thermal frame itself.
    pub apart_ms: Option<f64>,
    /// Since the camera looked at its shutter, in milliseconds; none where it was long ago or it does not say.
    pub since_shutter_ms: Option<f64>,
    /// How far the camera has drifted, if that is known: limits hold for what is corrected by it.
    pub drift: Option<&'a Drift>,
}

/// What was read of a face, as the camera shows it: no drift taken off, nothing added.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Look {
    /// The warmer of both inner corners of the eyes.
    pub canthus: Celsius,
    /// The warmest of the face without the mouth; none where it was not seen wholly.
    pub face_max: Option<Celsius>,
    /// What a pixel spans on this face.
    pub scale: MillimetresPerPixel,
    /// Which way it looks.
    pub pose: Pose,
}

/// Measures a face in one frame.
///
/// # Errors
/// Why it cannot be measured in this frame.
pub fn look(view: &View<'_>, limits: &Limits) -> Result<Look, Refusal> {
    moment(view, limits)?;
    let face = Face::of(&view.marks)?;
    let scale = fit(&face, limits)?;
    let frame = &view.frame;
    let canthi = face.canthi();
    if !canthi.iter().all(|it| frame.spans(it)) {
        return Err(Refusal::OutsideFrame);
    }
    let corners = canthi.iter().filter_map(|it| frame.hottest(it, None));
    let canthus = corners.reduce(|one, other| if one < other { other } else { one }).ok_or(Refusal::NoSkin)?;
    let corrected = |it: Celsius| view.drift.map_or(it, |drift| drift.corrected(it));
    if view.eyewear {
        return Err(Refusal::Eyewear { seen_by: SeenBy::Picture });
    }
    if behind_glass(frame, &face) {
        return Err(Refusal::Eyewear { seen_by: SeenBy::Thermal });
    }
    if !SKIN.contains(&corrected(canthus).0) {
        return Err(Refusal::Implausible { skin_c: corrected(canthus) });
    }
    if corrected(canthus) < COLD_CORNER || cold_skin(frame, &face, canthus) {
        return Err(Refusal::NotAcclimatised { wait_s: None });
    }
    let oval = face.oval_of_the_face();
    let whole = frame.spans(&oval).then(|| frame.hottest(&oval, Some(&face.oval_of_the_mouth()))).flatten();
    Ok(Look { canthus, face_max: whole, scale, pose: face.pose })
}

/// Whether this is a moment to measure in.
fn moment(view: &View<'_>, limits: &Limits) -> Result<(), Refusal> {
    match (view.apart_ms, view.since_shutter_ms) {
        _ if view.blurred => Err(Refusal::Blurred),
        (Some(apart_ms), _) if apart_ms.is_nan() || limits.apart_max_ms < apart_ms.abs() => {
            Err(Refusal::NotTogether { apart_ms })
        }
        (_, Some(since)) if since.is_nan() || since < limits.shutter_wait_ms => Err(Refusal::Shutter),
        _ => Ok(()),
    }
}

/// Whether the face looks here and is large enough.
fn fit(face: &Face, limits: &Limits) -> Result<MillimetresPerPixel, Refusal> {
    let Pose { yaw_deg, pitch_deg } = face.pose;
    if limits.turn_max_deg < yaw_deg.abs() || limits.turn_max_deg < pitch_deg.abs() {
        return Err(Refusal::Turned { yaw_deg, pitch_deg });
    }
    let (scale, limit) = (face.scale(), limits.mm_per_pixel_max);
    match scale <= limit {
        true => Ok(scale),
        false => Err(Refusal::TooCoarse { mm_per_pixel: scale, limit }),
    }
}

/// Whether what is before both eyes is flat and colder than the face: glass, through which no heat is seen. The reference
/// asks besides for a corner colder than 33 °C; behind narrow lenses it is not, and reads a fever low all the same.
fn behind_glass(frame: &Frame<'_>, face: &Face) -> bool {
    let around = median(frame.values_in(&face.oval_of_the_face()));
    let flat_and_cold = |values: &[f64]| {
        let middle = median(values.iter().copied())?;
        // Not the standard deviation: the rim of a lens is warm, and frames are.
        let spread = median(values.iter().map(|it| (it - middle).abs()))? * MAD_TO_SD;
        Some(spread <= GLASS_SD_K && middle <= around? - GLASS_BELOW_K)
    };
    face.lenses().iter().all(|it| flat_and_cold(&frame.values_in(it)) == Some(true))
}

/// Whether forehead and cheeks are all far colder than the corner of the eye. What is hidden under hair, helmet or mask is
/// not told from cold skin: one warm place is enough to pass.
fn cold_skin(frame: &Frame<'_>, face: &Face, canthus: Celsius) -> bool {
    let places = face.open_skin();
    let means = places.iter().filter_map(|it| mean_and_sd(&frame.values_in(it))).map(|(mean, _)| mean);
    let warmest = means.fold(f64::NEG_INFINITY, f64::max);
    warmest.is_finite() && COLD_SKIN_K < canthus.0 - warmest
}
