//! Appeals at the desk: the queue, late ones marked, and deciding as another than who made the status.

use std::collections::HashMap;

use access::{Permission, Scope};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use db::{Condition, Reader};
use http_api::{
    ApiError, ApiResult, Count, Cursor, ErrorCode, ExportQuery, Json, Lang, Listing, Me, OptionalText, Page, PageQuery,
    Platform, Query, Sort, Write, listing,
};
use kernel::{Instant64, Prose};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::file::{StatusView, status_view};
use super::note;
use crate::brief::briefs;
use crate::model::{AppealId, AppealState, HealthStatus, PersonId, StatusReasonCode};
use crate::orders;
use crate::store::orders::{self as store, AppealRow};
use crate::store::people;

/// An appeal in the queue.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct AppealBrief {
    #[schema(value_type = String)]
    id: AppealId,
    #[schema(value_type = String)]
    person_id: PersonId,
    masked_name: String,
    tail: String,
    state: AppealState,
    /// Her status when she appealed.
    status: HealthStatus,
    #[schema(value_type = String)]
    created_at: Instant64,
    /// When it must be answered.
    #[schema(value_type = String)]
    due_at: Instant64,
    /// When it became late.
    #[schema(value_type = Option<String>)]
    escalated_at: Option<Instant64>,
    #[schema(value_type = Option<String>)]
    decided_at: Option<Instant64>,
    decided_by: Option<String>,
}

/// An appeal in the clear, with what her status rests on now.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct AppealFile {
    #[serde(flatten)]
    brief: AppealBrief,
    words: String,
    answer: Option<String>,
    now: StatusView,
    /// Whether whoever asks may decide: neither ordered nor confirmed what she appeals against.
    may_decide: bool,
}

/// What was decided.
#[derive(Debug, Deserialize, ToSchema)]
pub struct AppealDecision {
    /// The reasons that were wrong and are taken back; empty = the status stands.
    wrong: Vec<StatusReasonCode>,
    /// In words; the worker reads it.
    answer: String,
}

/// What narrows the queue.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
pub struct AppealFilters {
    state: Option<String>,
    /// `true`: only those that were not answered in time.
    late: Option<String>,
}

struct Appeals;

const SORTS: &[Sort] = &[Sort { name: "-created_at", columns: "a.id", order: "a.id desc", descending: true }];

impl Listing for Appeals {
    type Filters = AppealFilters;
    type Row = AppealRow;
    type View = AppealBrief;

    const PERMISSION: Permission = Permission::ReviewAppeals;
    const SORTS: &'static [Sort] = SORTS;
    const ID: &'static str = "a.id";
    const NAME: &'static str = "appeals";
    const DISCLOSURE: Option<&'static str> = Some("appeals.listed");

    fn condition(filters: &Self::Filters) -> ApiResult<Condition> {
        let late = match filters.late.given() {
            Some("true") => Condition::literal("a.escalated_at is not null"),
            Some(_) | None => Condition::always(),
        };
        let Some(state) = filters.state.given() else { return Ok(late) };
        let state = AppealState::parse(state).ok_or_else(|| ApiError::field("state", ErrorCode::Invalid))?;
        Ok(Condition::all([late, Condition::eq("a.state", state.code())]))
    }

    async fn fetch(
        db: &mut Reader,
        scope: &Scope,
        condition: Condition,
        _: Sort,
        limit: i64,
    ) -> ApiResult<Vec<AppealRow>> {
        Ok(store::list_appeals(db, scope, condition, limit).await?)
    }

    async fn count(db: &mut Reader, scope: &Scope, condition: Condition) -> ApiResult<i64> {
        Ok(store::count_appeals(db, scope, condition).await?)
    }

    fn position(row: &AppealRow, _: &Sort) -> Cursor {
        Cursor::id(row.id)
    }

    fn person(row: &AppealRow) -> Option<Uuid> {
        Some(row.person_id)
    }

    async fn views(platform: &Platform, _: &Scope, rows: Vec<AppealRow>) -> ApiResult<Vec<AppealBrief>> {
        let ids: Vec<Uuid> = rows.iter().map(|it| it.person_id).collect();
        let names = briefs(platform, &mut platform.db.reader(), &ids).await?;
        Ok(rows.into_iter().map(|it| brief(it, &names)).collect())
    }

    fn header(lang: Lang) -> Vec<&'static str> {
        match lang {
            Lang::Zh => {
                vec!["编号", "姓名", "手机尾号", "状态", "申诉时的颜色", "提出", "期限", "逾期", "答复", "答复人"]
            }
            Lang::En => {
                vec![
                    "id",
                    "name",
                    "phone tail",
                    "state",
                    "colour",
                    "asked",
                    "due",
                    "late since",
                    "decided",
                    "decided by",
                ]
            }
        }
    }

    fn cells(view: &AppealBrief) -> Vec<String> {
        let time = |it: Option<Instant64>| it.map(|it| it.to_string()).unwrap_or_default();
        vec![
            view.id.to_string(),
            view.masked_name.clone(),
            view.tail.clone(),
            view.state.code().to_owned(),
            view.status.code().to_owned(),
            view.created_at.to_string(),
            view.due_at.to_string(),
            time(view.escalated_at),
            time(view.decided_at),
            view.decided_by.clone().unwrap_or_default(),
        ]
    }
}

