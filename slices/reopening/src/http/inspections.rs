//! Inspections over HTTP: the list, one with its checklist and findings, planning, and what an officer brings back.

use access::{AccountFilter, AccountId, Permission, Role, Scope};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use db::{Condition, Reader};
use http_api::{
    ApiError, ApiResult, Count, Cursor, ErrorCode, ExportQuery, Json, Lang, Listing, Me, OptionalText, Page, PageQuery,
    Platform, Query, Sort, Write, listing,
};
use kernel::Instant64;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::inspection_views::{InspectionFile, InspectionView, file, view};
use super::{note, subtree};
use crate::applications::model::ApplicationId;
use crate::applications::rules::is_open_for_work;
use crate::inspections::model::{InspectionId, InspectionKind, InspectionMode, InspectionState};
use crate::inspections::order;
use crate::notices::Notice;
use crate::store::applications;
use crate::store::inspections::{self as store, InspectionRow, Plan};

/// Accounts shown of each role.
const CHOICES: i64 = 200;

/// What narrows the list.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(default)]
pub struct InspectionFilters {
    /// Part of the enterprise's name, or the application's number.
    search: Option<String>,
    /// Where it stands; `done` is passed or failed.
    state: Option<String>,
    /// `acceptance`, `recheck` or `spot_check`.
    kind: Option<String>,
    /// The account of the officer; `nobody` for what nobody is to visit yet.
    officer: Option<String>,
    /// An area and all below it.
    area: Option<String>,
    /// The day, such as `2020-03-06`.
    planned_on: Option<String>,
    /// One application.
    application_id: Option<String>,
}

/// Who visits, when and how.
#[derive(Debug, Deserialize, ToSchema)]
pub struct InspectionPlan {
    mode: InspectionMode,
    /// The officer's account; nobody yet when there is none.
    officer_id: Option<String>,
    /// The day, such as `2020-03-06`.
    planned_on: Option<String>,
    /// When a video inspection begins; wanted with one.
    #[schema(value_type = Option<String>)]
    starts_at: Option<Instant64>,
}

/// A visit to something that is open (抽查).
#[derive(Debug, Deserialize, ToSchema)]
pub struct InspectionNew {
    application_id: String,
    plan: InspectionPlan,
}

/// Somebody who may visit.
#[derive(Debug, Serialize, ToSchema)]
pub struct Inspector {
    #[schema(value_type = String)]
    account_id: AccountId,
    display_name: String,
    /// The role's code.
    role: String,
}

/// Who may visit.
#[derive(Debug, Serialize, ToSchema)]
pub struct Inspectors {
    items: Vec<Inspector>,
}

/// Whom to look for.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(default)]
pub struct InspectorQuery {
    /// Part of the login.
    search: Option<String>,
}

struct Inspections;

impl Listing for Inspections {
    type Filters = InspectionFilters;
    type Row = InspectionRow;
    type View = InspectionView;
    const PERMISSION: Permission = Permission::ReadApplications;
    const SORTS: &'static [Sort] = store::SORTS;
    const ID: &'static str = "v.id";
    const NAME: &'static str = "inspections";

    fn condition(filters: &InspectionFilters) -> ApiResult<Condition> {
        let invalid = |field| ApiError::field(field, ErrorCode::Invalid);
        let area = subtree(filters.area.given())?;
        let officer = match filters.officer.given() {
            Some("nobody") => Some(store::of_officer(None)),
            Some(id) => Some(store::of_officer(Some(id.parse::<AccountId>().map_err(|_| invalid("officer"))?.uuid()))),
            None => None,
        };
        let application = match filters.application_id.given() {
            Some(id) => Some(id.parse::<ApplicationId>().map_err(|_| invalid("application_id"))?.uuid()),
            None => None,
        };
        let states = match filters.state.given() {
            Some("done") => Some(vec![InspectionState::Passed, InspectionState::Failed]),
            Some(it) => Some(vec![InspectionState::parse(it).ok_or_else(|| invalid("state"))?]),
            None => None,
        };
        let kind = match filters.kind.given() {
            Some(it) => Some(InspectionKind::parse(it).ok_or_else(|| invalid("kind"))?),
            None => None,
        };
        let parts = [
            filters.search.given().map(store::searched),
            states.map(|it| Condition::one_of("v.state", it.into_iter().map(|it| it.code().into()))),
            kind.map(|it| Condition::eq("v.kind", it.code())),
            officer,
            area.map(|(from, until)| Condition::range("v.area_code", from, until)),
            filters.planned_on.given().map(|it| Condition::eq("v.planned_on", it)),
            application.map(store::of_application),
        ];
        Ok(Condition::all(parts.into_iter().flatten()))
    }

    async fn fetch(
        db: &mut Reader,
        scope: &Scope,
        condition: Condition,
        sort: Sort,
        limit: i64,
    ) -> ApiResult<Vec<InspectionRow>> {
        Ok(store::list(db, scope, condition, sort.order, limit).await?)
    }

