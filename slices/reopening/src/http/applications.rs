//! Applications: as a list, whole, and on paper.

use access::{AccountId, Permission, Scope};
use axum::extract::{Path, State};
use axum::response::Response;
use db::{Condition, Reader};
use http_api::{
    ApiError, ApiResult, Count, Cursor, ErrorCode, ExportQuery, Json, Lang, Listing, Me, OptionalText, Page, PageQuery,
    Platform, Query, Sort, listing, pdf_response,
};
use kernel::Instant64;
use kernel::time::DAY;
use places::{EnterpriseId, SiteId};
use serde::Deserialize;
use serde_json::json;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::application_id;
use super::subtree;
use super::views::{ApplicationFile, ApplicationView, file, views};
use crate::applications::model::{ApplicationId, ApplicationState};
use crate::applications::sheet::sheet;
use crate::applications::writing::open;
use crate::record::entry;
use crate::store::applications::{self as store, ApplicationRow};
use crate::store::feeds;

/// What narrows the list.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(default)]
pub struct ApplicationFilters {
    /// Number, part of the enterprise's name, or its credit code.
    search: Option<String>,
    /// Where it stands; `waiting` is whatever waits for a reviewer, `decided` whatever was decided.
    state: Option<String>,
    /// The account that has it in review, or that decided it.
    claimed_by: Option<String>,
    /// An area and all below it.
    area: Option<String>,
    /// Beginning of an industry code.
    industry: Option<String>,
    /// Size class.
    size_class: Option<String>,
    /// One enterprise.
    enterprise_id: Option<String>,
    /// Applications of one site.
    site_id: Option<String>,
    /// Key of a department that decides, or that is asked and has not answered.
    department: Option<String>,
    /// `approval` or `filing`.
    regime: Option<String>,
    /// Key of a whitelist category.
    category: Option<String>,
    /// A batch of it.
    batch: Option<String>,
    /// Sent for the first time on this day or later (`YYYY-MM-DD`).
    sent_from: Option<String>,
    /// On this day or before.
    sent_until: Option<String>,
    /// To which this has happened: `returned`, `inspected`, `approved`, `filed` or `rejected`.
    through: Option<String>,
}

struct Applications;

