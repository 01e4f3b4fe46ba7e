//! Her own file, whole, as the system holds it, and who looked at it.

use axum::extract::State;
use db::Read;
use http_api::{ApiError, ApiResult, Json, Myself, OptionalText, Page, PageQuery, Platform, Query};
use kernel::document::Sex;
use kernel::{DocumentKind, Instant64};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;
use vault::Purpose;

use crate::http::employment_view::{EmploymentView, employments_of};
use crate::http::file::{OtherDocument, StatusView, other_documents, status_view};
use crate::http::timeline::{AccessView, FactView, accesses_page, facts_page};
use crate::model::PersonId;
use crate::sealed::open_identity;
use crate::store::people;

/// Her file.
#[derive(Debug, Serialize, ToSchema)]
pub struct MyFile {
    #[schema(value_type = String)]
    pub(super) id: PersonId,
    pub(super) name: String,
    #[schema(value_type = String)]
    pub(super) document_kind: DocumentKind,
    /// In the clear once her phone is proved; before that masked.
    pub(super) document_number: String,
    pub(super) phone: String,
    /// `female` or `male`, where the document says it.
    pub(super) sex: Option<String>,
    pub(super) birth_date: Option<String>,
    pub(super) employments: Vec<EmploymentView>,
    /// Its reasons are there once her phone is proved.
    pub(super) status: StatusView,
    pub(super) other_documents: Vec<OtherDocument>,
    /// How many acts on it the log holds; 0 until her phone is proved.
    pub(super) access_count: i64,
    #[schema(value_type = String)]
    pub(super) created_at: Instant64,
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
struct FactFilters {
    kind: Option<String>,
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new().routes(routes!(read)).routes(routes!(facts)).routes(routes!(accesses))
}

/// One's own file.
#[utoipa::path(get, path = "/me/file", tag = "me", responses((status = 200, body = MyFile)))]
async fn read(State(platform): State<Platform>, me: Myself) -> ApiResult<Json<MyFile>> {
    Ok(Json(my_file(&platform, &me).await?))
}

/// What the system knows of her, newest first.
#[utoipa::path(get, path = "/me/facts", tag = "me", params(PageQuery, FactFilters), responses((status = 200, body = Page<FactView>)))]
async fn facts(
    State(platform): State<Platform>,
    me: Myself,
    Query(page): Query<PageQuery>,
    Query(filters): Query<FactFilters>,
) -> ApiResult<Json<Page<FactView>>> {
    let group = my_files(&mut platform.db.reader(), &me).await?;
    Ok(Json(facts_page(&platform, &me.scope(), &group, &page, filters.kind.given()).await?))
}

/// Who looked at her file or changed it, newest first; once her phone is proved.
#[utoipa::path(get, path = "/me/accesses", tag = "me", params(PageQuery), responses((status = 200, body = Page<AccessView>)))]
async fn accesses(
    State(platform): State<Platform>,
    me: Myself,
    Query(page): Query<PageQuery>,
) -> ApiResult<Json<Page<AccessView>>> {
    if !me.session().phone_proved {
        return Ok(Json(Page { items: Vec::new(), next: None }));
    }
    let group = my_files(&mut platform.db.reader(), &me).await?;
    Ok(Json(accesses_page(&platform, &me.scope(), &group, &page).await?))
}

/// `19680610` as RFC 3339 writes a day.
fn dashed(day: &str) -> String {
    match (day.get(..4), day.get(4..6), day.get(6..8)) {
        (Some(year), Some(month), Some(day)) => format!("{year}-{month}-{day}"),
        _ => day.to_owned(),
    }
}

/// Her file and those that were merged into it.
pub(crate) async fn my_files(db: &mut impl Read, me: &Myself) -> ApiResult<Vec<Uuid>> {
    let id = PersonId::from_uuid(me.session().person);
    people::find(db, &me.scope(), id).await?.ok_or_else(ApiError::not_found)?;
    Ok(people::group(db, id).await?)
}

pub(super) async fn my_file(platform: &Platform, me: &Myself) -> ApiResult<MyFile> {
    let (scope, id) = (me.scope(), PersonId::from_uuid(me.session().person));
    let mut db = platform.db.reader();
    let row = people::find(&mut db, &scope, id).await?.ok_or_else(ApiError::not_found)?;
    let group = people::group(&mut db, id).await?;
    let key = platform.vault.key(row.id, Purpose::Identity).await?;
    let identity = open_identity(&key, row.id, &row.document_kind, &row.identity_sealed)?;
    let proved = me.session().phone_proved;
    let document = &identity.document;
    let employments = employments_of(platform, &scope, id).await?;
    Ok(MyFile {
        id: PersonId::from_uuid(row.id),
        name: identity.name.as_str().to_owned(),
        document_kind: document.kind(),
        document_number: if proved { document.as_str().to_owned() } else { document.masked() },
        phone: identity.phone.as_str().to_owned(),
        sex: document.sex().map(|it| if it == Sex::Female { "female" } else { "male" }.to_owned()),
        birth_date: document.birth_date().filter(|_| proved).map(dashed),
        employments: employments.into_iter().filter(|it| proved || it.until.is_none()).collect(),
        status: status_view(platform, &scope, &row).await?,
        other_documents: other_documents(platform, &mut db, &group).await?,
        access_count: if proved { audit::accesses_count(&mut db, &group, scope.acts_known()).await? } else { 0 },
        created_at: Instant64::from_micros(row.created_at),
    })
}
