//! The rulebook of reopening: versions, what is wrong with one, what it would do, publishing and taking back.

use access::{Located, Permission, Scope};
use axum::extract::State;
use axum::http::StatusCode;
use db::Read;
use http_api::{ApiError, ApiResult, Cursor, ErrorCode, Json, Me, Page, PageQuery, Platform, Query, Write};
use kernel::{Instant64, Label};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::note;
use crate::rulebook::model::{Rulebook, RulebookFault};
use crate::rulebook::{BUILT_IN, BUILT_IN_VERSION, RulebookEffects, affected, in_force, of_version, sound};
use crate::store::rulebooks::{self as store, NewRulebook, RulebookRow};

/// A version of the rulebook.
#[derive(Debug, Serialize, ToSchema)]
pub struct RulebookView {
    version: i64,
    definition: Rulebook,
    note: String,
    /// Null for the one that the program brings along.
    set_by: Option<String>,
    #[schema(value_type = Option<String>)]
    valid_from: Option<Instant64>,
    #[schema(value_type = Option<String>)]
    withdrawn_at: Option<Instant64>,
    withdrawn_by: Option<String>,
    /// When what was under way had followed it.
    #[schema(value_type = Option<String>)]
    followed_at: Option<Instant64>,
    /// Whether it holds now.
    in_force: bool,
}

/// A new version.
#[derive(Debug, Deserialize, ToSchema)]
pub struct RulebookNew {
    definition: Rulebook,
    /// Why.
    note: String,
    /// The version it was made from: somebody else's change in between is not overwritten.
    from_version: i64,
    /// From when it holds; at once when there is none.
    #[schema(value_type = Option<String>)]
    valid_from: Option<Instant64>,
}

/// A version to be taken back.
#[derive(Debug, Deserialize, ToSchema)]
pub struct RulebookWithdrawn {
    version: i64,
}

/// Which one.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(default)]
pub struct RulebookQuery {
    /// A version; without it the one in force.
    version: Option<i64>,
}

/// A rulebook to be looked at.
#[derive(Debug, Deserialize, ToSchema)]
pub struct RulebookTry {
    definition: Rulebook,
}

/// What is wrong with it, and what it would do now.
#[derive(Debug, Serialize, ToSchema)]
pub struct RulebookTried {
    faults: Vec<RulebookFault>,
    /// Null while it has faults.
    effects: Option<RulebookEffects>,
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new()
        .routes(routes!(read, publish))
        .routes(routes!(versions))
        .routes(routes!(try_out))
        .routes(routes!(withdraw))
}

/// The rulebook in force, or another version of it.
#[utoipa::path(get, path = "/rulebooks", tag = "reopening", params(RulebookQuery), responses((status = 200, body = RulebookView)))]
async fn read(
    State(platform): State<Platform>,
    me: Me,
    Query(query): Query<RulebookQuery>,
) -> ApiResult<Json<RulebookView>> {
    me.require(Permission::ReadApplications)?;
    let (mut db, now) = (platform.db.reader(), platform.now());
    let version = match query.version {
        Some(version) => version,
        None => in_force(&mut db, now).await?.version,
    };
    shown(&mut db, version, now).await.map(Json)
}

/// All versions, newest first; the first one is the program's.
#[utoipa::path(get, path = "/rulebooks/versions", tag = "reopening", params(PageQuery), responses((status = 200, body = Page<RulebookView>)))]
async fn versions(
    State(platform): State<Platform>,
    me: Me,
    Query(page): Query<PageQuery>,
) -> ApiResult<Json<Page<RulebookView>>> {
    me.require(Permission::ReadApplications)?;
    let (limit, cursor) = (page.limit()?, page.cursor()?);
    let after = cursor.and_then(|it| it.key?.parse().ok());
    let mut db = platform.db.reader();
    let holds = in_force(&mut db, platform.now()).await?.version;
    let rows = store::list(&mut db, after, limit + 1).await?;
    let page =
        Page::from_rows(rows, limit, |it| Cursor { key: Some(it.version.to_string()), id: Uuid::nil() }, |it| it);
    let mut items = page.items.into_iter().map(|it| view(it, holds)).collect::<ApiResult<Vec<_>>>()?;
    if page.next.is_none() {
        items.push(built_in(holds));
    }
    Ok(Json(Page { items, next: page.next }))
}

/// What is wrong with a rulebook, and what it would do to what is under way; nothing changes.
#[utoipa::path(post, path = "/rulebooks/tries", tag = "reopening", request_body = RulebookTry, responses((status = 200, body = RulebookTried)))]
async fn try_out(
    State(platform): State<Platform>,
    me: Me,
    Json(body): Json<RulebookTry>,
) -> ApiResult<Json<RulebookTried>> {
    let scope = me.require(Permission::ManageReopening)?;
    let faults = sound::faults(&body.definition);
    let effects = match faults.is_empty() {
        true => {
            let mut db = platform.db.reader();
            let now = in_force(&mut db, platform.now()).await?;
            Some(affected(&mut db, &scope, &now.book, &body.definition).await?)
        }
        false => None,
    };
    Ok(Json(RulebookTried { faults, effects }))
}

