//! The handlers.

use access::{Permission, Scope};
use audit::Entry;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use db::Tx;
use http_api::{
    ApiError, ApiResult, Count, ErrorCode, ExportQuery, Json, Me, OptionalText, Page, PageQuery, Platform, Query,
    Write, listing,
};
use kernel::Instant64;
use serde_json::{Value, json};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::record::{self, AlarmClose, AlarmFile, AlarmStepNew};
use super::{AlarmFilters, AlarmView, Alarms};
use crate::acts;
use crate::model::AlarmId;
use crate::rules::{self, Act};
use crate::store::alarms;

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(count))
        .routes(routes!(export))
        .routes(routes!(read))
        .routes(routes!(acknowledge))
        .routes(routes!(take_step))
        .routes(routes!(close))
}

/// Alarms.
#[utoipa::path(get, path = "/alarms", tag = "alarms", params(PageQuery, AlarmFilters), responses((status = 200, body = Page<AlarmView>)))]
async fn list(
    State(platform): State<Platform>,
    me: Me,
    Query(page): Query<PageQuery>,
    Query(filters): Query<AlarmFilters>,
) -> ApiResult<Json<Page<AlarmView>>> {
    listing::page::<Alarms>(&platform, &me, &page, &filters).await
}

/// How many alarms the filter meets.
#[utoipa::path(get, path = "/alarms/count", tag = "alarms", params(AlarmFilters), responses((status = 200, body = Count)))]
async fn count(
    State(platform): State<Platform>,
    me: Me,
    Query(filters): Query<AlarmFilters>,
) -> ApiResult<Json<Count>> {
    listing::count::<Alarms>(&platform, &me, &filters).await
}

/// The filtered alarms as CSV or XLSX.
#[utoipa::path(get, path = "/alarms/export", tag = "alarms", params(AlarmFilters, ExportQuery), responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>)))]
async fn export(
    State(platform): State<Platform>,
    me: Me,
    Query(filters): Query<AlarmFilters>,
    Query(export): Query<ExportQuery>,
) -> ApiResult<Response> {
    listing::export::<Alarms>(&platform, &me, &export, &filters).await
}

/// One alarm with its record.
#[utoipa::path(get, path = "/alarms/{id}", tag = "alarms", params(("id" = String, Path)), responses((status = 200, body = AlarmFile)))]
async fn read(State(platform): State<Platform>, me: Me, Path(id): Path<String>) -> ApiResult<Json<AlarmFile>> {
    let scope = me.require(Permission::ReadAlarms)?;
    let mut reader = platform.db.reader();
    let alarm = alarms::find(&mut reader, &scope, alarm_id(&id)?).await?.ok_or_else(ApiError::not_found)?;
    let (id, person) = (alarm.id(), alarm.person_id);
    let (file, discloses) = record::file(&mut reader, &platform.vault, alarm, may_handle(&me)).await?;
    if discloses {
        let mut tx = platform.db.begin().await?;
        note(&mut tx, &scope, "alarm.read", id, person, json!({}), platform.now()).await?;
        tx.commit().await?;
    }
    Ok(Json(file))
}

/// Take notice of an alarm: it stops escalating.
#[utoipa::path(post, path = "/alarms/{id}/acknowledge", tag = "alarms", params(("id" = String, Path)), responses((status = 200, body = AlarmFile)))]
async fn acknowledge(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
) -> ApiResult<(StatusCode, Json<AlarmFile>)> {
    let (scope, id) = (allowed(&me, Act::Acknowledge)?, alarm_id(&id)?);
    let mut write = Write::begin(&platform, &me).await?;
    let now = write.now;
    acts::acknowledge(&mut write.tx, &platform.vault, &scope, id, now).await?;
    finish(&platform, &me, &scope, write, id, "alarm.acknowledged", json!({})).await
}

/// Write down what was done about an alarm.
#[utoipa::path(post, path = "/alarms/{id}/steps", tag = "alarms", params(("id" = String, Path)), request_body = AlarmStepNew, responses((status = 200, body = AlarmFile)))]
async fn take_step(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Json(body): Json<AlarmStepNew>,
) -> ApiResult<(StatusCode, Json<AlarmFile>)> {
    let (scope, id) = (allowed(&me, Act::of(body.kind))?, alarm_id(&id)?);
    let step = body.step()?;
    let mut write = Write::begin(&platform, &me).await?;
    let now = write.now;
    acts::take_step(&mut write.tx, &platform.vault, &scope, id, &step, now).await?;
    finish(&platform, &me, &scope, write, id, "alarm.step", json!({ "kind": body.kind.code() })).await
}

/// End an alarm. A suspected fever is cleared only after a clinical reading that says so.
#[utoipa::path(post, path = "/alarms/{id}/close", tag = "alarms", params(("id" = String, Path)), request_body = AlarmClose, responses((status = 200, body = AlarmFile)))]
async fn close(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Json(body): Json<AlarmClose>,
) -> ApiResult<(StatusCode, Json<AlarmFile>)> {
    let (scope, id) = (allowed(&me, Act::Close)?, alarm_id(&id)?);
    let words = body.note.given().unwrap_or_default();
    let mut write = Write::begin(&platform, &me).await?;
    let now = write.now;
    acts::close(&mut write.tx, &platform.vault, &scope, id, body.outcome, words, now).await?;
    // How it ended stands in the alarm, where it can be taken from the person; the audit log never forgets.
    finish(&platform, &me, &scope, write, id, "alarm.closed", json!({})).await
}

async fn finish(
    platform: &Platform,
    me: &Me,
    scope: &Scope,
    mut write: Write,
    id: AlarmId,
    act: &'static str,
    detail: Value,
) -> ApiResult<(StatusCode, Json<AlarmFile>)> {
    let now = write.now;
    let alarm = alarms::find(&mut write.tx, scope, id).await?.ok_or_else(ApiError::not_found)?;
    note(&mut write.tx, scope, act, id, alarm.person_id, detail, now).await?;
    let (file, _) = record::file(&mut write.tx, &platform.vault, alarm, may_handle(me)).await?;
    write.finish(StatusCode::OK, file).await
}

async fn note(
    tx: &mut Tx,
    scope: &Scope,
    act: &'static str,
    id: AlarmId,
    person: Option<Uuid>,
    detail: Value,
    now: Instant64,
) -> ApiResult<()> {
    let entry = Entry {
        at: now,
        actor: scope.actor(),
        act,
        purpose: "",
        subject: Some(id.to_string()),
        people: person.as_slice(),
        detail,
        note: None,
        request_id: scope.request_id(),
    };
    audit::record(tx, entry).await?;
    Ok(())
}

fn allowed(me: &Me, act: Act) -> ApiResult<Scope> {
    let scope = me.require(Permission::HandleAlarms)?;
    match rules::may_act(me.caller().role(), act) {
        true => Ok(scope),
        false => Err(ApiError::new(StatusCode::FORBIDDEN, ErrorCode::Forbidden)),
    }
}

fn may_handle(me: &Me) -> bool {
    me.caller().role().may(Permission::HandleAlarms)
}

fn alarm_id(text: &str) -> ApiResult<AlarmId> {
    text.parse().map_err(|_| ApiError::not_found())
}
