//! How long a frame takes: counts to degrees, regions, estimate, decision. Figures of this machine, and no test of anything.
#![expect(clippy::print_stdout, reason = "a bench prints its figures")]

use std::time::Instant;

use anyhow::Context as _;
use body_temperature::{
    Arrival, Blackbody, CameraModel, Celsius, Conditions, Eye, Frame, Installation, Kelvins, Landmarks, Limits, Point,
    Policy, Rect, Reference, Surroundings, View, decide, estimate, follow, look,
};

use crate::figures::quantile;

const WIDTH: usize = 640;
const HEIGHT: usize = 512;
const WARM_UP: u32 = 20;
const FRAMES: u32 = 400;
const PLATE: Rect = Rect { left: 10, top: 10, width: 40, height: 40 };

struct Scene {
    bytes: Vec<u8>,
    faces: Vec<Landmarks>,
}

/// Times frames with one large face and with five small ones.
///
/// # Errors
/// When a painted frame is not read.
pub fn run() -> anyhow::Result<()> {
    println!(
        "\n## time, {WIDTH}×{HEIGHT} counts (Y16) to °C, blackbody, regions, estimate, decision; {FRAMES} frames, one thread, milliseconds"
    );
    println!("| faces | step | median | 95 % | 99 % | longest |\n|---|---|---|---|---|---|");
    let one = [(320.0, 230.0, 1.0)];
    let five =
        [(110.0, 150.0, 1.9), (250.0, 160.0, 1.9), (390.0, 150.0, 1.9), (530.0, 160.0, 1.9), (320.0, 390.0, 1.9)];
    for (name, places) in [("1 at 1.0 mm/px", &one[..]), ("5 at 1.9 mm/px", &five[..])] {
        let scene = Scene::with(places);
        let mut steps: [Vec<f64>; 3] = Default::default();
        for round in 0..WARM_UP + FRAMES {
            let took = scene.measure()?;
            if WARM_UP <= round {
                for (all, it) in steps.iter_mut().zip(took) {
                    all.push(it);
                }
            }
        }
        for (step, took) in ["counts → °C", "regions", "all"].into_iter().zip(&steps) {
            let [p50, p95, p99, most] = [0.5, 0.95, 0.99, 1.0].map(|it| quantile(took.iter().copied(), it));
            println!("| {name} | {step} | {p50:.2} | {p95:.2} | {p99:.2} | {most:.2} |");
        }
    }
    Ok(())
}

impl Scene {
    fn with(places: &[(f64, f64, f64)]) -> Self {
        let mut bytes = Vec::with_capacity(2 * WIDTH * HEIGHT);
        for (y, _) in (0_u32..).zip(0..HEIGHT) {
            for (x, _) in (0_u32..).zip(0..WIDTH) {
                bytes.extend(counts(places, x, y).to_le_bytes());
            }
        }
        let faces = places.iter().map(|(x, y, mm)| {
            let at = |right: f64, down: f64| Point { x: x + right / mm, y: y + down / mm };
            Landmarks {
                eyes: [Eye::Centre(at(-31.5, 0.0)), Eye::Centre(at(31.5, 0.0))],
                nose: at(0.0, 36.0),
                mouth: [at(-26.0, 72.0), at(26.0, 72.0)],
            }
        });
        Self { bytes, faces: faces.collect() }
    }

    /// One frame from bytes to decisions: what degrees took, what regions took, and all.
    fn measure(&self) -> anyhow::Result<[f64; 3]> {
        let begun = Instant::now();
        let image = thermal::y16(&self.bytes, WIDTH, HEIGHT, thermal::LinearScale::HUNDREDTHS)?;
        let celsius = image.celsius();
        let degrees_ms = begun.elapsed().as_secs_f64() * 1e3;
        let frame = Frame::new(WIDTH, HEIGHT, &celsius.0)?;
        let body = Blackbody { set_c: Celsius(35.0), u_k: Kelvins(0.05), emissivity: 0.98, place: PLATE };
        let around = Surroundings { camera_emissivity: 0.98, reflected: Celsius(23.0), saturated_from: None };
        let seen = body.look(&frame, &around).ok().context("the painted blackbody is not believed")?;
        let drift = follow(None, &[seen], 0, false).ok().context("the drift is not believed")?;
        let limits = Limits { frames_min: 1, ..Limits::default() };
        let site = Installation::of(CameraModel::FlirA325sc, limits, 0.01, Policy::default());
        let now = Conditions {
            air: Celsius(23.0),
            air_u: Kelvins(0.5),
            reference: Reference::Blackbody(drift),
            arrival: Arrival { indoors_s: Some(900.0), outdoors: None },
        };
        let mut regions_ms = 0.0;
        for marks in &self.faces {
            let looking = Instant::now();
            let view = View {
                frame,
                marks: *marks,
                eyewear: false,
                blurred: false,
                apart_ms: None,
                since_shutter_ms: None,
                drift: Some(&drift),
            };
            let look = look(&view, &limits).map_err(|why| anyhow::anyhow!("a painted face is refused: {why:?}"))?;
            regions_ms += looking.elapsed().as_secs_f64() * 1e3;
            let measured = estimate(&site, &[look], &now);
            anyhow::ensure!(measured.is_ok(), "a painted face has no temperature: {measured:?}");
            std::hint::black_box(decide(&site.policy, &measured));
        }
        Ok([degrees_ms, regions_ms, begun.elapsed().as_secs_f64() * 1e3])
    }
}

/// Faces of 34.3 °C with warmer corners of eyes, in a room of 23 °C, beside a plate of 35 °C; with noise of a twentieth.
fn counts(places: &[(f64, f64, f64)], x: u32, y: u32) -> u16 {
    let plate =
        (PLATE.left..PLATE.left + PLATE.width).contains(&x) && (PLATE.top..PLATE.top + PLATE.height).contains(&y);
    let skin = places.iter().find_map(|(at_x, at_y, mm)| {
        let (right, down) = ((f64::from(x) - at_x) * mm, (f64::from(y) - at_y) * mm);
        let inside = (right / 70.0).powi(2) + ((down - 15.0) / 105.0).powi(2) <= 1.0;
        let corner = (-((right.abs() - 15.0).powi(2) + down.powi(2)) / 23.0).exp();
        inside.then_some(34.3 + 1.5 * corner)
    });
    let noise = f64::from((x.wrapping_mul(2_654_435_761) ^ y.wrapping_mul(2_246_822_519)) >> 16 & 0xff) / 255.0 - 0.5;
    let degrees = if plate { 35.0 } else { skin.unwrap_or(23.0) } + noise * 0.1;
    to_count((degrees + 273.15) * 100.0)
}

#[expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a temperature of a room"
)]
fn to_count(hundredths: f64) -> u16 {
    hundredths.round() as u16
}
