//! What a FLIR camera writes of itself and of the scene: the constants between counts and temperatures.

use serde::Serialize;

use crate::bytes::{Order, text};

/// Parameters of one image. Temperatures in kelvin, as they are stored.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Camera {
    /// Of the object, 0 to 1.
    pub emissivity: f32,
    /// To the object.
    pub distance_m: f32,
    /// What the object mirrors.
    pub reflected_k: f32,
    /// The air between.
    pub atmosphere_k: f32,
    /// A window in front of the lens.
    pub window_k: f32,
    /// How much of the radiation it lets through, 0 to 1.
    pub window_transmission: f32,
    /// Relative humidity, 0 to 1.
    pub humidity: f32,
    /// Planck constant R1.
    pub r1: f32,
    /// Planck constant B.
    pub b: f32,
    /// Planck constant F.
    pub f: f32,
    /// Planck constant O.
    pub o: i32,
    /// Planck constant R2.
    pub r2: f32,
    /// Attenuation of air without water vapour.
    pub alpha1: f32,
    /// The same, the other band.
    pub alpha2: f32,
    /// Attenuation by water vapour.
    pub beta1: f32,
    /// The same, the other band.
    pub beta2: f32,
    /// Share of the first band.
    pub x: f32,
    /// As the camera names itself.
    pub model: String,
    /// Its serial number.
    pub serial: String,
    /// Median of the counts as the camera saw them; none where it wrote none.
    pub raw_median: Option<u16>,
}

/// A parameter that no scene has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the camera's {0} is no value that a scene can have")]
pub struct Unphysical(pub &'static str);

// Where the fields lie in the camera's record (reference: thermal.md section 3; checked against images of 15 camera types).
const EMISSIVITY: usize = 0x20;
const DISTANCE: usize = 0x24;
const REFLECTED: usize = 0x28;
const ATMOSPHERE: usize = 0x2c;
const WINDOW: usize = 0x30;
const WINDOW_TRANSMISSION: usize = 0x34;
const HUMIDITY: usize = 0x3c;
const R1: usize = 0x58;
const B: usize = 0x5c;
const F: usize = 0x60;
const ALPHA1: usize = 0x70;
const ALPHA2: usize = 0x74;
const BETA1: usize = 0x78;
const BETA2: usize = 0x7c;
const X: usize = 0x80;
const MODEL: usize = 0xd4;
const SERIAL: usize = 0x104;
const O: usize = 0x308;
const R2: usize = 0x30c;
const RAW_MEDIAN: usize = 0x338;
const TEXT_MOST: usize = 16;
const MODEL_MOST: usize = 32;
/// Older cameras write per cent.
const PERCENT_FROM: f32 = 2.0;

impl Camera {
    /// Out of the camera's record; none when it ends before its last field.
    pub(crate) fn parse(record: &[u8], order: Order) -> Option<Self> {
        let f32 = |at| order.f32(record, at);
        let humidity = f32(HUMIDITY)?;
        Some(Self {
            emissivity: f32(EMISSIVITY)?,
            distance_m: f32(DISTANCE)?,
            reflected_k: f32(REFLECTED)?,
            atmosphere_k: f32(ATMOSPHERE)?,
            window_k: f32(WINDOW)?,
            window_transmission: f32(WINDOW_TRANSMISSION)?,
            humidity: if PERCENT_FROM < humidity { humidity / 100.0 } else { humidity },
            r1: f32(R1)?,
            b: f32(B)?,
            f: f32(F)?,
            o: order.i32(record, O)?,
            r2: f32(R2)?,
            alpha1: f32(ALPHA1)?,
            alpha2: f32(ALPHA2)?,
            beta1: f32(BETA1)?,
            beta2: f32(BETA2)?,
            x: f32(X)?,
            model: text(record, MODEL, MODEL_MOST),
            serial: text(record, SERIAL, TEXT_MOST),
            raw_median: order.i32(record, RAW_MEDIAN).and_then(|it| u16::try_from(it).ok()).filter(|it| *it != 0),
        })
    }

    /// Whether temperatures can be computed from it at all.
    ///
    /// # Errors
    /// The first parameter that divides by nothing, or is no number.
    pub fn check(&self) -> Result<(), Unphysical> {
        let share = |it: f32| 0.0 < it && it <= 1.0;
        let warm = |it: f32| it.is_finite() && 0.0 < it;
        let sound = [
            ("emissivity", share(self.emissivity)),
            ("window transmission", share(self.window_transmission)),
            ("distance", self.distance_m.is_finite() && 0.0 <= self.distance_m),
            ("humidity", (0.0..=1.0).contains(&self.humidity)),
            ("reflected temperature", warm(self.reflected_k)),
            ("atmospheric temperature", warm(self.atmosphere_k)),
            ("window temperature", self.window_transmission >= 1.0 || warm(self.window_k)),
            ("Planck constants", warm(self.r1) && warm(self.r2) && warm(self.b) && self.f.is_finite()),
        ];
        sound.into_iter().find(|it| !it.1).map_or(Ok(()), |it| Err(Unphysical(it.0)))
    }
}
