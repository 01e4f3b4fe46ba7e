//! Lists of coaches, and a coach as it is shown.

use std::collections::HashMap;

use access::{Permission, Scope};
use axum::extract::State;
use axum::response::Response;
use db::{Condition, Reader};
use http_api::{
    ApiError, ApiResult, Count, Cursor, ErrorCode, ExportQuery, Json, Lang, Listing, Me, OptionalText, Page, PageQuery,
    Platform, Query, Sort, listing,
};
use kernel::Instant64;
use places::SiteId;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::plate;
use crate::coaches::CoachDetails;
use crate::model::{CoachId, CoachState};
use crate::rules::seats_to_fill;
use crate::sealed;
use crate::store::coaches::{self as store, CoachRow};

/// A coach in a list.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct CoachBrief {
    #[schema(value_type = String)]
    id: CoachId,
    #[schema(value_type = String)]
    site_id: SiteId,
    site_name: String,
    plate: String,
    carrier: String,
    seats: i64,
    /// How many passengers it may carry.
    seats_to_fill: i64,
    crew: i64,
    from_place: String,
    #[schema(value_type = String)]
    departs_at: Instant64,
    state: CoachState,
    passengers: i64,
    aboard: i64,
    created_by: String,
    checked_by: Option<String>,
    #[schema(value_type = Option<String>)]
    checked_at: Option<Instant64>,
    received_by: Option<String>,
    #[schema(value_type = Option<String>)]
    ended_at: Option<Instant64>,
    note: Option<String>,
}

/// One coach with who leads it and what it shows at a checkpoint.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct CoachFile {
    #[serde(flatten)]
    brief: CoachBrief,
    leader: String,
    phone: String,
    code: String,
}

/// What narrows the list.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(default)]
pub struct CoachFilters {
    site_id: Option<String>,
    state: Option<String>,
    /// A whole number plate.
    search: Option<String>,
}

struct Coaches;

impl Listing for Coaches {
    type Filters = CoachFilters;
    type Row = CoachRow;
    type View = CoachBrief;
    const PERMISSION: Permission = Permission::ReadVisitors;
    const SORTS: &'static [Sort] = store::SORTS;
    const ID: &'static str = "o.id";
    const NAME: &'static str = "coaches";
    const NUMBERS: &'static [&'static str] = &["seats", "crew", "passengers", "aboard"];

    fn condition(filters: &CoachFilters) -> ApiResult<Condition> {
        let site = |it: &str| it.parse().map_err(|_| ApiError::field("site_id", ErrorCode::Invalid));
        let site: Option<SiteId> = filters.site_id.given().map(site).transpose()?;
        let state = |it: &str| CoachState::parse(it).ok_or_else(|| ApiError::field("state", ErrorCode::Invalid));
        let state = filters.state.given().map(state).transpose()?;
        let of_plate = |it: &str| match plate(it) {
            Ok(plate) => Condition::eq("o.plate", plate.as_str()),
            Err(_) => Condition::never(),
        };
        let parts = [
            site.map(|it| Condition::eq("o.site_id", it.uuid())),
            state.map(|it| Condition::eq("o.state", it.code())),
            filters.search.given().map(of_plate),
        ];
        Ok(Condition::all(parts.into_iter().flatten()))
    }

    async fn fetch(
        db: &mut Reader,
        scope: &Scope,
        condition: Condition,
        sort: Sort,
        limit: i64,
    ) -> ApiResult<Vec<CoachRow>> {
        Ok(store::list(db, scope, condition, sort.order, limit).await?)
    }

    async fn count(db: &mut Reader, scope: &Scope, condition: Condition) -> ApiResult<i64> {
        Ok(store::count(db, scope, condition).await?)
    }

    fn position(row: &CoachRow, _: &Sort) -> Cursor {
        Cursor::id(row.id)
    }

    async fn views(platform: &Platform, _: &Scope, rows: Vec<CoachRow>) -> ApiResult<Vec<CoachBrief>> {
        Ok(briefs(&mut platform.db.reader(), rows).await?)
    }

    fn header(lang: Lang) -> Vec<&'static str> {
        lang.pick(
            vec![
                "目的地",
                "车牌",
                "承运单位",
                "座位",
                "随车人员",
                "出发地",
                "出发时间",
                "状态",
                "乘客",
                "上车",
                "核验人",
                "核验时间",
                "接收人",
                "结束时间",
            ],
            vec![
                "site",
                "plate",
                "carrier",
                "seats",
                "crew",
                "from",
                "departs at",
                "state",
                "passengers",
                "aboard",
                "checked by",
                "checked at",
                "received by",
                "ended at",
            ],
        )
    }

    fn cells(view: &CoachBrief) -> Vec<String> {
        let moment = |it: Option<Instant64>| it.map(|it| it.to_string()).unwrap_or_default();
        vec![
            view.site_name.clone(),
            view.plate.clone(),
            view.carrier.clone(),
            view.seats.to_string(),
            view.crew.to_string(),
            view.from_place.clone(),
            view.departs_at.to_string(),
            view.state.code().to_owned(),
            view.passengers.to_string(),
            view.aboard.to_string(),
            view.checked_by.clone().unwrap_or_default(),
            moment(view.checked_at),
            view.received_by.clone().unwrap_or_default(),
            moment(view.ended_at),
        ]
    }
}

