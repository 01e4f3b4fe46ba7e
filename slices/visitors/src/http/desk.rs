//! Announced visitors at the desk: the list, announcing, saying yes or no, taking back.

use access::{Permission, Scope};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use bytes::Bytes;
use db::{Condition, Reader};
use http_api::{
    ApiError, ApiResult, Count, Cursor, ErrorCode, ExportQuery, Json, Lang, Listing, Me, OptionalText, Page, PageQuery,
    Platform, Query, Sort, Write, listing,
};
use kernel::Phone;
use kernel::time::DAY;
use places::SiteId;
use places::lists::{self, ListImportQuery, ListImportReport, ListTemplateQuery};
use serde::Deserialize;
use serde_json::json;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;
use vault::IndexKey;

use super::views::{self, VisitorBrief, VisitorFile};
use super::{VisitorNew, date, label, plate};
use crate::announcing::{self, Host, changed, code_digest, make_move, note_visitor, plate_digest};
use crate::list;
use crate::model::{VisitorId, VisitorState};
use crate::rules::{Move, read_code};
use crate::store::visitors::{self as store, VisitorRow};

/// What the enterprise says to a worker's announcement.
#[derive(Debug, Deserialize, ToSchema)]
pub struct VisitorDecision {
    approve: bool,
    /// In words; the host reads it.
    note: Option<String>,
}

/// Why an announcement is taken back.
#[derive(Debug, Deserialize, ToSchema)]
pub struct VisitorCancellation {
    pub(super) note: Option<String>,
}

/// What narrows the list.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(default)]
pub struct VisitorFilters {
    site_id: Option<String>,
    state: Option<String>,
    /// Who is expected on this day, `YYYY-MM-DD`.
    day: Option<String>,
    /// A whole phone number, a number plate, or a visitor's code: what is sealed is found as a whole only.
    search: Option<String>,
    /// Who is inside: came and has not left.
    inside: Option<bool>,
}

struct Visitors;

impl Listing for Visitors {
    /// What is searched for, with what makes digests of it.
    type Filters = (Platform, VisitorFilters);
    type Row = VisitorRow;
    type View = VisitorBrief;
    const PERMISSION: Permission = Permission::ReadVisitors;
    const SORTS: &'static [Sort] = store::SORTS;
    const ID: &'static str = "v.id";
    const NAME: &'static str = "visitors";

    fn condition((platform, filters): &Self::Filters) -> ApiResult<Condition> {
        let site = |it: &str| it.parse().map_err(|_| ApiError::field("site_id", ErrorCode::Invalid));
        let site: Option<SiteId> = filters.site_id.given().map(site).transpose()?;
        let state = |it: &str| VisitorState::parse(it).ok_or_else(|| ApiError::field("state", ErrorCode::Invalid));
        let state = filters.state.given().map(state).transpose()?;
        let day = filters.day.given().map(|it| date("day", it)).transpose()?;
        let parts = [
            site.map(|it| Condition::eq("v.site_id", it.uuid())),
            state.map(|it| Condition::eq("v.state", it.code())),
            day.map(|it| Condition::below("v.from_at", it.plus(DAY))),
            day.map(|it| Condition::at_least("v.until_at", it.plus(1))),
            filters.search.given().map(|it| searched(platform, it)),
            filters.inside.map(inside),
        ];
        Ok(Condition::all(parts.into_iter().flatten()))
    }

    async fn fetch(
        db: &mut Reader,
        scope: &Scope,
        condition: Condition,
        sort: Sort,
        limit: i64,
    ) -> ApiResult<Vec<VisitorRow>> {
        Ok(store::list(db, scope, condition, sort.order, limit).await?)
    }

    async fn count(db: &mut Reader, scope: &Scope, condition: Condition) -> ApiResult<i64> {
        Ok(store::count(db, scope, condition).await?)
    }

    fn position(row: &VisitorRow, _: &Sort) -> Cursor {
        Cursor::id(row.id)
    }

    async fn views(platform: &Platform, _: &Scope, rows: Vec<VisitorRow>) -> ApiResult<Vec<VisitorBrief>> {
        views::briefs(platform, &mut platform.db.reader(), rows).await
    }