/// Publish a version, to hold at once or from a moment on. What is submitted from then on goes by it; what is under way follows
/// where its rules say so.
#[utoipa::path(post, path = "/rulebooks", tag = "reopening", request_body = RulebookNew, responses((status = 201, body = RulebookView)))]
async fn publish(
    State(platform): State<Platform>,
    me: Me,
    Json(body): Json<RulebookNew>,
) -> ApiResult<(StatusCode, Json<RulebookView>)> {
    let scope = me.require(Permission::ManageReopening)?;
    let mut write = Write::begin(&platform, &me).await?;
    of_all(&mut write, &scope).await?;
    let reason = Label::parse(&body.note).map_err(|it| ApiError::invalid("note", it))?;
    if let Some(first) = sound::faults(&body.definition).first() {
        return Err(ApiError::field("definition", ErrorCode::RulebookFaults).with("at", &first.at));
    }
    let now = write.now;
    let valid_from = body.valid_from.unwrap_or(now);
    if valid_from < now {
        return Err(ApiError::field("valid_from", ErrorCode::MomentPast));
    }
    let newest = store::list(&mut write.tx, None, 1).await?.pop();
    if let Some(pending) = newest.as_ref().filter(|it| it.withdrawn_at.is_none() && now.micros() < it.valid_from) {
        let error = ApiError::new(StatusCode::CONFLICT, ErrorCode::RulebookPending);
        return Err(error.with("version", pending.version));
    }
    if in_force(&mut write.tx, now).await?.version != body.from_version {
        return Err(ApiError::state());
    }
    let version = newest.map_or(BUILT_IN_VERSION, |it| it.version) + 1;
    let definition = serde_json::to_string(&body.definition).map_err(|error| ApiError::internal(&error))?;
    let new = NewRulebook { version, definition, note: reason.as_str(), by: &scope.actor().name, valid_from };
    match store::insert(&mut write.tx, new, now).await {
        Err(db::DbError::Unique(_)) => return Err(ApiError::state()),
        other => other?,
    }
    let detail = json!({ "version": version, "valid_from": valid_from.to_string() });
    note(&mut write, &scope, "rulebook.published", version, detail).await?;
    let view = shown(&mut write.tx, version, now).await?;
    write.finish(StatusCode::CREATED, view).await
}

/// Take a version back that has not begun.
#[utoipa::path(post, path = "/rulebooks/withdrawals", tag = "reopening", request_body = RulebookWithdrawn, responses((status = 200, body = RulebookView)))]
async fn withdraw(
    State(platform): State<Platform>,
    me: Me,
    Json(body): Json<RulebookWithdrawn>,
) -> ApiResult<(StatusCode, Json<RulebookView>)> {
    let scope = me.require(Permission::ManageReopening)?;
    let version = body.version;
    let mut write = Write::begin(&platform, &me).await?;
    of_all(&mut write, &scope).await?;
    let now = write.now;
    shown(&mut write.tx, version, now).await?;
    let by = scope.actor().name.clone();
    if !store::withdraw(&mut write.tx, version, &by, now).await? {
        return Err(ApiError::state());
    }
    note(&mut write, &scope, "rulebook.withdrawn", version, json!({ "version": version })).await?;
    let view = shown(&mut write.tx, version, now).await?;
    write.finish(StatusCode::OK, view).await
}

/// One rulebook for all: who reaches a part of the district cannot change it for the others.
async fn of_all(write: &mut Write, scope: &Scope) -> ApiResult<()> {
    let district = places::district_code(&mut write.tx).await?.unwrap_or_default();
    match scope.covers(Located { area: Some(&district), ..Located::default() }) {
        true => Ok(()),
        false => Err(ApiError::new(StatusCode::FORBIDDEN, ErrorCode::BeyondScope)),
    }
}

async fn shown(db: &mut impl Read, version: i64, now: Instant64) -> ApiResult<RulebookView> {
    let holds = in_force(db, now).await?.version;
    match store::find(db, version).await? {
        Some(row) => view(row, holds),
        None => of_version(db, version).await.map(|_| built_in(holds)),
    }
}

fn built_in(holds: i64) -> RulebookView {
    RulebookView {
        version: BUILT_IN_VERSION,
        definition: Rulebook::clone(&BUILT_IN),
        note: String::new(),
        set_by: None,
        valid_from: None,
        withdrawn_at: None,
        withdrawn_by: None,
        followed_at: None,
        in_force: holds == BUILT_IN_VERSION,
    }
}

fn view(row: RulebookRow, holds: i64) -> ApiResult<RulebookView> {
    Ok(RulebookView {
        version: row.version,
        definition: serde_json::from_str(&row.definition).map_err(|error| ApiError::internal(&error))?,
        note: row.note,
        set_by: Some(row.set_by),
        valid_from: Some(Instant64::from_micros(row.valid_from)),
        withdrawn_at: row.withdrawn_at.map(Instant64::from_micros),
        withdrawn_by: row.withdrawn_by,
        followed_at: row.followed_at.map(Instant64::from_micros),
        in_force: holds == row.version,
    })
}
