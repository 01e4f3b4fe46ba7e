//! From counts to degrees Celsius by FLIR's camera model, once for every count a parameter set can have.
//!
//! The model (reference: thermal.md section 1.4): radiation of the object, weakened by its emissivity, by the air on both sides
//! of a window and by the window, plus what the object mirrors and what air and window radiate themselves.

use crate::camera::{Camera, Unphysical};

const ZERO_C_K: f64 = 273.15;
/// Numbers that sixteen bits can have.
const COUNTS: usize = 1 << 16;

/// The temperature of every count, in degrees Celsius; not a number where no temperature gives that count.
#[derive(Debug, Clone)]
pub struct CelsiusTable(Vec<f64>);

impl CelsiusTable {
    /// Of one set of parameters.
    ///
    /// # Errors
    /// A parameter that no scene has.
    pub fn of(camera: &Camera) -> Result<Self, Unphysical> {
        camera.check()?;
        let scene = Scene::of(camera);
        Ok(Self((0..=u16::MAX).map(|count| scene.celsius(f64::from(count))).collect()))
    }

    /// By a straight line: degrees a count, and degrees at none.
    pub(crate) fn linear(degrees_a_count: f64, at_zero: f64) -> Self {
        Self((0..=u16::MAX).map(|count| f64::from(count) * degrees_a_count + at_zero).collect())
    }

    /// The temperature of a count.
    pub fn at(&self, count: u16) -> f64 {
        debug_assert_eq!(self.0.len(), COUNTS, "a table has every count");
        self.0.get(usize::from(count)).copied().unwrap_or(f64::NAN)
    }
}

/// One parameter set, as far as it can be computed before any count is known.
struct Scene {
    r1: f64,
    b: f64,
    f: f64,
    o: f64,
    r2: f64,
    /// What divides the counts.
    share: f64,
    /// What is taken off them.
    strays: f64,
}

impl Scene {
    fn of(camera: &Camera) -> Self {
        let (e, w) = (f64::from(camera.emissivity), f64::from(camera.window_transmission));
        let planck = [camera.r1, camera.b, camera.f, camera.r2].map(f64::from);
        let [r1, b, f, r2] = planck;
        let scene = Self { r1, b, f, o: f64::from(camera.o), r2, share: 1.0, strays: 0.0 };
        let t = half_path(camera);
        let share = e * t * w * t;
        let air = scene.counts(f64::from(camera.atmosphere_k));
        let window = if w < 1.0 { scene.counts(f64::from(camera.window_k)) } else { 0.0 };
        let reflected = if e < 1.0 { scene.counts(f64::from(camera.reflected_k)) } else { 0.0 };
        let strays = (1.0 - t) / (e * t) * air
            + (1.0 - t) / share * air
            + (1.0 - w) / (e * t * w) * window
            + (1.0 - e) / e * reflected;
        Self { share, strays, ..scene }
    }

    /// What a black body of this temperature reads.
    fn counts(&self, kelvin: f64) -> f64 {
        self.r1 / (self.r2 * ((self.b / kelvin).exp() - self.f)) - self.o
    }

    fn celsius(&self, count: f64) -> f64 {
        let object = count / self.share - self.strays;
        self.b / (self.r1 / (self.r2 * (object + self.o)) + self.f).ln() - ZERO_C_K
    }
}

/// How much of the radiation the air lets through on half of the way: a window stands in its middle.
fn half_path(camera: &Camera) -> f64 {
    let t = f64::from(camera.atmosphere_k) - ZERO_C_K;
    // Water vapour, from the relative humidity and the air's temperature.
    let vapour =
        f64::from(camera.humidity) * (1.5587 + 6.939e-2 * t - 2.7816e-4 * t.powi(2) + 6.8455e-7 * t.powi(3)).exp();
    let half = (f64::from(camera.distance_m) / 2.0).sqrt();
    let band = |alpha: f32, beta: f32| (-half * (f64::from(alpha) + f64::from(beta) * vapour.sqrt())).exp();
    let x = f64::from(camera.x);
    x * band(camera.alpha1, camera.beta1) + (1.0 - x) * band(camera.alpha2, camera.beta2)
}
