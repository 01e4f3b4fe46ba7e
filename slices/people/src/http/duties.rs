//! Who is missing today, and reminding them.

use std::collections::HashMap;

use access::{Permission, Scope};
use audit::Entry;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use db::{Condition, Reader};
use http_api::{
    ApiError, ApiResult, Count, Cursor, ErrorCode, ExportQuery, Json, Lang, Listing, Me, OptionalText, Page, PageQuery,
    Platform, Query, Sort, Write, listing,
};
use kernel::Instant64;
use places::SiteId;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::brief::{PersonBrief, briefs};
use crate::declarations;
use crate::declarations::daily::{Duty, Occupation, remind};
use crate::model::{EmploymentId, PersonId};
use crate::store::daily::{self, MissingRow};

/// How many one request reminds.
const AT_ONCE: i64 = 1_000;

/// Somebody who has not done her duty of today.
#[derive(Debug, Serialize, ToSchema)]
pub struct Missing {
    #[schema(value_type = String)]
    id: EmploymentId,
    #[schema(value_type = String)]
    person_id: PersonId,
    masked_name: String,
    tail: String,
    #[schema(value_type = String)]
    site_id: SiteId,
    site_name: String,
    employee_no: String,
    team: Option<String>,
    occupation: Option<Occupation>,
    /// Her last declaration; never what it says.
    #[schema(value_type = Option<String>)]
    declared_at: Option<Instant64>,
    /// When she was last reminded of anything.
    #[schema(value_type = Option<String>)]
    reminded_at: Option<Instant64>,
}

/// What narrows the list.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
pub struct MissingFilters {
    /// `declaration` (the default) or `temperature`.
    duty: Option<String>,
    site_id: Option<String>,
}

/// Whom to remind, of what.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ReminderAsk {
    duty: Duty,
    site_id: Option<String>,
}

/// What reminding did.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct Reminded {
    /// Messages on their way.
    sent: u64,
    /// Had been reminded already: in this window, or today.
    before: u64,
    /// Were not reached by this request; ask again.
    left: u64,
}

impl Reminded {
    /// Of so many whom it concerns, so many wait to be reminded, and so many of those were reached.
    pub(crate) fn of(sent: u64, all: i64, n_waiting: i64, n_reached: usize) -> Self {
        let number = |it: i64| u64::try_from(it).unwrap_or(0);
        let reached = i64::try_from(n_reached).unwrap_or(i64::MAX);
        Self { sent, before: number(all - n_waiting), left: number(n_waiting.saturating_sub(reached)) }
    }
}

struct Duties;

/// The filters as they hold at one moment.
struct Wanted {
    duty: Duty,
    site: Condition,
    /// Where a response asks for it.
    asked: Condition,
    now: Instant64,
}

impl Wanted {
    async fn of(platform: &Platform, filters: &MissingFilters) -> ApiResult<Self> {
        let now = platform.now();
        let duty = filters.duty.given().unwrap_or("declaration");
        let duty = Duty::parse(duty).ok_or_else(|| ApiError::field("duty", ErrorCode::Invalid))?;
        Self::at(platform, duty, filters.site_id.given(), now).await
    }

    async fn at(platform: &Platform, duty: Duty, site: Option<&str>, now: Instant64) -> ApiResult<Self> {
        let asked = declarations::areas_in_force(&mut platform.db.reader(), now).await?;
        let asked = Condition::any(asked.into_iter().map(|area| {
            let (from, until) = area.subtree();
            Condition::range("m.area_code", from, until)
        }));
        Ok(Self { duty, site: at_site(site)?, asked, now })
    }

    fn condition(&self) -> Condition {
        Condition::all([daily::lacking(self.duty, self.now), self.site.clone(), self.asked.clone()])
    }
}

/// Who these people are and what their sites are called: two questions for a whole page.
pub(crate) async fn names_of(
    platform: &Platform,
    rows: impl Iterator<Item = (Uuid, Uuid)>,
) -> ApiResult<(HashMap<Uuid, PersonBrief>, HashMap<Uuid, String>)> {
    let (people, mut sites): (Vec<Uuid>, Vec<Uuid>) = rows.unzip();
    sites.sort_unstable();
    sites.dedup();
    let mut db = platform.db.reader();
    let names = briefs(platform, &mut db, &people).await?;
    let sites = places::sites_by_id(&mut db, &sites).await?;
    Ok((names, sites.into_iter().map(|it| (it.id, it.name)).collect()))
}

pub(crate) fn at_site(site: Option<&str>) -> ApiResult<Condition> {
    let Some(site) = site else { return Ok(Condition::always()) };
    let id: SiteId = site.parse().map_err(|_| ApiError::field("site_id", ErrorCode::SiteUnknown))?;
    Ok(Condition::eq("m.site_id", id.uuid()))
}

const SORTS: &[Sort] = &[Sort { name: "id", columns: "m.id", order: "m.id", descending: false }];

impl Listing for Duties {
    type Filters = Wanted;
    type Row = MissingRow;
    type View = Missing;

    const PERMISSION: Permission = Permission::ReadPeople;
    const SORTS: &'static [Sort] = SORTS;
    const ID: &'static str = "m.id";
    const NAME: &'static str = "missing";
    const DISCLOSURE: Option<&'static str> = Some("person.listed");

    fn condition(filters: &Self::Filters) -> ApiResult<Condition> {
        Ok(filters.condition())
    }

    async fn fetch(
        db: &mut Reader,
        scope: &Scope,
        condition: Condition,
        _: Sort,
        limit: i64,
    ) -> ApiResult<Vec<MissingRow>> {
        Ok(daily::missing(db, scope, condition, limit).await?)
    }

