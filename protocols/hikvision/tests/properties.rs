//! What holds for any event and any picture.

use hikvision::{decode, redact, sample};
use observation::{Observation, event_key, sha256_hex};
use proptest::prelude::*;

fn any_event() -> impl Strategy<Value = sample::SampleEvent> {
    let who =
        (proptest::option::of("\\PC{0,80}"), proptest::option::of("[0-9]{0,20}"), proptest::option::of("\\PC{0,40}"));
    let what = (prop_oneof![Just(5_i64), 0..9_i64], 0..200_i64, any::<i64>(), proptest::option::of(any::<bool>()));
    let how = (proptest::option::of(-10.0..120.0_f64), "celsius|fahrenheit|kelvin", "yes|no|unknown|", any::<u32>());
    let time = "2026-0[1-9]-1[0-9]T0[0-9]:00:[0-5][0-9](\\+08:00|Z|)";
    (who, what, how, time).prop_map(|((employee_no, card_no, qr_code), (major, minor, event_no, live), how, time)| {
        let (temperature, thermometry_unit, mask, active_post_count) = how;
        sample::SampleEvent {
            employee_no,
            card_no,
            qr_code,
            major,
            minor,
            event_no,
            live,
            temperature,
            thermometry_unit,
            mask: Some(mask),
            active_post_count,
            time,
            ..Default::default()
        }
    })
}

/// Pictures of all sorts: like JPEGs, without an end, with line breaks and boundaries of others in them.
fn any_picture() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        (any::<u64>(), 0..4_000_usize).prop_map(|(seed, len)| sample::sample_jpeg(seed, len)),
        proptest::collection::vec(any::<u8>(), 0..300),
        "[-\\r\\n (){}<a:]{0,40}".prop_map(String::into_bytes),
        "\\(picture removed: [0-9]{1,4} bytes, sha256 [0-9a-f]{64}\\)\n?".prop_map(String::into_bytes),
    ]
}

proptest! {
    #[test]
    fn a_redacted_body_says_the_same(event in any_event(), picture in any_picture(), is_known in any::<bool>()) {
        let (content_type, body) = sample::multipart_body(&event, &picture);
        let content_type = Some(content_type.as_str()).filter(|_| is_known);
        let redacted = redact(content_type, &body);
        prop_assert_eq!(decode(content_type, &redacted.bytes), decode(content_type, &body));
        prop_assert_eq!(redact(content_type, &redacted.bytes).bytes, redacted.bytes);
    }

    #[test]
    fn a_picture_is_taken_out_and_stated(event in any_event(), seed in any::<u64>(), len in 100..30_000_usize) {
        let picture = sample::sample_jpeg(seed, len);
        let (content_type, body) = sample::multipart_body(&event, &picture);
        let redacted = redact(Some(&content_type), &body);
        prop_assert!(redacted.bytes.len() < 3_000);
        prop_assert_eq!(redacted.pictures.len(), 1);
        prop_assert_eq!(redacted.pictures[0].len, picture.len());
        prop_assert_eq!(&redacted.pictures[0].sha256, &sha256_hex(&picture));
        prop_assert_eq!(redacted.pictures[0].content_type.as_deref(), Some("image/jpeg"));
        prop_assert_eq!(decode(None, &redacted.bytes)[0].picture_sha256.clone(), Some(sha256_hex(&picture)));
    }

    #[test]
    fn a_copy_has_the_key_of_the_first(
        event in any_event(), live in proptest::option::of(any::<bool>()), posts in any::<u32>(), picture in any_picture(),
    ) {
        let copy = sample::SampleEvent { live, active_post_count: posts, ..event.clone() };
        let first = decode(None, &sample::json_body(&event));
        let key = |observation: &Observation| event_key(b"device", observation);
        prop_assert_eq!(key(&decode(None, &sample::multipart_body(&copy, &picture).1)[0]), key(&first[0]));
        prop_assert_eq!(key(&decode(None, &sample::backfill_body(&[copy]))[0]), key(&first[0]));
    }

    #[test]
    fn every_form_of_an_event_says_the_same(event in any_event()) {
        let plain = decode(None, &sample::json_body(&event));
        prop_assert_eq!(&decode(None, &sample::pretty_body(&event)), &plain);
        prop_assert_eq!(&decode(None, &sample::wrapped_body(&event)), &plain);
    }

    #[test]
    fn any_bytes_keep_the_invariants(data in proptest::collection::vec(any::<u8>(), 0..400)) {
        hikvision::fuzz_targets::decode_target(&data);
        hikvision::fuzz_targets::redact_target(&data);
        hikvision::fuzz_targets::inspect_target(&data);
    }
}

#[test]
fn a_body_that_is_nothing_but_a_picture_is_redacted_too() {
    let picture = sample::sample_jpeg(7, 500);
    for content_type in [None, Some("image/jpeg")] {
        let redacted = redact(content_type, &picture);
        assert_eq!(redacted.pictures.len(), 1);
        assert!(redacted.bytes.starts_with(b"(picture removed: "));
        assert_eq!(decode(content_type, &redacted.bytes), decode(content_type, &picture));
    }
}

#[test]
fn a_boundary_is_still_seen_when_the_picture_it_touches_is_gone() {
    let (content_type, body) = sample::multipart_body(&sample::SampleEvent::default(), &sample::sample_jpeg(7, 500));
    let end = body.len() - b"\r\n--MIME_boundary--\r\n".len();
    let next = b"--MIME_boundary\r\n\r\n{\"eventType\":\"heartBeat\"}\r\n--MIME_boundary--";
    let touching = [&body[..end], next].concat();
    let redacted = redact(Some(&content_type), &touching);
    assert_eq!(redacted.pictures.len(), 1);
    assert_eq!(decode(Some(&content_type), &touching).len(), 2);
    assert_eq!(decode(Some(&content_type), &redacted.bytes), decode(Some(&content_type), &touching));
}

#[test]
fn a_body_without_pictures_stays_byte_for_byte() {
    for body in [&b"junk \xff"[..], b"", b"{\"a\":1}", b"--b\n\n{}\n--b--"] {
        let redacted = redact(None, body);
        assert_eq!((redacted.bytes.as_slice(), redacted.pictures.len()), (body, 0));
    }
}
