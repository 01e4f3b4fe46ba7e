//! What she wants put right.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use db::Condition;
use http_api::{
    ApiError, ApiResult, Cursor, ErrorCode, Json, Myself, OptionalText, Page, PageQuery, Platform, Query, Write,
};
use kernel::{Instant64, Label};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::corrections::{self, Wanted};
use crate::http::note;
use crate::model::{CorrectionField, CorrectionId, CorrectionState, PersonId};
use crate::store::corrections::{self as store, CorrectionRow};

/// What she asked for and what became of it.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct MyCorrection {
    #[schema(value_type = String)]
    pub(super) id: CorrectionId,
    pub(super) field: CorrectionField,
    pub(super) state: CorrectionState,
    pub(super) wanted: String,
    pub(super) note: Option<String>,
    pub(super) answer: Option<String>,
    #[schema(value_type = String)]
    pub(super) created_at: Instant64,
    #[schema(value_type = Option<String>)]
    pub(super) decided_at: Option<Instant64>,
    pub(super) decided_by: Option<String>,
}

/// What is wrong.
#[derive(Debug, Deserialize, ToSchema)]
pub struct CorrectionAsk {
    field: CorrectionField,
    /// What should stand there.
    value: String,
    note: Option<String>,
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new().routes(routes!(list, ask)).routes(routes!(withdraw))
}

/// What she asked for, newest first.
#[utoipa::path(get, path = "/me/corrections", tag = "me", params(PageQuery), responses((status = 200, body = Page<MyCorrection>)))]
async fn list(
    State(platform): State<Platform>,
    me: Myself,
    Query(page): Query<PageQuery>,
) -> ApiResult<Json<Page<MyCorrection>>> {
    let (limit, cursor) = (page.limit()?, page.cursor()?);
    let after = cursor.map_or_else(Condition::always, |it| Condition::after("c.id", vec![it.id.into()], true));
    let rows = store::list(&mut platform.db.reader(), &me.scope(), after, limit + 1).await?;
    let page = Page::from_rows(rows, limit, |it| Cursor::id(it.id), |it| it);
    let mut items = Vec::with_capacity(page.items.len());
    for row in page.items {
        items.push(view(&platform, row).await?);
    }
    Ok(Json(Page { items, next: page.next }))
}

/// Ask for a correction.
#[utoipa::path(post, path = "/me/corrections", tag = "me", request_body = CorrectionAsk, responses((status = 201, body = MyCorrection)))]
async fn ask(
    State(platform): State<Platform>,
    me: Myself,
    Json(body): Json<CorrectionAsk>,
) -> ApiResult<(StatusCode, Json<MyCorrection>)> {
    let scope = me.scope();
    let note_text = body.note.given().map(Label::parse).transpose().map_err(|it| ApiError::invalid("note", it))?;
    if body.value.trim().is_empty() {
        return Err(ApiError::field("value", ErrorCode::Required));
    }
    let of_identity = !matches!(body.field, CorrectionField::Employment | CorrectionField::Other);
    if of_identity && !me.session().phone_proved {
        return Err(ApiError::new(StatusCode::CONFLICT, ErrorCode::PhoneUnproved));
    }
    let wanted = Wanted { value: body.value.trim().to_owned(), note: note_text.map(|it| it.as_str().to_owned()) };
    let mut write = Write::begin(&platform, &me).await?;
    let (person, now) = (me.session().person, write.now);
    let id = corrections::ask(&platform, &mut write.tx, person, body.field, &wanted, now).await?;
    let detail = json!({ "fields": [body.field.code()], "purpose": "own_request" });
    note(&platform, &mut write, &scope, "correction.asked", PersonId::from_uuid(person), detail, None).await?;
    let row = store::find(&mut write.tx, &scope, id).await?.ok_or_else(ApiError::not_found)?;
    let view = view(&platform, row).await?;
    write.finish(StatusCode::CREATED, view).await
}

/// Take it back.
#[utoipa::path(post, path = "/me/corrections/{id}/withdraw", tag = "me", params(("id" = String, Path)), responses((status = 200, body = MyCorrection)))]
async fn withdraw(
    State(platform): State<Platform>,
    me: Myself,
    Path(id): Path<String>,
) -> ApiResult<(StatusCode, Json<MyCorrection>)> {
    let (scope, id) = (me.scope(), id.parse().map_err(|_| ApiError::not_found())?);
    let mut write = Write::begin(&platform, &me).await?;
    let now = write.now;
    corrections::withdraw(&mut write.tx, &scope, id, now).await?;
    let person = PersonId::from_uuid(me.session().person);
    note(&platform, &mut write, &scope, "correction.withdrawn", person, json!({}), None).await?;
    let row = store::find(&mut write.tx, &scope, id).await?.ok_or_else(ApiError::not_found)?;
    let view = view(&platform, row).await?;
    write.finish(StatusCode::OK, view).await
}

pub(super) async fn view(platform: &Platform, row: CorrectionRow) -> ApiResult<MyCorrection> {
    let (field, wanted, answer) = corrections::opened(platform, &row).await?;
    Ok(MyCorrection {
        id: CorrectionId::from_uuid(row.id),
        field,
        state: CorrectionState::parse(&row.state).unwrap_or(CorrectionState::Open),
        wanted: wanted.value,
        note: wanted.note,
        answer,
        created_at: Instant64::from_micros(row.created_at),
        decided_at: row.decided_at.map(Instant64::from_micros),
        decided_by: row.decided_by,
    })
}
