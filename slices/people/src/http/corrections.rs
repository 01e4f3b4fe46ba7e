//! Corrections that workers ask for, at the desk: the queue, one of them in the clear, and answering it.

use std::collections::HashMap;

use access::{Permission, Scope};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use db::{Condition, Reader};
use http_api::{
    ApiError, ApiResult, Count, Cursor, ExportQuery, Json, Lang, Listing, Me, OptionalText, Page, PageQuery, Platform,
    Query, Sort, Write, listing,
};
use kernel::{Instant64, Label};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;
use vault::Purpose;

use super::acts::{wholly_in_reach, wholly_reached};
use super::note;
use crate::brief::briefs;
use crate::corrections;
use crate::model::{CorrectionField, CorrectionId, CorrectionState, PersonId};
use crate::sealed::open_identity;
use crate::store::corrections::{self as store, CorrectionRow};
use crate::store::people;

/// A request in the queue: whose and about what; what exactly is asked for is read one by one.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct CorrectionBrief {
    #[schema(value_type = String)]
    id: CorrectionId,
    #[schema(value_type = String)]
    person_id: PersonId,
    masked_name: String,
    tail: String,
    field: CorrectionField,
    state: CorrectionState,
    #[schema(value_type = String)]
    created_at: Instant64,
    #[schema(value_type = Option<String>)]
    decided_at: Option<Instant64>,
    decided_by: Option<String>,
}

/// A request in the clear.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct CorrectionFile {
    #[serde(flatten)]
    brief: CorrectionBrief,
    /// What stands there now, for a field of her identity.
    current: Option<String>,
    wanted: String,
    note: Option<String>,
    answer: Option<String>,
}

/// What the desk says to it.
#[derive(Debug, Deserialize, ToSchema)]
pub struct CorrectionAnswer {
    /// In words; the worker reads it.
    answer: String,
}

/// What narrows the queue.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
pub struct CorrectionFilters {
    state: Option<String>,
}

struct Corrections;

const SORTS: &[Sort] = &[Sort { name: "-created_at", columns: "c.id", order: "c.id desc", descending: true }];

impl Listing for Corrections {
    type Filters = CorrectionFilters;
    type Row = CorrectionRow;
    type View = CorrectionBrief;

    const PERMISSION: Permission = Permission::DecideCorrections;
    const SORTS: &'static [Sort] = SORTS;
    const ID: &'static str = "c.id";
    const NAME: &'static str = "corrections";
    const DISCLOSURE: Option<&'static str> = Some("corrections.listed");

    fn condition(filters: &Self::Filters) -> ApiResult<Condition> {
        let Some(state) = filters.state.given() else { return Ok(Condition::always()) };
        let state =
            CorrectionState::parse(state).ok_or_else(|| ApiError::field("state", http_api::ErrorCode::Invalid))?;
        Ok(Condition::eq("c.state", state.code()))
    }

    async fn fetch(
        db: &mut Reader,
        scope: &Scope,
        condition: Condition,
        _: Sort,
        limit: i64,
    ) -> ApiResult<Vec<CorrectionRow>> {
        Ok(store::list(db, scope, condition, limit).await?)
    }

    async fn count(db: &mut Reader, scope: &Scope, condition: Condition) -> ApiResult<i64> {
        Ok(store::count(db, scope, condition).await?)
    }

    fn position(row: &CorrectionRow, _: &Sort) -> Cursor {
        Cursor::id(row.id)
    }

    fn person(row: &CorrectionRow) -> Option<Uuid> {
        Some(row.person_id)
    }

    async fn views(platform: &Platform, _: &Scope, rows: Vec<CorrectionRow>) -> ApiResult<Vec<CorrectionBrief>> {
        let ids: Vec<Uuid> = rows.iter().map(|it| it.person_id).collect();
        let names = briefs(platform, &mut platform.db.reader(), &ids).await?;
        Ok(rows.into_iter().map(|it| brief(it, &names)).collect())
    }

    fn header(lang: Lang) -> Vec<&'static str> {
        match lang {
            Lang::Zh => vec!["编号", "姓名", "手机尾号", "项目", "状态", "提出时间", "答复时间", "答复人"],
            Lang::En => vec!["id", "name", "phone tail", "field", "state", "asked at", "answered at", "answered by"],
        }
    }

    fn cells(view: &CorrectionBrief) -> Vec<String> {
        vec![
            view.id.to_string(),
            view.masked_name.clone(),
            view.tail.clone(),
            view.field.code().to_owned(),
            view.state.code().to_owned(),
            view.created_at.to_string(),
            view.decided_at.map(|it| it.to_string()).unwrap_or_default(),
            view.decided_by.clone().unwrap_or_default(),
        ]
    }
}

