//! From a body to observations.

use kernel::{Celsius, Instant64};
use observation::{DeviceTime, Kind, Observation};

use crate::batch::{Batch, FORMAT, PASSAGES_MOST, Passage};

/// The longest number, card or serial that is read.
const TEXT_MOST: usize = 64;

/// What a body says: one observation a passage, a heartbeat where there is none, `unparseable` alone where nothing can be read.
pub fn decode(body: &[u8]) -> Vec<Observation> {
    let unreadable = |why: &str| vec![Observation::unparseable(vec![why.to_owned()])];
    let Ok(batch) = serde_json::from_slice::<Batch>(body) else { return unreadable("not_a_batch") };
    if batch.format != FORMAT {
        return unreadable("unknown_format");
    }
    if PASSAGES_MOST < batch.passages.len() {
        return unreadable("too_many_passages");
    }
    if is_too_long(&batch) {
        return unreadable("text_too_long");
    }
    if batch.passages.is_empty() {
        let heartbeat = Observation::new(Kind::Heartbeat);
        return vec![Observation { live: Some(true), ..at(heartbeat, &batch.serial, batch.sent_at) }];
    }
    batch.passages.iter().map(|it| observation(it, &batch.serial)).collect()
}

fn is_too_long(batch: &Batch) -> bool {
    let long = |it: &Option<String>| it.as_ref().is_some_and(|it| TEXT_MOST < it.len());
    TEXT_MOST < batch.serial.len() || batch.passages.iter().any(|it| long(&it.employee_no) || long(&it.card_no))
}

fn at(it: Observation, serial: &str, at: Instant64) -> Observation {
    Observation {
        device_serial: Some(serial.to_owned()),
        device_time: DeviceTime::from_micros(at.micros()),
        device_time_raw: at.to_string(),
        ..it
    }
}

fn observation(it: &Passage, serial: &str) -> Observation {
    let kind = if it.granted { Kind::AccessGranted } else { Kind::AccessDenied };
    // A number that is no temperature at all is no reading.
    let temperature_c = it.temperature_c.filter(|degrees| Celsius::new(*degrees).is_ok());
    let warnings = if temperature_c == it.temperature_c { Vec::new() } else { vec!["temperature_range".to_owned()] };
    Observation {
        method: it.method.into(),
        person_ref: it.employee_no.clone(),
        card_no: it.card_no.clone(),
        live: Some(it.live),
        event_no: Some(it.no),
        previous_event_no: it.previous,
        temperature_c,
        over_limit: it.over_limit,
        mask: it.mask.into(),
        fault: it.fault.map(Into::into),
        warnings,
        ..at(Observation::new(kind), serial, it.at)
    }
}

#[cfg(test)]
mod tests {
    use observation::{Fault, Mask, Method};

    use super::*;

    const BODY: &str = r#"{"format":1,"serial":"G-001","sent_at":"2026-03-01T23:52:12Z","passages":[
        {"no":512,"previous":511,"at":"2026-03-01T23:52:11Z","live":true,"granted":true,"method":"face","employee_no":"1024",
         "temperature_c":36.5,"over_limit":false,"mask":"worn"},
        {"no":513,"previous":512,"at":"2026-03-01T23:52:12Z","live":false,"granted":false,"method":"qr","mask":"missing",
         "fault":"pass_revoked"}]}"#;

    #[test]
    fn each_passage_is_one_observation() {
        let read = decode(BODY.as_bytes());
        let [first, second] = read.as_slice() else { panic!("two passages") };
        assert_eq!((first.kind, first.method, first.mask), (Kind::AccessGranted, Method::Face, Mask::Worn));
        assert_eq!((first.person_ref.as_deref(), first.temperature_c), (Some("1024"), Some(36.5)));
        assert_eq!((first.event_no, first.previous_event_no, first.live), (Some(512), Some(511), Some(true)));
        assert_eq!(first.device_time_raw, "2026-03-01T23:52:11Z");
        assert_eq!((second.kind, second.fault), (Kind::AccessDenied, Some(Fault::PassRevoked)));
        assert_eq!(second.live, Some(false));
    }

    #[test]
    fn a_batch_without_passages_is_a_heartbeat_with_a_clock() {
        let body = r#"{"format":1,"serial":"G-001","sent_at":"2026-03-01T23:52:12Z","passages":[]}"#;
        let read = decode(body.as_bytes());
        assert_eq!(read.len(), 1);
        assert_eq!((read[0].kind, read[0].live), (Kind::Heartbeat, Some(true)));
        assert!(read[0].device_time.is_some());
    }

    #[test]
    fn what_cannot_be_read_stands_alone_and_says_why() {
        let many = format!(
            r#"{{"format":1,"serial":"G","sent_at":"2026-03-01T23:52:12Z","passages":[{}]}}"#,
            vec![
                r#"{"no":1,"at":"2026-03-01T23:52:11Z","live":true,"granted":true,"method":"face","mask":"worn"}"#;
                201
            ]
            .join(",")
        );
        let cases = [
            ("", "not_a_batch"),
            ("<a/>", "not_a_batch"),
            (r#"{"format":1}"#, "not_a_batch"),
            (&BODY.replace("\"format\":1", "\"format\":2"), "unknown_format"),
            (&BODY.replace("\"method\":\"qr\"", "\"method\":\"smell\""), "not_a_batch"),
            (&BODY.replace("1024", &"9".repeat(65)), "text_too_long"),
            (&many, "too_many_passages"),
        ];
        for (body, why) in cases {
            let read = decode(body.as_bytes());
            assert_eq!(read.len(), 1, "{why}");
            assert_eq!(
                (read[0].kind, read[0].warnings.as_slice()),
                (Kind::Unparseable, &[why.to_owned()][..]),
                "{body}"
            );
        }
    }

    #[test]
    fn a_temperature_that_nothing_has_is_no_reading() {
        let read = decode(BODY.replace("36.5", "1e9").as_bytes());
        assert_eq!((read[0].temperature_c, read[0].warnings.len()), (None, 1));
    }
}
