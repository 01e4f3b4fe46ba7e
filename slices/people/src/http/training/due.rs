//! Who lacks a required course, and reminding them.

use access::{Permission, Scope};
use axum::extract::{Path, State};
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

use crate::http::duties::{Reminded, at_site, names_of};
use crate::model::{EmploymentId, PersonId};
use crate::store::training::courses;
use crate::store::training::due::{self as store, LackingRow};
use crate::training::course_id;
use crate::training::model::CourseId;
use crate::training::reminding::remind;
use crate::training::rules::due_at;

/// How many one request reminds.
const AT_ONCE: i64 = 1_000;

/// Somebody who has no certificate of a required course.
#[derive(Debug, Serialize, ToSchema)]
pub struct Lacking {
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
    /// From when on gates that ask for training hold her.
    #[schema(value_type = String)]
    due_at: Instant64,
    /// When she was last reminded of it.
    #[schema(value_type = Option<String>)]
    reminded_at: Option<Instant64>,
}

/// What narrows the list.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
pub struct LackingFilters {
    site_id: Option<String>,
}

/// Whom to remind.
#[derive(Debug, Deserialize, ToSchema)]
pub struct TrainingReminderAsk {
    site_id: Option<String>,
}

struct LackingList;

impl Listing for LackingList {
    type Filters = Condition;
    type Row = LackingRow;
    type View = Lacking;
    const PERMISSION: Permission = Permission::ReadPeople;
    const SORTS: &'static [Sort] = &[Sort { name: "id", columns: "m.id", order: "m.id", descending: false }];
    const ID: &'static str = "m.id";
    const NAME: &'static str = "training-lacking";
    const DISCLOSURE: Option<&'static str> = Some("person.listed");

    fn condition(filters: &Condition) -> ApiResult<Condition> {
        Ok(filters.clone())
    }

    async fn fetch(
        db: &mut Reader,
        scope: &Scope,
        wanted: Condition,
        _: Sort,
        limit: i64,
    ) -> ApiResult<Vec<LackingRow>> {
        Ok(store::lacking(db, scope, wanted, limit).await?)
    }

    async fn count(db: &mut Reader, scope: &Scope, wanted: Condition) -> ApiResult<i64> {
        Ok(store::count(db, scope, wanted).await?)
    }

    fn position(row: &LackingRow, _: &Sort) -> Cursor {
        Cursor::id(row.id)
    }

    fn person(row: &LackingRow) -> Option<Uuid> {
        Some(row.person_id)
    }

    async fn views(platform: &Platform, _: &Scope, rows: Vec<LackingRow>) -> ApiResult<Vec<Lacking>> {
        let (names, sites) = names_of(platform, rows.iter().map(|it| (it.person_id, it.site_id))).await?;
        let view = |row: LackingRow| {
            let name = names.get(&row.person_id).cloned().unwrap_or_default();
            let published = Instant64::from_micros(row.published_at.unwrap_or_default());
            Lacking {
                id: EmploymentId::from_uuid(row.id),
                person_id: PersonId::from_uuid(row.person_id),
                masked_name: name.masked_name,
                tail: name.tail,
                site_id: SiteId::from_uuid(row.site_id),
                site_name: sites.get(&row.site_id).cloned().unwrap_or_default(),
                employee_no: row.employee_no,
                team: row.team,
                due_at: due_at(Instant64::from_micros(row.from_at), published, row.due_days),
                reminded_at: row.reminded_at.map(Instant64::from_micros),
            }
        };
        Ok(rows.into_iter().map(view).collect())
    }

