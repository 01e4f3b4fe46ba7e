//! The line `fugong inspect` prints. Not responsible for exit codes or for where the line goes.

use serde::{Serialize, Serializer};

use crate::{DeviceTime, Kind, Mask, Method, Observation};

/// The keys of a readable event, in the order they are printed. This is a contract: tests outside the product read it.
#[derive(Serialize)]
struct EventLine<'a> {
    kind: Kind,
    method: Method,
    device_serial: Option<&'a str>,
    person_ref: Option<&'a str>,
    card_no: Option<&'a str>,
    device_time: Option<DeviceTime>,
    device_time_raw: Option<&'a str>,
    live: Option<bool>,
    event_no: Option<i64>,
    temperature_c: Option<f64>,
    over_limit: Option<bool>,
    mask: Mask,
    picture_sha256: Option<&'a str>,
    warnings: &'a [String],
}

/// The keys of bytes nothing could be read from.
#[derive(Serialize)]
struct UnparseableLine<'a> {
    kind: Kind,
    warnings: &'a [String],
}

impl Observation {
    /// One line of JSON without a line break.
    pub fn to_json_line(&self) -> String {
        // Strings, numbers and options of them always serialise; an empty line would mean that this stopped being true.
        serde_json::to_string(self).unwrap_or_default()
    }
}

impl Serialize for Observation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.kind == Kind::Unparseable {
            return UnparseableLine { kind: self.kind, warnings: &self.warnings }.serialize(serializer);
        }
        EventLine {
            kind: self.kind,
            method: self.method,
            device_serial: self.device_serial.as_deref(),
            person_ref: self.person_ref.as_deref(),
            card_no: self.card_no.as_deref(),
            device_time: self.device_time,
            device_time_raw: Some(self.device_time_raw.as_str()).filter(|it| !it.is_empty()),
            live: self.live,
            event_no: self.event_no,
            temperature_c: self.temperature_c,
            over_limit: self.over_limit,
            mask: self.mask,
            picture_sha256: self.picture_sha256.as_deref(),
            warnings: &self.warnings,
        }
        .serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Fault;

    #[test]
    fn an_unknown_value_is_null_and_its_key_is_still_there() {
        assert_eq!(
            Observation::new(Kind::Door).to_json_line(),
            r#"{"kind":"door","method":"unknown","device_serial":null,"person_ref":null,"card_no":null,"device_time":null,"device_time_raw":null,"live":null,"event_no":null,"temperature_c":null,"over_limit":null,"mask":"unknown","picture_sha256":null,"warnings":[]}"#
        );
    }

    #[test]
    fn a_full_event_shows_every_value_and_no_mac_or_fault() {
        let observation = Observation {
            method: Method::Face,
            device_serial: Some("GX0000031".into()),
            device_mac: Some("02:00:5e:10:00:31".into()),
            person_ref: Some("1024".into()),
            card_no: Some("77".into()),
            device_time: DeviceTime::from_micros(1_772_409_131_000_000),
            device_time_raw: "2026-03-02T07:52:11+08:00".into(),
            live: Some(true),
            event_no: Some(512),
            previous_event_no: Some(511),
            temperature_c: Some(36.4),
            over_limit: Some(false),
            mask: Mask::WornWrong,
            picture_sha256: Some("ab".into()),
            warnings: vec!["odd".into()],
            fault: Some(Fault::SpoofSuspected),
            ..Observation::new(Kind::AccessDenied)
        };
        assert_eq!(
            observation.to_json_line(),
            r#"{"kind":"access_denied","method":"face","device_serial":"GX0000031","person_ref":"1024","card_no":"77","device_time":"2026-03-01T23:52:11Z","device_time_raw":"2026-03-02T07:52:11+08:00","live":true,"event_no":512,"temperature_c":36.4,"over_limit":false,"mask":"worn_wrong","picture_sha256":"ab","warnings":["odd"]}"#
        );
    }

    #[test]
    fn unreadable_bytes_have_a_kind_and_warnings_and_nothing_else() {
        let observation = Observation::unparseable(vec!["no_document".into()]);
        assert_eq!(observation.to_json_line(), r#"{"kind":"unparseable","warnings":["no_document"]}"#);
    }

    #[test]
    fn a_line_break_in_a_value_does_not_break_the_line() {
        let observation = Observation { card_no: Some("1\n2".into()), ..Observation::new(Kind::Other) };
        assert!(!observation.to_json_line().contains('\n'));
    }
}
