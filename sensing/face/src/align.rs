//! 68 points of a face, the five that align it, and the way it looks.

use ort::environment::Environment;
use serde::Serialize;

use crate::geometry::{Point, Rect, Similarity};
use crate::models::{ModelSet, ModelsError, Use};
use crate::network::{Network, softmax};
use crate::number::real;
use crate::picture::Picture;
use crate::resample::{Order, Pixels, crop, warp};

/// Side of an aligned face, in pixels.
pub(crate) const ALIGNED: usize = 112;
const LANDMARKS_SIDE: usize = 64;
const POSE_SIDE: usize = 224;
const POSE_BINS: usize = 66;

/// Where the five points lie in an aligned face: eyes, nose, corners of the mouth.
const TEMPLATE: [Point; 5] = [
    Point { x: 38.2946, y: 51.6963 },
    Point { x: 73.5318, y: 51.5014 },
    Point { x: 56.0252, y: 71.7366 },
    Point { x: 41.5493, y: 92.3655 },
    Point { x: 70.7299, y: 92.2041 },
];

/// The points that align a face; left and right as in the picture.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct FivePoints {
    /// The middle of the eye on the left.
    pub left_eye: Point,
    /// The middle of the eye on the right.
    pub right_eye: Point,
    /// The tip of the nose.
    pub nose: Point,
    /// The corner of the mouth on the left.
    pub left_mouth: Point,
    /// The corner of the mouth on the right.
    pub right_mouth: Point,
}

impl FivePoints {
    const fn all(&self) -> [Point; 5] {
        [self.left_eye, self.right_eye, self.nose, self.left_mouth, self.right_mouth]
    }

    /// How far the eyes' line is turned, in degrees, clockwise.
    pub fn roll_deg(&self) -> f32 {
        (self.right_eye.y - self.left_eye.y).atan2(self.right_eye.x - self.left_eye.x).to_degrees()
    }

    /// Out of 68 points in the usual order of 300-W: the lids for an eye, outer and inner corner for the mouth's.
    fn of(points: &[Point]) -> Option<Self> {
        let mean = |which: &[usize]| {
            let of = which.iter().map(|it| points.get(*it)).collect::<Option<Vec<_>>>()?;
            let n = real(of.len());
            Some(Point { x: of.iter().map(|it| it.x).sum::<f32>() / n, y: of.iter().map(|it| it.y).sum::<f32>() / n })
        };
        Some(Self {
            left_eye: mean(&[37, 38, 40, 41])?,
            right_eye: mean(&[43, 44, 46, 47])?,
            nose: mean(&[30])?,
            left_mouth: mean(&[48, 60])?,
            right_mouth: mean(&[54, 64])?,
        })
    }
}

/// The way a face looks, in degrees; 0 is into the camera.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Pose {
    /// To the side.
    pub yaw_deg: f32,
    /// Up or down.
    pub pitch_deg: f32,
    /// Tilted.
    pub roll_deg: f32,
}

pub(crate) struct Landmarker(Network);

impl Landmarker {
    pub(crate) fn open(set: &ModelSet, environment: &Environment, n_threads: usize) -> Result<Self, ModelsError> {
        let shape = [1, 1, LANDMARKS_SIDE, LANDMARKS_SIDE];
        Network::open(set, environment, Use::Landmarks, shape, &[136], n_threads).map(Self)
    }

    /// 68 points, in pixels of the picture, and the five.
    pub(crate) fn find(&mut self, picture: &Picture, area: &Rect) -> Result<(Vec<Point>, FivePoints), ModelsError> {
        let square = area.square();
        let pixels = crop(picture, &square, LANDMARKS_SIDE, LANDMARKS_SIDE);
        let grey: Vec<f32> = pixels.grey().iter().map(|it| it / 256.0).collect();
        let numbers = self.0.run(&grey)?.into_iter().next().unwrap_or_default();
        let point = |it: &[f32]| match it {
            [x, y] => Point { x: square.left + x * square.width(), y: square.top + y * square.height() },
            _ => square.middle(),
        };
        let points: Vec<Point> = numbers.chunks_exact(2).map(point).collect();
        let middle = square.middle();
        let five = FivePoints::of(&points).unwrap_or(FivePoints {
            left_eye: middle,
            right_eye: middle,
            nose: middle,
            left_mouth: middle,
            right_mouth: middle,
        });
        Ok((points, five))
    }
}

/// The face as the embedder was taught to see it; none if the points are all one place.
pub(crate) fn aligned(picture: &Picture, five: &FivePoints) -> Option<Pixels> {
    Similarity::between(&five.all(), &TEMPLATE).map(|it| warp(picture, &it, ALIGNED))
}

pub(crate) struct PoseEstimator(Network);

impl PoseEstimator {
    pub(crate) fn open(set: &ModelSet, environment: &Environment, n_threads: usize) -> Result<Self, ModelsError> {
        let outputs = [POSE_BINS; 3];
        Network::open(set, environment, Use::Pose, [1, 3, POSE_SIDE, POSE_SIDE], &outputs, n_threads).map(Self)
    }

    /// The face with a quarter more on each side, through the usual means and deviations of ImageNet; each angle is the
    /// mean of bins of 3° from −99° on.
    pub(crate) fn estimate(&mut self, picture: &Picture, area: &Rect) -> Result<Pose, ModelsError> {
        const MEAN: [f32; 3] = [0.485, 0.456, 0.406];
        const DEVIATION: [f32; 3] = [0.229, 0.224, 0.225];
        let pixels = crop(picture, &area.grown(0.25), POSE_SIDE, POSE_SIDE);
        let scale = |colour: usize, it: f32| match (MEAN.get(colour), DEVIATION.get(colour)) {
            (Some(mean), Some(deviation)) => (it / 255.0 - mean) / deviation,
            _ => 0.0,
        };
        let bins = self.0.run(&pixels.planes(Order::Rgb, scale))?;
        let angle = |which: usize| {
            let shares = bins.get(which).map(|it| softmax(it)).unwrap_or_default();
            shares.iter().enumerate().map(|(bin, share)| share * real(bin)).sum::<f32>() * 3.0 - 99.0
        };
        Ok(Pose { yaw_deg: angle(0), pitch_deg: angle(1), roll_deg: angle(2) })
    }
}