    fn header(lang: Lang) -> Vec<&'static str> {
        lang.pick(
            vec![
                "场所",
                "访客",
                "手机尾号",
                "单位",
                "事由",
                "车牌",
                "接待人",
                "状态",
                "首日",
                "末日",
                "每天从",
                "到",
                "申报时间",
                "到达时间",
                "离开时间",
            ],
            vec![
                "site",
                "visitor",
                "phone tail",
                "company",
                "purpose",
                "plate",
                "host",
                "state",
                "first day",
                "last day",
                "from",
                "to",
                "declared at",
                "arrived at",
                "left at",
            ],
        )
    }

    fn cells(view: &VisitorBrief) -> Vec<String> {
        view.cells()
    }
}

fn inside(wanted: bool) -> Condition {
    match wanted {
        true => Condition::literal("v.arrived_at is not null and (v.left_at is null or v.left_at < v.arrived_at)"),
        false => Condition::literal("(v.arrived_at is null or v.left_at >= v.arrived_at)"),
    }
}

/// Whatever the text can be is looked for; what is none of them finds nobody.
fn searched(platform: &Platform, text: &str) -> Condition {
    let phone = Phone::parse(text).ok();
    let phone = phone.map(|it| Condition::eq("v.phone_digest", platform.index.digest(IndexKey::Phone, it.as_str())));
    let code = read_code(text).map(|it| Condition::eq("v.code_digest", code_digest(platform, &it)));
    let plate = plate(text).ok().map(|it| Condition::eq("v.plate_digest", plate_digest(platform, &it)));
    let parts: Vec<Condition> = [phone, code, plate].into_iter().flatten().collect();
    match parts.is_empty() {
        true => Condition::never(),
        false => Condition::any(parts),
    }
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new()
        .routes(routes!(list, announce))
        .routes(routes!(count))
        .routes(routes!(export))
        .routes(routes!(read))
        .routes(routes!(decide))
        .routes(routes!(cancel))
        .routes(routes!(content))
        .routes(routes!(blank))
}

/// Announced visitors, newest first.
#[utoipa::path(get, path = "/visitors", tag = "visitors", params(PageQuery, VisitorFilters), responses((status = 200, body = Page<VisitorBrief>)))]
async fn list(
    State(platform): State<Platform>,
    me: Me,
    Query(page): Query<PageQuery>,
    Query(filters): Query<VisitorFilters>,
) -> ApiResult<Json<Page<VisitorBrief>>> {
    listing::page::<Visitors>(&platform.clone(), &me, &page, &(platform, filters)).await
}

/// How many there are.
#[utoipa::path(get, path = "/visitors/count", tag = "visitors", params(VisitorFilters), responses((status = 200, body = Count)))]
async fn count(
    State(platform): State<Platform>,
    me: Me,
    Query(filters): Query<VisitorFilters>,
) -> ApiResult<Json<Count>> {
    listing::count::<Visitors>(&platform.clone(), &me, &(platform, filters)).await
}

/// All of them as CSV or XLSX.
#[utoipa::path(get, path = "/visitors/export", tag = "visitors", params(ExportQuery, VisitorFilters), responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>)))]
async fn export(
    State(platform): State<Platform>,
    me: Me,
    Query(query): Query<ExportQuery>,
    Query(filters): Query<VisitorFilters>,
) -> ApiResult<Response> {
    listing::export::<Visitors>(&platform.clone(), &me, &query, &(platform, filters)).await
}

/// One of them in the clear, with her code; that it was read is written down.
#[utoipa::path(get, path = "/visitors/{id}", tag = "visitors", params(("id" = String, Path)), responses((status = 200, body = VisitorFile)))]
async fn read(State(platform): State<Platform>, me: Me, Path(id): Path<String>) -> ApiResult<Json<VisitorFile>> {
    let scope = me.require(Permission::AnnounceVisitors)?;
    let mut db = platform.db.reader();
    let row = store::find(&mut db, &scope, visitor_id(&id)?).await?.ok_or_else(ApiError::not_found)?;
    let people: Vec<Uuid> = row.person_id.into_iter().collect();
    let subject = Some(VisitorId::from_uuid(row.id).to_string());
    listing::disclosed(&platform, &scope, "visitor.read", subject, &people, json!({})).await?;
    Ok(Json(views::file(&platform, &mut db, row).await?))
}

