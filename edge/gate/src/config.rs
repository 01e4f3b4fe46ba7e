//! `gate.toml` in the gate's folder. Unknown keys and bad values stop the start with the key's name.

use std::fs;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use camera::Source;
use serde::Deserialize;

const FILE: &str = "gate.toml";

/// How a gate is set up. Every part has a default but the camera.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct GateConfig {
    /// The page at the door.
    pub page: PageConfig,
    /// Where faces come from; a gate without one knows people by badge and pass.
    pub camera: Option<Source>,
    /// Where badges and passes come from beside the camera.
    pub reader: Option<ReaderConfig>,
    /// Where temperatures come from; a gate without it measures none.
    pub thermal: Option<ThermalConfig>,
    /// What opens.
    pub door: DoorConfig,
    /// Folder of the face models, as `make models` fills it.
    pub models: Option<PathBuf>,
}

/// The page at the door.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PageConfig {
    /// Address to listen on; the screen at the door is on this machine.
    pub listen: SocketAddr,
}

impl Default for PageConfig {
    fn default() -> Self {
        Self { listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 8090)) }
    }
}

/// A thermal camera beside the other one.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ThermalConfig {
    /// The calibration file of both cameras (docs/thermal.md).
    pub rig: PathBuf,
    /// The air of the room, in degrees Celsius.
    pub air_c: f64,
    /// How well it is known, one standard deviation in kelvin.
    #[serde(default = "half")]
    pub air_u_k: f64,
    /// The air outdoors, where it is known: who comes from much colder or warmer air waits before she is measured.
    #[serde(default)]
    pub outdoors: Option<Outdoors>,
    /// For how long people have been in the room's air when they are looked at, in seconds: none, at a door to the street.
    #[serde(default)]
    pub indoors_s: f64,
    /// The share of those who come with a fever.
    #[serde(default = "one_in_a_hundred")]
    pub fevers: f64,
    /// Whether the screen takes clinical readings of those who pass, from which the site's offset is learnt: while somebody stands there with a
    /// thermometer. What was learnt stays in use without it.
    #[serde(default)]
    pub pairing: bool,
    /// Where its frames come from.
    pub source: ThermalSource,
}

/// Where the air outdoors is known from.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum Outdoors {
    /// Degrees Celsius, as somebody set them.
    Degrees(f64),
    /// A weather station's.
    File {
        /// A file that holds the number, in degrees Celsius; written anew at least every two hours, or it is believed no more.
        path: PathBuf,
    },
}

/// Where radiometric frames come from: FLIR and Hikvision files, 16-bit PNG and TIFF.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, tag = "kind", rename_all = "snake_case")]
pub enum ThermalSource {
    /// A camera that gives a frame when it is asked over HTTP.
    Http {
        /// What is asked.
        url: String,
    },
    /// A folder of frames in the order of their names, again and again.
    Folder {
        /// The folder.
        path: PathBuf,
    },
}

fn half() -> f64 {
    0.5
}

fn one_in_a_hundred() -> f64 {
    0.01
}

/// A reader that writes a line for what is held to it: a number, or the text of a pass.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReaderConfig {
    /// Its device, such as a serial line.
    pub path: PathBuf,
}

/// What opens.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, tag = "kind", rename_all = "snake_case")]
pub enum DoorConfig {
    /// Nothing: a person opens by what the page says.
    #[default]
    None,
    /// A controller that opens when it is asked to over HTTP.
    Http {
        /// What is posted to.
        url: String,
    },
    /// A relay behind a device file: bytes that switch it on, and after a while those that switch it off.
    Relay {
        /// The file, such as a serial line.
        path: PathBuf,
        /// Hexadecimal.
        on: String,
        /// Hexadecimal.
        off: String,
        /// How long it stays on.
        #[serde(default = "two_seconds")]
        hold_ms: u64,
    },
    /// A line of a GPIO chip of this machine, active while the door is open.
    Gpio {
        /// The chip's device, such as `/dev/gpiochip0`.
        chip: PathBuf,
        /// The line's offset on it, as `gpioinfo` says.
        line: u32,
        /// Active is low.
        #[serde(default)]
        active_low: bool,
        /// How long it stays active.
        #[serde(default = "two_seconds")]
        hold_ms: u64,
    },
}

fn two_seconds() -> u64 {
    2_000
}

impl GateConfig {
    /// Reads the folder's configuration; without a file everything is as by default. Relative paths are relative to the folder.
    ///
    /// # Errors
    /// The file's, with the name of the key.
    pub fn load(folder: &Path) -> anyhow::Result<Self> {
        let file = folder.join(FILE);
        let text = match fs::read_to_string(&file) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(error).with_context(|| file.display().to_string()),
        };
        let mut it: Self = toml::from_str(&text).with_context(|| file.display().to_string())?;
        it.models = it.models.map(|path| folder.join(path));
        if let Some(thermal) = &mut it.thermal {
            thermal.rig = folder.join(&thermal.rig);
            if let ThermalSource::Folder { path } = &mut thermal.source {
                *path = folder.join(&*path);
            }
            if !(0.0001..=0.5).contains(&thermal.fevers) {
                bail!("thermal.fevers is a share: from 0.0001 to 0.5");
            }
            if it.camera.is_none() {
                bail!("thermal needs a camera beside it: faces are found there");
            }
        }
        match &mut it.camera {
            Some(Source::Folder(recorded)) => recorded.path = folder.join(&recorded.path),
            Some(Source::Mjpeg(recorded)) => recorded.path = folder.join(&recorded.path),
            Some(Source::V4l2(_) | Source::Rtsp(_)) | None => {}
        }
        if it.camera.is_some() && it.models.is_none() {
            bail!("a camera needs `models`: the folder that `make models` fills");
        }
        Ok(it)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_key_stops_the_start_with_its_name() {
        let folder = tempfile::tempdir().unwrap();
        for (text, named) in [
            ("[page]\nlisten = \"x\"", "listen"),
            ("[camera]\nkind = \"folder\"\npath = \"a\"\nfps = 3", "fps"),
            ("[camera]\nkind = \"folder\"\npath = \"a\"", "models"),
            ("models = \"m\"\n[camera]\nkind = \"folder\"\npath = \"a\"\nframes_per_s = 0.0", "frames_per_s"),
            ("[door]\nkind = \"magic\"", "magic"),
        ] {
            fs::write(folder.path().join(FILE), text).unwrap();
            let error = format!("{:#}", GateConfig::load(folder.path()).unwrap_err());
            assert!(error.contains(named), "{error}");
        }
        fs::remove_file(folder.path().join(FILE)).unwrap();
        assert!(GateConfig::load(folder.path()).unwrap().camera.is_none());
    }
}
