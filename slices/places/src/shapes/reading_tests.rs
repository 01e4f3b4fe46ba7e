//! What is read of a file, and what is refused of it.

use serde_json::json;

use super::*;

fn file(features: &Value) -> Vec<u8> {
    json!({ "type": "FeatureCollection", "features": features }).to_string().into_bytes()
}

fn square(code: &Value) -> Value {
    json!({
        "type": "Feature", "properties": { "code": code, "name": "东街" },
        "geometry": {
            "type": "Polygon",
            "coordinates": [[[119.0, 26.0, 5.0], [119.1, 26.0], [119.1, 26.1], [119.0, 26.1], [119.0, 26.0]]],
        },
    })
}

fn one(feature: Value) -> Result<Shape, Fault> {
    read(&file(&json!([feature])), None).unwrap().remove(0).shape
}

#[test]
fn a_square_is_read_with_its_area_and_box() {
    for code in [json!("999999001"), json!(999_999_001), json!(" 999999001 ")] {
        let shape = one(square(&code)).unwrap();
        assert_eq!((shape.area.as_str(), shape.n_points), ("999999001", 5));
        assert_eq!((shape.bounds.west_deg, shape.bounds.north_deg), (119.0, 26.1));
    }
    let mut named = square(&json!("1"));
    named["properties"]["QH"] = json!("999999002");
    let read = read(&file(&json!([named])), Some("QH")).unwrap();
    assert_eq!(read[0].code, "999999002");
    assert!(read[0].shape.is_ok());
}

#[test]
fn each_fault_has_its_name() {
    let with = |geometry: Value| {
        let mut feature = square(&json!("999999001"));
        feature["geometry"] = geometry;
        one(feature).unwrap_err()
    };
    let rings = |rings: Value| with(json!({ "type": "Polygon", "coordinates": rings }));
    assert_eq!(with(Value::Null), Fault::Kind);
    assert_eq!(with(json!({ "type": "Point", "coordinates": [1, 2] })), Fault::Kind);
    assert_eq!(with(json!({ "type": "GeometryCollection", "geometries": [] })), Fault::Kind);
    assert_eq!(with(json!({ "type": "Polygon", "coordinates": "x" })), Fault::Kind);
    assert_eq!(rings(json!([[[1], [2], [3], [1]]])), Fault::Kind);
    assert_eq!(rings(json!([])), Fault::Ring(ShapeFault::Empty));
    assert_eq!(rings(json!([[[0, 0], [1, 0], [1, 1], [0, 1]]])), Fault::Ring(ShapeFault::Open));
    assert_eq!(rings(json!([[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]])), Fault::Ring(ShapeFault::Crossing));
    assert_eq!(rings(json!([[[0, 0], [200, 0], [1, 1], [0, 0]]])), Fault::Ring(ShapeFault::Range));
    let long: Vec<Value> = (0..=MOST_POINTS).map(|_| json!([0, 0])).collect();
    assert_eq!(rings(json!([long])), Fault::Points);
    assert_eq!(one(square(&json!("x"))).unwrap_err(), Fault::Code);
    assert_eq!(one(square(&Value::Null)).unwrap_err(), Fault::Code);
}

#[test]
fn what_is_no_collection_is_refused_whole() {
    let not: [&[u8]; 5] = [b"", b"{", b"[]", b"{\"type\":\"Feature\"}", b"{\"type\":\"Topology\",\"features\":[]}"];
    for file in not {
        assert_eq!(read(file, None), Err(FileFault::Form));
    }
    assert_eq!(read(&file(&json!([])), None), Ok(vec![]));
    let many: Vec<Value> = (0..=MOST_FEATURES).map(|_| json!({})).collect();
    assert_eq!(read(&file(&json!(many)), None), Err(FileFault::TooMany));
}