    async fn count(db: &mut Reader, scope: &Scope, condition: Condition) -> ApiResult<i64> {
        Ok(daily::count(db, scope, condition).await?)
    }

    fn position(row: &MissingRow, _: &Sort) -> Cursor {
        Cursor::id(row.id)
    }

    fn person(row: &MissingRow) -> Option<Uuid> {
        Some(row.person_id)
    }

    async fn views(platform: &Platform, _: &Scope, rows: Vec<MissingRow>) -> ApiResult<Vec<Missing>> {
        let (names, sites) = names_of(platform, rows.iter().map(|it| (it.person_id, it.site_id))).await?;
        let view = |row: MissingRow| {
            let name = names.get(&row.person_id).cloned().unwrap_or_default();
            Missing {
                id: EmploymentId::from_uuid(row.id),
                person_id: PersonId::from_uuid(row.person_id),
                masked_name: name.masked_name,
                tail: name.tail,
                site_id: SiteId::from_uuid(row.site_id),
                site_name: sites.get(&row.site_id).cloned().unwrap_or_default(),
                employee_no: row.employee_no,
                team: row.team,
                occupation: row.occupation.as_deref().and_then(Occupation::parse),
                declared_at: row.declared_at.map(Instant64::from_micros),
                reminded_at: row.reminded_at.map(Instant64::from_micros),
            }
        };
        Ok(rows.into_iter().map(view).collect())
    }

    fn header(lang: Lang) -> Vec<&'static str> {
        match lang {
            Lang::Zh => vec!["姓名", "手机尾号", "工号", "场所", "班组", "职业", "上次申报", "上次提醒"],
            Lang::En => {
                vec![
                    "name",
                    "phone tail",
                    "employee_no",
                    "site",
                    "team",
                    "occupation",
                    "last declared",
                    "last reminded",
                ]
            }
        }
    }

    fn cells(view: &Missing) -> Vec<String> {
        let time = |it: Option<Instant64>| it.map(|it| it.to_string()).unwrap_or_default();
        vec![
            view.masked_name.clone(),
            view.tail.clone(),
            view.employee_no.clone(),
            view.site_name.clone(),
            view.team.clone().unwrap_or_default(),
            view.occupation.map_or("", Occupation::code).to_owned(),
            time(view.declared_at),
            time(view.reminded_at),
        ]
    }
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(count))
        .routes(routes!(export))
        .routes(routes!(remind_all))
}

/// Who has not declared today, or lacks the temperature of this half day.
#[utoipa::path(get, path = "/duties", tag = "people", params(PageQuery, MissingFilters), responses((status = 200, body = Page<Missing>)))]
async fn list(
    State(platform): State<Platform>,
    me: Me,
    Query(page): Query<PageQuery>,
    Query(filters): Query<MissingFilters>,
) -> ApiResult<Json<Page<Missing>>> {
    listing::page::<Duties>(&platform, &me, &page, &Wanted::of(&platform, &filters).await?).await
}

/// How many they are.
#[utoipa::path(get, path = "/duties/count", tag = "people", params(MissingFilters), responses((status = 200, body = Count)))]
async fn count(
    State(platform): State<Platform>,
    me: Me,
    Query(filters): Query<MissingFilters>,
) -> ApiResult<Json<Count>> {
    listing::count::<Duties>(&platform, &me, &Wanted::of(&platform, &filters).await?).await
}

/// All of them as CSV or XLSX.
#[utoipa::path(get, path = "/duties/export", tag = "people", params(ExportQuery, MissingFilters), responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>)))]
async fn export(
    State(platform): State<Platform>,
    me: Me,
    Query(query): Query<ExportQuery>,
    Query(filters): Query<MissingFilters>,
) -> ApiResult<Response> {
    listing::export::<Duties>(&platform, &me, &query, &Wanted::of(&platform, &filters).await?).await
}

/// Send a message to each of them who was not reminded in this window.
#[utoipa::path(post, path = "/duties/reminders", tag = "people", request_body = ReminderAsk, responses((status = 200, body = Reminded)))]
async fn remind_all(
    State(platform): State<Platform>,
    me: Me,
    Json(body): Json<ReminderAsk>,
) -> ApiResult<(StatusCode, Json<Reminded>)> {
    let scope = me.require(Permission::Attest)?;
    if !platform.messages.can_send() {
        return Err(ApiError::new(StatusCode::SERVICE_UNAVAILABLE, ErrorCode::MessagesMissing));
    }
    // Found and counted before the transaction, so that gates do not wait for it; nobody is reminded twice either way.
    let filter = Wanted::at(&platform, body.duty, body.site_id.given(), platform.now()).await?;
    let waiting = Condition::all([filter.condition(), daily::not_reminded(body.duty, filter.now)]);
    let mut db = platform.db.reader();
    let all = daily::count(&mut db, &scope, filter.condition()).await?;
    let n_waiting = daily::count(&mut db, &scope, waiting.clone()).await?;
    let rows = daily::missing(&mut db, &scope, waiting, AT_ONCE).await?;
    let mut write = Write::begin(&platform, &me).await?;
    let now = write.now;
    let mut people: Vec<Uuid> = rows.iter().map(|it| it.person_id).collect();
    people.sort_unstable();
    people.dedup();
    let sent = remind(&platform, &mut write.tx, body.duty, &people, now).await?;
    let entry = Entry {
        at: now,
        actor: scope.actor(),
        act: "person.reminded",
        purpose: "",
        subject: body.site_id.clone(),
        people: &people,
        detail: json!({ "duty": body.duty.code(), "rows": sent }),
        note: None,
        request_id: scope.request_id(),
    };
    audit::record(&mut write.tx, entry).await?;
    write.finish(StatusCode::OK, Reminded::of(sent, all, n_waiting, rows.len())).await
}
