//! Every oddity of the devices that the decoder knows, one sentence each.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on fails"
)]

use hikvision::{decode, sample};
use observation::{Fault, Kind, Mask, Method, Observation};
use serde_json::{Value, json};

/// The sample event with fields changed; a null takes the field out.
fn event(changes: Value) -> Observation {
    let mut body: Value = serde_json::from_slice(&sample::json_body(&sample::SampleEvent::default())).unwrap();
    for (name, value) in changes.as_object().unwrap() {
        let is_of_envelope = body.get(name).is_some();
        let target = if is_of_envelope { &mut body } else { &mut body["AccessControllerEvent"] };
        let fields = target.as_object_mut().unwrap();
        if value.is_null() {
            fields.remove(name)
        } else {
            fields.insert(name.clone(), value.clone())
        };
    }
    only(decode(Some("application/json"), body.to_string().as_bytes()))
}

fn only(observations: Vec<Observation>) -> Observation {
    let [only] = <[Observation; 1]>::try_from(observations).expect("one observation");
    only
}

#[test]
fn a_face_event_is_read_whole() {
    let it = event(json!({}));
    assert_eq!((it.kind, it.method, it.fault), (Kind::AccessGranted, Method::Face, None));
    assert_eq!(it.device_serial.as_deref(), Some("GX0000031"));
    assert_eq!(it.device_mac.as_deref(), Some("02:00:5e:10:00:31"));
    assert_eq!((it.person_ref.as_deref(), it.card_no), (Some("1024"), None));
    assert_eq!(it.device_time.unwrap().to_string(), "2026-03-01T23:52:11Z");
    assert_eq!(it.device_time_raw, "2026-03-02T07:52:11+08:00");
    assert_eq!((it.live, it.event_no, it.previous_event_no), (Some(true), Some(512), Some(511)));
    assert_eq!((it.temperature_c, it.over_limit, it.mask), (Some(36.4), Some(false), Mask::Worn));
    assert_eq!((it.picture_sha256, it.warnings), (None, vec![]));
}

#[test]
fn the_code_says_what_happened_and_how() {
    let table = [
        (5, 1, Kind::AccessGranted, Method::Card, None),
        (5, 9, Kind::AccessDenied, Method::Card, Some(Fault::UnknownPerson)),
        (5, 38, Kind::AccessGranted, Method::Fingerprint, None),
        (5, 39, Kind::AccessDenied, Method::Fingerprint, Some(Fault::NotMatched)),
        (5, 76, Kind::AccessDenied, Method::Face, Some(Fault::NotMatched)),
        (5, 104, Kind::AccessDenied, Method::Face, Some(Fault::SpoofSuspected)),
        (5, 113, Kind::AccessDenied, Method::Unknown, Some(Fault::Blocklisted)),
        (5, 181, Kind::AccessGranted, Method::Password, None),
        (5, 21, Kind::Door, Method::Unknown, None),
        (5, 27, Kind::Alarm, Method::Unknown, None),
        (5, 37, Kind::Other, Method::Unknown, None),
        (1, 1024, Kind::Alarm, Method::Unknown, None),
        (3, 1024, Kind::Door, Method::Remote, None),
    ];
    for (major, minor, kind, method, fault) in table {
        let it = event(json!({ "majorEventType": major, "subEventType": minor }));
        assert_eq!((it.kind, it.method, it.fault), (kind, method, fault), "{major}/{minor}");
        assert_eq!(it.warnings, Vec::<String>::new(), "{major}/{minor}");
    }
}

#[test]
fn the_configured_mode_never_decides_the_method() {
    for mode in ["card", "fp", "pw", "faceOrFpOrCardOrPw"] {
        assert_eq!(event(json!({ "currentVerifyMode": mode })).method, Method::Face, "{mode}");
    }
}

#[test]
fn an_unlisted_or_missing_code_is_other_with_a_warning() {
    let it = event(json!({ "subEventType": 9999 }));
    assert_eq!((it.kind, it.warnings), (Kind::Other, vec!["unknown_event_code".to_owned()]));
    let it = event(json!({ "subEventType": null }));
    assert_eq!((it.kind, it.warnings), (Kind::Other, vec!["event_code_missing".to_owned()]));
}

