//! Lists of people and the exact search.

use std::collections::HashMap;

use access::{Permission, Scope};
use audit::Entry;
use axum::extract::State;
use axum::response::Response;
use db::{Condition, Reader, Value};
use http_api::{
    ApiError, ApiResult, Count, Cursor, ErrorCode, ExportQuery, Json, Lang, Listing, Me, OptionalText, Page, PageQuery,
    Platform, Query, Sort, listing,
};
use kernel::{AreaCode, Instant64, Label, Phone};
use places::{EnterpriseId, SiteId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;
use vault::IndexKey;

use crate::brief::open_briefs;
use crate::model::{Allowed, HealthStatus, PersonId};
use crate::store::people::{self, ListRow};

/// A person in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct PersonRow {
    #[schema(value_type = String)]
    id: PersonId,
    masked_name: String,
    tail: String,
    employee_no: Option<String>,
    card_no: Option<String>,
    #[schema(value_type = Option<String>)]
    site_id: Option<SiteId>,
    site_name: Option<String>,
    team: Option<String>,
    allowed: Allowed,
    /// Null without the right to see medical data.
    status: Option<HealthStatus>,
    #[schema(value_type = Option<String>)]
    last_screened_at: Option<Instant64>,
}

/// What is looked for; exact matches only. It travels in a body, so that no log keeps it.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct PersonSearch {
    name: Option<String>,
    document_number: Option<String>,
    phone: Option<String>,
    employee_no: Option<String>,
    card_no: Option<String>,
    site_id: Option<String>,
}

/// What narrows the list.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(default)]
pub struct PersonFilters {
    site_id: Option<String>,
    enterprise_id: Option<String>,
    /// An area with all below it: who is or was employed there, and who lives there or did within 28 days.
    area: Option<String>,
    /// `allowed`, `not_allowed` or `unknown`.
    allowed: Option<String>,
    /// A status; only with the right to see medical data.
    status: Option<String>,
    /// `true`: people with a current employment in reach. `false`: people who had one in reach and have none now; who
    /// only lives in reach is neither.
    employed: Option<bool>,
    #[serde(skip)]
    #[param(ignore)]
    medical: bool,
    /// Which employments are in reach.
    #[serde(skip)]
    #[param(ignore)]
    reach: Option<Condition>,
}

struct People;

impl Listing for People {
    type Filters = PersonFilters;
    type Row = ListRow;
    type View = PersonRow;
    const PERMISSION: Permission = Permission::ReadPeople;
    const SORTS: &'static [Sort] = people::SORTS;
    const ID: &'static str = "p.id";
    const NAME: &'static str = "people";
    const DISCLOSURE: Option<&'static str> = Some("person.listed");

    fn condition(filters: &PersonFilters) -> ApiResult<Condition> {
        let site = match filters.site_id.given() {
            Some(id) => Some(id.parse::<SiteId>().map_err(|_| ApiError::field("site_id", ErrorCode::Invalid))?),
            None => None,
        };
        let enterprise = match filters.enterprise_id.given() {
            Some(id) => {
                Some(id.parse::<EnterpriseId>().map_err(|_| ApiError::field("enterprise_id", ErrorCode::Invalid))?)
            }
            None => None,
        };
        let area = match filters.area.given() {
            Some(area) => Some(AreaCode::parse(area).map_err(|it| ApiError::invalid("area", it))?.subtree()),
            None => None,
        };
        if filters.status.given().is_some() && !filters.medical {
            return Err(ApiError::field("status", ErrorCode::Forbidden));
        }
        let parts = [
            site.map(|it| through("ps.site_id", it.uuid())),
            enterprise.map(|it| through("ps.enterprise_id", it.uuid())),
            area.map(|(from, until)| {
                let inner = Condition::range("ps.area_code", from, until);
                Condition::wrapped("exists (select 1 from person_scope ps where ps.person_id = p.id and ", inner, ")")
            }),
            filters.allowed.given().map(allowed_condition).transpose()?,
            filters.status.given().map(|it| Condition::eq("p.status", it)),
            filters.employed.map(|it| match it {
                true => Condition::literal("m.id is not null"),
                false => left(filters.reach.clone()),
            }),
        ];
        Ok(Condition::all(parts.into_iter().flatten()))
    }

    async fn fetch(
        db: &mut Reader,
        scope: &Scope,
        condition: Condition,
        sort: Sort,
        limit: i64,
    ) -> ApiResult<Vec<ListRow>> {
        Ok(people::list(db, scope, condition, sort.order, limit).await?)
    }

