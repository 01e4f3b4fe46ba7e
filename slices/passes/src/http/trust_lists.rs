//! Trust lists of foreign certificates: imported by an operator, tried out before, taken back by importing an earlier one.

use access::{Located, Permission, Scope};
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use db::Read;
use http_api::{
    ApiError, ApiResult, Cursor, ErrorCode, Json, Me, OptionalText, Page, PageQuery, Platform, Query, Write,
};
use kernel::{Instant64, Label};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::foreign::{KeysRead, read_keys, read_revocations};
use crate::store::trust::{self, NewTrust, Text, TrustRow};

/// Nothing is revoked.
const NONE_REVOKED: &str = "{}";

/// A version of the trust list.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct TrustListView {
    version: i64,
    file_name: String,
    /// Certificates of EU issuers.
    dcc_count: i64,
    /// Keys of SMART Health Card issuers.
    shc_count: i64,
    /// Revocations that came with it.
    revoked_count: i64,
    /// Entries that were left out, and why; at most 200.
    skipped: Vec<String>,
    note: String,
    imported_by: String,
    #[schema(value_type = String)]
    imported_at: Instant64,
}

/// What importing a file came to, or would.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct TrustImport {
    /// The new version; null when it was only tried.
    version: Option<i64>,
    dcc_count: usize,
    shc_count: usize,
    revoked_count: usize,
    skipped_count: usize,
    skipped: Vec<String>,
    /// What holds now, to compare with.
    before: Option<TrustListView>,
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
struct ImportQuery {
    /// Only say what would happen.
    dry_run: bool,
    file_name: Option<String>,
    note: Option<String>,
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
struct KeysQuery {
    version: Option<i64>,
}

/// Why an earlier version is put in force again.
#[derive(Debug, Deserialize, ToSchema)]
pub struct TrustRestore {
    version: i64,
    note: String,
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(import))
        .routes(routes!(import_revocations))
        .routes(routes!(restore))
        .routes(routes!(content))
}

/// Versions, newest first; the newest holds.
#[utoipa::path(get, path = "/trust-lists", tag = "passes", params(PageQuery), responses((status = 200, body = Page<TrustListView>)))]
async fn list(
    State(platform): State<Platform>,
    me: Me,
    Query(page): Query<PageQuery>,
) -> ApiResult<Json<Page<TrustListView>>> {
    me.require(Permission::ManageRules)?;
    let (limit, cursor) = (page.limit()?, page.cursor()?);
    let below = cursor.and_then(|it| it.key).and_then(|it| it.parse().ok());
    let rows = trust::list(&mut platform.db.reader(), below, limit + 1).await?;
    let position = |it: &TrustRow| Cursor { key: Some(it.version.to_string()), id: Uuid::nil() };
    Ok(Json(Page::from_rows(rows, limit, position, view)))
}

/// Import keys: JSON or PEM, as `fugong inspect pass --trust` takes it. Revocations that hold go on holding.
#[utoipa::path(post, path = "/trust-lists/import", tag = "passes", params(ImportQuery), request_body(content = Vec<u8>, content_type = "application/octet-stream"), responses((status = 200, body = TrustImport)))]
async fn import(
    State(platform): State<Platform>,
    me: Me,
    Query(query): Query<ImportQuery>,
    body: Bytes,
) -> ApiResult<(StatusCode, Json<TrustImport>)> {
    let keys = String::from_utf8(body.to_vec()).map_err(|_| ApiError::field("file", ErrorCode::TrustForm))?;
    taken(&platform, &me, &query, (Some(keys), None)).await
}

/// Import revocations, as their authorities publish them. Keys that hold go on holding.
#[utoipa::path(post, path = "/trust-lists/revocations/import", tag = "passes", params(ImportQuery), request_body(content = Vec<u8>, content_type = "application/octet-stream"), responses((status = 200, body = TrustImport)))]
async fn import_revocations(
    State(platform): State<Platform>,
    me: Me,
    Query(query): Query<ImportQuery>,
    body: Bytes,
) -> ApiResult<(StatusCode, Json<TrustImport>)> {
    let revocations = String::from_utf8(body.to_vec()).map_err(|_| ApiError::field("file", ErrorCode::TrustForm))?;
    taken(&platform, &me, &query, (None, Some(revocations))).await
}

