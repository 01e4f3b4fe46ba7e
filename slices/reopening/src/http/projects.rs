//! Construction projects over HTTP: companies and teams, who came on a day, and the export for the national platform.

use std::collections::HashMap;

use access::{Permission, Scope};
use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use db::Read;
use http_api::{
    ApiError, ApiResult, Cursor, ErrorCode, Json, Lang, ListFormat, Me, OptionalText, Page, PageQuery, Platform, Query,
    listing, table_response,
};
use kernel::time::DAY;
use kernel::{Instant64, Label};
use people::{CrewRole, Crowd, EmployerKind, Member, Members, PersonId, briefs, crowds, members};
use places::{SiteBrief, SiteId, site_brief};
use screening::{Attended, attended, count_attended};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tables::Form;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::reports::day;
use crate::projects::book::{Asked, DAYS_MOST, national_book};
use crate::reports::model::UnitId;

/// Members read at once.
const PIECE: i64 = 200;

/// One team of a company on a project.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProjectTeam {
    /// Null for those without a team.
    name: Option<String>,
    /// On the project now.
    current: i64,
    /// Ever.
    ever: i64,
    /// Managers and team leaders of now.
    leading: i64,
    /// When the first member joined.
    #[schema(value_type = String)]
    from: Instant64,
    /// When the last one left; null while somebody is there.
    #[schema(value_type = Option<String>)]
    until: Option<Instant64>,
}

/// A participating company (参建单位).
#[derive(Debug, Serialize, ToSchema)]
pub struct ProjectCompany {
    name: Option<String>,
    credit_code: Option<String>,
    kind: Option<EmployerKind>,
    current: i64,
    teams: Vec<ProjectTeam>,
}

/// A project as it stands.
#[derive(Debug, Serialize, ToSchema)]
pub struct Project {
    #[schema(value_type = String)]
    site_id: SiteId,
    name: String,
    area_code: String,
    open_state: String,
    /// Under which it reports its days.
    #[schema(value_type = String)]
    unit_id: UnitId,
    companies: Vec<ProjectCompany>,
    /// On the project now.
    members: i64,
    /// Different people who came in today.
    came_today: i64,
}

/// Which day, and which of the members.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(default)]
pub struct AttendanceQuery {
    /// The day, such as `2020-03-06`; today without it.
    day: Option<String>,
    /// One team.
    team: Option<String>,
    /// One number.
    employee_no: Option<String>,
}

/// A member on a day.
#[derive(Debug, Serialize, ToSchema)]
pub struct AttendanceRow {
    #[schema(value_type = String)]
    person_id: PersonId,
    masked_name: String,
    employee_no: String,
    company: Option<String>,
    team: Option<String>,
    trade: Option<String>,
    role: Option<CrewRole>,
    /// The first time she came in; null when the gates did not see her.
    #[schema(value_type = Option<String>)]
    first_in: Option<Instant64>,
    /// The last time she left.
    #[schema(value_type = Option<String>)]
    last_out: Option<Instant64>,
    passages: i64,
}

#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(default)]
struct ExportQuery {
    lang: Lang,
    /// `csv` or `xlsx`.
    #[param(inline)]
    format: ListFormat,
}

/// What is exported, and why.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(default)]
pub struct RealNameQuery {
    /// The first day.
    from: String,
    /// The last day, with it; at most 31 days.
    until: String,
    /// Why identities leave the system; written down with whose they were.
    reason: String,
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new()
        .routes(routes!(read))
        .routes(routes!(attendance))
        .routes(routes!(export))
        .routes(routes!(real_name))
}

/// A construction project in reach.
async fn project(db: &mut impl Read, scope: &Scope, id: &str) -> ApiResult<SiteBrief> {
    let id: SiteId = id.parse().map_err(|_| ApiError::not_found())?;
    site_brief(db, scope, id).await?.ok_or_else(ApiError::not_found)
}

