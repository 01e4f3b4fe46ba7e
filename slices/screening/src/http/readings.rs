//! Lists of screenings.

use access::{Permission, Scope};
use axum::extract::{Path, State};
use axum::response::Response;
use db::{Condition, Reader};
use http_api::{
    ApiError, ApiResult, Count, Cursor, ErrorCode, ExportQuery, Json, Lang, Listing, Me, OptionalText, Page, PageQuery,
    Platform, Query, Sort, listing,
};
use kernel::Instant64;
use people::PersonId;
use places::{DeviceId, GateId, SiteId};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::views::{ScreeningView, views};
use crate::model::{Outcome, Reason, ScreeningId};
use crate::rules::is_medical;
use crate::store::screenings::{self, ScreeningRow};

/// What narrows the list.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(default)]
pub struct ScreeningFilters {
    site_id: Option<String>,
    gate_id: Option<String>,
    person_id: Option<String>,
    device_id: Option<String>,
    outcome: Option<String>,
    /// A reason's code; medical ones are not searched for.
    reason: Option<String>,
    live: Option<bool>,
    /// RFC 3339.
    from: Option<String>,
    /// RFC 3339.
    to: Option<String>,
}

struct Screenings;

impl Listing for Screenings {
    type Filters = ScreeningFilters;
    type Row = ScreeningRow;
    type View = ScreeningView;
    const PERMISSION: Permission = Permission::ReadScreenings;
    const SORTS: &'static [Sort] = screenings::SORTS;
    const ID: &'static str = "k.id";
    const NAME: &'static str = "screenings";
    const DISCLOSURE: Option<&'static str> = Some("screening.listed");

    fn condition(filters: &ScreeningFilters) -> ApiResult<Condition> {
        let parts = [
            id::<SiteId>(&filters.site_id, "site_id")?.map(|it| Condition::eq("k.site_id", it.uuid())),
            id::<GateId>(&filters.gate_id, "gate_id")?.map(|it| Condition::eq("k.gate_id", it.uuid())),
            id::<PersonId>(&filters.person_id, "person_id")?.map(|it| people::person_condition("k.person_id", it)),
            id::<DeviceId>(&filters.device_id, "device_id")?.map(|it| Condition::eq("k.device_id", it.uuid())),
            outcome(&filters.outcome)?,
            reason(&filters.reason)?,
            filters.live.map(|it| Condition::eq("k.live", it)),
            moment(&filters.from, "from")?.map(|it| Condition::at_least("k.occurred_at", it)),
            moment(&filters.to, "to")?.map(|it| Condition::below("k.occurred_at", it)),
        ];
        Ok(Condition::all(parts.into_iter().flatten()))
    }

    async fn fetch(
        db: &mut Reader,
        scope: &Scope,
        condition: Condition,
        sort: Sort,
        limit: i64,
    ) -> ApiResult<Vec<ScreeningRow>> {
        Ok(screenings::list(db, scope, condition, sort.order, limit).await?)
    }

    async fn count(db: &mut Reader, scope: &Scope, condition: Condition) -> ApiResult<i64> {
        Ok(screenings::count(db, scope, condition).await?)
    }

    fn position(row: &ScreeningRow, _: &Sort) -> Cursor {
        Cursor::id(row.id)
    }

    fn person(row: &ScreeningRow) -> Option<Uuid> {
        row.person_id
    }

    async fn views(platform: &Platform, scope: &Scope, rows: Vec<ScreeningRow>) -> ApiResult<Vec<ScreeningView>> {
        views(platform, scope, rows).await
    }

    fn header(lang: Lang) -> Vec<&'static str> {
        lang.pick(
            vec!["时间", "场所", "门岗", "方向", "姓名", "工号", "体温", "口罩", "结论", "原因", "实时"],
            vec![
                "occurred_at",
                "site",
                "gate",
                "direction",
                "masked_name",
                "employee_no",
                "temperature_c",
                "mask",
                "outcome",
                "reasons",
                "live",
            ],
        )
    }

    fn cells(view: &ScreeningView) -> Vec<String> {
        view.cells()
    }
}