/// Takes what came of keys and revocations, and the rest from the version that holds.
async fn taken(
    platform: &Platform,
    me: &Me,
    query: &ImportQuery,
    (keys, revocations): (Option<String>, Option<String>),
) -> ApiResult<(StatusCode, Json<TrustImport>)> {
    let scope = me.require(Permission::ManageRules)?;
    key_of(me)?;
    // Read before the transaction: gates do not wait for a long list.
    let mut db = platform.db.reader();
    whole_district(&mut db, &scope).await?;
    let before = trust::list(&mut db, None, 1).await?.pop();
    let newest = before.as_ref().map_or(0, |it| it.version);
    let held = trust::content(&mut db, newest).await?;
    let (keys, revocations) = match (&keys, &revocations, &held) {
        (Some(keys), _, Some(held)) => (Came::now(keys), Came::with(held.revocations_of, &held.revocations)),
        (Some(keys), _, None) => (Came::now(keys), Came::now(NONE_REVOKED)),
        (None, Some(revocations), Some(held)) => (Came::with(held.keys_of, &held.keys), Came::now(revocations)),
        // Revocations without keys revoke nothing.
        (None, _, _) => return Err(ApiError::state()),
    };
    let (read, revoked) = (read_keys(keys.text.as_bytes())?, read_revocations(revocations.text)?);
    let view = |version, read: &KeysRead| TrustImport {
        version,
        dcc_count: read.counts.0,
        shc_count: read.counts.1,
        revoked_count: revoked,
        skipped_count: read.skipped_count,
        skipped: read.skipped.clone(),
        before: before.map(self::view),
    };
    if query.dry_run {
        return Ok((StatusCode::OK, Json(view(None, &read))));
    }
    let said = Said { file_name: query.file_name.given(), note: query.note.given(), keys, revocations };
    let mut write = Write::begin(platform, me).await?;
    put(&mut write, &scope, newest, said, (&read, revoked)).await?;
    write.finish(StatusCode::OK, view(Some(newest + 1), &read)).await
}

/// Puts the keys of an earlier version in force again, as a new one; revocations that hold go on holding.
#[utoipa::path(post, path = "/trust-lists/restore", tag = "passes", request_body = TrustRestore, responses((status = 200, body = TrustListView)))]
async fn restore(
    State(platform): State<Platform>,
    me: Me,
    Json(body): Json<TrustRestore>,
) -> ApiResult<(StatusCode, Json<TrustListView>)> {
    let scope = me.require(Permission::ManageRules)?;
    let version = body.version;
    key_of(&me)?;
    let mut db = platform.db.reader();
    whole_district(&mut db, &scope).await?;
    let newest = trust::newest(&mut db).await?;
    let known = trust::list(&mut db, Some(version + 1), 1).await?.pop().filter(|it| it.version == version);
    let known = known.ok_or_else(ApiError::not_found)?;
    if version == newest {
        return Err(ApiError::state());
    }
    let earlier = trust::content(&mut db, version).await?.ok_or_else(ApiError::not_found)?;
    let held = trust::content(&mut db, newest).await?.ok_or_else(ApiError::not_found)?;
    let keys = Came::with(earlier.keys_of, &earlier.keys);
    // What was revoked since stays revoked: only the keys were wrong.
    let revocations = Came::with(held.revocations_of, &held.revocations);
    let (read, revoked) = (read_keys(keys.text.as_bytes())?, read_revocations(revocations.text)?);
    let said = Said { file_name: Some(&known.file_name), note: Some(&body.note), keys, revocations };
    let mut write = Write::begin(&platform, &me).await?;
    put(&mut write, &scope, newest, said, (&read, revoked)).await?;
    let row = trust::list(&mut write.tx, None, 1).await?.pop().ok_or_else(ApiError::not_found)?;
    write.finish(StatusCode::OK, view(row)).await
}

