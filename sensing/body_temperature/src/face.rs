//! Where a face's parts lie, from the points that a face detector gives.

use serde::{Deserialize, Serialize};

use crate::frame::Ellipse;
use crate::reasons::Refusal;
use crate::units::{Millimetres, MillimetresPerPixel, Point};

/// Between the pupils of adults: mean 63.4, standard deviation 3.8 mm (Dodgson 2004, Proc. SPIE 5291, over the 1988 survey
/// of the US Army); thermal.md takes 63.
pub const BETWEEN_PUPILS: Millimetres = Millimetres(63.0);
/// How far one adult's is from another's, one standard deviation.
pub const BETWEEN_PUPILS_SD: Millimetres = Millimetres(3.8);

// Design values of this room, in millimetres on a face that looks into the camera. Those of the five points follow the
// template to which detectors align faces (eyes 35.2, eyes to mouth 40.7, nose half way, of 112 pixels).
const EYES_TO_MOUTH_MM: f64 = 72.0;
const NOSE_SHARE: f64 = 0.5;
/// How far the nose's tip stands before the plane of eyes and mouth.
const NOSE_MM: f64 = 25.0;
/// From the pupil to the inner corner of the eye.
const PUPIL_TO_CANTHUS_MM: f64 = 15.0;
/// A disc of 13 pixels, inward of the corner, at 0.9 mm a pixel: what the tables that the offsets come from were measured
/// with.
const CANTHUS_RADIUS_MM: f64 = 6.0;
const CANTHUS_INWARD_MM: f64 = 3.0;

/// An eye as a detector marks it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Eye {
    /// Its middle.
    Centre(Point),
    /// Its two corners.
    Corners {
        /// Toward the nose: the canthus.
        inner: Point,
        /// Toward the temple.
        outer: Point,
    },
}

/// A face's marks in one image.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Landmarks {
    /// Both eyes, in either order.
    pub eyes: [Eye; 2],
    /// The nose's tip.
    pub nose: Point,
    /// Both corners of the mouth, in either order.
    pub mouth: [Point; 2],
}

/// Which way a face looks, in degrees of angle; 0 is into the camera. Estimated from five points and a nose of 25 mm: good
/// enough to turn people away who look aside, not to measure angles.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Pose {
    /// Aside.
    pub yaw_deg: f64,
    /// Up (below 0) and down.
    pub pitch_deg: f64,
}

impl Eye {
    /// Its middle.
    pub fn centre(&self) -> Point {
        match *self {
            Self::Centre(at) => at,
            Self::Corners { inner, outer } => inner.middle(outer),
        }
    }

    fn each(self, mut to: impl FnMut(Point) -> Option<Point>) -> Option<Self> {
        Some(match self {
            Self::Centre(at) => Self::Centre(to(at)?),
            Self::Corners { inner, outer } => Self::Corners { inner: to(inner)?, outer: to(outer)? },
        })
    }
}

impl Landmarks {
    /// Every mark moved by one function; none when it gives none.
    pub(crate) fn each(&self, mut to: impl FnMut(Point) -> Option<Point>) -> Option<Self> {
        let [first, second] = self.eyes;
        let [one, other] = self.mouth;
        Some(Self {
            eyes: [first.each(&mut to)?, second.each(&mut to)?],
            nose: to(self.nose)?,
            mouth: [to(one)?, to(other)?],
        })
    }
}

/// A face in the thermal frame: its own axes and scale.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Face {
    eyes: [Eye; 2],
    mouth: [Point; 2],
    /// Between the eyes.
    origin: Point,
    /// From one eye to the other, of length one.
    along: Point,
    /// From the eyes to the mouth, of length one.
    down: Point,
    /// Pixels a millimetre, along the eyes and down the face: a face that looks aside or down is shorter that way.
    scale: [f64; 2],
    pub(crate) pose: Pose,
}

