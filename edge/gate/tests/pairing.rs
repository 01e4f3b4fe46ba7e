//! A site learns its offset from clinical readings of those who passed.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::as_conversions,
    clippy::cast_precision_loss,
    missing_docs,
    reason = "a test that cannot go on stops loudly"
)]

use std::path::Path;
use std::sync::{Arc, Mutex};

use body_temperature::{
    Budget, Celsius, Clinical, Estimate, Grade, Kelvins, MillimetresPerPixel, Quality, Rig, Site, State,
};
use gate::{Heat, PairFault, Pairing, SharedEye, Store, ThermalEye, Told};
use gate_link::{PassageMask, PassageMethod};
use kernel::Instant64;
use kernel::time::MINUTE;
use screening::{GateRules, Outcome, Passage};
use serde_json::{Value, json};

const RIG: &str = "version = 1\nrig = \"test\"\ncalibrated_on = 2026-11-20\ncamera_model = \"flir_a325sc\"\n\
    [visible]\nwidth_px = 1280\nheight_px = 960\nfocal_px = [1500.0, 1500.0]\ncentre_px = [640.0, 480.0]\n\
    [thermal]\nwidth_px = 640\nheight_px = 512\nfocal_px = [1040.0, 1040.0]\ncentre_px = [320.0, 256.0]\n\
    [thermal_from_visible]\nrotation = [[1, 0, 0], [0, 1, 0], [0, 0, 1]]\ntranslation_mm = [0.0, 0.0, 0.0]\n\
    residual_mm = 1.0\ndepth_mm = [200, 3000]\n";
/// What this site's thermometer says more than the shipped offset does.
const TRUE_OFFSET: f64 = 0.31;

fn at(minutes: i64) -> Instant64 {
    Instant64::from_micros(1_772_409_131_000_000).plus(minutes * MINUTE)
}

fn eye() -> SharedEye {
    Arc::new(Mutex::new(ThermalEye::new(Rig::read(RIG).unwrap(), Celsius(23.0), Kelvins(0.5), 0.01)))
}

fn estimate(body_c: f64) -> Estimate {
    let none = Kelvins(0.0);
    let of = Celsius(body_c);
    Estimate {
        body_c: of,
        low_c: of,
        high_c: of,
        p_fever: 0.0,
        quality: Quality {
            grade: Grade::Good,
            n_frames: 5,
            mm_per_pixel: MillimetresPerPixel(0.9),
            canthus_c: of,
            face_max_c: None,
        },
        budget: Budget { person: none, repeat: none, reference: none, air: none, pixels: none, offset: none },
        notes: Vec::new(),
        before_offset: of,
        unreferenced: of,
    }
}

/// A passage of somebody who was measured.
fn told(no: i64, when: Instant64, body_c: f64) -> Told {
    let heat = Heat {
        estimate_c: Some(body_c),
        low_c: None,
        high_c: None,
        p_fever: None,
        state: State::Clear,
        why: Vec::new(),
        estimate: Some(Arc::new(estimate(body_c))),
    };
    Told {
        no,
        at: when,
        outcome: Outcome::Admit,
        reasons: Vec::new(),
        direction: Passage::In,
        method: PassageMethod::Face,
        masked_name: Some("王*".to_owned()),
        employee_no: Some(format!("E{no}")),
        team: None,
        temperature_c: Some(body_c),
        heat: Some(heat),
        mask: PassageMask::Unknown,
        opened: true,
        after_ms: None,
    }
}

fn ear(reading: f64) -> Clinical {
    Clinical { reading_c: Celsius(reading), site: Site::Tympanic }
}

/// Readings to a tenth of a degree, as a thermometer shows them, around estimates that scatter by some tenths.
fn person(no: i64) -> (f64, f64) {
    let body = 36.4 + f64::from(i32::try_from(no % 7).unwrap()) * 0.1;
    let error = f64::from(i32::try_from(no * 5 % 9).unwrap() - 4) * 0.06;
    (body + error - TRUE_OFFSET, (body * 10.0).round() / 10.0)
}

async fn open(folder: &Path, rig: &str, is_on: bool) -> (Pairing, Store) {
    let store = Store::open(folder).await.unwrap();
    (Pairing::load(store.clone(), eye(), rig.as_bytes(), is_on).await.unwrap(), store)
}