/// The keys of a version as they came; of the one that holds if none is named.
#[utoipa::path(get, path = "/trust-lists/keys", tag = "passes", params(KeysQuery), responses((status = 200, content_type = "application/octet-stream", body = String)))]
async fn content(State(platform): State<Platform>, me: Me, Query(query): Query<KeysQuery>) -> ApiResult<Response> {
    me.require(Permission::ManageRules)?;
    let mut db = platform.db.reader();
    let keys = match query.version {
        Some(version) => trust::content(&mut db, version).await?.ok_or_else(ApiError::not_found)?.keys,
        None => {
            let newest = trust::newest(&mut db).await?;
            trust::content(&mut db, newest).await?.map_or_else(|| "{}".to_owned(), |it| it.keys)
        }
    };
    let name = match keys.trim_start().starts_with("-----BEGIN") {
        true => "attachment; filename=\"trust-list.pem\"",
        false => "attachment; filename=\"trust-list.json\"",
    };
    let mut response = keys.into_response();
    let set = response.headers_mut();
    set.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
    set.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static(name));
    Ok(response)
}

/// The sender's key is asked for before anything is read.
fn key_of(me: &Me) -> ApiResult<()> {
    let required = || ApiError::new(StatusCode::BAD_REQUEST, ErrorCode::IdempotencyKeyRequired);
    me.idempotency_key().map(drop).ok_or_else(required)
}

/// A text, and how it is stored.
struct Came<'a> {
    text: &'a str,
    stored: Text<'a>,
}

impl<'a> Came<'a> {
    const fn now(text: &'a str) -> Self {
        Self { text, stored: Text::New(text) }
    }

    const fn with(version: i64, text: &'a str) -> Self {
        Self { text, stored: Text::Of(version) }
    }
}

/// What is put in force.
struct Said<'a> {
    file_name: Option<&'a str>,
    note: Option<&'a str>,
    keys: Came<'a>,
    revocations: Came<'a>,
}

/// Stores the version after `newest`, unless somebody else has.
async fn put(
    write: &mut Write,
    scope: &Scope,
    newest: i64,
    said: Said<'_>,
    (read, revoked): (&KeysRead, usize),
) -> ApiResult<()> {
    if trust::newest(&mut write.tx).await? != newest {
        return Err(ApiError::state());
    }
    let version = newest + 1;
    let note = Label::parse(said.note.unwrap_or_default()).map_err(|it| ApiError::invalid("note", it))?;
    let file = Label::parse(said.file_name.unwrap_or("trust.json")).map_err(|it| ApiError::invalid("file_name", it))?;
    let number = |it: usize| i64::try_from(it).unwrap_or(i64::MAX);
    let skipped = serde_json::to_string(&read.skipped).map_err(|error| ApiError::internal(&error))?;
    let new = NewTrust {
        version,
        file_name: file.as_str(),
        keys: said.keys.stored,
        revocations: said.revocations.stored,
        dcc_count: number(read.counts.0),
        shc_count: number(read.counts.1),
        revoked_count: number(revoked),
        skipped: &skipped,
        note: note.as_str(),
        by: &scope.actor().name,
    };
    trust::insert(&mut write.tx, new, write.now).await?;
    let entry = audit::Entry {
        at: write.now,
        actor: scope.actor(),
        act: "trust_list.imported",
        purpose: "",
        subject: None,
        people: &[],
        detail: json!({ "version": version, "file": file.as_str() }),
        note: None,
        request_id: scope.request_id(),
    };
    audit::record(&mut write.tx, entry).await?;
    Ok(())
}

/// The list is one for all: who reaches a part of the district cannot change it for the others.
async fn whole_district(db: &mut impl Read, scope: &Scope) -> ApiResult<()> {
    let Some(district) = places::district_code(db).await? else { return Ok(()) };
    match scope.covers(Located { area: Some(&district), ..Located::default() }) {
        true => Ok(()),
        false => Err(ApiError::new(StatusCode::FORBIDDEN, ErrorCode::BeyondScope)),
    }
}

fn view(row: TrustRow) -> TrustListView {
    TrustListView {
        version: row.version,
        file_name: row.file_name,
        dcc_count: row.dcc_count,
        shc_count: row.shc_count,
        revoked_count: row.revoked_count,
        skipped: serde_json::from_str(&row.skipped).unwrap_or_default(),
        note: row.note,
        imported_by: row.imported_by,
        imported_at: Instant64::from_micros(row.imported_at),
    }
}
