//! Outlines of areas against damaged files: what is taken is sound, whatever was sent. `FUGONG_FUZZ_SECONDS` makes it go on for
//! that long; `make fuzz` sets it.
#![expect(clippy::as_conversions, reason = "a die has few sides")]

use std::time::{Duration, Instant};

use places::shapes::geometry::ring_fault;
use places::shapes::reading::read;

const N_ROUNDS: usize = 3_000;

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

#[test]
fn fuzz_outlines() {
    let (corpus, started) = (corpus(), Instant::now());
    let wanted =
        std::env::var("FUGONG_FUZZ_SECONDS").map_or(Duration::ZERO, |it| Duration::from_secs(it.parse().unwrap()));
    let mut random = 4_u64;
    let mut below = |limit: usize| {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        (random % limit.max(1) as u64) as usize
    };
    let mut n_rounds = 0;
    while n_rounds < N_ROUNDS || started.elapsed() < wanted {
        let mut data = corpus[n_rounds % corpus.len()].clone();
        for _ in 0..below(5) {
            let at = below(data.len());
            // Digits, signs and brackets, so that most of it stays JSON.
            match below(3) {
                0 => data[at] = b"0123456789.-"[below(12)],
                1 => data.insert(at, b"0123456789,[]"[below(13)]),
                _ => drop(data.remove(at)),
            }
        }
        target(&data);
        n_rounds += 1;
    }
}