fn shown(pairing: &Pairing, now: Instant64) -> Value {
    serde_json::to_value(pairing.state(&GateRules::default_rules(), now)).unwrap()
}

#[tokio::test]
async fn fifty_readings_teach_an_offset_that_outlives_a_restart_and_not_another_rig() {
    let folder = tempfile::tempdir().unwrap();
    let (pairing, store) = open(folder.path(), RIG, true).await;
    for no in 1..=50 {
        let (estimate, reading) = person(no);
        pairing.note(&told(no, at(no), estimate));
        assert_eq!(pairing.adopt(at(no)).await, Err(PairFault::NothingLearnt), "{no}");
        pairing.pair(no, ear(reading), at(no)).await.unwrap();
    }
    let state = shown(&pairing, at(50));
    let by = state["learnt"]["by"].as_f64().unwrap();
    assert!((by - TRUE_OFFSET).abs() < 0.08, "{state}");
    assert_eq!((&state["pairs"], &state["in_use"]), (&json!(50), &Value::Null), "learnt is not in use yet");
    pairing.adopt(at(51)).await.unwrap();
    store.close().await;
    // Switched off and on again, without anybody who measures.
    let (pairing, store) = open(folder.path(), RIG, false).await;
    assert_eq!(pairing.in_use().unwrap().offset.by.0, by);
    assert_eq!(pairing.pair(50, ear(36.5), at(52)).await, Err(PairFault::Off));
    store.close().await;
    let (pairing, store) = open(folder.path(), &RIG.replace("\"test\"", "\"moved\""), true).await;
    assert_eq!((pairing.in_use(), &shown(&pairing, at(53))["pairs"]), (None, &json!(0)));
    store.close().await;
}

#[tokio::test]
async fn a_reading_is_of_somebody_who_passed_just_now_and_of_a_body() {
    let folder = tempfile::tempdir().unwrap();
    let (pairing, store) = open(folder.path(), RIG, true).await;
    pairing.note(&told(1, at(0), 36.2));
    let arm = Clinical { reading_c: Celsius(36.4), site: Site::Axillary };
    for (no, reading, now, fault) in [
        (2, ear(36.5), at(1), PairFault::PassageUnknown),
        (1, ear(3.65), at(1), PairFault::OutOfRange),
        (1, ear(f64::NAN), at(1), PairFault::OutOfRange),
        (1, arm, at(1), PairFault::Axillary),
        (1, ear(36.5), at(11), PairFault::PassageUnknown),
    ] {
        assert_eq!(pairing.pair(no, reading, now).await, Err(fault));
    }
    assert_eq!(pairing.undo().await, Err(PairFault::PassageUnknown), "there is none");
    pairing.pair(1, ear(36.5), at(1)).await.unwrap();
    pairing.pair(1, ear(36.6), at(2)).await.unwrap();
    let state = shown(&pairing, at(2));
    assert_eq!(
        (&state["pairs"], &state["waiting"][0]["is_paired"]),
        (&json!(1), &json!(true)),
        "measured again is one pair"
    );
    assert_eq!(state["refused"], json!({ "code": "too_few", "n": 1 }));
    pairing.undo().await.unwrap();
    assert_eq!(shown(&pairing, at(2))["pairs"], 0);
    store.close().await;
}

#[tokio::test]
async fn what_was_learnt_is_added_and_taken_off_again() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).await.unwrap();
    let pairing = Pairing::load(store.clone(), eye(), RIG.as_bytes(), true).await.unwrap();
    for no in 1..=60 {
        let (estimate, reading) = person(no);
        pairing.note(&told(no, at(no), estimate));
        pairing.pair(no, ear(reading), at(no)).await.unwrap();
    }
    pairing.adopt(at(61)).await.unwrap();
    assert_eq!(pairing.in_use().unwrap().since, at(61));
    pairing.forget().await.unwrap();
    let state = shown(&pairing, at(62));
    assert_eq!((&state["pairs"], &state["in_use"]), (&json!(0), &Value::Null));
    // A gate that is revoked has nothing left of it.
    pairing.note(&told(70, at(63), 36.2));
    pairing.pair(70, ear(36.5), at(63)).await.unwrap();
    store.wipe().await.unwrap();
    store.close().await;
    let (pairing, store) = open(folder.path(), RIG, true).await;
    assert_eq!(shown(&pairing, at(64))["pairs"], 0);
    store.close().await;
}
