//! The file that tells scripts, journeys and benches that a demo serves, and how to get in. Not responsible for when.

use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use anyhow::Context;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::player::DemoDevice;

/// What the file holds.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Ready {
    /// The users' listener, such as `http://127.0.0.1:8080`.
    pub base_url: String,
    /// The devices' listener.
    pub devices_url: String,
    /// One a role.
    pub sign_ins: Vec<SignIn>,
    /// For a tablet at the first gate.
    pub gate_enrolment: GateEnrolment,
    /// Terminals.
    pub devices: Vec<ReadyDevice>,
    /// Some of the people on the rosters.
    pub people: Vec<ReadyPerson>,
}

/// How one demo account signs in.
#[derive(Clone, Serialize, Deserialize)]
pub struct SignIn {
    /// Code of the role.
    pub role: String,
    /// The account's name.
    pub login: String,
    /// Empty for a guard.
    pub password: String,
    /// Only a guard has one.
    pub pin: Option<String>,
    /// In base 32; a guard has none.
    pub totp_secret: Option<String>,
}

impl std::fmt::Debug for SignIn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SignIn({} {})", self.role, self.login)
    }
}

/// A code that enrols a tablet.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct GateEnrolment {
    /// At which gate.
    pub gate_id: String,
    /// Typed in on the tablet.
    pub code: String,
}

/// A terminal.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ReadyDevice {
    /// Its id.
    pub id: String,
    /// Its gate.
    pub gate_id: String,
    /// The gate's site.
    pub site_id: String,
    /// Its serial number.
    pub serial: String,
    /// Its MAC address.
    pub mac: String,
    /// `in` or `out`.
    pub direction: String,
    /// Where it pushes to, with its secret.
    pub path: String,
}

/// Somebody on a roster.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ReadyPerson {
    /// Her number there.
    pub employee_no: String,
    /// Where.
    pub site_id: String,
    /// Her phone: the demo shows what it would be sent.
    #[serde(default)]
    pub phone: String,
    /// The last four characters of her document.
    #[serde(default)]
    pub document_tail: String,
}

impl Ready {
    /// Writes the file so that a reader finds all of it or nothing, and nobody else can read it.
    ///
    /// # Errors
    /// When the folder is not writable.
    pub fn write(&self, path: &Path) -> anyhow::Result<()> {
        write_private(path, self)
    }
}

impl From<&DemoDevice> for ReadyDevice {
    fn from(it: &DemoDevice) -> Self {
        Self {
            id: it.id.clone(),
            gate_id: it.gate_id.clone(),
            site_id: it.site_id.clone(),
            serial: it.serial.clone(),
            mac: it.mac.clone(),
            direction: it.direction.clone(),
            path: it.path.clone(),
        }
    }
}

/// Writes JSON that holds secrets: for nobody else's eyes, and whole or not at all.
pub(super) fn write_private(path: &Path, value: &impl Serialize) -> anyhow::Result<()> {
    let partial = path.with_extension("partial");
    let mut file = std::fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&partial)?;
    file.write_all(&serde_json::to_vec_pretty(value)?)?;
    file.sync_all()?;
    drop(file);
    std::fs::rename(&partial, path).with_context(|| format!("writing {}", path.display()))
}

/// Reads it back.
pub(super) fn read_private<T: DeserializeOwned>(path: &Path) -> anyhow::Result<T> {
    let json = std::fs::read(path).with_context(|| format!("reading {}", path.display()))?;
    serde_json::from_slice(&json).with_context(|| format!("{} does not hold what it should", path.display()))
}