    async fn count(db: &mut Reader, scope: &Scope, condition: Condition) -> ApiResult<i64> {
        Ok(people::count(db, scope, condition).await?)
    }

    fn position(row: &ListRow, sort: &Sort) -> Cursor {
        let key = (sort.name == "employee_no").then(|| row.employee_no.clone().unwrap_or_default());
        Cursor { key, id: row.id }
    }

    fn person(row: &ListRow) -> Option<Uuid> {
        Some(row.id)
    }

    async fn views(platform: &Platform, scope: &Scope, rows: Vec<ListRow>) -> ApiResult<Vec<PersonRow>> {
        views(platform, scope, rows).await
    }

    fn header(lang: Lang) -> Vec<&'static str> {
        lang.pick(
            vec!["姓名", "尾号", "工号", "卡号", "场所", "班组", "可否进入"],
            vec!["masked_name", "tail", "employee_no", "card_no", "site", "team", "allowed"],
        )
    }

    fn cells(view: &PersonRow) -> Vec<String> {
        vec![
            view.masked_name.clone(),
            view.tail.clone(),
            view.employee_no.clone().unwrap_or_default(),
            view.card_no.clone().unwrap_or_default(),
            view.site_name.clone().unwrap_or_default(),
            view.team.clone().unwrap_or_default(),
            view.allowed.code().to_owned(),
        ]
    }
}

fn through(column: &'static str, id: Uuid) -> Condition {
    Condition::wrapped("p.id in (select ps.person_id from person_scope ps where ", Condition::eq(column, id), ")")
}

/// Whoever had an employment in reach and has none now.
fn left(reach: Option<Condition>) -> Condition {
    let reach = reach.unwrap_or_else(Condition::never);
    let had = Condition::wrapped("exists (select 1 from employment x where x.person_id = p.id and ", reach, ")");
    Condition::all([Condition::literal("m.id is null"), had])
}

fn allowed_condition(text: &str) -> ApiResult<Condition> {
    let wanted = Allowed::parse(text).ok_or_else(|| ApiError::field("allowed", ErrorCode::Invalid))?;
    let statuses = HealthStatus::ALL.iter().filter(|it| it.allowed() == wanted).map(|it| Value::from(it.code()));
    Ok(Condition::one_of("p.status", statuses))
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(count)).routes(routes!(export)).routes(routes!(search))
}

fn with_rights(mut filters: PersonFilters, me: &Me) -> ApiResult<PersonFilters> {
    filters.medical = me.caller().role().may(Permission::ReadMedical);
    filters.reach = Some(me.require(Permission::ReadPeople)?.condition(&people::SHOWN));
    Ok(filters)
}

/// People.
#[utoipa::path(get, path = "/people", tag = "people", params(PageQuery, PersonFilters), responses((status = 200, body = Page<PersonRow>)))]
async fn list(
    State(platform): State<Platform>,
    me: Me,
    Query(page): Query<PageQuery>,
    Query(filters): Query<PersonFilters>,
) -> ApiResult<Json<Page<PersonRow>>> {
    listing::page::<People>(&platform, &me, &page, &with_rights(filters, &me)?).await
}

/// How many people the filter meets.
#[utoipa::path(get, path = "/people/count", tag = "people", params(PersonFilters), responses((status = 200, body = Count)))]
async fn count(
    State(platform): State<Platform>,
    me: Me,
    Query(filters): Query<PersonFilters>,
) -> ApiResult<Json<Count>> {
    listing::count::<People>(&platform, &me, &with_rights(filters, &me)?).await
}

/// The filtered people as CSV or XLSX, names masked.
#[utoipa::path(get, path = "/people/export", tag = "people", params(PersonFilters, ExportQuery), responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>)))]
async fn export(
    State(platform): State<Platform>,
    me: Me,
    Query(filters): Query<PersonFilters>,
    Query(export): Query<ExportQuery>,
) -> ApiResult<Response> {
    let filters = with_rights(filters, &me)?;
    listing::export::<People>(&platform, &me, &export, &filters).await
}

