//! `gate.toml` in the gate's folder. Unknown keys and bad values stop the start with the key's name.

use std::fs;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use serde::Deserialize;

const FILE: &str = "gate.toml";

/// How a gate is set up. Every part has a default but the camera.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct GateConfig {
    /// The page at the door.
    pub page: PageConfig,
    /// Where faces come from; a gate without one knows people by badge and pass.
    pub camera: Option<CameraConfig>,
    /// Where badges and passes come from beside the camera.
    pub reader: Option<ReaderConfig>,
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

/// Where pictures come from.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CameraConfig {
    /// A folder of pictures, JPEG or PNG, shown in the order of their names: a recorded stream.
    pub folder: PathBuf,
    /// Pictures in a second.
    #[serde(default = "ten")]
    pub frames_per_s: f64,
    /// Whether it begins again after the last one.
    #[serde(default)]
    pub repeat: bool,
}

fn ten() -> f64 {
    10.0
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
        /// The file: a serial line, or a GPIO's `value`.
        path: PathBuf,
        /// Hexadecimal.
        on: String,
        /// Hexadecimal.
        off: String,
        /// How long it stays on.
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
        if let Some(camera) = &mut it.camera {
            camera.folder = folder.join(&camera.folder);
            if !(0.1..=60.0).contains(&camera.frames_per_s) {
                bail!("camera.frames_per_s must be from 0.1 to 60");
            }
            if it.models.is_none() {
                bail!("a camera needs `models`: the folder that `make models` fills");
            }
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
            ("[camera]\nfolder = \"a\"\nfps = 3", "fps"),
            ("[camera]\nfolder = \"a\"", "models"),
            ("models = \"m\"\n[camera]\nfolder = \"a\"\nframes_per_s = 0.0", "frames_per_s"),
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