fn id<T: std::str::FromStr>(text: &Option<String>, field: &'static str) -> ApiResult<Option<T>> {
    text.given().map(|it| it.parse().map_err(|_| ApiError::field(field, ErrorCode::Invalid))).transpose()
}

fn moment(text: &Option<String>, field: &'static str) -> ApiResult<Option<Instant64>> {
    text.given().map(|it| Instant64::parse(it).ok_or_else(|| ApiError::field(field, ErrorCode::DateForm))).transpose()
}

fn outcome(text: &Option<String>) -> ApiResult<Option<Condition>> {
    let Some(code) = text.given() else { return Ok(None) };
    let outcome = Outcome::parse(code).ok_or_else(|| ApiError::field("outcome", ErrorCode::Invalid))?;
    Ok(Some(Condition::eq("k.outcome", outcome.code())))
}

fn reason(text: &Option<String>) -> ApiResult<Option<Condition>> {
    let Some(code) = text.given() else { return Ok(None) };
    let reason = Reason::parse(code).filter(|it| !is_medical(*it));
    let reason = reason.ok_or_else(|| ApiError::field("reason", ErrorCode::Invalid))?;
    // Codes stand between commas; no code is part of another but for its own commas.
    let within = Condition::contains("(',' || k.public_reasons || ',')", &format!(",{},", reason.code()));
    Ok(Some(within))
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(count)).routes(routes!(export)).routes(routes!(read))
}

/// Readings with their verdicts, newest first.
#[utoipa::path(get, path = "/screenings", tag = "screening", params(PageQuery, ScreeningFilters), responses((status = 200, body = Page<ScreeningView>)))]
async fn list(
    State(platform): State<Platform>,
    me: Me,
    Query(page): Query<PageQuery>,
    Query(filters): Query<ScreeningFilters>,
) -> ApiResult<Json<Page<ScreeningView>>> {
    listing::page::<Screenings>(&platform, &me, &page, &filters).await
}

/// How many readings the filter meets.
#[utoipa::path(get, path = "/screenings/count", tag = "screening", params(ScreeningFilters), responses((status = 200, body = Count)))]
async fn count(
    State(platform): State<Platform>,
    me: Me,
    Query(filters): Query<ScreeningFilters>,
) -> ApiResult<Json<Count>> {
    listing::count::<Screenings>(&platform, &me, &filters).await
}

/// The filtered readings as CSV or XLSX.
#[utoipa::path(get, path = "/screenings/export", tag = "screening", params(ScreeningFilters, ExportQuery), responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>)))]
async fn export(
    State(platform): State<Platform>,
    me: Me,
    Query(filters): Query<ScreeningFilters>,
    Query(export): Query<ExportQuery>,
) -> ApiResult<Response> {
    listing::export::<Screenings>(&platform, &me, &export, &filters).await
}

/// One reading.
#[utoipa::path(get, path = "/screenings/{id}", tag = "screening", params(("id" = String, Path)), responses((status = 200, body = ScreeningView)))]
async fn read(State(platform): State<Platform>, me: Me, Path(id): Path<String>) -> ApiResult<Json<ScreeningView>> {
    let scope = me.require(Permission::ReadScreenings)?;
    let id: ScreeningId = id.parse().map_err(|_| ApiError::not_found())?;
    let mut reader = platform.db.reader();
    let row = screenings::find(&mut reader, &scope, id).await?.ok_or_else(ApiError::not_found)?;
    let person = row.person_id;
    let view = views(&platform, &scope, vec![row]).await?.pop().ok_or_else(ApiError::not_found)?;
    if let Some(person) = person {
        let subject = Some(id.to_string());
        listing::disclosed(&platform, &scope, "screening.read", subject, &[person], serde_json::json!({})).await?;
    }
    Ok(Json(view))
}
