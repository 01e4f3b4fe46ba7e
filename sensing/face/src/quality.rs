//! Whether a face is good enough to be enrolled or judged by.

use serde::Serialize;

use crate::align::{ALIGNED, Pose};
use crate::geometry::{Point, Rect};
use crate::models::Thresholds;
use crate::number::real;
use crate::resample::Pixels;

/// What is wrong with a face; each can be put right by whoever stands there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// Too few pixels: come nearer.
    Small,
    /// A part of it is outside the picture.
    Cut,
    /// It looks to the side, up or down.
    Turned,
    /// Out of focus, or moving.
    Blurred,
    /// Too little light.
    Dark,
    /// Too much.
    Bright,
    /// Nothing stands out: fog, glare or a covered lens.
    Flat,
}

/// Measures of one face, and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Quality {
    /// Height of the face in the picture, in pixels.
    pub height_px: f32,
    /// Variance of the Laplacian of the aligned face's brightness.
    pub sharpness: f32,
    /// Mean brightness of the aligned face, 0 to 255.
    pub brightness: f32,
    /// Standard deviation of its brightness.
    pub contrast: f32,
    /// Share of its points that lie in the picture.
    pub inside: f32,
    /// What is wrong; good enough if nothing is.
    pub faults: Vec<Fault>,
}

impl Quality {
    /// Nothing is wrong with it.
    pub fn is_good(&self) -> bool {
        self.faults.is_empty()
    }
}

/// What the measures of a face say.
pub(crate) struct Seen<'a> {
    pub(crate) area: &'a Rect,
    pub(crate) points: &'a [Point],
    pub(crate) picture: (usize, usize),
    pub(crate) pose: Pose,
    pub(crate) aligned: &'a Pixels,
}

pub(crate) fn measure(seen: &Seen<'_>, limits: &Thresholds) -> Quality {
    let (width, height) = (real(seen.picture.0), real(seen.picture.1));
    let is_inside = |it: &&Point| (0.0..=width).contains(&it.x) && (0.0..=height).contains(&it.y);
    let inside = real(seen.points.iter().filter(is_inside).count()) / real(seen.points.len().max(1));
    let grey = seen.aligned.grey();
    let (brightness, variance) = mean_and_variance(&grey);
    let (_, sharpness) = mean_and_variance(&laplacian(&grey, ALIGNED));
    let mut quality = Quality {
        height_px: seen.area.height(),
        sharpness,
        brightness,
        contrast: variance.sqrt(),
        inside,
        faults: Vec::new(),
    };
    let is_turned = seen.pose.yaw_deg.abs() > limits.yaw_deg || seen.pose.pitch_deg.abs() > limits.pitch_deg;
    let faults = [
        (quality.height_px < limits.face_height_px, Fault::Small),
        (inside < 0.9, Fault::Cut),
        (is_turned, Fault::Turned),
        (sharpness < limits.sharpness, Fault::Blurred),
        (brightness < limits.darkest, Fault::Dark),
        (brightness > limits.brightest, Fault::Bright),
        (quality.contrast < limits.contrast, Fault::Flat),
    ];
    quality.faults = faults.into_iter().filter(|(is_so, _)| *is_so).map(|(_, fault)| fault).collect();
    quality
}

fn mean_and_variance(values: &[f32]) -> (f32, f32) {
    let n = real(values.len().max(1));
    let mean = values.iter().sum::<f32>() / n;
    (mean, values.iter().map(|it| (it - mean) * (it - mean)).sum::<f32>() / n)
}

/// Four times a pixel less its neighbours: what is left of a picture without its slow changes.
fn laplacian(grey: &[f32], width: usize) -> Vec<f32> {
    let lines: Vec<&[f32]> = grey.chunks_exact(width).collect();
    let inner = |three: &[&[f32]]| match three {
        [above, line, below] => {
            let edge = line.windows(3).zip(above.iter().skip(1)).zip(below.iter().skip(1));
            edge.map(|((it, above), below)| match it {
                [left, here, right] => 4.0 * here - left - right - above - below,
                _ => 0.0,
            })
            .collect()
        }
        _ => Vec::new(),
    };
    lines.windows(3).flat_map(inner).collect()
}
