//! What the models say of one picture, or of two, as JSON for people and scripts.

use serde_json::{Value, json};

use crate::cover::MaskClass;
use crate::faces::{Face, Faces};
use crate::geometry::{Point, Rect};
use crate::matching::verify;
use crate::models::{Model, ModelsError};
use crate::picture::Picture;

/// One JSON object: faces of the first picture; with a second one its faces too, and the cosine of the largest of each.
///
/// A picture that cannot be read is an object of kind `unparseable`, and no failure.
///
/// # Errors
/// If the models fail.
pub fn inspect(faces: &mut Faces, a: &[u8], b: Option<&[u8]>) -> Result<Value, ModelsError> {
    let mut pictures = Vec::new();
    for (which, bytes) in [Some(a), b].into_iter().flatten().enumerate() {
        match Picture::decode(bytes) {
            Ok(it) => pictures.push(it),
            Err(error) => {
                let name = if which == 0 { "A" } else { "B" };
                return Ok(json!({ "kind": "unparseable", "warnings": [format!("{name}: {error}")] }));
            }
        }
    }
    let seen = pictures.iter().map(|it| faces.look(it)).collect::<Result<Vec<_>, _>>()?;
    let models: Vec<Value> = faces.set().models.iter().map(described_model).collect();
    let picture = |which: usize| pictures.get(which).map(|it| json!({ "width": it.width(), "height": it.height() }));
    let described = |which: usize| seen.get(which).map(|it: &Vec<Face>| it.iter().map(described).collect::<Vec<_>>());
    let largest = |which: usize| seen.get(which).and_then(|it| it.first());
    let pair = largest(0).zip(largest(1));
    let cosine = pair.and_then(|(a, b)| a.embedding.as_ref()?.cosine(b.embedding.as_ref()?));
    let verification = cosine.zip(pair).map(|(it, (a, b))| {
        let is_worn = [a, b].iter().any(|it| it.mask.class == MaskClass::Worn);
        verify(it, if is_worn { MaskClass::Worn } else { MaskClass::Missing }, faces.thresholds())
    });
    Ok(rounded(json!({
        "kind": "faces", "picture": picture(0), "faces": described(0), "other_picture": picture(1), "other_faces": described(1),
        "cosine": cosine, "verification": verification, "thresholds": faces.thresholds(), "models": models,
    })))
}

fn described(face: &Face) -> Value {
    json!({
        "box": corners(&face.found.area), "score": face.found.score, "landmarks": face.five,
        "points": face.points.iter().map(place).collect::<Vec<_>>(), "pose": face.pose, "quality": face.quality, "mask": face.mask,
        "spoof": face.spoof, "embedded": face.embedding.is_some(),
    })
}

fn described_model(it: &Model) -> Value {
    json!({
        "use": it.used_for, "name": it.name, "package": format!("{}:{}@{}", it.source.registry, it.source.package, it.source.version),
        "sha256": it.source.sha256, "licence": it.source.licence, "lineage": it.lineage,
    })
}

fn corners(it: &Rect) -> [f32; 4] {
    [it.left, it.top, it.right, it.bottom]
}

fn place(it: &Point) -> [f32; 2] {
    [it.x, it.y]
}

/// Every number to four decimals: an f32 as JSON shows digits that nobody measured.
fn rounded(it: Value) -> Value {
    match it {
        Value::Number(it) if it.is_f64() => it.as_f64().map_or(Value::Null, |it| json!((it * 1e4).round() / 1e4)),
        Value::Array(items) => items.into_iter().map(rounded).collect(),
        Value::Object(items) => items.into_iter().map(|(key, it)| (key, rounded(it))).collect(),
        other => other,
    }
}
