//! Red by hand over HTTP: one orders, another confirms or says no, and it is lifted.

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

use super::acts::ReasonText;
use super::{note, person_id, standing};
use crate::brief::briefs;
use crate::model::{PersonId, RedOrderId, RedOrderState, RedReason};
use crate::orders;
use crate::store::orders::{self as store, OrderRow};

/// Red by hand.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct RedOrder {
    #[schema(value_type = String)]
    id: RedOrderId,
    #[schema(value_type = String)]
    person_id: PersonId,
    masked_name: String,
    tail: String,
    reason: RedReason,
    state: RedOrderState,
    /// Evidence, in words.
    note: String,
    /// Why the other said no.
    answer: Option<String>,
    ordered_by: String,
    #[schema(value_type = String)]
    ordered_at: Instant64,
    /// Whether whoever asks may confirm it: another than who ordered.
    may_decide: bool,
    decided_by: Option<String>,
    #[schema(value_type = Option<String>)]
    decided_at: Option<Instant64>,
    lifted_by: Option<String>,
    #[schema(value_type = Option<String>)]
    lifted_at: Option<Instant64>,
}

/// Why somebody should be red.
#[derive(Debug, Deserialize, ToSchema)]
pub struct RedOrderNew {
    reason: RedReason,
    /// Evidence, in words.
    note: String,
}

/// What narrows the list.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
pub struct RedOrderFilters {
    state: Option<String>,
}

struct RedOrders;

const SORTS: &[Sort] = &[Sort { name: "-ordered_at", columns: "o.id", order: "o.id desc", descending: true }];

impl Listing for RedOrders {
    type Filters = RedOrderFilters;
    type Row = OrderRow;
    type View = RedOrder;

    const PERMISSION: Permission = Permission::OrderRed;
    const SORTS: &'static [Sort] = SORTS;
    const ID: &'static str = "o.id";
    const NAME: &'static str = "red-orders";
    const DISCLOSURE: Option<&'static str> = Some("red_orders.listed");

    fn condition(filters: &Self::Filters) -> ApiResult<Condition> {
        let Some(state) = filters.state.given() else { return Ok(Condition::always()) };
        let state = RedOrderState::parse(state).ok_or_else(|| ApiError::field("state", ErrorCode::Invalid))?;
        Ok(Condition::eq("o.state", state.code()))
    }

    async fn fetch(
        db: &mut Reader,
        scope: &Scope,
        condition: Condition,
        _: Sort,
        limit: i64,
    ) -> ApiResult<Vec<OrderRow>> {
        Ok(store::list(db, scope, condition, limit).await?)
    }

    async fn count(db: &mut Reader, scope: &Scope, condition: Condition) -> ApiResult<i64> {
        Ok(store::count(db, scope, condition).await?)
    }

    fn position(row: &OrderRow, _: &Sort) -> Cursor {
        Cursor::id(row.id)
    }

    fn person(row: &OrderRow) -> Option<Uuid> {
        Some(row.person_id)
    }

    async fn views(platform: &Platform, scope: &Scope, rows: Vec<OrderRow>) -> ApiResult<Vec<RedOrder>> {
        let ids: Vec<Uuid> = rows.iter().map(|it| it.person_id).collect();
        let names = briefs(platform, &mut platform.db.reader(), &ids).await?;
        let mut views = Vec::with_capacity(rows.len());
        for row in rows {
            views.push(view(platform, scope, row, &names).await?);
        }
        Ok(views)
    }

    fn header(lang: Lang) -> Vec<&'static str> {
        match lang {
            Lang::Zh => vec!["编号", "姓名", "手机尾号", "原因", "状态", "提出人", "提出时间", "决定人", "决定时间"],
            Lang::En => {
                vec![
                    "id",
                    "name",
                    "phone tail",
                    "reason",
                    "state",
                    "ordered by",
                    "ordered at",
                    "decided by",
                    "decided at",
                ]
            }
        }
    }

    fn cells(view: &RedOrder) -> Vec<String> {
        vec![
            view.id.to_string(),
            view.masked_name.clone(),
            view.tail.clone(),
            view.reason.code().to_owned(),
            view.state.code().to_owned(),
            view.ordered_by.clone(),
            view.ordered_at.to_string(),
            view.decided_by.clone().unwrap_or_default(),
            view.decided_at.map(|it| it.to_string()).unwrap_or_default(),
        ]
    }
}

async fn view(
    platform: &Platform,
    scope: &Scope,
    row: OrderRow,
    names: &HashMap<Uuid, crate::PersonBrief>,
) -> ApiResult<RedOrder> {
    let (note, answer) = orders::opened(platform, &row).await?;
    let name = names.get(&row.person_id).cloned().unwrap_or_default();
    Ok(RedOrder {
        id: RedOrderId::from_uuid(row.id),
        person_id: PersonId::from_uuid(row.person_id),
        masked_name: name.masked_name,
        tail: name.tail,
        reason: RedReason::parse(&row.reason).ok_or_else(ApiError::state)?,
        state: RedOrderState::parse(&row.state).unwrap_or(RedOrderState::Pending),
        note,
        answer,
        may_decide: row.state == "pending" && scope.actor().account != Some(row.ordered_by),
        ordered_by: row.ordered_by_name,
        ordered_at: Instant64::from_micros(row.ordered_at),
        decided_by: row.decided_by_name,
        decided_at: row.decided_at.map(Instant64::from_micros),
        lifted_by: row.lifted_by_name,
        lifted_at: row.lifted_at.map(Instant64::from_micros),
    })
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(count))
        .routes(routes!(export))
        .routes(routes!(order))
        .routes(routes!(confirm))
        .routes(routes!(reject))
        .routes(routes!(lift))
}

