//! Outlines of areas against damaged files: what is taken is sound, whatever was sent. `FUGONG_FUZZ_SECONDS` makes it go on for
//! that long; `make fuzz` sets it.

use fuzz_stable::{Fuzz, Kind};
use places::shapes::geometry::ring_fault;
use places::shapes::reading::read;

const N_ROUNDS: usize = 3_000;
/// Digits, signs and brackets.
const DICTIONARY: &[&[u8]] = &[
    b"0", b"1", b"2", b"3", b"4", b"5", b"6", b"7", b"8", b"9", b".", b"-", b",", b"[", b"]", b"null", b"1e400",
    b"180.0", b"-90",
];

/// Files to start from: a polygon with a hole, two polygons, and what is nearly one.
fn corpus() -> Vec<Vec<u8>> {
    let feature = |geometry: &str| {
        format!(
            r#"{{"type":"FeatureCollection","features":[{{"properties":{{"code":"350104001002"}},"geometry":{geometry}}}]}}"#
        )
    };
    let ring = "[[119.0,26.0],[119.2,26.0],[119.2,26.2],[119.1,26.25],[119.0,26.2],[119.0,26.0]]";
    let hole = "[[119.05,26.05],[119.1,26.05],[119.1,26.1],[119.05,26.05]]";
    let one = format!(r#"{{"type":"Polygon","coordinates":[{ring},{hole}]}}"#);
    let two = format!(r#"{{"type":"MultiPolygon","coordinates":[[{ring}],[{hole}]]}}"#);
    [feature(&one), feature(&two), feature("null"), feature(r#"{"type":"Point","coordinates":[1e400,2]}"#)]
        .map(String::into_bytes)
        .into()
}

/// Whatever is taken has rings without a fault, inside its bounds.
fn target(data: &[u8]) {
    let Ok(features) = read(data, None) else { return };
    for shape in features.iter().filter_map(|it| it.shape.as_ref().ok()) {
        let b = shape.bounds;
        for ring in shape.polygons.iter().flatten() {
            assert_eq!(ring_fault(ring), None, "{ring:?}");
            let inside = |it: &[f64; 2]| {
                (b.west_deg..=b.east_deg).contains(&it[0]) && (b.south_deg..=b.north_deg).contains(&it[1])
            };
            assert!(ring.iter().all(inside), "{ring:?} outside {b:?}");
        }
    }
}

fn drive(kind: Kind, dice: u64) {
    Fuzz { seeds: &corpus(), dictionary: DICTIONARY, kind, rounds: N_ROUNDS, dice }.drive(target);
}

#[test]
fn fuzz_outlines() {
    drive(Kind::Text, 4);
}

#[test]
fn fuzz_outlines_of_any_bytes() {
    drive(Kind::Bytes, 5);
}