impl Listing for Applications {
    type Filters = ApplicationFilters;
    type Row = ApplicationRow;
    type View = ApplicationView;
    const PERMISSION: Permission = Permission::ReadApplications;
    const SORTS: &'static [Sort] = store::SORTS;
    const ID: &'static str = "q.id";
    const NAME: &'static str = "applications";
    const NUMBERS: &'static [&'static str] = &["planned"];

    fn condition(filters: &ApplicationFilters) -> ApiResult<Condition> {
        let area = subtree(filters.area.given())?;
        let enterprise = parsed::<EnterpriseId>("enterprise_id", filters.enterprise_id.given())?;
        let site = parsed::<SiteId>("site_id", filters.site_id.given())?;
        let reviewer = parsed::<AccountId>("claimed_by", filters.claimed_by.given())?;
        let parts = [
            filters.search.given().map(store::searched),
            state_condition(filters.state.given())?,
            area.map(|(from, until)| Condition::range("q.area_code", from, until)),
            filters
                .industry
                .given()
                .map(|it| Condition::range("q.industry", it.to_uppercase(), format!("{}~", it.to_uppercase()))),
            filters.size_class.given().map(|it| Condition::eq("q.size_class", it)),
            enterprise.map(|it| Condition::eq("q.enterprise_id", it.uuid())),
            reviewer.map(|it| Condition::eq("q.claimed_by", it.uuid())),
            site.map(|it| {
                let of = Condition::eq("p.site_id", it.uuid());
                Condition::wrapped("q.id in (select p.application_id from application_site p where ", of, ")")
            }),
            filters.department.given().map(store::concerns),
            filters.regime.given().map(|it| Condition::eq("q.regime", it)),
            filters.category.given().map(|it| Condition::eq("q.category", it)),
            parsed::<i64>("batch", filters.batch.given())?.map(|it| Condition::eq("q.batch", it)),
            feeds::sent(
                day("sent_from", filters.sent_from.given())?,
                day("sent_until", filters.sent_until.given())?.map(|it| it.plus(DAY)),
            ),
            through(filters.through.given())?,
        ];
        Ok(Condition::all(parts.into_iter().flatten()))
    }

    async fn fetch(
        db: &mut Reader,
        scope: &Scope,
        condition: Condition,
        sort: Sort,
        limit: i64,
    ) -> ApiResult<Vec<ApplicationRow>> {
        Ok(store::list(db, scope, condition, sort.order, limit).await?)
    }

    async fn count(db: &mut Reader, scope: &Scope, condition: Condition) -> ApiResult<i64> {
        Ok(store::count(db, scope, condition).await?)
    }

    fn position(row: &ApplicationRow, sort: &Sort) -> Cursor {
        let due = || row.decision_due_at.unwrap_or(i64::MAX).to_string();
        Cursor { key: (sort.name == "decision_due_at").then(due), id: row.id }
    }

    async fn views(platform: &Platform, scope: &Scope, rows: Vec<ApplicationRow>) -> ApiResult<Vec<ApplicationView>> {
        views(&mut platform.db.reader(), scope, rows).await
    }

    fn header(lang: Lang) -> Vec<&'static str> {
        lang.pick(
            vec![
                "编号",
                "企业",
                "区域",
                "状态",
                "办理方式",
                "行业",
                "规模",
                "计划到岗",
                "提交",
                "审核人",
                "决定期限",
                "决定",
                "白名单类别",
                "批次",
            ],
            vec![
                "number",
                "enterprise",
                "area",
                "state",
                "regime",
                "industry",
                "size_class",
                "planned",
                "submitted_at",
                "reviewer",
                "decision_due_at",
                "decided_at",
                "category",
                "batch",
            ],
        )
    }

    fn cells(view: &ApplicationView) -> Vec<String> {
        let at = |it: Option<kernel::Instant64>| it.map(|it| it.to_string()).unwrap_or_default();
        vec![
            view.number.clone(),
            view.enterprise_name.clone(),
            view.area_name.clone(),
            view.state.code().to_owned(),
            view.regime.map(|it| it.code().to_owned()).unwrap_or_default(),
            view.industry.clone(),
            view.size_class.clone(),
            view.planned.map(|it| it.to_string()).unwrap_or_default(),
            at(view.submitted_at),
            view.claimed_name.clone().unwrap_or_default(),
            at(view.decision_due_at),
            at(view.decided_at),
            view.category.clone().unwrap_or_default(),
            view.batch.map(|it| it.to_string()).unwrap_or_default(),
        ]
    }
}

fn parsed<T: std::str::FromStr>(field: &'static str, text: Option<&str>) -> ApiResult<Option<T>> {
    text.map(|it| it.parse().map_err(|_| ApiError::field(field, ErrorCode::Invalid))).transpose()
}

fn state_condition(text: Option<&str>) -> ApiResult<Option<Condition>> {
    use ApplicationState::{
        Approved, Filed, InReview, Inspected, InspectionDue, Rejected, Revoked, Submitted, Suspended,
    };
    let one_of = |states: &[ApplicationState]| Condition::one_of("q.state", states.iter().map(|it| it.code().into()));
    match text {
        None => Ok(None),
        Some("waiting") => Ok(Some(one_of(&[Submitted, InReview, InspectionDue, Inspected]))),
        Some("decided") => Ok(Some(one_of(&[Approved, Filed, Rejected, Suspended, Revoked]))),
        Some(code) => match ApplicationState::parse(code) {
            Some(state) => Ok(Some(Condition::eq("q.state", state.code()))),
            None => Err(ApiError::field("state", ErrorCode::Invalid)),
        },
    }
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(count))
        .routes(routes!(export))
        .routes(routes!(read))
        .routes(routes!(paper))
}

