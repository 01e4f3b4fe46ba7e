//! Shapes of areas over HTTP.

use access::Permission;
use axum::extract::State;
use axum::http::StatusCode;
use bytes::Bytes;
use db::DbError;
use http_api::{ApiError, ApiResult, Json, Me, OptionalText, Platform, Query, Write};
use kernel::AreaCode;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::note;
use crate::shapes::geometry::Polygon;
use crate::shapes::{ShapesReport, file_fault, import, reading};
use crate::store::shapes::{self as store, ShapeRow};

/// More areas than any area has below it.
const MOST_SHOWN: i64 = 1_000;

/// The shape of an area.
#[derive(Debug, Serialize, ToSchema)]
pub struct ShapeView {
    code: String,
    name: String,
    /// `district`, `street` and so on.
    kind: String,
    /// Outlines, each a list of rings, the first the outer one; a ring is a list of pairs, longitude and latitude in
    /// degrees (WGS-84): the coordinates of a GeoJSON MultiPolygon.
    #[schema(value_type = Vec<Vec<Vec<Vec<f64>>>>)]
    polygons: Vec<Polygon>,
    west_deg: f64,
    south_deg: f64,
    east_deg: f64,
    north_deg: f64,
}

/// Which shapes.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
struct ShapesQuery {
    /// Of this area, and of those directly below it; of the district if it is not given.
    parent: Option<String>,
}

/// How a file of shapes is read.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
struct ShapesImportQuery {
    /// Only say what would happen.
    dry_run: bool,
    /// Which property of a feature names its area; `code`, `area_code`, `adcode` or `代码` if it is not given.
    property: Option<String>,
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(import_shapes))
}

/// The shapes that draw an area: its own, and those directly below it.
#[utoipa::path(get, path = "/areas/shapes", tag = "places", params(ShapesQuery), responses((status = 200, body = Vec<ShapeView>)))]
async fn list(
    State(platform): State<Platform>,
    me: Me,
    Query(query): Query<ShapesQuery>,
) -> ApiResult<Json<Vec<ShapeView>>> {
    me.require(Permission::ReadPlaces)?;
    let mut db = platform.db.reader();
    let parent = match query.parent.given() {
        Some(code) => Some(code.to_owned()),
        None => crate::store::areas::district_code(&mut db).await?,
    };
    let Some(parent) = parent else { return Ok(Json(Vec::new())) };
    let parent = AreaCode::parse(&parent).map_err(|it| ApiError::invalid("parent", it))?;
    let rows = store::around(&mut db, &parent, MOST_SHOWN, platform.now()).await?;
    rows.into_iter().map(view).collect::<ApiResult<_>>().map(Json)
}

/// Import the shapes of areas from GeoJSON, a FeatureCollection of polygons; good ones land, the others come back named.
#[utoipa::path(post, path = "/areas/shapes/import", tag = "places", params(ShapesImportQuery), request_body(content = String, content_type = "application/geo+json"), responses((status = 200, body = ShapesReport)))]
async fn import_shapes(
    State(platform): State<Platform>,
    me: Me,
    Query(query): Query<ShapesImportQuery>,
    body: Bytes,
) -> ApiResult<(StatusCode, Json<ShapesReport>)> {
    let scope = me.require(Permission::ManageGrid)?;
    Write::unless_done(&platform, &me).await?;
    let property = query.property.given().map(str::to_owned);
    // Outlines of thousands of points are looked at before the write begins, beside everything else.
    let read = tokio::task::spawn_blocking(move || reading::read(&body, property.as_deref())).await;
    let read = read.map_err(|error| ApiError::internal(&error))?.map_err(file_fault)?;
    let mut write = Write::begin(&platform, &me).await?;
    let now = write.now;
    let report = import(&mut write.tx, &scope, read, query.dry_run, now).await?;
    if !query.dry_run {
        let detail = json!({ "created": report.created, "updated": report.updated });
        note(&mut write, &scope, "area.shapes_imported", report.features, detail).await?;
    }
    write.finish(StatusCode::OK, report).await
}

fn view(row: ShapeRow) -> ApiResult<ShapeView> {
    let polygons = serde_json::from_str(&row.polygons).map_err(|_| DbError::Unreadable("area_shape.polygons"))?;
    Ok(ShapeView {
        code: row.area_code,
        name: row.name,
        kind: row.kind,
        polygons,
        west_deg: row.west_deg,
        south_deg: row.south_deg,
        east_deg: row.east_deg,
        north_deg: row.north_deg,
    })
}
