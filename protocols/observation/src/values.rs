//! The values themselves. Not responsible for how they are written (see `line`) or named (see `key`).

use serde::Serialize;

use crate::DeviceTime;

/// What one terminal event says, in our words and units.
#[derive(Debug, Clone, PartialEq)]
pub struct Observation {
    /// What happened.
    pub kind: Kind,
    /// By which credential, as the event itself says; never the mode the device is configured for.
    pub method: Method,
    /// The serial number the device gives for itself.
    pub device_serial: Option<String>,
    /// The device's MAC address, six lower-case pairs with colons.
    pub device_mac: Option<String>,
    /// The person's number on the device's roster (an employee number).
    pub person_ref: Option<String>,
    /// The card that was shown.
    pub card_no: Option<String>,
    /// The device's time, when its text names an instant.
    pub device_time: Option<DeviceTime>,
    /// The device's time exactly as sent; empty when it sent none.
    pub device_time_raw: String,
    /// Whether the event is happening now (`true`) or is a stored one sent later (`false`).
    pub live: Option<bool>,
    /// The device's number of this event. It wraps and resets, so it names nothing by itself.
    pub event_no: Option<i64>,
    /// The number of the event before this one, as the device says; a gap shows lost events.
    pub previous_event_no: Option<i64>,
    /// Measured skin temperature in degrees Celsius.
    pub temperature_c: Option<f64>,
    /// Whether the device's own threshold was exceeded.
    pub over_limit: Option<bool>,
    /// What the device saw of a mask.
    pub mask: Mask,
    /// SHA-256 of the picture that came with the event, 64 lower-case hex digits.
    pub picture_sha256: Option<String>,
    /// What was odd about the bytes: stable codes in snake case.
    pub warnings: Vec<String>,
    /// Why the device refused, or what it suspects.
    pub fault: Option<Fault>,
}

impl Observation {
    /// An observation of which only the kind is known.
    pub fn new(kind: Kind) -> Self {
        Self {
            kind,
            method: Method::Unknown,
            device_serial: None,
            device_mac: None,
            person_ref: None,
            card_no: None,
            device_time: None,
            device_time_raw: String::new(),
            live: None,
            event_no: None,
            previous_event_no: None,
            temperature_c: None,
            over_limit: None,
            mask: Mask::Unknown,
            picture_sha256: None,
            warnings: Vec::new(),
            fault: None,
        }
    }

    /// The observation that stands for bytes nothing could be read from.
    pub fn unparseable(warnings: Vec<String>) -> Self {
        Self { warnings, ..Self::new(Kind::Unparseable) }
    }

    /// Whom the event is about as far as the device knows: the person's number, else the card.
    pub fn person(&self) -> Option<&str> {
        self.person_ref.as_deref().or(self.card_no.as_deref())
    }
}

/// What happened at the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The terminal let somebody in.
    AccessGranted,
    /// The terminal refused somebody.
    AccessDenied,
    /// A lock, contact or exit button changed, with nobody named.
    Door,
    /// Something a person should look at: forced or held door, tampering, tailgating.
    Alarm,
    /// The device is alive and has nothing to say.
    Heartbeat,
    /// A readable event that is none of these.
    Other,
    /// Bytes nothing could be read from.
    Unparseable,
}

/// The credential by which a person was identified. Where several were asked for, the biometric one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// A card.
    Card,
    /// A face.
    Face,
    /// A fingerprint.
    Fingerprint,
    /// A QR code held before the camera.
    Qr,
    /// A password, PIN or one-time code.
    Password,
    /// A command from afar or a key fob, not a credential at the door.
    Remote,
    /// The event does not say.
    Unknown,
}

/// What the device saw of a mask.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Mask {
    /// A mask, worn.
    Worn,
    /// No mask.
    Missing,
    /// A mask that leaves nose or mouth free.
    WornWrong,
    /// Not checked, or the device could not tell.
    Unknown,
}

/// Why a terminal refused, or what it suspects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// The device took the face for a picture or a mask of somebody.
    SpoofSuspected,
    /// The device does not know the card, finger or number.
    UnknownPerson,
    /// What was shown does not match anybody, or not the person it should.
    NotMatched,
    /// Known, but not allowed through this door.
    NoPermission,
    /// Known, but not at this hour, or the door is resting.
    OutsideSchedule,
    /// Known, but the validity has ended.
    Expired,
    /// On the device's block list.
    Blocklisted,
    /// Identification was begun and not finished in time.
    TimedOut,
    /// Passed in already without having passed out, or the reverse.
    Passback,
    /// Showed another credential than the door asks for, or one that is switched off.
    WrongCredential,
    /// Fits somebody, and not well enough to say so.
    Uncertain,
    /// Fits two people, or shows two people.
    Ambiguous,
    /// The pass that was shown has run out.
    PassExpired,
    /// The pass that was shown was taken back.
    PassRevoked,
    /// The pass that was shown cannot be checked.
    PassUnverifiable,
    /// The pass that was shown is good for other places.
    PassElsewhere,
}
