//! GeoJSON (RFC 7946) as districts hand it out: a collection of features, one property of each naming its area.

use kernel::AreaCode;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::geometry::{Polygon, ShapeFault, bounds, ring_fault, simplified};
use super::{Fault, Shape};

/// The most points of one feature as it comes.
pub const MOST_POINTS: usize = 20_000;
/// The most points of one shape as it is kept.
pub const MOST_KEPT: usize = 4_000;
/// The most features of one file.
const MOST_FEATURES: usize = 20_000;
/// Properties that may name the area, where the sender names none.
const USUAL: [&str; 4] = ["code", "area_code", "adcode", "代码"];

#[derive(Deserialize)]
struct Collection {
    #[serde(rename = "type")]
    kind: String,
    features: Vec<Feature>,
}

#[derive(Deserialize)]
struct Feature {
    properties: Option<Map<String, Value>>,
    geometry: Option<Geometry>,
}

#[derive(Deserialize)]
struct Geometry {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    coordinates: Value,
}

/// What a file as a whole may be wrong with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileFault {
    /// No FeatureCollection.
    Form,
    /// More features than a file may have.
    TooMany,
}

/// A feature as read: the text of its code, and its shape or what is wrong with it.
#[derive(Debug, Clone, PartialEq)]
pub struct Read {
    /// As it stands there; empty without one.
    pub code: String,
    /// The shape, checked and simplified.
    pub shape: Result<Shape, Fault>,
}

/// Reads a file. Work for a thread that may be busy for a second.
pub fn read(file: &[u8], property: Option<&str>) -> Result<Vec<Read>, FileFault> {
    let file = file.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(file);
    let collection: Collection = serde_json::from_slice(file).map_err(|_| FileFault::Form)?;
    if collection.kind != "FeatureCollection" {
        return Err(FileFault::Form);
    }
    match collection.features.len() <= MOST_FEATURES {
        true => Ok(collection.features.iter().map(|it| feature(it, property)).collect()),
        false => Err(FileFault::TooMany),
    }
}

fn feature(it: &Feature, property: Option<&str>) -> Read {
    let named = |name: &str| it.properties.as_ref().and_then(|all| all.get(name)).and_then(text);
    let code = match property {
        Some(name) => named(name),
        None => USUAL.iter().find_map(|name| named(name)),
    };
    let code = code.unwrap_or_default();
    let shape = AreaCode::parse(&code).map_err(|_| Fault::Code).and_then(|area| shape(area, it.geometry.as_ref()));
    Read { code, shape }
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn shape(area: AreaCode, geometry: Option<&Geometry>) -> Result<Shape, Fault> {
    let Some(geometry) = geometry else { return Err(Fault::Kind) };
    let form = |_| Fault::Kind;
    let polygons: Vec<Vec<Vec<Vec<f64>>>> = match geometry.kind.as_str() {
        "Polygon" => vec![Vec::deserialize(&geometry.coordinates).map_err(form)?],
        "MultiPolygon" => Vec::deserialize(&geometry.coordinates).map_err(form)?,
        _ => return Err(Fault::Kind),
    };
    let n_points: usize = polygons.iter().flatten().map(Vec::len).sum();
    if MOST_POINTS < n_points {
        return Err(Fault::Points);
    }
    let kept: Vec<Polygon> = polygons.iter().map(|it| polygon(it)).collect::<Result<_, _>>()?;
    let n_kept: usize = kept.iter().flatten().map(Vec::len).sum();
    if MOST_KEPT < n_kept {
        return Err(Fault::Points);
    }
    let bounds = bounds(&kept).ok_or(Fault::Ring(ShapeFault::Empty))?;
    Ok(Shape { area, polygons: kept, bounds, n_points: n_kept })
}

/// Checks the rings and makes them simpler. Heights beside the coordinates are let go.
fn polygon(rings: &[Vec<Vec<f64>>]) -> Result<Polygon, Fault> {
    if rings.is_empty() {
        return Err(Fault::Ring(ShapeFault::Empty));
    }
    let mut kept = Polygon::with_capacity(rings.len());
    for ring in rings {
        let point = |it: &Vec<f64>| match it.as_slice() {
            [lon, lat, ..] => Ok([*lon, *lat]),
            _ => Err(Fault::Kind),
        };
        let ring = ring.iter().map(point).collect::<Result<Vec<_>, _>>()?;
        if let Some(fault) = ring_fault(&ring) {
            return Err(Fault::Ring(fault));
        }
        let fewer = simplified(&ring, super::geometry::TOLERANCE_DEG);
        kept.extend(fewer.map(|ring| ring.into_iter().map(rounded).collect()));
    }
    Ok(kept)
}

/// Six places are a tenth of a metre; more only fill the line.
fn rounded(point: [f64; 2]) -> [f64; 2] {
    point.map(|it| (it * 1e6).round() / 1e6)
}

#[cfg(test)]
#[path = "reading_tests.rs"]
mod tests;