pub(super) async fn briefs(db: &mut impl db::Read, rows: Vec<CoachRow>) -> Result<Vec<CoachBrief>, db::DbError> {
    let mut sites: Vec<Uuid> = rows.iter().map(|it| it.site_id).collect();
    sites.sort_unstable();
    sites.dedup();
    let sites = places::sites_by_id(db, &sites).await?;
    let sites: HashMap<Uuid, String> = sites.into_iter().map(|it| (it.id, it.name)).collect();
    let moment = |it: Option<i64>| it.map(Instant64::from_micros);
    let brief = |row: CoachRow| CoachBrief {
        id: CoachId::from_uuid(row.id),
        site_id: SiteId::from_uuid(row.site_id),
        site_name: sites.get(&row.site_id).cloned().unwrap_or_default(),
        state: row.state(),
        seats_to_fill: seats_to_fill(row.seats),
        plate: row.plate,
        carrier: row.carrier,
        seats: row.seats,
        crew: row.crew,
        from_place: row.from_place,
        departs_at: Instant64::from_micros(row.departs_at),
        passengers: row.passengers,
        aboard: row.aboard,
        created_by: row.created_by,
        checked_by: row.checked_by,
        checked_at: moment(row.checked_at),
        received_by: row.received_by,
        ended_at: moment(row.ended_at),
        note: row.note,
    };
    Ok(rows.into_iter().map(brief).collect())
}

pub(super) async fn file(platform: &Platform, db: &mut impl db::Read, row: CoachRow) -> ApiResult<CoachFile> {
    let sealed = vec![(row.id, row.details_sealed.clone())];
    let details: Option<CoachDetails> = sealed::open_all(platform, sealed::COACH, sealed).await?.remove(&row.id);
    let details = details.ok_or_else(ApiError::not_found)?;
    let brief = briefs(db, vec![row]).await?.pop().ok_or_else(ApiError::not_found)?;
    Ok(CoachFile { brief, leader: details.leader, phone: details.phone, code: details.code })
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(count)).routes(routes!(export))
}

/// Coaches, newest first.
#[utoipa::path(get, path = "/coaches", tag = "visitors", params(PageQuery, CoachFilters), responses((status = 200, body = Page<CoachBrief>)))]
async fn list(
    State(platform): State<Platform>,
    me: Me,
    Query(page): Query<PageQuery>,
    Query(filters): Query<CoachFilters>,
) -> ApiResult<Json<Page<CoachBrief>>> {
    listing::page::<Coaches>(&platform, &me, &page, &filters).await
}

/// How many there are.
#[utoipa::path(get, path = "/coaches/count", tag = "visitors", params(CoachFilters), responses((status = 200, body = Count)))]
async fn count(
    State(platform): State<Platform>,
    me: Me,
    Query(filters): Query<CoachFilters>,
) -> ApiResult<Json<Count>> {
    listing::count::<Coaches>(&platform, &me, &filters).await
}

/// All of them as CSV or XLSX.
#[utoipa::path(get, path = "/coaches/export", tag = "visitors", params(ExportQuery, CoachFilters), responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>)))]
async fn export(
    State(platform): State<Platform>,
    me: Me,
    Query(query): Query<ExportQuery>,
    Query(filters): Query<CoachFilters>,
) -> ApiResult<Response> {
    listing::export::<Coaches>(&platform, &me, &query, &filters).await
}
