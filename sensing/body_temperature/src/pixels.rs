//! What large pixels cost: the warmest spot of an eye's corner is blended with what lies around it.

use crate::units::{Kelvins, MillimetresPerPixel};

/// What is lost of the canthus's maximum at so many millimetres a pixel. thermal.md section 4, step 3: computed there for a
/// warm spot of 8 mm full width at half maximum, which is an assumption.
const LOSS: [(f64, f64); 8] =
    [(0.0, 0.0), (1.0, 0.03), (1.5, 0.06), (2.0, 0.10), (3.0, 0.20), (4.0, 0.31), (6.0, 0.49), (8.0, 0.65)];

/// How much too low the warmest spot reads; straight between the rows of the table, and on beyond it as in its last step.
pub fn loss(scale: MillimetresPerPixel) -> Kelvins {
    let at = scale.0.max(0.0);
    let steps = || LOSS.iter().zip(LOSS.iter().skip(1));
    let step = steps().find(|(_, (to, _))| at <= *to).or_else(|| steps().next_back());
    let Some(((from, low), (to, high))) = step else { return Kelvins::ZERO };
    Kelvins(low + (at - from) / (to - from) * (high - low))
}

/// What one pixel of a camera spans: its pitch over its focal length, times the distance.
pub fn scale(pitch_um: f64, focal_mm: f64, distance_m: f64) -> MillimetresPerPixel {
    MillimetresPerPixel(pitch_um / focal_mm * distance_m)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_met_and_joined_by_straight_lines() {
        let cases = [(0.5, 0.015), (1.0, 0.03), (1.75, 0.08), (2.0, 0.10), (5.0, 0.40), (8.0, 0.65), (10.0, 0.81)];
        for (mm, wanted) in cases {
            let got = loss(MillimetresPerPixel(mm)).0;
            assert!((got - wanted).abs() < 1e-9, "{mm} mm a pixel: {got}");
        }
    }

    #[test]
    fn the_cameras_of_the_reference_span_what_it_says() {
        // 640×512 at 12 µm behind 25 mm and 75 mm, 1280×1024 behind 100 mm, all at 8 m; 256×192 behind 7 mm.
        for (focal, wanted) in [(25.0, 3.84), (75.0, 1.28), (100.0, 0.96), (7.0, 13.7)] {
            let got = scale(12.0, focal, 8.0).0;
            assert!((got - wanted).abs() < 0.02, "{focal} mm: {got}");
        }
    }
}