/// Announce a visitor of a site of one's own.
#[utoipa::path(post, path = "/visitors", tag = "visitors", request_body = VisitorNew, responses((status = 201, body = VisitorFile)))]
async fn announce(
    State(platform): State<Platform>,
    me: Me,
    Json(body): Json<VisitorNew>,
) -> ApiResult<(StatusCode, Json<VisitorFile>)> {
    let scope = me.require(Permission::AnnounceVisitors)?;
    Write::unless_done(&platform, &me).await?;
    let unknown = || ApiError::field("site_id", ErrorCode::SiteUnknown);
    let site = body.site_id.parse().map_err(|_| unknown())?;
    let site = places::site_brief(&mut platform.db.reader(), &scope, site).await?.ok_or_else(unknown)?;
    let host = Host { person: None, name: scope.actor().name.clone() };
    let new = announcing::prepared(&platform, &site, host, body.announcement()?, platform.now()).await?;
    let mut write = Write::begin(&platform, &me).await?;
    let (id, person, now) = (new.id, new.person, write.now);
    store::insert(&mut write.tx, new, now).await?;
    note_visitor(&mut write, &scope, "visitor.announced", id, person).await?;
    changed(&mut write.tx, (site.id, site.enterprise_id, &site.area_code), now).await?;
    let row = store::find(&mut write.tx, &scope, id).await?.ok_or_else(ApiError::not_found)?;
    let view = views::file(&platform, &mut write.tx, row).await?;
    write.finish(StatusCode::CREATED, view).await
}

/// Visitors from an XLSX or CSV file of at most 500 rows, known by site, phone, days and hours. The file with their links is in the answer
/// of the landing alone.
#[utoipa::path(post, path = "/visitors/content", tag = "visitors", params(ListImportQuery), request_body(content = Vec<u8>, content_type = "application/octet-stream"), responses((status = 200, body = ListImportReport)))]
async fn content(
    State(platform): State<Platform>,
    me: Me,
    Query(query): Query<ListImportQuery>,
    body: Bytes,
) -> ApiResult<(StatusCode, Json<ListImportReport>)> {
    lists::import::<list::Visitors>(&platform, &me, Permission::AnnounceVisitors, &query, body).await
}

/// An empty workbook with the headings of visitors.
#[utoipa::path(get, path = "/visitors/template", tag = "visitors", params(ListTemplateQuery), responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>)))]
async fn blank(me: Me, Query(query): Query<ListTemplateQuery>) -> ApiResult<Response> {
    me.require(Permission::AnnounceVisitors)?;
    lists::blank::<list::Visitors>(query.lang())
}

/// Say yes or no to what a worker announced.
#[utoipa::path(post, path = "/visitors/{id}/decision", tag = "visitors", params(("id" = String, Path)), request_body = VisitorDecision, responses((status = 200, body = VisitorBrief)))]
async fn decide(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Json(body): Json<VisitorDecision>,
) -> ApiResult<(StatusCode, Json<VisitorBrief>)> {
    let by = if body.approve { Move::Approve } else { Move::Refuse };
    let note = label("note", &body.note)?.map(|it| it.as_str().to_owned());
    if !body.approve && note.is_none() {
        return Err(ApiError::field("note", ErrorCode::Required));
    }
    act(&platform, &me, &id, (by, note)).await
}

/// Take an announcement back.
#[utoipa::path(post, path = "/visitors/{id}/cancellation", tag = "visitors", params(("id" = String, Path)), request_body = VisitorCancellation, responses((status = 200, body = VisitorBrief)))]
async fn cancel(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Json(body): Json<VisitorCancellation>,
) -> ApiResult<(StatusCode, Json<VisitorBrief>)> {
    let note = label("note", &body.note)?.map(|it| it.as_str().to_owned());
    act(&platform, &me, &id, (Move::Cancel, note)).await
}

async fn act(
    platform: &Platform,
    me: &Me,
    id: &str,
    made: (Move, Option<String>),
) -> ApiResult<(StatusCode, Json<VisitorBrief>)> {
    let scope = me.require(Permission::AnnounceVisitors)?;
    let id = visitor_id(id)?;
    let mut write = Write::begin(platform, me).await?;
    let row = store::find(&mut write.tx, &scope, id).await?.ok_or_else(ApiError::not_found)?;
    make_move(&mut write, &scope, &row, made).await?;
    let row = store::find(&mut write.tx, &scope, id).await?.ok_or_else(ApiError::not_found)?;
    let view = views::briefs(platform, &mut write.tx, vec![row]).await?.pop().ok_or_else(ApiError::not_found)?;
    write.finish(StatusCode::OK, view).await
}

pub(super) fn visitor_id(text: &str) -> ApiResult<VisitorId> {
    text.parse().map_err(|_| ApiError::not_found())
}