impl Face {
    /// # Errors
    /// When the marks are those of no face.
    pub(crate) fn of(marks: &Landmarks) -> Result<Self, Refusal> {
        let [first, second] = marks.eyes.map(|it| it.centre());
        let across = second.minus(first);
        let (origin, between) = (first.middle(second), across.length());
        let mouth = {
            let [one, other] = marks.mouth;
            one.middle(other)
        };
        let finite = [first, second, marks.nose, mouth].iter().all(|it| it.is_finite());
        if !finite || between < 2.0 {
            return Err(Refusal::NoFace);
        }
        let along = across.times(1.0 / between);
        let turned = Point { x: -along.y, y: along.x };
        let below = mouth.minus(origin).dot(turned);
        let (down, height) = if below < 0.0 { (turned.times(-1.0), -below) } else { (turned, below) };
        // Between a face that nods and none at all lies a wide gap.
        if !(0.4..=2.5).contains(&(height / between)) {
            return Err(Refusal::NoFace);
        }
        let nose = marks.nose.minus(origin);
        let share = nose.dot(down) / height;
        let aside = nose.dot(along) - mouth.minus(origin).dot(along) * share;
        let yaw = (aside / between * BETWEEN_PUPILS.0 / NOSE_MM).atan();
        let pitch = ((share - NOSE_SHARE) * EYES_TO_MOUTH_MM / NOSE_MM).atan();
        let pose = Pose { yaw_deg: yaw.to_degrees(), pitch_deg: pitch.to_degrees() };
        let scale = [between / BETWEEN_PUPILS.0, height / EYES_TO_MOUTH_MM];
        Ok(Self { eyes: marks.eyes, mouth: marks.mouth, origin, along, down, scale, pose })
    }

    /// What a pixel spans, by the distance of the eyes.
    pub(crate) fn scale(&self) -> MillimetresPerPixel {
        let [along, _] = self.scale;
        MillimetresPerPixel(self.pose.yaw_deg.to_radians().cos() / along)
    }

    /// A place given in millimetres from between the eyes: along them, and down.
    fn at(&self, along_mm: f64, down_mm: f64) -> Point {
        let [along, down] = self.scale;
        self.origin.plus(self.along.times(along_mm * along)).plus(self.down.times(down_mm * down))
    }

    /// An ellipse in the face's axes, with half axes in millimetres.
    fn oval(&self, centre: Point, half_mm: [f64; 2]) -> Ellipse {
        let ([along, down], [a, b]) = (self.scale, half_mm);
        Ellipse { centre, along: self.along, half: [a * along, b * down] }
    }

    /// Where both inner corners are warmest.
    pub(crate) fn canthi(&self) -> [Ellipse; 2] {
        let [px_a_mm, _] = self.scale;
        self.eyes.map(|eye| {
            let inward = if 0.0 < self.origin.minus(eye.centre()).dot(self.along) { 1.0 } else { -1.0 };
            let (corner, more) = match eye {
                Eye::Centre(at) => (at, PUPIL_TO_CANTHUS_MM + CANTHUS_INWARD_MM),
                Eye::Corners { inner, .. } => (inner, CANTHUS_INWARD_MM),
            };
            Ellipse::disc(corner.plus(self.along.times(inward * more * px_a_mm)), CANTHUS_RADIUS_MM * px_a_mm)
        })
    }

    /// From the brows to the chin, without hair, ears and neck as far as one can tell.
    pub(crate) fn oval_of_the_face(&self) -> Ellipse {
        self.oval(self.at(0.0, 22.0), [58.0, 75.0])
    }

    /// What of it is left out: the mouth, open or not, which is warmer than the skin by what comes out of it.
    pub(crate) fn oval_of_the_mouth(&self) -> Ellipse {
        let [one, other] = self.mouth;
        let [px_a_mm, _] = self.scale;
        let half_mm = (other.minus(one).length() / 2.0 / px_a_mm).clamp(20.0, 40.0) + 10.0;
        self.oval(one.middle(other), [half_mm, 24.0])
    }

    /// Where glasses would lie.
    pub(crate) fn lenses(&self) -> [Ellipse; 2] {
        self.eyes.map(|eye| self.oval(eye.centre(), [14.0, 9.0]))
    }

    /// Forehead and both cheeks: what cools first outdoors.
    pub(crate) fn open_skin(&self) -> [Ellipse; 3] {
        [(0.0, -38.0), (-34.0, 36.0), (34.0, 36.0)].map(|(along, down)| self.oval(self.at(along, down), [9.0, 9.0]))
    }
}
