//! One round of the roster, and what a gate is told when it is enrolled.

use std::collections::BTreeMap;

use kernel::Instant64;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::Buckets;

/// What a gate asks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Ask {
    /// Anew each time; the answer is bound to it.
    pub nonce: Uuid,
    /// What it holds.
    pub buckets: Buckets,
    /// What it knows of passes: the `next` of the last answer.
    #[serde(default)]
    pub passes_since: Option<String>,
    /// How it is.
    pub health: Health,
    /// Where nothing differs, wait for something that may: the answer comes then, or after some seconds.
    #[serde(default)]
    pub wait: bool,
    /// Not more entries than so many in one answer, a bucket more or less: a line on which long answers break off asks for short ones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entries_most: Option<u32>,
}

/// How a gate is, for the page of its device.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Health {
    /// Its program.
    pub version: String,
    /// What its clock shows.
    pub clock_at: Option<Instant64>,
    /// Passages that wait for the network.
    pub waiting: u64,
    /// Cameras that give pictures, and all of them.
    pub cameras_live: u32,
    /// All cameras.
    pub cameras: u32,
    /// Room on its disk, in MiB.
    pub disk_free_mib: u64,
    /// Why it measures no temperatures; none while it does.
    pub thermal_fault: Option<String>,
    /// The offset that the site has learnt; none while the one that was shipped is in use.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub thermal_offset: Option<ThermalOffset>,
    /// Why its door did not open the last time, or would not; none while it does.
    pub door_fault: Option<String>,
}

/// A site's own offset of body temperatures, as it is in use.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct ThermalOffset {
    /// Added to estimates, in kelvin.
    pub by_k: f64,
    /// Its standard error, in kelvin.
    pub u_k: f64,
    /// From so many pairs.
    pub pairs: u64,
    /// Since when.
    pub since: Instant64,
}

/// What a gate is told.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    /// When this was true.
    pub made_at: Instant64,
    /// The gate and its site, now.
    pub gate: GateFacts,
    /// The rules in force, as the server's own `GateRules`.
    pub rules: serde_json::Value,
    /// Whole buckets: the gate drops what it held of these.
    pub buckets: Vec<u16>,
    /// Everybody in them.
    pub entries: Vec<Entry>,
    /// Other buckets differ, too: ask again at once.
    pub more: bool,
    /// Who signs passes.
    pub trust: Vec<Trust>,
    /// Signed lists of passes that do not hold.
    pub lists: Vec<PassList>,
    /// Whose passes are, as far as it changed.
    pub holders: Vec<Holder>,
    /// What to ask with about passes next time.
    pub passes_next: String,
    /// The highest number of this gate's passages that the server knows: a server that was restored has forgotten some.
    pub last_no: Option<i64>,
    /// Ask again after so many milliseconds.
    pub again_ms: u64,
}

/// A gate and its site as they are now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GateFacts {
    /// As it is called.
    pub gate_name: String,
    /// Its site.
    pub site_name: String,
    /// 16 bytes.
    pub site: Uuid,
    /// The area that the site lies in.
    pub area_code: String,
    /// The lane the device stands at.
    pub lane: i64,
    /// `in` or `out`.
    pub passage: String,
    /// Code of the site's open state.
    pub open_state: String,
    /// Whether this entrance is closed.
    pub gate_closed: bool,
    /// Whether a response is active whose purposes cover screening.
    pub screening_active: bool,
    /// Whether one is whose purposes cover faces.
    pub faces_active: bool,
}

/// Somebody who works here, without her medical reasons.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// The employment.
    pub key: Uuid,
    /// Changes with the entry; only the server knows what it is made of.
    pub digest: i64,
    /// Her number here.
    pub employee_no: String,
    /// Her badge.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub card_no: Option<String>,
    /// Her name, masked.
    pub masked_name: String,
    /// Her team.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team: Option<String>,
    /// What `not_allowed` leads to for her; none when nothing is kept from the gate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_allowed: Option<String>,
    /// When she last declared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub declared_at: Option<Instant64>,
    /// Whether she has a pass that holds.
    pub has_pass: bool,
    /// Whether no required training is lacking here.
    pub is_trained: bool,
    /// When she may come; at any time where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shift: Option<Shift>,
    /// Who announced her, where she is expected as a visitor: her hours are those of the announcement, and her number is what she shows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub host: Option<String>,
    /// Her face, turned by this gate's own key, base64; only while she consents.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub template: Option<String>,
}

/// Hours in which somebody may come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shift {
    /// 1 is Monday.
    pub days: Vec<u8>,
    /// Minutes after midnight.
    pub start_minute: u16,
    /// Minutes after midnight; up to the start means past midnight.
    pub end_minute: u16,
    /// How early before its start she may come in.
    pub early_minutes: u16,
}

/// A key that signs passes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trust {
    /// Whose.
    pub iss: String,
    /// 32 bytes, base64url.
    pub x: String,
}

/// A signed list of passes that do not hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PassList {
    /// As passes name it.
    pub uri: String,
    /// The CWT, base64url.
    pub signed: String,
}

/// Whose a pass is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// The first 16 bytes of the SHA-256 of the pass's id, as hexadecimal digits.
    pub digest: String,
    /// Her number here.
    pub employee_no: String,
    /// When it runs out.
    pub expires_at: Instant64,
}

/// What a gate is given once, for its code.
#[derive(Clone, Serialize, Deserialize)]
pub struct Enrolment {
    /// Which device it is now.
    pub device_id: String,
    /// Its serial number, which every batch states.
    pub serial: String,
    /// Its way through the devices' door.
    pub secret: String,
    /// What answers are sealed under, and its own list of faces turned by: 32 bytes, base64.
    pub link_key: String,
    /// What answers are signed with: 32 bytes, base64.
    pub signed_by: String,
    /// Where the devices' door is.
    pub devices_url: String,
    /// Names to show until the first answer.
    pub names: BTreeMap<String, String>,
}

/// Credentials are not shown.
impl std::fmt::Debug for Enrolment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Enrolment({})", self.device_id)
    }
}