/// A project: who takes part, in which teams, and how many came today.
#[utoipa::path(get, path = "/sites/{id}/project", tag = "reopening", params(("id" = String, Path)), responses((status = 200, body = Project)))]
async fn read(State(platform): State<Platform>, me: Me, Path(id): Path<String>) -> ApiResult<Json<Project>> {
    let scope = me.require(Permission::ReadPeople)?;
    let (mut db, now) = (platform.db.reader(), platform.now());
    let site = project(&mut db, &scope, &id).await?;
    let crowds = crowds(&mut db, &scope, site.id, now).await?;
    let came_today = count_attended(&mut db, &scope, site.id, now.local().day_start).await?;
    Ok(Json(Project {
        site_id: SiteId::from_uuid(site.id),
        name: site.name,
        area_code: site.area_code,
        open_state: site.open_state,
        unit_id: UnitId::from_uuid(site.id),
        members: crowds.iter().map(|it| it.current).sum(),
        companies: companies(crowds),
        came_today,
    }))
}

/// Teams under their companies, as they come: sorted by company.
fn companies(crowds: Vec<Crowd>) -> Vec<ProjectCompany> {
    let mut found: Vec<(people::Company, ProjectCompany)> = Vec::new();
    for it in crowds {
        let team = ProjectTeam {
            name: it.team,
            current: it.current,
            ever: it.ever,
            leading: it.leading,
            from: it.from,
            until: it.until,
        };
        match found.last_mut().filter(|last| last.0 == it.company) {
            Some((_, last)) => {
                last.current += it.current;
                last.teams.push(team);
            }
            None => {
                let people::Company { credit_code, name, kind } = it.company.clone();
                let view = ProjectCompany { name, credit_code, kind, current: it.current, teams: vec![team] };
                found.push((it.company, view));
            }
        }
    }
    found.into_iter().map(|it| it.1).collect()
}

/// A day of a project, and which members are asked for.
struct Sheet {
    site: Uuid,
    start: Instant64,
    team: Option<String>,
    employee_no: Option<String>,
}

impl Sheet {
    fn of(platform: &Platform, site: Uuid, query: &AttendanceQuery) -> ApiResult<Self> {
        let text = day("day", query.day.given())?.unwrap_or_else(|| platform.now().local_date());
        let start = Instant64::parse_date(&text).ok_or_else(|| ApiError::field("day", ErrorCode::DateForm))?;
        let own = |it: &Option<String>| it.given().map(str::to_owned);
        Ok(Self { site, start, team: own(&query.team), employee_no: own(&query.employee_no) })
    }

    fn members(&self, after: Option<Uuid>) -> Members<'_> {
        Members {
            from: Some(self.start),
            until: Some(self.start.plus(DAY)),
            team: self.team.as_deref(),
            employee_no: self.employee_no.as_deref(),
            after,
        }
    }

    /// Members with what the gates saw of them; two questions a page, and whose names it shows is written down.
    async fn rows(&self, platform: &Platform, scope: &Scope, members: Vec<Member>) -> ApiResult<Vec<AttendanceRow>> {
        let mut people: Vec<Uuid> = members.iter().map(|it| it.person).collect();
        people.sort_unstable();
        people.dedup();
        let mut db = platform.db.reader();
        let seen = attended(&mut db, scope, self.site, &people, self.start).await?;
        let seen: HashMap<Uuid, Attended> = seen.into_iter().map(|it| (it.person, it)).collect();
        let names = briefs(platform, &mut db, &people).await?;
        let detail = json!({ "rows": members.len() });
        listing::disclosed(platform, scope, "person.listed", None, &people, detail).await?;
        let row = |it: Member| {
            let seen = seen.get(&it.person);
            AttendanceRow {
                person_id: PersonId::from_uuid(it.person),
                masked_name: names.get(&it.person).map(|it| it.masked_name.clone()).unwrap_or_default(),
                employee_no: it.employee_no,
                company: it.company.name,
                team: it.team,
                trade: it.trade,
                role: it.role,
                first_in: seen.and_then(|it| it.first_in),
                last_out: seen.and_then(|it| it.last_out),
                passages: seen.map_or(0, |it| it.passages),
            }
        };
        Ok(members.into_iter().map(row).collect())
    }
}

