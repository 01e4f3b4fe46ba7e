//! From a picture to faces: found, aligned, described.

use std::path::Path;

use crate::align::{FivePoints, Landmarker, Pose, PoseEstimator, aligned};
use crate::cover::{MaskClassifier, MaskReading, SpoofClassifier, SpoofReading};
use crate::detect::{Detector, Found};
use crate::embed::{Embedder, Embedding};
use crate::geometry::Point;
use crate::models::{ModelSet, ModelsError, Thresholds};
use crate::network::environment;
use crate::picture::Picture;
use crate::quality::{Quality, Seen, measure};

/// A face of a picture, and what is said of it.
#[derive(Debug, Clone)]
pub struct Face {
    /// Where it is, and how sure that is.
    pub found: Found,
    /// 68 points in the order of 300-W, in pixels of the picture.
    pub points: Vec<Point>,
    /// The five that align it.
    pub five: FivePoints,
    /// Which way it looks.
    pub pose: Pose,
    /// Whether it is good enough.
    pub quality: Quality,
    /// Whether a mask is worn.
    pub mask: MaskReading,
    /// Whether it looks like a copy.
    pub spoof: SpoofReading,
    /// What it is compared by; none if its points could not be aligned.
    pub embedding: Option<Embedding>,
}

/// The models, loaded and tried. One picture at a time: a caller with several cores opens it several times.
pub struct Faces {
    set: ModelSet,
    detector: Detector,
    landmarker: Landmarker,
    pose: PoseEstimator,
    embedder: Embedder,
    mask: MaskClassifier,
    spoof: SpoofClassifier,
}

impl Faces {
    /// Opens a folder of models, as `make models` fills it: loads the ONNX runtime, verifies each file's SHA-256, and tries
    /// each model once. `n_threads` is what one model may use at a time.
    ///
    /// # Errors
    /// What is missing or wrong, and what to do.
    pub fn open(folder: &Path, n_threads: usize) -> Result<Self, ModelsError> {
        let set = ModelSet::open(folder)?;
        let it = environment(&set.verified(&set.runtime)?)?;
        Ok(Self {
            detector: Detector::open(&set, &it, n_threads)?,
            landmarker: Landmarker::open(&set, &it, n_threads)?,
            pose: PoseEstimator::open(&set, &it, n_threads)?,
            embedder: Embedder::open(&set, &it, n_threads)?,
            mask: MaskClassifier::open(&set, &it, n_threads)?,
            spoof: SpoofClassifier::open(&set, &it, n_threads)?,
            set,
        })
    }

    /// The models in use.
    pub const fn set(&self) -> &ModelSet {
        &self.set
    }

    /// Their thresholds.
    pub const fn thresholds(&self) -> &Thresholds {
        &self.set.thresholds
    }

    /// Where faces are, the largest first. "None" is a reason to look again, never a verdict.
    ///
    /// # Errors
    /// If the runtime fails.
    pub fn find(&mut self, picture: &Picture) -> Result<Vec<Found>, ModelsError> {
        self.detector.find(picture)
    }

    /// All that is said of a face that was found.
    ///
    /// # Errors
    /// If the runtime fails.
    pub fn describe(&mut self, picture: &Picture, found: Found) -> Result<Face, ModelsError> {
        let limits = self.set.thresholds;
        let (points, five) = self.landmarker.find(picture, &found.area)?;
        let pose = self.pose.estimate(picture, &found.area)?;
        let pixels = aligned(picture, &five);
        let embedding = match &pixels {
            Some(pixels) => self.embedder.embed(pixels)?,
            None => None,
        };
        let pixels = pixels.unwrap_or_else(|| {
            crate::resample::crop(picture, &found.area, crate::align::ALIGNED, crate::align::ALIGNED)
        });
        let size = (picture.width(), picture.height());
        let seen = Seen { area: &found.area, points: &points, picture: size, pose, aligned: &pixels };
        let quality = measure(&seen, &limits);
        let mask = self.mask.classify(picture, &found.area, &limits)?;
        let spoof = self.spoof.classify(picture, &found.area, &limits)?;
        Ok(Face { found, points, five, pose, quality, mask, spoof, embedding })
    }

    /// Everything of every face, the largest first.
    ///
    /// # Errors
    /// If the runtime fails.
    pub fn look(&mut self, picture: &Picture) -> Result<Vec<Face>, ModelsError> {
        let found = self.find(picture)?;
        found.into_iter().map(|it| self.describe(picture, it)).collect()
    }

    /// Only the vector of a face that was found, at the price of two models instead of five.
    ///
    /// # Errors
    /// If the runtime fails.
    pub fn embed(&mut self, picture: &Picture, found: &Found) -> Result<Option<Embedding>, ModelsError> {
        let (_, five) = self.landmarker.find(picture, &found.area)?;
        match aligned(picture, &five) {
            Some(pixels) => self.embedder.embed(&pixels),
            None => Ok(None),
        }
    }

    /// The probability of a mask for 224 × 224 planes of −1 to 1: what the conversion of that model is tested by.
    ///
    /// # Errors
    /// If the runtime fails, or the planes have another size.
    pub fn mask_of_planes(&mut self, planes: &[f32]) -> Result<f32, ModelsError> {
        self.mask.read(planes)
    }
}
