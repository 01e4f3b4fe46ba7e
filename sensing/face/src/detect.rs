//! Where faces are: an "Ultra-Light-Fast" detector on 320 × 240 pixels.

use ort::environment::Environment;
use serde::Serialize;

use crate::geometry::Rect;
use crate::models::{ModelSet, ModelsError, Use};
use crate::network::Network;
use crate::number::{real, whole};
use crate::picture::Picture;
use crate::resample::{Order, crop};

const WIDTH: usize = 320;
const HEIGHT: usize = 240;
/// Boxes that the network proposes.
const PROPOSALS: usize = 4420;

/// A face that was found.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Found {
    /// Where, in pixels of the picture.
    pub area: Rect,
    /// How sure, 0 to 1.
    pub score: f32,
}

pub(crate) struct Detector {
    network: Network,
    least_score: f32,
    most_overlap: f32,
}

impl Detector {
    pub(crate) fn open(set: &ModelSet, environment: &Environment, n_threads: usize) -> Result<Self, ModelsError> {
        let outputs = [PROPOSALS * 2, PROPOSALS * 4];
        let network = Network::open(set, environment, Use::Detect, [1, 3, HEIGHT, WIDTH], &outputs, n_threads)?;
        Ok(Self { network, least_score: set.thresholds.face, most_overlap: set.thresholds.overlap })
    }

    /// Faces, largest first. The picture keeps its proportions: what is left of the network's input is black.
    pub(crate) fn find(&mut self, picture: &Picture) -> Result<Vec<Found>, ModelsError> {
        let (width, height) = (real(picture.width()), real(picture.height()));
        let scale = (real(WIDTH) / width).min(real(HEIGHT) / height);
        let all = Rect { left: 0.0, top: 0.0, right: width, bottom: height };
        let (w, h) = (whole(width * scale).clamp(1, WIDTH), whole(height * scale).clamp(1, HEIGHT));
        let pixels = crop(picture, &all, w, h).on_ground(WIDTH, HEIGHT);
        let outputs = self.network.run(&pixels.planes(Order::Rgb, |_, it| (it - 127.0) / 128.0))?;
        let [scores, boxes] = outputs.as_slice() else { return Ok(Vec::new()) };
        // Corners come as shares of the input.
        let found = scores.chunks_exact(2).zip(boxes.chunks_exact(4)).filter_map(|(score, corners)| {
            let ([_, score], [left, top, right, bottom]) = (score, corners) else { return None };
            let (x, y) = (real(WIDTH) * width / real(w), real(HEIGHT) * height / real(h));
            let area = Rect { left: left * x, top: top * y, right: right * x, bottom: bottom * y };
            (*score >= self.least_score && area.width() > 0.0 && area.height() > 0.0)
                .then_some(Found { area, score: *score })
        });
        Ok(largest_first(without_doubles(found.collect(), self.most_overlap)))
    }
}

fn without_doubles(mut found: Vec<Found>, most_overlap: f32) -> Vec<Found> {
    found.sort_by(|a, b| b.score.total_cmp(&a.score));
    let mut kept: Vec<Found> = Vec::new();
    for it in found {
        if kept.iter().all(|better| better.area.overlap(&it.area) <= most_overlap) {
            kept.push(it);
        }
    }
    kept
}

fn largest_first(mut found: Vec<Found>) -> Vec<Found> {
    found.sort_by(|a, b| (b.area.width() * b.area.height()).total_cmp(&(a.area.width() * a.area.height())));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_two_that_overlap_the_better_one_stays() {
        let at =
            |left: f32, score: f32| Found { area: Rect { left, top: 0.0, right: left + 10.0, bottom: 10.0 }, score };
        let kept = without_doubles(vec![at(0.0, 0.7), at(1.0, 0.9), at(20.0, 0.8)], 0.4);
        assert_eq!(kept, vec![at(1.0, 0.9), at(20.0, 0.8)]);
    }
}
