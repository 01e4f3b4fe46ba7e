//! What must hold for any bytes at all. libFuzzer drives these functions through the crate in `fuzz/`, and a test drives
//! them on stable Rust; they panic when an invariant is broken. Not part of the product's own code paths.

use crate::face::{Eye, Landmarks};
use crate::rig::{Rig, RigError};
use crate::units::Point;

/// A calibration file is refused with a reason, or means the same when it is written and read again, and maps marks to
/// places or to a reason.
///
/// # Panics
/// When that is not so.
pub fn rig(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    match Rig::read(&text) {
        Err(why) => {
            assert!(!why.to_string().is_empty(), "refused without a word");
            assert!(!matches!(why, RigError::Faults(faults) if faults.is_empty()), "refused for nothing");
        }
        Ok(rig) => {
            let again = rig.to_toml().map(|it| Rig::read(&it));
            assert!(matches!(again, Ok(Ok(again)) if again == rig), "written and read again it is another one: {text}");
            map(&rig);
        }
    }
}

/// Marks of a face of every size in the middle of the visible image.
fn map(rig: &Rig) {
    let [x, y] = rig.file().visible.centre_px;
    for size in [0.0, 3.0, 40.0, 400.0, 1e9] {
        let at = |dx: f64, dy: f64| Point { x: x + dx * size, y: y + dy * size };
        let marks = Landmarks {
            eyes: [Eye::Centre(at(-0.5, 0.0)), Eye::Centre(at(0.5, 0.0))],
            nose: at(0.0, 0.57),
            mouth: [at(-0.4, 1.14), at(0.4, 1.14)],
        };
        if let Ok(mapped) = rig.map(&marks) {
            let points = mapped.marks.eyes.map(|it| it.centre());
            assert!(points.iter().all(|it| it.x.is_finite() && it.y.is_finite()), "an eye nowhere");
            assert!(0.0 < mapped.depth_mm.0, "a face behind the camera");
        }
    }
}