    async fn count(db: &mut Reader, scope: &Scope, condition: Condition) -> ApiResult<i64> {
        Ok(store::count(db, scope, condition).await?)
    }

    fn position(row: &InspectionRow, sort: &Sort) -> Cursor {
        let key = match sort.name {
            "due_at" => Some(row.due_at.to_string()),
            "planned_on" => Some(row.planned_on.clone().unwrap_or_else(|| "9".to_owned())),
            _ => None,
        };
        Cursor { key, id: row.id }
    }

    async fn views(_: &Platform, scope: &Scope, rows: Vec<InspectionRow>) -> ApiResult<Vec<InspectionView>> {
        rows.into_iter().map(|row| view(scope, row)).collect()
    }

    fn header(lang: Lang) -> Vec<&'static str> {
        lang.pick(
            vec!["申请编号", "企业", "区域", "类别", "方式", "状态", "专员", "日期", "期限", "完成"],
            vec![
                "number",
                "enterprise",
                "area",
                "kind",
                "mode",
                "state",
                "officer",
                "planned_on",
                "due_at",
                "reported_at",
            ],
        )
    }

    fn cells(view: &InspectionView) -> Vec<String> {
        vec![
            view.number.clone(),
            view.enterprise_name.clone(),
            view.area_name.clone(),
            view.kind.code().to_owned(),
            view.mode.code().to_owned(),
            view.state.code().to_owned(),
            view.officer_name.clone().unwrap_or_default(),
            view.planned_on.clone().unwrap_or_default(),
            view.due_at.to_string(),
            view.reported_at.map(|it| it.to_string()).unwrap_or_default(),
        ]
    }
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new()
        .routes(routes!(list, spot_check))
        .routes(routes!(count))
        .routes(routes!(export))
        .routes(routes!(read))
        .routes(routes!(plan))
        .routes(routes!(inspectors))
}

pub(super) fn inspection_id(text: &str) -> ApiResult<InspectionId> {
    text.parse().map_err(|_| ApiError::not_found())
}

/// Visits, by their deadlines; `sort=planned_on` by day.
#[utoipa::path(get, path = "/inspections", tag = "reopening", params(PageQuery, InspectionFilters), responses((status = 200, body = Page<InspectionView>)))]
async fn list(
    State(platform): State<Platform>,
    me: Me,
    Query(page): Query<PageQuery>,
    Query(filters): Query<InspectionFilters>,
) -> ApiResult<Json<Page<InspectionView>>> {
    listing::page::<Inspections>(&platform, &me, &page, &filters).await
}

/// How many visits the filter meets.
#[utoipa::path(get, path = "/inspections/count", tag = "reopening", params(InspectionFilters), responses((status = 200, body = Count)))]
async fn count(
    State(platform): State<Platform>,
    me: Me,
    Query(filters): Query<InspectionFilters>,
) -> ApiResult<Json<Count>> {
    listing::count::<Inspections>(&platform, &me, &filters).await
}

/// The filtered visits as CSV or XLSX.
#[utoipa::path(get, path = "/inspections/export", tag = "reopening", params(InspectionFilters, ExportQuery), responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>)))]
async fn export(
    State(platform): State<Platform>,
    me: Me,
    Query(filters): Query<InspectionFilters>,
    Query(export): Query<ExportQuery>,
) -> ApiResult<Response> {
    listing::export::<Inspections>(&platform, &me, &export, &filters).await
}

/// One visit, whole: checklist, photographs, report, and what is wanting at the application.
#[utoipa::path(get, path = "/inspections/{id}", tag = "reopening", params(("id" = String, Path)), responses((status = 200, body = InspectionFile)))]
async fn read(State(platform): State<Platform>, me: Me, Path(id): Path<String>) -> ApiResult<Json<InspectionFile>> {
    let (scope, id) = (me.require(Permission::ReadApplications)?, inspection_id(&id)?);
    let mut db = platform.db.reader();
    let row = store::find(&mut db, &scope, id.uuid()).await?.ok_or_else(ApiError::not_found)?;
    let key = crate::sealed::key(&platform, row.application_id).await?;
    let read = crate::record::entry(&scope, platform.now(), "inspection.read", id.to_string(), json!({}));
    listing::written_down(&platform, read).await?;
    Ok(Json(file(&mut db, &scope, &key, row, platform.now()).await?))
}

/// Accounts inside the scope that may visit, as a choice; at most 200 of each role.
#[utoipa::path(get, path = "/inspectors", tag = "reopening", params(InspectorQuery), responses((status = 200, body = Inspectors)))]
async fn inspectors(
    State(platform): State<Platform>,
    me: Me,
    Query(query): Query<InspectorQuery>,
) -> ApiResult<Json<Inspectors>> {
    let scope = me.require(Permission::ReviewApplications)?;
    let mut db = platform.db.reader();
    let mut items = Vec::new();
    for role in Role::ALL.iter().filter(|it| it.may(Permission::Visit)) {
        let search = query.search.given().map(str::to_owned);
        let filter = AccountFilter { search, role: Some(*role), ..AccountFilter::default() };
        let found = access::accounts(&mut db, &scope, &filter, None, CHOICES).await?;
        items.extend(found.into_iter().filter(|it| !it.disabled).map(|it| Inspector {
            account_id: it.id,
            display_name: it.display_name,
            role: role.code().to_owned(),
        }));
    }
    Ok(Json(Inspectors { items }))
}