    fn header(lang: Lang) -> Vec<&'static str> {
        lang.pick(
            vec!["姓名", "手机尾号", "工号", "场所", "班组", "应完成", "上次提醒"],
            vec!["name", "phone tail", "employee_no", "site", "team", "due", "last reminded"],
        )
    }

    fn cells(view: &Lacking) -> Vec<String> {
        vec![
            view.masked_name.clone(),
            view.tail.clone(),
            view.employee_no.clone(),
            view.site_name.clone(),
            view.team.clone().unwrap_or_default(),
            view.due_at.to_string(),
            view.reminded_at.map(|it| it.to_string()).unwrap_or_default(),
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

/// Whom a course lacks, as the filters say. The course is one that who asks may read.
async fn wanted(platform: &Platform, me: &Me, id: &str, filters: &LackingFilters) -> ApiResult<Condition> {
    let (scope, id) = (me.require(Permission::ReadPeople)?, course_id(id)?);
    let found = courses::find(&mut platform.db.reader(), courses::readable(&scope), id).await?;
    let course = found.ok_or_else(ApiError::not_found)?;
    Ok(Condition::all([store::without(&course, platform.now()), at_site(filters.site_id.given())?]))
}

/// Who works where a required course is asked for and has no certificate of it that holds.
#[utoipa::path(get, path = "/courses/{id}/lacking", tag = "training", params(("id" = String, Path), PageQuery, LackingFilters), responses((status = 200, body = Page<Lacking>)))]
async fn list(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Query(page): Query<PageQuery>,
    Query(filters): Query<LackingFilters>,
) -> ApiResult<Json<Page<Lacking>>> {
    let wanted = wanted(&platform, &me, &id, &filters).await?;
    listing::page::<LackingList>(&platform, &me, &page, &wanted).await
}

/// How many they are.
#[utoipa::path(get, path = "/courses/{id}/lacking/count", tag = "training", params(("id" = String, Path), LackingFilters), responses((status = 200, body = Count)))]
async fn count(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Query(filters): Query<LackingFilters>,
) -> ApiResult<Json<Count>> {
    let wanted = wanted(&platform, &me, &id, &filters).await?;
    listing::count::<LackingList>(&platform, &me, &wanted).await
}

/// All of them as CSV or XLSX.
#[utoipa::path(get, path = "/courses/{id}/lacking/export", tag = "training", params(("id" = String, Path), ExportQuery, LackingFilters), responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>)))]
async fn export(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Query(query): Query<ExportQuery>,
    Query(filters): Query<LackingFilters>,
) -> ApiResult<Response> {
    let wanted = wanted(&platform, &me, &id, &filters).await?;
    listing::export::<LackingList>(&platform, &me, &query, &wanted).await
}

/// Send a message to each of them who was not reminded of it today.
#[utoipa::path(post, path = "/courses/{id}/reminders", tag = "training", params(("id" = String, Path)), request_body = TrainingReminderAsk, responses((status = 200, body = Reminded)))]
async fn remind_all(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Json(body): Json<TrainingReminderAsk>,
) -> ApiResult<(StatusCode, Json<Reminded>)> {
    let scope = me.require(Permission::Attest)?;
    if !platform.messages.can_send() {
        return Err(ApiError::new(StatusCode::SERVICE_UNAVAILABLE, ErrorCode::MessagesMissing));
    }
    let wanted = wanted(&platform, &me, &id, &LackingFilters { site_id: body.site_id.clone() }).await?;
    let id = course_id(&id)?;
    // Found and counted before the transaction, so that gates do not wait for it; nobody is reminded twice either way.
    let waiting = Condition::all([wanted.clone(), store::not_reminded(platform.now().local().day_start)]);
    let mut db = platform.db.reader();
    let all = store::count(&mut db, &scope, wanted).await?;
    let n_waiting = store::count(&mut db, &scope, waiting.clone()).await?;
    let rows = store::lacking(&mut db, &scope, waiting, AT_ONCE).await?;
    let mut write = Write::begin(&platform, &me).await?;
    let title =
        courses::find(&mut write.tx, courses::readable(&scope), id).await?.ok_or_else(ApiError::not_found)?.title;
    let mut people: Vec<Uuid> = rows.iter().map(|it| it.person_id).collect();
    people.sort_unstable();
    people.dedup();
    let sent = reminded(&platform, &mut write, &scope, (id, &title), &people).await?;
    write.finish(StatusCode::OK, Reminded::of(sent, all, n_waiting, rows.len())).await
}

async fn reminded(
    platform: &Platform,
    write: &mut Write,
    scope: &Scope,
    course: (CourseId, &str),
    people: &[Uuid],
) -> ApiResult<u64> {
    let now = write.now;
    let sent = remind(platform, &mut write.tx, course, people, now).await?;
    let entry = audit::Entry {
        at: now,
        actor: scope.actor(),
        act: "person.reminded",
        purpose: "",
        subject: Some(course.0.to_string()),
        people,
        detail: json!({ "duty": "training", "rows": sent }),
        note: None,
        request_id: scope.request_id(),
    };
    audit::record(&mut write.tx, entry).await?;
    Ok(sent)
}