fn brief(row: AppealRow, names: &HashMap<Uuid, crate::PersonBrief>) -> AppealBrief {
    let name = names.get(&row.person_id).cloned().unwrap_or_default();
    AppealBrief {
        id: AppealId::from_uuid(row.id),
        person_id: PersonId::from_uuid(row.person_id),
        masked_name: name.masked_name,
        tail: name.tail,
        state: AppealState::parse(&row.state).unwrap_or(AppealState::Open),
        status: HealthStatus::parse(&row.status).unwrap_or(HealthStatus::Unknown),
        created_at: Instant64::from_micros(row.created_at),
        due_at: Instant64::from_micros(row.due_at),
        escalated_at: row.escalated_at.map(Instant64::from_micros),
        decided_at: row.decided_at.map(Instant64::from_micros),
        decided_by: row.decided_by,
    }
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(count))
        .routes(routes!(export))
        .routes(routes!(read))
        .routes(routes!(decide))
}

/// Appeals, newest first.
#[utoipa::path(get, path = "/appeals", tag = "people", params(PageQuery, AppealFilters), responses((status = 200, body = Page<AppealBrief>)))]
async fn list(
    State(platform): State<Platform>,
    me: Me,
    Query(page): Query<PageQuery>,
    Query(filters): Query<AppealFilters>,
) -> ApiResult<Json<Page<AppealBrief>>> {
    listing::page::<Appeals>(&platform, &me, &page, &filters).await
}

/// How many there are.
#[utoipa::path(get, path = "/appeals/count", tag = "people", params(AppealFilters), responses((status = 200, body = Count)))]
async fn count(
    State(platform): State<Platform>,
    me: Me,
    Query(filters): Query<AppealFilters>,
) -> ApiResult<Json<Count>> {
    listing::count::<Appeals>(&platform, &me, &filters).await
}

/// All of them as CSV or XLSX.
#[utoipa::path(get, path = "/appeals/export", tag = "people", params(ExportQuery, AppealFilters), responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>)))]
async fn export(
    State(platform): State<Platform>,
    me: Me,
    Query(query): Query<ExportQuery>,
    Query(filters): Query<AppealFilters>,
) -> ApiResult<Response> {
    listing::export::<Appeals>(&platform, &me, &query, &filters).await
}

/// One of them in the clear; that it was read is written down.
#[utoipa::path(get, path = "/appeals/{id}", tag = "people", params(("id" = String, Path)), responses((status = 200, body = AppealFile)))]
async fn read(State(platform): State<Platform>, me: Me, Path(id): Path<String>) -> ApiResult<Json<AppealFile>> {
    let scope = me.require(Permission::ReviewAppeals)?;
    let mut db = platform.db.reader();
    let row = store::find_appeal(&mut db, &scope, appeal_id(&id)?).await?.ok_or_else(ApiError::not_found)?;
    let (subject, people) = (Some(AppealId::from_uuid(row.id).to_string()), [row.person_id]);
    listing::disclosed(&platform, &scope, "appeal.read", subject, &people, json!({})).await?;
    Ok(Json(file(&platform, &mut db, &scope, row).await?))
}

/// Decide it, as another than who made the status.
#[utoipa::path(post, path = "/appeals/{id}/decide", tag = "people", params(("id" = String, Path)), request_body = AppealDecision, responses((status = 200, body = AppealFile)))]
async fn decide(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Json(body): Json<AppealDecision>,
) -> ApiResult<(StatusCode, Json<AppealFile>)> {
    let scope = me.require(Permission::ReviewAppeals)?;
    let id = appeal_id(&id)?;
    let answer = Prose::parse(&body.answer).map_err(|it| ApiError::invalid("answer", it))?;
    if body.wrong.len() > StatusReasonCode::ALL.len() {
        return Err(ApiError::field("wrong", ErrorCode::Repeated));
    }
    let mut write = Write::begin(&platform, &me).await?;
    let (row, now) = (store::find_appeal(&mut write.tx, &scope, id).await?.ok_or_else(ApiError::not_found)?, write.now);
    orders::decide_appeal(&platform, &mut write.tx, &scope, &row, &body.wrong, &answer, now).await?;
    let person = PersonId::from_uuid(row.person_id);
    note(&platform, &mut write, &scope, "appeal.decided", person, json!({}), None).await?;
    let row = store::find_appeal(&mut write.tx, &scope, id).await?.ok_or_else(ApiError::not_found)?;
    let view = file(&platform, &mut write.tx, &scope, row).await?;
    write.finish(StatusCode::OK, view).await
}

async fn file(platform: &Platform, db: &mut impl db::Read, scope: &Scope, row: AppealRow) -> ApiResult<AppealFile> {
    let names = briefs(platform, db, &[row.person_id]).await?;
    let person = people::find(db, scope, PersonId::from_uuid(row.person_id)).await?.ok_or_else(ApiError::not_found)?;
    let group = people::group(db, PersonId::from_uuid(person.id)).await?;
    let deciders = store::deciders(db, &group).await?;
    let may_decide = row.state == "open" && !scope.actor().account.is_some_and(|it| deciders.contains(&it));
    let (words, answer) = orders::opened_appeal(platform, &row).await?;
    let now = status_view(platform, scope, &person).await?;
    Ok(AppealFile { brief: brief(row, &names), words, answer, now, may_decide })
}

fn appeal_id(text: &str) -> ApiResult<AppealId> {
    text.parse().map_err(|_| ApiError::not_found())
}
