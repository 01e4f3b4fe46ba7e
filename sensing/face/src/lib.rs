#![doc = include_str!("../README.md")]

mod align;
mod cover;
mod detect;
mod embed;
mod faces;
pub mod fuzz_targets;
mod geometry;
mod index;
mod inspect;
mod matching;
mod models;
mod network;
mod number;
mod picture;
mod quality;
mod resample;
mod template;

pub use align::{FivePoints, Pose};
pub use cover::{MaskClass, MaskReading, SpoofClass, SpoofReading};
pub use detect::Found;
pub use embed::{DIMENSIONS, Embedding, KeyedRotation, Space};
pub use faces::{Face, Faces};
pub use geometry::{Point, Rect, Similarity};
pub use index::{Incomparable, Index};
pub use inspect::inspect;
pub use matching::{Identification, Verification, verify};
pub use models::{Lineage, MODEL_SET, Model, ModelSet, ModelsError, SourceFile, Thresholds, Use};
pub use picture::{MAX_PIXELS, Picture, PictureError};
pub use quality::{Fault, Quality};
pub use template::{TEMPLATE_BYTES, Template, TemplateError};