/// Have something visited that is open.
#[utoipa::path(post, path = "/inspections", tag = "reopening", request_body = InspectionNew, responses((status = 201, body = InspectionView)))]
async fn spot_check(
    State(platform): State<Platform>,
    me: Me,
    Json(body): Json<InspectionNew>,
) -> ApiResult<(StatusCode, Json<InspectionView>)> {
    let scope = me.require(Permission::ReviewApplications)?;
    let application: ApplicationId = body.application_id.parse().map_err(|_| ApiError::not_found())?;
    let mut write = Write::begin(&platform, &me).await?;
    let now = write.now;
    let row = applications::lock(&mut write.tx, &scope, application).await?.ok_or_else(ApiError::not_found)?;
    if !is_open_for_work(row.state()?) {
        return Err(ApiError::state());
    }
    let officer = officer(&mut write, &scope, body.plan.officer_id.as_deref()).await?;
    let plan = planned(&body.plan, officer.as_ref())?;
    let id = order(&mut write.tx, &scope, &row, InspectionKind::SpotCheck, Some(plan), now).await?;
    note(&mut write, &scope, "inspection.ordered", id, json!({ "number": row.number })).await?;
    let found = store::find(&mut write.tx, &scope, id.uuid()).await?.ok_or_else(ApiError::not_found)?;
    let shown = view(&scope, found)?;
    write.finish(StatusCode::CREATED, shown).await
}

/// Say who visits, when and how. Who was to visit before is told when she sends what she wrote: it is kept.
#[utoipa::path(post, path = "/inspections/{id}/plan", tag = "reopening", params(("id" = String, Path)), request_body = InspectionPlan, responses((status = 200, body = InspectionView)))]
async fn plan(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Json(body): Json<InspectionPlan>,
) -> ApiResult<(StatusCode, Json<InspectionView>)> {
    let (scope, id) = (me.require(Permission::ReviewApplications)?, inspection_id(&id)?);
    let mut write = Write::begin(&platform, &me).await?;
    let now = write.now;
    let row = store::lock(&mut write.tx, &scope, id.uuid()).await?.ok_or_else(ApiError::not_found)?;
    let officer = officer(&mut write, &scope, body.officer_id.as_deref()).await?;
    if let (Some(former), Some(name)) = (row.officer_id, row.officer_name.as_deref())
        && officer.as_ref().is_none_or(|it| it.0 != former)
    {
        store::replace(&mut write.tx, row.id, (former, name), now).await?;
    }
    if !store::plan(&mut write.tx, row.id, planned(&body, officer.as_ref())?, now).await? {
        return Err(ApiError::state());
    }
    let detail = json!({ "number": row.number, "officer": officer.map(|it| it.1), "planned_on": body.planned_on });
    note(&mut write, &scope, "inspection.planned", id, detail).await?;
    if let Some(day) = body.planned_on.given() {
        Notice::Visit { application: row.application_id, day: day.to_owned() }.enqueue(&mut write.tx, now).await?;
    }
    let found = store::find(&mut write.tx, &scope, row.id).await?.ok_or_else(ApiError::not_found)?;
    let shown = view(&scope, found)?;
    write.finish(StatusCode::OK, shown).await
}

fn planned<'a>(body: &'a InspectionPlan, officer: Option<&'a (uuid::Uuid, String)>) -> ApiResult<Plan<'a>> {
    let day = |it: &&str| Instant64::parse_date(it).is_some_and(|day| day.local_date() == **it);
    let planned_on = body.planned_on.as_deref().filter(|it| !it.is_empty());
    if planned_on.is_some_and(|it| !day(&it)) {
        return Err(ApiError::field("planned_on", ErrorCode::DateForm));
    }
    if body.mode == InspectionMode::Video && body.starts_at.is_none() {
        return Err(ApiError::field("starts_at", ErrorCode::Required));
    }
    let officer = officer.map(|it| (it.0, it.1.as_str()));
    Ok(Plan { mode: body.mode, officer, by_duty: false, planned_on, starts_at: body.starts_at, stop: None })
}

/// Somebody inside the planner's reach who may visit.
async fn officer(write: &mut Write, scope: &Scope, id: Option<&str>) -> ApiResult<Option<(uuid::Uuid, String)>> {
    let Some(text) = id.filter(|it| !it.is_empty()) else { return Ok(None) };
    let unknown = || ApiError::field("officer_id", ErrorCode::WordUnknown);
    let id: AccountId = text.parse().map_err(|_| unknown())?;
    let account = access::get_account(&mut write.tx, scope, id).await.map_err(|_| unknown())?;
    match account.role.may(Permission::Visit) && !account.disabled {
        true => Ok(Some((id.uuid(), account.display_name))),
        false => Err(unknown()),
    }
}