/// Members of a day with when the gates saw them first and last.
#[utoipa::path(get, path = "/sites/{id}/attendance", tag = "reopening", params(("id" = String, Path), PageQuery, AttendanceQuery), responses((status = 200, body = Page<AttendanceRow>)))]
async fn attendance(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Query(page): Query<PageQuery>,
    Query(query): Query<AttendanceQuery>,
) -> ApiResult<Json<Page<AttendanceRow>>> {
    let scope = me.require(Permission::ReadPeople)?;
    let mut db = platform.db.reader();
    let site = project(&mut db, &scope, &id).await?;
    let sheet = Sheet::of(&platform, site.id, &query)?;
    let (limit, after) = (page.limit()?, page.cursor()?.map(|it| it.id));
    let found = members(&mut db, &scope, site.id, &sheet.members(after), limit + 1).await?;
    let page = Page::from_rows(found, limit, |it| Cursor::id(it.employment), |it| it);
    let items = sheet.rows(&platform, &scope, page.items).await?;
    Ok(Json(Page { items, next: page.next }))
}

/// The same as CSV or XLSX, whole.
#[utoipa::path(get, path = "/sites/{id}/attendance/export", tag = "reopening", params(("id" = String, Path), AttendanceQuery, ExportQuery), responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>)))]
async fn export(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Query(query): Query<AttendanceQuery>,
    Query(export): Query<ExportQuery>,
) -> ApiResult<Response> {
    let scope = me.require(Permission::ReadPeople)?;
    let site = project(&mut platform.db.reader(), &scope, &id).await?;
    let sheet = Sheet::of(&platform, site.id, &query)?;
    let header = export.lang.pick(
        ["工号", "姓名", "参建单位", "班组", "工种", "首次进", "末次出", "次数"],
        ["employee_no", "name", "company", "team", "trade", "first_in", "last_out", "passages"],
    );
    let rows = Box::pin(async_stream::try_stream! {
        let mut after = None;
        loop {
            let found = members(&mut platform.db.reader(), &scope, sheet.site, &sheet.members(after), PIECE).await?;
            let Some(last) = found.last() else { break };
            after = Some(last.employment);
            yield sheet.rows(&platform, &scope, found).await?.iter().map(cells).collect::<Vec<_>>();
        }
    });
    table_response(export.format, "attendance", &header, rows)
}

fn cells(it: &AttendanceRow) -> Vec<String> {
    let text = |it: &Option<String>| it.clone().unwrap_or_default();
    let time = |it: Option<Instant64>| it.map(|it| it.to_string()).unwrap_or_default();
    vec![
        it.employee_no.clone(),
        it.masked_name.clone(),
        text(&it.company),
        text(&it.team),
        text(&it.trade),
        time(it.first_in),
        time(it.last_out),
        it.passages.to_string(),
    ]
}

/// The project in the entities and field names of the national platform, as a workbook with a sheet an entity: identities in the
/// clear, so the reason is asked for and whose they were is written down.
#[utoipa::path(get, path = "/sites/{id}/real-name", tag = "reopening", params(("id" = String, Path), RealNameQuery), responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>)))]
async fn real_name(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Query(query): Query<RealNameQuery>,
) -> ApiResult<Response> {
    let scope = me.require(Permission::RevealIdentity)?;
    let site = project(&mut platform.db.reader(), &scope, &id).await?;
    let reason = Label::parse(&query.reason).map_err(|it| ApiError::invalid("reason", it))?;
    let moment = |field, text: &str| {
        let day = Instant64::parse_date(text).filter(|it| it.local_date() == text);
        day.ok_or_else(|| ApiError::field(field, ErrorCode::DateForm))
    };
    let (from, last) = (moment("from", &query.from)?, moment("until", &query.until)?);
    if last < from || DAYS_MOST * DAY <= last.since(from) {
        return Err(ApiError::field("until", ErrorCode::DateOrder).with("days", DAYS_MOST));
    }
    let asked = Asked { from, until: last.plus(DAY), reason: reason.as_str() };
    let book = national_book(&platform, &scope, &site, &asked).await?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(Form::Xlsx.content_type())),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"real-name.xlsx\"")),
    ];
    Ok((headers, book).into_response())
}