#[test]
fn a_refusal_that_any_credential_can_meet_is_a_cards_when_there_is_a_card() {
    for (minor, fault) in [(6, Fault::NoPermission), (7, Fault::OutsideSchedule), (8, Fault::Expired)] {
        let face = event(json!({ "subEventType": minor }));
        assert_eq!((face.kind, face.method, face.fault), (Kind::AccessDenied, Method::Unknown, Some(fault)));
        let card = event(json!({ "subEventType": minor, "cardNo": "1234567890" }));
        assert_eq!(card.method, Method::Card);
    }
}

#[test]
fn a_card_number_of_zero_or_nothing_is_none() {
    for none in [json!("0"), json!(""), json!(" "), json!(0), json!("0000000000"), json!(null)] {
        assert_eq!(event(json!({ "cardNo": none })).card_no, None, "{none}");
    }
    for card in [json!("0012345"), json!(" 0012345 ")] {
        assert_eq!(event(json!({ "cardNo": card })).card_no.as_deref(), Some("0012345"));
    }
    assert_eq!(event(json!({ "cardNo": 4_294_967_295_u64 })).card_no.as_deref(), Some("4294967295"));
}

#[test]
fn a_person_number_may_be_text_or_a_number_or_in_the_other_field() {
    assert_eq!(event(json!({ "employeeNoString": 1024 })).person_ref.as_deref(), Some("1024"));
    assert_eq!(event(json!({ "employeeNoString": " E-7 " })).person_ref.as_deref(), Some("E-7"));
    let other_field = |value: Value| event(json!({ "employeeNoString": null, "employeeNo": value })).person_ref;
    assert_eq!(other_field(json!(1024)).as_deref(), Some("1024"));
    assert_eq!(other_field(json!("1024")).as_deref(), Some("1024"));
    assert_eq!(other_field(json!(0)), None);
    assert_eq!(other_field(json!(null)), None);
}

#[test]
fn an_overlong_person_number_is_cut_and_said() {
    let it = event(json!({ "employeeNoString": "工".repeat(65) }));
    assert_eq!(it.person_ref, Some("工".repeat(64)));
    assert_eq!(it.warnings, ["person_ref_truncated"]);
    assert_eq!(event(json!({ "employeeNoString": "9".repeat(64) })).warnings, Vec::<String>::new());
    let it =
        event(json!({ "cardNo": "1".repeat(70), "dateTime": "x".repeat(70), "shortSerialNumber": "s".repeat(70) }));
    assert_eq!(it.device_time_raw.len(), 64);
    let expected = ["device_serial_truncated", "device_time_raw_truncated", "time_unparsable", "card_no_truncated"];
    assert_eq!(it.warnings, expected);
}

#[test]
fn a_door_event_names_nobody() {
    let it = event(
        json!({ "subEventType": 21, "employeeNoString": null, "name": null, "mask": null, "currTemperature": null }),
    );
    assert_eq!((it.kind, it.person_ref, it.temperature_c, it.mask), (Kind::Door, None, None, Mask::Unknown));
}

#[test]
fn a_scanned_code_is_a_method_and_never_a_person() {
    let changes = json!({ "cardNo": "0", "QRCodeInfo": "RW1:6BF", "employeeNoString": null, "subEventType": 1 });
    let it = event(changes);
    assert_eq!((it.kind, it.method), (Kind::AccessGranted, Method::Qr));
    assert_eq!((&it.person_ref, &it.card_no), (&None, &None));
    assert!(!it.to_json_line().contains("RW1"));
    assert_eq!(event(json!({ "QRCodeInfo": "" })).method, Method::Face);
}

#[test]
fn a_temperature_of_zero_or_none_is_not_measured() {
    for none in [json!(0), json!(0.0), json!("0"), json!("0.0"), json!(""), json!(null), json!(-0.0)] {
        let it = event(json!({ "currTemperature": none }));
        assert_eq!((it.temperature_c, it.warnings.len()), (None, 0), "{none}");
    }
}

#[test]
fn temperatures_are_celsius_to_the_hundredth_whatever_the_unit_and_the_type() {
    let table = [
        (json!(36.4), "celsius", 36.4),
        (json!("36.4"), "Celsius", 36.4),
        (json!(36.600000), "celsius", 36.6),
        (json!(37.299999), "celsius", 37.3),
        (json!(97.7), "fahrenheit", 36.5),
        (json!("99.14"), "Fahrenheit", 37.3),
        (json!(100), "fahrenheit", 37.78),
        (json!(37), "celsius", 37.0),
    ];
    for (measured, unit, celsius) in table {
        let it = event(json!({ "currTemperature": measured, "thermometryUnit": unit }));
        assert_eq!((it.temperature_c, it.warnings.len()), (Some(celsius), 0), "{measured} {unit}");
    }
    assert_eq!(event(json!({ "thermometryUnit": null })).temperature_c, Some(36.4));
}

