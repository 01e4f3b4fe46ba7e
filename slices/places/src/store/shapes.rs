//! SQL of the shapes of areas. They are no secret: every signed-in principal may read them.

use std::collections::HashMap;

use db::{Condition, DbError, Read, Tx, query};
use kernel::{AreaCode, Instant64};

use crate::shapes::Shape;
use crate::shapes::geometry::Polygon;

const TEXTS: &str = "select area_code, polygons from area_shape";
const PUT: &str = "insert into area_shape (area_code, polygons, west_deg, south_deg, east_deg, north_deg, points, \
    set_by, set_at) values {rows} on conflict (area_code) do update set polygons = excluded.polygons, \
    west_deg = excluded.west_deg, south_deg = excluded.south_deg, east_deg = excluded.east_deg, \
    north_deg = excluded.north_deg, points = excluded.points, set_by = excluded.set_by, set_at = excluded.set_at";
const LIST: &str = "select g.area_code, a.name, a.kind, g.polygons, g.west_deg, g.south_deg, g.east_deg, g.north_deg \
    from area_shape g join area a on a.code = g.area_code \
    where (a.valid_until is null or a.valid_until > :now) and {which} order by g.area_code limit :limit";

db::row! {
    pub(crate) struct ShapeRow {
        pub(crate) area_code: String,
        pub(crate) name: String,
        pub(crate) kind: String,
        pub(crate) polygons: String,
        pub(crate) west_deg: f64,
        pub(crate) south_deg: f64,
        pub(crate) east_deg: f64,
        pub(crate) north_deg: f64,
    }
}

/// As stored: rings of pairs.
pub(crate) fn text(polygons: &[Polygon]) -> Result<String, DbError> {
    serde_json::to_string(polygons).map_err(|_| DbError::Unreadable("area_shape.polygons"))
}

/// All of them as stored, by area: what an import compares with.
pub(crate) async fn texts(db: &mut impl Read) -> Result<HashMap<String, String>, DbError> {
    let rows: Vec<(String, String)> = db.all(query(TEXTS)).await?;
    Ok(rows.into_iter().collect())
}

pub(crate) async fn put(tx: &mut Tx, shapes: &[Shape], by: &str, now: Instant64) -> Result<(), DbError> {
    let mut rows = Vec::with_capacity(shapes.len());
    for it in shapes {
        rows.push(vec![
            it.area.as_str().into(),
            text(&it.polygons)?.into(),
            it.bounds.west_deg.into(),
            it.bounds.south_deg.into(),
            it.bounds.east_deg.into(),
            it.bounds.north_deg.into(),
            i64::try_from(it.n_points).unwrap_or(i64::MAX).into(),
            by.into(),
            now.into(),
        ]);
    }
    tx.insert(PUT, rows).await.map(|_| ())
}

/// Shapes of an area and of those directly below it.
pub(crate) async fn around(
    db: &mut impl Read,
    area: &AreaCode,
    limit: i64,
    now: Instant64,
) -> Result<Vec<ShapeRow>, DbError> {
    let itself = Condition::eq("g.area_code", area.as_str());
    let which = Condition::any([itself, Condition::eq("a.parent_code", area.as_str())]);
    db.all(query(LIST).condition("which", which).bind("limit", limit).bind("now", now)).await
}
