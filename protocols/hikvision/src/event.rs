//! One event's fields to one observation. Not responsible for finding the event in the document.

use observation::{DeviceTime, Kind, Mask, Method, Observation};

use crate::{
    fields::{Decimal, Fields},
    minor, time,
};

/// No roster number, card, serial or time text is longer; more is cut off and said.
const MAX_TEXT_CHARS: usize = 64;

/// Skin temperatures a terminal can measure on a living person, in degrees Celsius; anything else is a broken sensor.
const PLAUSIBLE_C: std::ops::RangeInclusive<f64> = 20.0..=50.0;

/// Where an event was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origin {
    /// Sent by the device of its own accord: the payload says whether it is live.
    Push,
    /// In the answer to a question about stored events: never live.
    Backfill,
}

/// An access event.
pub(crate) fn access_event(fields: Fields<'_>, origin: Origin) -> Observation {
    let mut observation = Observation::new(Kind::Other);
    let codes = (fields.integer(&["majorEventType", "major"]), fields.integer(&["subEventType", "minor"]));
    match codes {
        (Some(major), Some(code)) => match minor::meaning(major, code) {
            Some(meaning) => {
                (observation.kind, observation.method, observation.fault) =
                    (meaning.kind, meaning.method, meaning.fault);
            }
            None => warn(&mut observation, "unknown_event_code"),
        },
        _ => warn(&mut observation, "event_code_missing"),
    }
    read_device(fields, &mut observation);
    read_person(fields, &mut observation);
    read_temperature(fields, &mut observation);
    observation.live = match origin {
        Origin::Push => fields.boolean(&["currentEvent"]),
        Origin::Backfill => Some(false),
    };
    observation.event_no = fields.integer(&["serialNo"]);
    // The second spelling is in the documents of a sister brand.
    observation.previous_event_no = fields.integer(&["frontSerialNo", "fronSerialNo"]);
    observation.mask = mask(fields);
    observation
}

/// An event that is not about access: a sign of life or something of a camera's.
pub(crate) fn other_event(fields: Fields<'_>) -> Observation {
    let event_type = fields.text(&["eventType"]).unwrap_or_default().to_ascii_lowercase();
    let is_inactive = fields.text(&["eventState"]).is_some_and(|it| it.eq_ignore_ascii_case("inactive"));
    let kind = match (event_type.as_str(), is_inactive) {
        // An event stream says every ten seconds or so that no picture signal is missing: its sign of life.
        ("heartbeat", _) | ("videoloss", true) => Kind::Heartbeat,
        ("videoloss", false) => Kind::Alarm,
        _ => Kind::Other,
    };
    let mut observation = Observation::new(kind);
    read_device(fields, &mut observation);
    observation
}

/// Adds a warning once.
pub(crate) fn warn(observation: &mut Observation, warning: &str) {
    if !observation.warnings.iter().any(|it| it == warning) {
        observation.warnings.push(warning.to_owned());
    }
}

fn read_device(fields: Fields<'_>, observation: &mut Observation) {
    let serial = fields.text(&["shortSerialNumber", "serialNumber"]);
    observation.device_serial = bounded(serial, "device_serial_truncated", observation);
    match fields.text(&["macAddress"]).map(|it| mac(&it)) {
        Some(Some(mac)) => observation.device_mac = Some(mac),
        Some(None) => warn(observation, "mac_unreadable"),
        None => {}
    }
    let raw = fields.raw_text(&["dateTime", "time"]);
    observation.device_time_raw = bounded(raw, "device_time_raw_truncated", observation).unwrap_or_default();
    observation.device_time = read_time(observation);
}

fn read_time(observation: &mut Observation) -> Option<DeviceTime> {
    if observation.device_time_raw.is_empty() {
        return None;
    }
    time::read(&observation.device_time_raw).map_err(|warning| warn(observation, warning)).ok()
}

fn read_person(fields: Fields<'_>, observation: &mut Observation) {
    // The numeric form of older firmware says 0 for nobody.
    let number = || fields.text(&["employeeNo"]).filter(|it| it != "0");
    let person_ref = fields.text(&["employeeNoString"]).or_else(number);
    observation.person_ref = bounded(person_ref, "person_ref_truncated", observation);
    let card_no = fields.text(&["cardNo"]).filter(|it| it.chars().any(|digit| digit != '0'));
    observation.card_no = bounded(card_no, "card_no_truncated", observation);
    if fields.text(&["QRCodeInfo"]).is_some() {
        // What the code says is a credential, not a roster number: it is left in the body.
        observation.method = Method::Qr;
    } else if observation.method == Method::Unknown
        && observation.card_no.is_some()
        && matches!(observation.kind, Kind::AccessGranted | Kind::AccessDenied)
    {
        observation.method = Method::Card;
    }
}

fn read_temperature(fields: Fields<'_>, observation: &mut Observation) {
    // The first spelling lacks an "r" on every device seen; the second is in case somebody corrects it.
    observation.over_limit = fields.boolean(&["isAbnomalTemperature", "isAbnormalTemperature"]);
    let measured = match fields.decimal(&["currTemperature"]) {
        // Zero is how a terminal without the thermal module fills the field.
        Decimal::Absent | Decimal::Is(0.0) => return,
        Decimal::Unreadable => return warn(observation, "temperature_unreadable"),
        Decimal::Is(measured) => measured,
    };
    let celsius = match fields.text(&["thermometryUnit"]).unwrap_or_default().to_ascii_lowercase().as_str() {
        "" | "celsius" => measured,
        "fahrenheit" => (measured - 32.0) * 5.0 / 9.0,
        _ => return warn(observation, "temperature_unit_unknown"),
    };
    // Devices compute in single precision: 37.3 may arrive as 37.299999 and must not fall below a limit for it.
    let celsius = (celsius * 100.0).round() / 100.0;
    if PLAUSIBLE_C.contains(&celsius) {
        observation.temperature_c = Some(celsius);
    } else {
        warn(observation, "temperature_implausible");
    }
}

fn mask(fields: Fields<'_>) -> Mask {
    match fields.text(&["mask"]).unwrap_or_default().to_ascii_lowercase().as_str() {
        "yes" => Mask::Worn,
        "no" => Mask::Missing,
        _ => Mask::Unknown,
    }
}

fn bounded(text: Option<String>, warning: &str, observation: &mut Observation) -> Option<String> {
    let mut text = text?;
    if let Some((end, _)) = text.char_indices().nth(MAX_TEXT_CHARS) {
        text.truncate(end);
        warn(observation, warning);
    }
    Some(text)
}

/// Six lower-case pairs with colons, from any of the usual ways to write them.
fn mac(text: &str) -> Option<String> {
    let digits: Vec<char> = text.chars().filter(|it| !matches!(it, ':' | '-' | '.')).collect();
    let is_mac = digits.len() == 12 && digits.iter().all(char::is_ascii_hexdigit);
    let pairs = digits.chunks(2).map(|pair| pair.iter().collect::<String>().to_ascii_lowercase());
    is_mac.then(|| pairs.collect::<Vec<_>>().join(":"))
}