#[test]
fn a_temperature_nobody_has_is_dropped_and_said() {
    let table = [
        (json!(19.9), "celsius", "temperature_implausible"),
        (json!(50.1), "celsius", "temperature_implausible"),
        (json!(-36.4), "celsius", "temperature_implausible"),
        (json!(97.7), "celsius", "temperature_implausible"),
        (json!(36.4), "fahrenheit", "temperature_implausible"),
        (json!(309.5), "kelvin", "temperature_unit_unknown"),
        (json!("--"), "celsius", "temperature_unreadable"),
        (json!("NaN"), "celsius", "temperature_unreadable"),
    ];
    for (measured, unit, warning) in table {
        let it = event(json!({ "currTemperature": measured, "thermometryUnit": unit }));
        assert_eq!((it.temperature_c, it.warnings), (None, vec![warning.to_owned()]), "{measured} {unit}");
    }
    for edge in [20.0, 50.0] {
        assert_eq!(event(json!({ "currTemperature": edge })).temperature_c, Some(edge));
    }
}

#[test]
fn both_spellings_of_abnormal_are_read() {
    assert_eq!(event(json!({ "isAbnomalTemperature": true })).over_limit, Some(true));
    assert_eq!(event(json!({ "isAbnomalTemperature": "true" })).over_limit, Some(true));
    let correct = json!({ "isAbnomalTemperature": null, "isAbnormalTemperature": true });
    assert_eq!(event(correct).over_limit, Some(true));
    assert_eq!(event(json!({ "isAbnomalTemperature": null })).over_limit, None);
}

#[test]
fn both_spellings_of_the_previous_event_are_read() {
    assert_eq!(event(json!({ "frontSerialNo": "510" })).previous_event_no, Some(510));
    assert_eq!(event(json!({ "frontSerialNo": null, "fronSerialNo": 509 })).previous_event_no, Some(509));
    assert_eq!(event(json!({ "serialNo": "99999" })).event_no, Some(99_999));
}

#[test]
fn a_mask_is_worn_missing_or_unknown() {
    let table = [
        (json!("yes"), Mask::Worn),
        (json!("no"), Mask::Missing),
        (json!("unknown"), Mask::Unknown),
        (json!("perhaps"), Mask::Unknown),
        (json!(null), Mask::Unknown),
        (json!(1), Mask::Unknown),
    ];
    for (said, mask) in table {
        assert_eq!(event(json!({ "mask": said })).mask, mask, "{said}");
    }
}

#[test]
fn live_is_what_the_payload_says_and_otherwise_unknown() {
    let table = [(json!(true), Some(true)), (json!("false"), Some(false)), (json!(null), None), (json!("x"), None)];
    for (said, live) in table {
        assert_eq!(event(json!({ "currentEvent": said })).live, live, "{said}");
    }
}

#[test]
fn a_time_without_offset_or_sense_keeps_its_text_and_has_no_instant() {
    let table = [
        ("2026-03-02T07:52:11", "time_without_offset"),
        ("2026-03-02 07:52:11", "time_without_offset"),
        ("1971--10--29 -23:-27:-54", "time_unparsable"),
        ("2026-02-30T07:52:11+08:00", "time_unparsable"),
    ];
    for (raw, warning) in table {
        let it = event(json!({ "dateTime": raw }));
        assert_eq!((it.device_time, it.device_time_raw.as_str()), (None, raw));
        assert_eq!(it.warnings, [warning]);
    }
    let it = event(json!({ "dateTime": null }));
    assert_eq!((it.device_time, it.device_time_raw.as_str(), it.warnings.len()), (None, "", 0));
    let it = event(json!({ "dateTime": "2026-03-01T23:52:11Z" }));
    assert_eq!(it.device_time.unwrap().as_micros(), 1_772_409_131_000_000);
}

