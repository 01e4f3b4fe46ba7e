//! The application form: versions that everybody who applies or reviews can read, checked before one is published.

use std::sync::Arc;

use access::Permission;
use axum::extract::State;
use axum::http::StatusCode;
use http_api::{ApiError, ApiResult, Cursor, ErrorCode, Json, Me, Page, PageQuery, Platform, Query, Write};
use kernel::{Instant64, Label};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::note;
use crate::forms::model::{FormDefinition, FormFault};
use crate::forms::{BUILT_IN, BUILT_IN_VERSION, current_form, form_of, sound};
use crate::store::forms::{self as store, FormRow};

/// A version of the form.
#[derive(Debug, Serialize, ToSchema)]
pub struct FormView {
    version: i64,
    definition: FormDefinition,
    note: String,
    /// Null for the form that the program brings along.
    set_by: Option<String>,
    #[schema(value_type = Option<String>)]
    valid_from: Option<Instant64>,
}

/// A version without its questions.
#[derive(Debug, Serialize, ToSchema)]
pub struct FormVersion {
    version: i64,
    note: String,
    set_by: Option<String>,
    #[schema(value_type = Option<String>)]
    valid_from: Option<Instant64>,
    questions: usize,
}

/// A new version.
#[derive(Debug, Deserialize, ToSchema)]
pub struct FormNew {
    definition: FormDefinition,
    /// Why.
    note: String,
    /// The version it was made from: somebody else's change in between is not overwritten.
    from_version: i64,
}

/// Which one.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(default)]
pub struct FormQuery {
    /// A version; without it the one in force.
    version: Option<i64>,
}

/// A form to be looked at.
#[derive(Debug, Deserialize, ToSchema)]
pub struct FormTry {
    definition: FormDefinition,
}

/// What is wrong with it.
#[derive(Debug, Serialize, ToSchema)]
pub struct FormFaults {
    faults: Vec<FormFault>,
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new().routes(routes!(read, publish)).routes(routes!(versions)).routes(routes!(try_out))
}

/// The form in force, or another version of it.
#[utoipa::path(get, path = "/application-forms", tag = "reopening", params(FormQuery), responses((status = 200, body = FormView)))]
async fn read(State(platform): State<Platform>, me: Me, Query(query): Query<FormQuery>) -> ApiResult<Json<FormView>> {
    me.require(Permission::ReadApplications)?;
    let mut db = platform.db.reader();
    let version = match query.version {
        Some(version) => version,
        None => current_form(&mut db).await?.version,
    };
    shown(&mut db, version).await.map(Json)
}

/// All versions, newest first; the first one is the program's.
#[utoipa::path(get, path = "/application-forms/versions", tag = "reopening", params(PageQuery), responses((status = 200, body = Page<FormVersion>)))]
async fn versions(
    State(platform): State<Platform>,
    me: Me,
    Query(page): Query<PageQuery>,
) -> ApiResult<Json<Page<FormVersion>>> {
    me.require(Permission::ReadApplications)?;
    let (limit, cursor) = (page.limit()?, page.cursor()?);
    let after = cursor.and_then(|it| it.key?.parse().ok());
    let rows = store::list(&mut platform.db.reader(), after, limit + 1).await?;
    let page =
        Page::from_rows(rows, limit, |it| Cursor { key: Some(it.version.to_string()), id: Uuid::nil() }, |it| it);
    let mut items = page.items.into_iter().map(version_of).collect::<ApiResult<Vec<_>>>()?;
    if page.next.is_none() {
        items.push(FormVersion {
            version: BUILT_IN_VERSION,
            note: String::new(),
            set_by: None,
            valid_from: None,
            questions: questions(&BUILT_IN),
        });
    }
    Ok(Json(Page { items, next: page.next }))
}

fn questions(definition: &FormDefinition) -> usize {
    definition.sections.iter().map(|it| it.fields.len()).sum()
}

fn version_of(row: FormRow) -> ApiResult<FormVersion> {
    let definition = serde_json::from_str(&row.definition).map_err(|error| ApiError::internal(&error))?;
    Ok(FormVersion {
        version: row.version,
        note: row.note,
        set_by: Some(row.set_by),
        valid_from: Some(Instant64::from_micros(row.valid_from)),
        questions: questions(&definition),
    })
}

async fn shown(db: &mut impl db::Read, version: i64) -> ApiResult<FormView> {
    let form = form_of(db, version).await?;
    let row = store::find(db, version).await?;
    Ok(FormView {
        version,
        definition: Arc::unwrap_or_clone(form.definition),
        note: row.as_ref().map(|it| it.note.clone()).unwrap_or_default(),
        set_by: row.as_ref().map(|it| it.set_by.clone()),
        valid_from: row.map(|it| Instant64::from_micros(it.valid_from)),
    })
}

/// What is wrong with a form; nothing changes.
#[utoipa::path(post, path = "/application-forms/faults", tag = "reopening", request_body = FormTry, responses((status = 200, body = FormFaults)))]
async fn try_out(me: Me, Json(body): Json<FormTry>) -> ApiResult<Json<FormFaults>> {
    me.require(Permission::ManageReopening)?;
    Ok(Json(FormFaults { faults: sound::faults(&body.definition) }))
}

/// Publish a new version. Drafts are asked by it from now on; what was submitted keeps the form it was signed under.
#[utoipa::path(post, path = "/application-forms", tag = "reopening", request_body = FormNew, responses((status = 201, body = FormView)))]
async fn publish(
    State(platform): State<Platform>,
    me: Me,
    Json(body): Json<FormNew>,
) -> ApiResult<(StatusCode, Json<FormView>)> {
    let scope = me.require(Permission::ManageReopening)?;
    let mut write = Write::begin(&platform, &me).await?;
    // One form for all: who reaches a part of the district cannot change it for the others.
    let district = places::district_code(&mut write.tx).await?.unwrap_or_default();
    if !scope.covers(access::Located { area: Some(&district), ..access::Located::default() }) {
        return Err(ApiError::new(StatusCode::FORBIDDEN, ErrorCode::BeyondScope));
    }
    let reason = Label::parse(&body.note).map_err(|it| ApiError::invalid("note", it))?;
    let faults = sound::faults(&body.definition);
    if let Some(first) = faults.first() {
        let error = ApiError::field("definition", ErrorCode::FormFaults).with("count", faults.len());
        return Err(error.with("at", &first.at));
    }
    let known = current_form(&mut write.tx).await?.version;
    if known != body.from_version {
        return Err(ApiError::state());
    }
    let (version, now) = (known + 1, write.now);
    let text = serde_json::to_string(&body.definition).map_err(|error| ApiError::internal(&error))?;
    let by = scope.actor().name.clone();
    match store::insert(&mut write.tx, version, text, reason.as_str(), &by, now).await {
        Err(db::DbError::Unique(_)) => return Err(ApiError::state()),
        other => other?,
    }
    note(&mut write, &scope, "application_form.published", version, json!({ "version": version })).await?;
    let view = shown(&mut write.tx, version).await?;
    write.finish(StatusCode::CREATED, view).await
}