/// Applications, newest first; `sort=created_at` the oldest first.
#[utoipa::path(get, path = "/applications", tag = "reopening", params(PageQuery, ApplicationFilters), responses((status = 200, body = Page<ApplicationView>)))]
async fn list(
    State(platform): State<Platform>,
    me: Me,
    Query(page): Query<PageQuery>,
    Query(filters): Query<ApplicationFilters>,
) -> ApiResult<Json<Page<ApplicationView>>> {
    listing::page::<Applications>(&platform, &me, &page, &filters).await
}

/// How many applications the filter meets.
#[utoipa::path(get, path = "/applications/count", tag = "reopening", params(ApplicationFilters), responses((status = 200, body = Count)))]
async fn count(
    State(platform): State<Platform>,
    me: Me,
    Query(filters): Query<ApplicationFilters>,
) -> ApiResult<Json<Count>> {
    listing::count::<Applications>(&platform, &me, &filters).await
}

/// The filtered applications as CSV or XLSX.
#[utoipa::path(get, path = "/applications/export", tag = "reopening", params(ApplicationFilters, ExportQuery), responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>)))]
async fn export(
    State(platform): State<Platform>,
    me: Me,
    Query(filters): Query<ApplicationFilters>,
    Query(export): Query<ExportQuery>,
) -> ApiResult<Response> {
    listing::export::<Applications>(&platform, &me, &export, &filters).await
}

fn day(field: &'static str, text: Option<&str>) -> ApiResult<Option<Instant64>> {
    let read = |it| Instant64::parse_date(it).ok_or_else(|| ApiError::field(field, ErrorCode::DateForm));
    text.map(read).transpose()
}

fn through(text: Option<&str>) -> ApiResult<Option<Condition>> {
    let acts: &[&'static str] = match text {
        None => return Ok(None),
        Some("returned") => &["send_back", "recall"],
        Some("inspected") => &["pass_visit", "fail_visit"],
        Some("approved") => &["approve"],
        Some("filed") => &["file"],
        Some("rejected") => &["reject"],
        Some(_) => return Err(ApiError::field("through", ErrorCode::Invalid)),
    };
    Ok(Some(feeds::through(acts)))
}

/// One application, whole.
#[utoipa::path(get, path = "/applications/{id}", tag = "reopening", params(("id" = String, Path)), responses((status = 200, body = ApplicationFile)))]
async fn read(State(platform): State<Platform>, me: Me, Path(id): Path<String>) -> ApiResult<Json<ApplicationFile>> {
    let (scope, id) = (me.require(Permission::ReadApplications)?, application_id(&id)?);
    let mut db = platform.db.reader();
    let row = store::find(&mut db, &scope, id).await?.ok_or_else(ApiError::not_found)?;
    let opened = open(&platform, &mut db, &scope, row).await?;
    disclose(&platform, &scope, id, "application.read").await?;
    Ok(Json(file(&mut db, &scope, opened, platform.now()).await?))
}

/// The application on paper, as it stands: every question that is asked, the files with their digests, the pledge and its
/// signature.
#[utoipa::path(get, path = "/applications/{id}/pdf", tag = "reopening", params(("id" = String, Path), PaperQuery), responses((status = 200, content_type = "application/pdf", body = String)))]
async fn paper(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Query(query): Query<PaperQuery>,
) -> ApiResult<Response> {
    let (scope, id) = (me.require(Permission::ReadApplications)?, application_id(&id)?);
    let mut db = platform.db.reader();
    let row = store::find(&mut db, &scope, id).await?.ok_or_else(ApiError::not_found)?;
    let name = format!("application-{}.pdf", row.number);
    let opened = open(&platform, &mut db, &scope, row).await?;
    disclose(&platform, &scope, id, "application.printed").await?;
    let sheet = sheet(&opened, query.lang)?;
    pdf_response(&platform, sheet, &name).await
}

/// In which language.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(default)]
pub struct PaperQuery {
    /// `zh` or `en`.
    pub(super) lang: Lang,
}

/// It names the person responsible: whoever opens it is written down.
async fn disclose(platform: &Platform, scope: &Scope, id: ApplicationId, act: &'static str) -> ApiResult<()> {
    listing::written_down(platform, entry(scope, platform.now(), act, id.to_string(), json!({}))).await
}