#[test]
fn a_mac_address_is_written_in_one_way() {
    for mac in ["02-00-5E-10-00-31", "02005e100031", "0200.5e10.0031"] {
        assert_eq!(event(json!({ "macAddress": mac })).device_mac.as_deref(), Some("02:00:5e:10:00:31"));
    }
    let it = event(json!({ "macAddress": "none" }));
    assert_eq!((it.device_mac, it.warnings), (None, vec!["mac_unreadable".to_owned()]));
}

#[test]
fn signs_of_life_are_heartbeats() {
    let heartbeat = |kind: &str, state: &str| {
        let body =
            json!({ "eventType": kind, "eventState": state, "dateTime": "2026-03-02T07:52:11+08:00" }).to_string();
        only(decode(None, body.as_bytes())).kind
    };
    assert_eq!(heartbeat("heartBeat", "active"), Kind::Heartbeat);
    assert_eq!(heartbeat("HeartBeat", "inactive"), Kind::Heartbeat);
    assert_eq!(heartbeat("videoloss", "inactive"), Kind::Heartbeat);
    assert_eq!(heartbeat("videoloss", "active"), Kind::Alarm);
    assert_eq!(heartbeat("VMD", "active"), Kind::Other);
}

#[test]
fn json_wrapped_indented_marked_listed_and_xml_say_the_same() {
    let sample = sample::SampleEvent::default();
    let plain = decode(None, &sample::json_body(&sample));
    let json = String::from_utf8(sample::json_body(&sample)).unwrap();
    let prefixed = String::from_utf8(sample::xml_body(&sample)).unwrap();
    let prefixed = prefixed.replace("</", "</i:").replace("<", "<i:").replace("<i:/i:", "</i:").replace("<i:?", "<?");
    let forms = [
        sample::pretty_body(&sample),
        sample::wrapped_body(&sample),
        sample::xml_body(&sample),
        prefixed.replace("xmlns=", "xmlns:i=").into_bytes(),
        format!("\u{feff}{json}").into_bytes(),
        format!("[{json}]").into_bytes(),
        format!("{{\"EventNotificationAlert\":[{json}]}}").into_bytes(),
        format!("\r\n {json}\0\0").into_bytes(),
        sample::multipart_body(&sample, b"").1,
    ];
    for form in forms {
        assert_eq!(decode(None, &form), plain, "{}", String::from_utf8_lossy(&form));
    }
}

#[test]
fn a_page_of_stored_events_is_never_live() {
    let first = sample::SampleEvent { event_no: 1, ..Default::default() };
    let second = sample::SampleEvent { event_no: 2, employee_no: None, minor: 21, ..Default::default() };
    let observations = decode(None, &sample::backfill_body(&[first, second]));
    assert_eq!(observations.iter().map(|it| it.live).collect::<Vec<_>>(), [Some(false), Some(false)]);
    assert_eq!(observations.iter().map(|it| it.event_no).collect::<Vec<_>>(), [Some(1), Some(2)]);
    assert_eq!(observations.iter().map(|it| it.kind).collect::<Vec<_>>(), [Kind::AccessGranted, Kind::Door]);
}

#[test]
fn a_stored_event_that_claims_to_be_live_is_not() {
    let body = br#"{"AcsEvent":{"InfoList":[{"major":5,"minor":75,"currentEvent":true}]}}"#;
    assert_eq!(only(decode(None, body)).live, Some(false));
}

#[test]
fn a_page_without_events_is_an_answer_all_the_same() {
    let it = only(decode(None, &sample::backfill_body(&[])));
    assert_eq!((it.kind, it.warnings), (Kind::Other, vec!["empty_batch".to_owned()]));
}

#[test]
fn stored_events_as_xml_are_found_whatever_the_element_is_called() {
    let item = "<major>5</major><minor>75</minor><time>2026-03-02T07:30:16+08:00</time><serialNo>7</serialNo>";
    let around = format!("<AcsEvent><InfoList><Info>{item}</Info><Info>{item}</Info></InfoList></AcsEvent>");
    let directly = format!("<AcsEvent><InfoList>{item}</InfoList><InfoList>{item}</InfoList></AcsEvent>");
    for body in [around, directly] {
        assert_eq!(decode(None, body.as_bytes()).len(), 2, "{body}");
    }
}

#[test]
fn the_first_picture_behind_an_event_is_its_picture() {
    let picture = sample::sample_jpeg(1, 2_000);
    let (content_type, body) = sample::multipart_body(&sample::SampleEvent::default(), &picture);
    let it = only(decode(Some(&content_type), &body));
    assert_eq!(it.picture_sha256, Some(observation::sha256_hex(&picture)));
    assert_eq!(only(decode(None, &body)), it);
}