/// Red by hand, newest first.
#[utoipa::path(get, path = "/red-orders", tag = "people", params(PageQuery, RedOrderFilters), responses((status = 200, body = Page<RedOrder>)))]
async fn list(
    State(platform): State<Platform>,
    me: Me,
    Query(page): Query<PageQuery>,
    Query(filters): Query<RedOrderFilters>,
) -> ApiResult<Json<Page<RedOrder>>> {
    listing::page::<RedOrders>(&platform, &me, &page, &filters).await
}

/// How many there are.
#[utoipa::path(get, path = "/red-orders/count", tag = "people", params(RedOrderFilters), responses((status = 200, body = Count)))]
async fn count(
    State(platform): State<Platform>,
    me: Me,
    Query(filters): Query<RedOrderFilters>,
) -> ApiResult<Json<Count>> {
    listing::count::<RedOrders>(&platform, &me, &filters).await
}

/// All of them as CSV or XLSX.
#[utoipa::path(get, path = "/red-orders/export", tag = "people", params(ExportQuery, RedOrderFilters), responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>)))]
async fn export(
    State(platform): State<Platform>,
    me: Me,
    Query(query): Query<ExportQuery>,
    Query(filters): Query<RedOrderFilters>,
) -> ApiResult<Response> {
    listing::export::<RedOrders>(&platform, &me, &query, &filters).await
}

type Answer = ApiResult<(StatusCode, Json<RedOrder>)>;

/// Order somebody red; another person of the health authority must confirm it before anything changes.
#[utoipa::path(post, path = "/people/{id}/red-orders", tag = "people", params(("id" = String, Path)), request_body = RedOrderNew, responses((status = 201, body = RedOrder)))]
async fn order(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Json(body): Json<RedOrderNew>,
) -> Answer {
    let scope = me.require(Permission::OrderRed)?;
    let id = person_id(&id)?;
    let words = Prose::parse(&body.note).map_err(|it| ApiError::invalid("note", it))?;
    let mut write = Write::begin(&platform, &me).await?;
    let (person, now) = (standing(&mut write.tx, &scope, id).await?, write.now);
    let order = orders::order(&platform, &mut write.tx, &scope, person, body.reason, &words, now).await?;
    answered(&platform, write, &scope, order, person, "red_order.ordered", StatusCode::CREATED).await
}

/// Confirm it, as another than who ordered: she is red from now on.
#[utoipa::path(post, path = "/red-orders/{id}/confirm", tag = "people", params(("id" = String, Path)), responses((status = 200, body = RedOrder)))]
async fn confirm(State(platform): State<Platform>, me: Me, Path(id): Path<String>) -> Answer {
    decide(platform, me, id, None).await
}

/// Say no, as another than who ordered.
#[utoipa::path(post, path = "/red-orders/{id}/reject", tag = "people", params(("id" = String, Path)), request_body = ReasonText, responses((status = 200, body = RedOrder)))]
async fn reject(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Json(body): Json<ReasonText>,
) -> Answer {
    let answer = Prose::parse(&body.reason).map_err(|it| ApiError::invalid("reason", it))?;
    decide(platform, me, id, Some(answer)).await
}

async fn decide(platform: Platform, me: Me, id: String, refusal: Option<Prose>) -> Answer {
    let scope = me.require(Permission::OrderRed)?;
    let id = order_id(&id)?;
    let mut write = Write::begin(&platform, &me).await?;
    let (row, now) = (store::find(&mut write.tx, &scope, id).await?.ok_or_else(ApiError::not_found)?, write.now);
    let confirms = refusal.is_none();
    orders::decide(&platform, &mut write.tx, &scope, &row, confirms, refusal.as_ref(), now).await?;
    let act = if confirms { "red_order.confirmed" } else { "red_order.rejected" };
    answered(&platform, write, &scope, id, PersonId::from_uuid(row.person_id), act, StatusCode::OK).await
}

/// Lift it: she is judged by the rules again.
#[utoipa::path(post, path = "/red-orders/{id}/lift", tag = "people", params(("id" = String, Path)), request_body = ReasonText, responses((status = 200, body = RedOrder)))]
async fn lift(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Json(body): Json<ReasonText>,
) -> Answer {
    let scope = me.require(Permission::OrderRed)?;
    let id = order_id(&id)?;
    let words = Prose::parse(&body.reason).map_err(|it| ApiError::invalid("reason", it))?;
    let mut write = Write::begin(&platform, &me).await?;
    let (row, now) = (store::find(&mut write.tx, &scope, id).await?.ok_or_else(ApiError::not_found)?, write.now);
    orders::lift(&platform, &mut write.tx, &scope, &row, now).await?;
    let person = PersonId::from_uuid(row.person_id);
    note(&platform, &mut write, &scope, "red_order.lifted", person, json!({}), Some(words.as_str())).await?;
    finished(&platform, write, &scope, id, StatusCode::OK).await
}

async fn answered(
    platform: &Platform,
    mut write: Write,
    scope: &Scope,
    id: RedOrderId,
    person: PersonId,
    act: &'static str,
    status: StatusCode,
) -> Answer {
    note(platform, &mut write, scope, act, person, json!({}), None).await?;
    finished(platform, write, scope, id, status).await
}

async fn finished(platform: &Platform, mut write: Write, scope: &Scope, id: RedOrderId, status: StatusCode) -> Answer {
    let row = store::find(&mut write.tx, scope, id).await?.ok_or_else(ApiError::not_found)?;
    let names = briefs(platform, &mut write.tx, &[row.person_id]).await?;
    let view = view(platform, scope, row, &names).await?;
    write.finish(status, view).await
}

fn order_id(text: &str) -> ApiResult<RedOrderId> {
    text.parse().map_err(|_| ApiError::not_found())
}