fn brief(row: CorrectionRow, names: &HashMap<Uuid, crate::PersonBrief>) -> CorrectionBrief {
    let name = names.get(&row.person_id).cloned().unwrap_or_default();
    CorrectionBrief {
        id: CorrectionId::from_uuid(row.id),
        person_id: PersonId::from_uuid(row.person_id),
        masked_name: name.masked_name,
        tail: name.tail,
        field: CorrectionField::parse(&row.field).unwrap_or(CorrectionField::Other),
        state: CorrectionState::parse(&row.state).unwrap_or(CorrectionState::Open),
        created_at: Instant64::from_micros(row.created_at),
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
        .routes(routes!(accept))
        .routes(routes!(refuse))
}

/// Corrections that workers ask for, newest first.
#[utoipa::path(get, path = "/corrections", tag = "people", params(PageQuery, CorrectionFilters), responses((status = 200, body = Page<CorrectionBrief>)))]
async fn list(
    State(platform): State<Platform>,
    me: Me,
    Query(page): Query<PageQuery>,
    Query(filters): Query<CorrectionFilters>,
) -> ApiResult<Json<Page<CorrectionBrief>>> {
    listing::page::<Corrections>(&platform, &me, &page, &filters).await
}

/// How many there are.
#[utoipa::path(get, path = "/corrections/count", tag = "people", params(CorrectionFilters), responses((status = 200, body = Count)))]
async fn count(
    State(platform): State<Platform>,
    me: Me,
    Query(filters): Query<CorrectionFilters>,
) -> ApiResult<Json<Count>> {
    listing::count::<Corrections>(&platform, &me, &filters).await
}

/// All of them as CSV or XLSX.
#[utoipa::path(get, path = "/corrections/export", tag = "people", params(ExportQuery, CorrectionFilters), responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>)))]
async fn export(
    State(platform): State<Platform>,
    me: Me,
    Query(query): Query<ExportQuery>,
    Query(filters): Query<CorrectionFilters>,
) -> ApiResult<Response> {
    listing::export::<Corrections>(&platform, &me, &query, &filters).await
}

/// One of them in the clear; that it was read is written down.
#[utoipa::path(get, path = "/corrections/{id}", tag = "people", params(("id" = String, Path)), responses((status = 200, body = CorrectionFile)))]
async fn read(State(platform): State<Platform>, me: Me, Path(id): Path<String>) -> ApiResult<Json<CorrectionFile>> {
    let scope = me.require(Permission::DecideCorrections)?;
    let row = store::find(&mut platform.db.reader(), &scope, correction_id(&id)?).await?;
    let row = row.ok_or_else(ApiError::not_found)?;
    // As with deciding: one employer does not read what is another's, too.
    wholly_reached(&mut platform.db.reader(), &scope, PersonId::from_uuid(row.person_id)).await?;
    let (subject, people) = (Some(CorrectionId::from_uuid(row.id).to_string()), [row.person_id]);
    listing::disclosed(&platform, &scope, "correction.read", subject, &people, json!({ "field": row.field })).await?;
    Ok(Json(file(&platform, &mut platform.db.reader(), row).await?))
}

/// Put it right.
#[utoipa::path(post, path = "/corrections/{id}/accept", tag = "people", params(("id" = String, Path)), request_body = CorrectionAnswer, responses((status = 200, body = CorrectionFile)))]
async fn accept(
    state: State<Platform>,
    me: Me,
    id: Path<String>,
    body: Json<CorrectionAnswer>,
) -> ApiResult<(StatusCode, Json<CorrectionFile>)> {
    decide(state, me, id, body, true).await
}

/// Say why not.
#[utoipa::path(post, path = "/corrections/{id}/refuse", tag = "people", params(("id" = String, Path)), request_body = CorrectionAnswer, responses((status = 200, body = CorrectionFile)))]
async fn refuse(
    state: State<Platform>,
    me: Me,
    id: Path<String>,
    body: Json<CorrectionAnswer>,
) -> ApiResult<(StatusCode, Json<CorrectionFile>)> {
    decide(state, me, id, body, false).await
}

async fn decide(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Json(body): Json<CorrectionAnswer>,
    accepts: bool,
) -> ApiResult<(StatusCode, Json<CorrectionFile>)> {
    let scope = me.require(Permission::DecideCorrections)?;
    let id = correction_id(&id)?;
    let answer = Label::parse(&body.answer).map_err(|it| ApiError::invalid("answer", it))?;
    let mut write = Write::begin(&platform, &me).await?;
    let row = store::find(&mut write.tx, &scope, id).await?.ok_or_else(ApiError::not_found)?;
    let now = write.now;
    // As with any other change of an identity: one employer does not change what is another's, too.
    wholly_in_reach(&mut write, &scope, PersonId::from_uuid(row.person_id)).await?;
    corrections::decide(&platform, &mut write.tx, &scope, &row, accepts, &answer, now).await?;
    let act = if accepts { "correction.accepted" } else { "correction.refused" };
    let detail = json!({ "fields": [row.field], "purpose": "correct" });
    note(&platform, &mut write, &scope, act, PersonId::from_uuid(row.person_id), detail, None).await?;
    let row = store::find(&mut write.tx, &scope, id).await?.ok_or_else(ApiError::not_found)?;
    let view = file(&platform, &mut write.tx, row).await?;
    // The answer holds her new number: it is not kept beside the key.
    write.finish_unkept(StatusCode::OK, view).await
}

async fn file(platform: &Platform, db: &mut impl db::Read, row: CorrectionRow) -> ApiResult<CorrectionFile> {
    let names = briefs(platform, db, &[row.person_id]).await?;
    let (field, wanted, answer) = corrections::opened(platform, &row).await?;
    let current = match people::identities(db, &[row.person_id]).await?.pop() {
        Some((id, kind, sealed)) => {
            let key = platform.vault.key(id, Purpose::Identity).await?;
            let identity = open_identity(&key, id, &kind, &sealed)?;
            match field {
                CorrectionField::Name => Some(identity.name.as_str().to_owned()),
                CorrectionField::Phone => Some(identity.phone.as_str().to_owned()),
                CorrectionField::DocumentNumber => Some(identity.document.as_str().to_owned()),
                CorrectionField::Employment | CorrectionField::Other => None,
            }
        }
        None => None,
    };
    let brief = brief(row, &names);
    Ok(CorrectionFile { brief, current, wanted: wanted.value, note: wanted.note, answer })
}

fn correction_id(text: &str) -> ApiResult<CorrectionId> {
    text.parse().map_err(|_| ApiError::not_found())
}
