//! Her appeals against her status.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use db::Condition;
use http_api::{ApiError, ApiResult, Cursor, Json, Myself, Page, PageQuery, Platform, Query, Write};
use kernel::{Instant64, Prose};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::proved;
use crate::http::note;
use crate::model::{AppealId, AppealState, HealthStatus, PersonId};
use crate::orders;
use crate::store::orders::{self as store, AppealRow};

/// An appeal of hers.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct MyAppeal {
    #[schema(value_type = String)]
    id: AppealId,
    state: AppealState,
    status: HealthStatus,
    words: String,
    answer: Option<String>,
    #[schema(value_type = String)]
    created_at: Instant64,
    #[schema(value_type = String)]
    due_at: Instant64,
    /// Whether it was not answered in time.
    late: bool,
    #[schema(value_type = Option<String>)]
    decided_at: Option<Instant64>,
    decided_by: Option<String>,
}

/// Why her status is wrong.
#[derive(Debug, Deserialize, ToSchema)]
pub struct AppealNew {
    words: String,
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new().routes(routes!(list, appeal)).routes(routes!(withdraw))
}

/// Her appeals, newest first; once her phone is proved.
#[utoipa::path(get, path = "/me/appeals", tag = "me", params(PageQuery), responses((status = 200, body = Page<MyAppeal>)))]
async fn list(
    State(platform): State<Platform>,
    me: Myself,
    Query(page): Query<PageQuery>,
) -> ApiResult<Json<Page<MyAppeal>>> {
    if !me.session().phone_proved {
        return Ok(Json(Page { items: Vec::new(), next: None }));
    }
    let (limit, cursor) = (page.limit()?, page.cursor()?);
    let after = cursor.map_or_else(Condition::always, |it| Condition::after("a.id", vec![it.id.into()], true));
    let rows = store::list_appeals(&mut platform.db.reader(), &me.scope(), after, limit + 1).await?;
    let page = Page::from_rows(rows, limit, |it| Cursor::id(it.id), |it| it);
    let mut items = Vec::with_capacity(page.items.len());
    for row in page.items {
        items.push(view(&platform, row).await?);
    }
    Ok(Json(Page { items, next: page.next }))
}

/// Appeal; it must be answered within a day, by another than who made the status.
#[utoipa::path(post, path = "/me/appeals", tag = "me", request_body = AppealNew, responses((status = 201, body = MyAppeal)))]
async fn appeal(
    State(platform): State<Platform>,
    me: Myself,
    Json(body): Json<AppealNew>,
) -> ApiResult<(StatusCode, Json<MyAppeal>)> {
    // The answer names a colour.
    proved(&me)?;
    let (scope, person) = (me.scope(), PersonId::from_uuid(me.session().person));
    let words = Prose::parse(&body.words).map_err(|it| ApiError::invalid("words", it))?;
    let mut write = Write::begin(&platform, &me).await?;
    let now = write.now;
    let id = orders::appeal(&platform, &mut write.tx, &scope, person, &words, now).await?;
    note(&platform, &mut write, &scope, "appeal.asked", person, json!({}), None).await?;
    let row = store::find_appeal(&mut write.tx, &scope, id).await?.ok_or_else(ApiError::not_found)?;
    let view = view(&platform, row).await?;
    write.finish(StatusCode::CREATED, view).await
}

/// Take it back.
#[utoipa::path(post, path = "/me/appeals/{id}/withdraw", tag = "me", params(("id" = String, Path)), responses((status = 200, body = MyAppeal)))]
async fn withdraw(
    State(platform): State<Platform>,
    me: Myself,
    Path(id): Path<String>,
) -> ApiResult<(StatusCode, Json<MyAppeal>)> {
    proved(&me)?;
    let (scope, id) = (me.scope(), id.parse().map_err(|_| ApiError::not_found())?);
    let mut write = Write::begin(&platform, &me).await?;
    let now = write.now;
    orders::withdraw(&mut write.tx, &scope, id, now).await?;
    let person = PersonId::from_uuid(me.session().person);
    note(&platform, &mut write, &scope, "appeal.withdrawn", person, json!({}), None).await?;
    let row = store::find_appeal(&mut write.tx, &scope, id).await?.ok_or_else(ApiError::not_found)?;
    let view = view(&platform, row).await?;
    write.finish(StatusCode::OK, view).await
}

pub(super) async fn view(platform: &Platform, row: AppealRow) -> ApiResult<MyAppeal> {
    let (words, answer) = orders::opened_appeal(platform, &row).await?;
    Ok(MyAppeal {
        id: AppealId::from_uuid(row.id),
        state: AppealState::parse(&row.state).unwrap_or(AppealState::Open),
        status: HealthStatus::parse(&row.status).unwrap_or(HealthStatus::Unknown),
        words,
        answer,
        created_at: Instant64::from_micros(row.created_at),
        due_at: Instant64::from_micros(row.due_at),
        late: row.escalated_at.is_some(),
        decided_at: row.decided_at.map(Instant64::from_micros),
        decided_by: row.decided_by,
    })
}
