#![doc = include_str!("../README.md")]

mod bytes;
mod camera;
pub mod conform;
mod fff;
pub mod fuzz_targets;
mod hikvision;
mod image;
mod inspect;
mod jpeg;
mod linear;
mod pixels;
mod planck;
mod reading;

pub use camera::{Camera, Unphysical};
pub use hikvision::{Matrix, MatrixForm, matrix};
pub use image::{Celsius, Summary, Thermogram};
pub use inspect::{PixelAt, inspect};
pub use linear::{LinearScale, y16};
pub use planck::CelsiusTable;
pub use reading::{Kind, ThermalError, kind_of, read};
