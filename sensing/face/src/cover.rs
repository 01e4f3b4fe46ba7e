//! What may be before a face: a mask, or a copy of a face in place of one.

use ort::environment::Environment;
use serde::Serialize;

use crate::geometry::{Point, Rect};
use crate::models::{ModelSet, ModelsError, Thresholds, Use};
use crate::network::{Network, softmax};
use crate::number::real;
use crate::picture::Picture;
use crate::resample::{Order, crop};

const MASK_SIDE: usize = 224;
/// How much of the face's own size is added on each side before the mask's network looks.
const MASK_MARGIN: f32 = 0.15;
const SPOOF_SIDE: usize = 128;
/// How many times the face's size the copy's network looks at.
const SPOOF_SCALE: f32 = 2.7;

/// Whether a mask is worn. That it is worn *wrongly* is not claimed: nothing that we have tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MaskClass {
    /// It covers the face.
    Worn,
    /// There is none.
    Missing,
    /// Nobody can tell.
    Unknown,
}

/// What the mask's network says.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct MaskReading {
    /// In a word.
    pub class: MaskClass,
    /// The probability of a mask, 0 to 1.
    pub probability: f32,
}

/// Whether this is a face or a copy of one. One reason among others; no rate of attacks found is claimed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SpoofClass {
    /// It looks like a face.
    Real,
    /// It looks like paper or a screen.
    Suspected,
    /// Nobody can tell.
    Unknown,
}

/// What the copy's network says.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct SpoofReading {
    /// In a word.
    pub class: SpoofClass,
    /// The probability of a real face, 0 to 1.
    pub real: f32,
}

pub(crate) struct MaskClassifier(Network);

impl MaskClassifier {
    pub(crate) fn open(set: &ModelSet, environment: &Environment, n_threads: usize) -> Result<Self, ModelsError> {
        Network::open(set, environment, Use::Mask, [1, 3, MASK_SIDE, MASK_SIDE], &[2], n_threads).map(Self)
    }

    pub(crate) fn classify(
        &mut self,
        picture: &Picture,
        area: &Rect,
        limits: &Thresholds,
    ) -> Result<MaskReading, ModelsError> {
        let part = area.grown(MASK_MARGIN).within(picture.width(), picture.height());
        let pixels = crop(picture, &part, MASK_SIDE, MASK_SIDE);
        self.read(&pixels.planes(Order::Rgb, |_, it| it / 127.5 - 1.0)).map(|probability| {
            let class = match probability {
                it if it >= limits.mask_worn => MaskClass::Worn,
                it if it < limits.mask_missing => MaskClass::Missing,
                _ => MaskClass::Unknown,
            };
            MaskReading { class, probability }
        })
    }

    /// The probability of a mask for planes of −1 to 1.
    pub(crate) fn read(&mut self, planes: &[f32]) -> Result<f32, ModelsError> {
        Ok(self.0.run(planes)?.first().and_then(|it| it.first().copied()).unwrap_or(f32::NAN))
    }
}

pub(crate) struct SpoofClassifier(Network);

impl SpoofClassifier {
    pub(crate) fn open(set: &ModelSet, environment: &Environment, n_threads: usize) -> Result<Self, ModelsError> {
        Network::open(set, environment, Use::Spoof, [1, 3, SPOOF_SIDE, SPOOF_SIDE], &[3], n_threads).map(Self)
    }

    pub(crate) fn classify(
        &mut self,
        picture: &Picture,
        area: &Rect,
        limits: &Thresholds,
    ) -> Result<SpoofReading, ModelsError> {
        let pixels = crop(picture, &surroundings(picture, &area.square()), SPOOF_SIDE, SPOOF_SIDE);
        let outputs = self.0.run(&pixels.planes(Order::Bgr, |_, it| it))?;
        // The first of three classes is the real face.
        let real = outputs.first().and_then(|it| softmax(it).first().copied()).unwrap_or(f32::NAN);
        let class = match real {
            it if it >= limits.spoof_real => SpoofClass::Real,
            it if it < limits.spoof_suspected => SpoofClass::Suspected,
            _ => SpoofClass::Unknown,
        };
        Ok(SpoofReading { class, real })
    }
}

/// The face with what is around it, moved rather than cut where the picture ends.
fn surroundings(picture: &Picture, face: &Rect) -> Rect {
    let (width, height) = (real(picture.width()), real(picture.height()));
    let scale = SPOOF_SCALE.min((height - 1.0) / face.height().max(1.0)).min((width - 1.0) / face.width().max(1.0));
    let (w, h) = (face.width() * scale, face.height() * scale);
    let within = |middle: f32, side: f32, whole: f32| middle.min(whole - side / 2.0).max(side / 2.0);
    let middle = face.middle();
    Rect::around(Point { x: within(middle.x, w, width), y: within(middle.y, h, height) }, w, h)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn surroundings_are_moved_into_the_picture() {
        let picture = Picture::from_rgb(300, 200, vec![0; 180_000]).unwrap();
        let it = surroundings(&picture, &Rect { left: 0.0, top: 100.0, right: 50.0, bottom: 150.0 });
        assert_eq!((it.left, it.top.round(), it.right, it.bottom), (0.0, 58.0, 135.0, 192.5));
        let large = surroundings(&picture, &Rect { left: 50.0, top: 0.0, right: 250.0, bottom: 200.0 });
        assert_eq!((large.height().round(), large.top.round()), (199.0, 1.0));
    }
}
