//! How grave the epidemic is, area by area: forms ask by it.

use access::{Located, Permission};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use bytes::Bytes;
use db::Condition;
use http_api::{
    ApiError, ApiResult, ErrorCode, Json, Lang, ListFormat, Me, Platform, Query, Write, table_pages, table_response,
};
use kernel::{AreaCode, Instant64};
use places::lists::{self, ListImportQuery, ListImportReport, ListTemplateQuery};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::note;
use crate::applications::model::RiskLevel;
use crate::risk_list;
use crate::store::risks::{self as store, LISTED, RiskRow};

/// Rows read at a time while exporting.
const EXPORT_PAGE: i64 = 500;

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
struct RiskExportQuery {
    /// `csv` or `xlsx`.
    #[param(inline)]
    format: ListFormat,
    /// The language of the headings.
    lang: Lang,
}

/// What was set for an area; areas below it follow unless they have a level of their own.
#[derive(Debug, Serialize, ToSchema)]
pub struct AreaRisk {
    area_code: String,
    area_name: String,
    level: RiskLevel,
    set_by: String,
    #[schema(value_type = String)]
    set_at: Instant64,
}

/// Levels that were set. Everywhere else it is low.
#[derive(Debug, Serialize, ToSchema)]
pub struct AreaRisks {
    items: Vec<AreaRisk>,
}

/// A level to be set.
#[derive(Debug, Deserialize, ToSchema)]
pub struct AreaRiskNew {
    area_code: String,
    level: RiskLevel,
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new()
        .routes(routes!(list, set))
        .routes(routes!(export))
        .routes(routes!(take_back))
        .routes(routes!(content))
        .routes(routes!(blank))
}

/// Levels by area.
#[utoipa::path(get, path = "/area-risks", tag = "reopening", responses((status = 200, body = AreaRisks)))]
async fn list(State(platform): State<Platform>, me: Me) -> ApiResult<Json<AreaRisks>> {
    me.require(Permission::ReadApplications)?;
    let rows = store::list(&mut platform.db.reader(), Condition::always(), LISTED).await?;
    Ok(Json(AreaRisks { items: rows.into_iter().map(view).collect::<ApiResult<_>>()? }))
}

/// Levels that were set, as a spreadsheet.
#[utoipa::path(get, path = "/area-risks/export", tag = "reopening", params(RiskExportQuery), responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>)))]
async fn export(State(platform): State<Platform>, me: Me, Query(query): Query<RiskExportQuery>) -> ApiResult<Response> {
    me.require(Permission::ReadApplications)?;
    let header = query.lang.pick(
        ["区域代码", "区域", "风险等级", "设定人", "设定时间"],
        ["area_code", "area", "level", "set_by", "set_at"],
    );
    let fetch = move |after: Option<RiskRow>| {
        let db = platform.db.clone();
        async move {
            let after = after.map_or_else(Condition::always, |it| {
                Condition::after("r.area_code", vec![it.area_code.as_str().into()], false)
            });
            Ok(store::list(&mut db.reader(), after, EXPORT_PAGE).await?)
        }
    };
    let cells = |row: &RiskRow| {
        let set_at = Instant64::from_micros(row.set_at).to_string();
        vec![row.area_code.clone(), row.area_name.clone(), row.level.clone(), row.set_by.clone(), set_at]
    };
    table_response(query.format, "area-risks", &header, table_pages(fetch, cells))
}

/// Set an area's level. Drafts that are begun from now on are asked by it.
#[utoipa::path(post, path = "/area-risks", tag = "reopening", request_body = AreaRiskNew, responses((status = 200, body = AreaRisk)))]
async fn set(
    State(platform): State<Platform>,
    me: Me,
    Json(body): Json<AreaRiskNew>,
) -> ApiResult<(StatusCode, Json<AreaRisk>)> {
    let scope = me.require(Permission::ManageReopening)?;
    let area = AreaCode::parse(&body.area_code).map_err(|it| ApiError::invalid("area_code", it))?;
    let mut write = Write::begin(&platform, &me).await?;
    let now = write.now;
    if !places::area_in_force(&mut write.tx, &area, now).await? {
        return Err(ApiError::field("area_code", ErrorCode::AreaUnknown));
    }
    if !scope.covers(Located { area: Some(area.as_str()), ..Located::default() }) {
        return Err(ApiError::field("area_code", ErrorCode::BeyondScope));
    }
    let by = scope.actor().name.clone();
    store::set(&mut write.tx, &area, body.level, &by, now).await?;
    note(&mut write, &scope, "area.risk", area.as_str(), json!({ "level": body.level.code() })).await?;
    let rows = store::list(&mut write.tx, Condition::eq("r.area_code", area.as_str()), 1).await?;
    let view = rows.into_iter().next().map(view).ok_or_else(ApiError::not_found)??;
    write.finish(StatusCode::OK, view).await
}

/// Levels from an XLSX or CSV file of at most 2,000 rows, known by their areas; a trial says how many areas would follow. None is taken
/// back by it.
#[utoipa::path(post, path = "/area-risks/content", tag = "reopening", params(ListImportQuery), request_body(content = Vec<u8>, content_type = "application/octet-stream"), responses((status = 200, body = ListImportReport)))]
async fn content(
    State(platform): State<Platform>,
    me: Me,
    Query(query): Query<ListImportQuery>,
    body: Bytes,
) -> ApiResult<(StatusCode, Json<ListImportReport>)> {
    lists::import::<risk_list::AreaRisks>(&platform, &me, Permission::ManageReopening, &query, body).await
}

/// An empty workbook with the headings of levels.
#[utoipa::path(get, path = "/area-risks/template", tag = "reopening", params(ListTemplateQuery), responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>)))]
async fn blank(me: Me, Query(query): Query<ListTemplateQuery>) -> ApiResult<Response> {
    me.require(Permission::ManageReopening)?;
    lists::blank::<risk_list::AreaRisks>(query.lang())
}

/// Take back an area's own level: it follows again what is set around it. The answer is what was taken back.
#[utoipa::path(delete, path = "/area-risks/{code}", tag = "reopening", params(("code" = String, Path)), responses((status = 200, body = AreaRisk)))]
async fn take_back(
    State(platform): State<Platform>,
    me: Me,
    Path(code): Path<String>,
) -> ApiResult<(StatusCode, Json<AreaRisk>)> {
    let scope = me.require(Permission::ManageReopening)?;
    let area = AreaCode::parse(&code).map_err(|_| ApiError::not_found())?;
    let mut write = Write::begin(&platform, &me).await?;
    // Out of reach is as good as not there.
    if !scope.covers(Located { area: Some(area.as_str()), ..Located::default() }) {
        return Err(ApiError::not_found());
    }
    let rows = store::list(&mut write.tx, Condition::eq("r.area_code", area.as_str()), 1).await?;
    let view = rows.into_iter().next().map(view).ok_or_else(ApiError::not_found)??;
    store::take_back(&mut write.tx, &area).await?;
    note(&mut write, &scope, "area.risk_taken_back", area.as_str(), json!({ "level": view.level.code() })).await?;
    write.finish(StatusCode::OK, view).await
}

fn view(row: RiskRow) -> ApiResult<AreaRisk> {
    Ok(AreaRisk {
        area_code: row.area_code,
        area_name: row.area_name,
        level: RiskLevel::parse(&row.level).ok_or_else(|| ApiError::from(db::DbError::Unreadable("area_risk")))?,
        set_by: row.set_by,
        set_at: Instant64::from_micros(row.set_at),
    })
}