#[test]
fn a_picture_behind_an_unreadable_event_is_not_given_to_the_one_before() {
    let body = b"--b\n\n{\"eventType\":\"heartBeat\"}\n--b\n\n{\"broken\n--b\nContent-Type: image/jpeg\n\nx\n--b--";
    let it = only(decode(None, body));
    assert_eq!((it.picture_sha256, it.warnings), (None, vec!["part_ignored".to_owned()]));
}

#[test]
fn a_picture_behind_an_unreadable_event_is_not_given_to_the_next_one() {
    let body = b"--b\n\n{\"broken\n--b\nContent-Type: image/jpeg\n\nx\n--b\n\n{\"eventType\":\"heartBeat\"}\n--b--";
    assert_eq!(only(decode(None, body)).picture_sha256, None);
}

#[test]
fn a_second_picture_does_not_replace_the_first() {
    let picture = "--b\nContent-Type: image/jpeg\n\n";
    let body = format!("--b\n\n{{\"eventType\":\"x\"}}\n{picture}one\n{picture}two\n--b--");
    assert_eq!(only(decode(None, body.as_bytes())).picture_sha256, Some(observation::sha256_hex(b"one")));
}

#[test]
fn a_picture_before_the_only_event_is_its_picture() {
    let body = b"--b\nContent-Type: image/jpeg\n\nx\n--b\n\n{\"eventType\":\"heartBeat\"}\n--b--";
    assert!(only(decode(None, body)).picture_sha256.is_some());
}

#[test]
fn which_event_of_a_batch_a_picture_shows_is_not_guessed() {
    let body = b"--b\n\n[{\"eventType\":\"x\"},{\"eventType\":\"y\"}]\n--b\nContent-Type: image/jpeg\n\nx\n--b--";
    let observations = decode(None, body);
    assert_eq!(observations[0].warnings, ["picture_unassigned"]);
    assert!(observations.iter().all(|it| it.picture_sha256.is_none()));
}

#[test]
fn a_stream_gives_all_its_events() {
    let one = |event_no| {
        let event = sample::SampleEvent { event_no, ..Default::default() };
        let json = String::from_utf8(sample::json_body(&event)).unwrap();
        format!("--boundary\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{json}\r\n", json.len())
    };
    let stream = format!("{}{}{}", one(1), one(2), one(3));
    let observations = decode(Some("multipart/mixed; boundary=boundary"), stream.as_bytes());
    assert_eq!(observations.iter().map(|it| it.event_no).collect::<Vec<_>>(), [Some(1), Some(2), Some(3)]);
}

#[test]
fn what_cannot_be_read_is_one_unparseable_observation() {
    let table: [(&[u8], &str); 9] = [
        (b"", "no_document"),
        (b"hello", "no_document"),
        (b"\xff\xd8\xff\xe0", "no_document"),
        (b"{}", "not_an_event"),
        (b"[]", "empty_list"),
        (b"[1]", "not_an_event"),
        (b"{\"a\":", "json_broken"),
        (b"<a><b></a>", "xml_broken"),
        (b"<a>1</a>", "not_an_event"),
    ];
    for (body, warning) in table {
        let it = only(decode(None, body));
        assert_eq!(it.to_json_line(), format!(r#"{{"kind":"unparseable","warnings":["{warning}"]}}"#));
    }
}

#[test]
fn oversized_bodies_are_bounded_and_said() {
    let long = format!("{{\"eventType\":\"{}\"}}", "x".repeat(5_000_000));
    assert_eq!(only(decode(None, long.as_bytes())).warnings, ["document_too_large"]);
    let many = format!("[{}]", vec!["{\"eventType\":\"x\"}"; 5_000].join(","));
    let observations = decode(None, many.as_bytes());
    assert_eq!(observations.len(), 4_096);
    assert_eq!(observations.last().unwrap().warnings, ["batch_truncated"]);
    let one_more = "--b\n\n{\"eventType\":\"x\"}\n".repeat(4_097);
    let with_picture = format!("{one_more}--b\nContent-Type: image/jpeg\n\nx\n--b--");
    let last = decode(None, with_picture.as_bytes()).pop().unwrap();
    assert_eq!(last.picture_sha256, None, "the picture is that of an event that was not read");
}