/// Exact search, inside the scope.
#[utoipa::path(post, path = "/people/search", tag = "people", request_body = PersonSearch, responses((status = 200, body = Page<PersonRow>)))]
async fn search(
    State(platform): State<Platform>,
    me: Me,
    Json(body): Json<PersonSearch>,
) -> ApiResult<Json<Page<PersonRow>>> {
    let scope = me.require(Permission::ReadPeople)?;
    let (condition, by) = search_condition(&platform, &body)?;
    let limit = 50;
    let rows = people::list(&mut platform.db.reader(), &scope, condition, "p.id", limit + 1).await?;
    let page = Page::from_rows(rows, limit, |it| Cursor::id(it.id), |it| it);
    let found: Vec<Uuid> = page.items.iter().map(|it| it.id).collect();
    let entry = Entry {
        at: platform.now(),
        actor: scope.actor(),
        act: "person.searched",
        purpose: "",
        subject: None,
        people: &found,
        detail: json!({ "by": by, "found": found.len() }),
        note: None,
        request_id: scope.request_id(),
    };
    let written = listing::written_down(&platform, entry);
    let ((), items) = tokio::try_join!(written, views(&platform, &scope, page.items))?;
    Ok(Json(Page { items, next: page.next }))
}

fn search_condition(platform: &Platform, body: &PersonSearch) -> ApiResult<(Condition, Vec<&'static str>)> {
    let mut parts = Vec::new();
    let mut by = Vec::new();
    let digest = |field: IndexKey, value: &str| {
        let digest = Condition::eq("i.digest", platform.index.digest(field, value));
        let both = Condition::all([Condition::eq("i.field", field.code()), digest]);
        // A file that was merged is found as the one it became part of.
        let found = "p.id in (select coalesce(q.merged_into, q.id) from person_index i join person q on q.id = i.person_id where ";
        Condition::wrapped(found, both, ")")
    };
    if let Some(name) = body.name.given() {
        let name = Label::parse(name).map_err(|it| ApiError::invalid("name", it))?;
        parts.push(digest(IndexKey::Name, &name.key()));
        by.push("name");
    }
    if let Some(number) = body.document_number.given() {
        // The kind is not asked for: all kinds whose form the number has are tried.
        let kinds = [
            kernel::DocumentKind::ResidentId,
            kernel::DocumentKind::Passport,
            kernel::DocumentKind::HkMacaoPermit,
            kernel::DocumentKind::TaiwanPermit,
        ];
        let fitting = kinds.iter().filter_map(|kind| kernel::DocumentNumber::parse(*kind, number).ok());
        let keys = fitting.map(|it| digest(IndexKey::Document, &format!("{}:{}", it.kind().code(), it.as_str())));
        parts.push(Condition::any(keys));
        by.push("document_number");
    }
    if let Some(phone) = body.phone.given() {
        let phone = Phone::parse(phone).map_err(|it| ApiError::invalid("phone", it))?;
        parts.push(digest(IndexKey::Phone, phone.as_str()));
        by.push("phone");
    }
    if let Some(number) = body.employee_no.given() {
        parts.push(Condition::eq("m.employee_no", number));
        by.push("employee_no");
    }
    if let Some(number) = body.card_no.given() {
        parts.push(Condition::eq("m.card_no", number));
        by.push("card_no");
    }
    if by.is_empty() {
        return Err(ApiError::field("name", ErrorCode::Required));
    }
    if let Some(id) = body.site_id.given() {
        let site: SiteId = id.parse().map_err(|_| ApiError::field("site_id", ErrorCode::Invalid))?;
        parts.push(through("ps.site_id", site.uuid()));
    }
    Ok((Condition::all(parts), by))
}

async fn views(platform: &Platform, scope: &Scope, rows: Vec<ListRow>) -> ApiResult<Vec<PersonRow>> {
    let sealed = rows.iter().map(|it| (it.id, it.document_kind.clone(), it.identity_sealed.clone())).collect();
    let mut briefs = open_briefs(platform, sealed).await?;
    let sites: Vec<Uuid> = rows.iter().filter_map(|it| it.site_id).collect();
    let sites = places::sites_by_id(&mut platform.db.reader(), &sites).await?;
    let names: HashMap<Uuid, String> = sites.into_iter().map(|it| (it.id, it.name)).collect();
    let view = |row: ListRow| {
        let brief = briefs.remove(&row.id).unwrap_or_default();
        let status = HealthStatus::parse(&row.status).unwrap_or(HealthStatus::Unknown);
        PersonRow {
            id: PersonId::from_uuid(row.id),
            masked_name: brief.masked_name,
            tail: brief.tail,
            employee_no: row.employee_no,
            card_no: row.card_no,
            site_id: row.site_id.map(SiteId::from_uuid),
            site_name: row.site_id.and_then(|it| names.get(&it).cloned()),
            team: row.team,
            allowed: status.allowed(),
            status: scope.sees_medical().then_some(status),
            last_screened_at: row.last_screened_at.map(Instant64::from_micros),
        }
    };
    Ok(rows.into_iter().map(view).collect())
}
