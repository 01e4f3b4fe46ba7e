//! Systems of electricity meters that send by themselves: each has a token of its own, for an area and nothing else.

use access::{Located, Permission, Scope, machine_scope};
use axum::extract::{FromRequestParts, Path, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use bytes::Bytes;
use http_api::{
    ApiError, ApiResult, ErrorCode, Fingerprint, Json, Lang, Me, Platform, Query, RequestId, Sender, Sent, Write,
};
use kernel::{AreaCode, Instant64, Label};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::electricity::{self, ElectricityImport, Taken};
use super::note;
use crate::reports::model::MeterSystemId;
use crate::store::meter_systems::{self as store, MeterSystemRow};

/// A system of meters.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct MeterSystemView {
    #[schema(value_type = String)]
    id: MeterSystemId,
    name: String,
    /// It may say something of enterprises in here.
    area_code: String,
    area_name: String,
    created_by: String,
    #[schema(value_type = String)]
    created_at: Instant64,
    /// Its token holds no longer.
    #[schema(value_type = Option<String>)]
    revoked_at: Option<Instant64>,
    /// When it last sent something.
    #[schema(value_type = Option<String>)]
    last_sent_at: Option<Instant64>,
}

/// Systems of meters.
#[derive(Debug, Serialize, ToSchema)]
pub struct MeterSystems {
    /// Those that send first; at most 200.
    items: Vec<MeterSystemView>,
}

/// A system to be let in.
#[derive(Debug, Deserialize, ToSchema)]
pub struct MeterSystemNew {
    name: String,
    area_code: String,
}

/// A system that was let in.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct MeterSystemMade {
    system: MeterSystemView,
    /// What it shows as `Authorization: Bearer …`; the only time it is told, and null when the request is sent again.
    token: Option<String>,
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
struct ReadingsQuery {
    /// The language of the reasons in the file of refused rows.
    lang: Lang,
}

/// A system that showed its token.
pub(super) struct MeterSystem {
    id: Uuid,
    name: String,
    area: AreaCode,
    request_id: String,
    key: Option<String>,
    fingerprint: Vec<u8>,
}

impl Sender for MeterSystem {
    fn sent(&self) -> Sent<'_> {
        Sent { by: self.id, key: self.key.as_deref(), fingerprint: &self.fingerprint }
    }
}

impl MeterSystem {
    fn scope(&self) -> Scope {
        machine_scope(self.area.clone(), &self.name, &self.request_id)
    }
}

impl FromRequestParts<Platform> for MeterSystem {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, platform: &Platform) -> Result<Self, ApiError> {
        let unknown = || ApiError::new(StatusCode::UNAUTHORIZED, ErrorCode::NotSignedIn);
        let token = bearer(&parts.headers).ok_or_else(unknown)?;
        let digest = platform.access.digest(&format!("meter-system:{token}"));
        let row = store::by_token(&mut platform.db.reader(), digest).await?.ok_or_else(unknown)?;
        let key = parts.headers.get("idempotency-key").and_then(|it| it.to_str().ok()).map(str::to_owned);
        Ok(Self {
            id: row.id,
            name: row.name,
            area: AreaCode::parse(&row.area_code).map_err(|_| unknown())?,
            request_id: parts.extensions.get::<RequestId>().map(|it| it.0.clone()).unwrap_or_default(),
            key,
            fingerprint: parts.extensions.get::<Fingerprint>().map(|it| it.0.clone()).unwrap_or_default(),
        })
    }
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ").map(str::trim)
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new().routes(routes!(list, create)).routes(routes!(revoke)).routes(routes!(readings))
}

/// Systems of meters that were let in.
#[utoipa::path(get, path = "/meter-systems", tag = "reopening", responses((status = 200, body = MeterSystems)))]
async fn list(State(platform): State<Platform>, me: Me) -> ApiResult<Json<MeterSystems>> {
    let scope = me.require(Permission::ImportElectricity)?;
    let rows = store::list(&mut platform.db.reader(), &scope).await?;
    Ok(Json(MeterSystems { items: rows.into_iter().map(view).collect() }))
}

fn view(row: MeterSystemRow) -> MeterSystemView {
    MeterSystemView {
        id: MeterSystemId::from_uuid(row.id),
        name: row.name,
        area_code: row.area_code,
        area_name: row.area_name,
        created_by: row.created_by,
        created_at: Instant64::from_micros(row.created_at),
        revoked_at: row.revoked_at.map(Instant64::from_micros),
        last_sent_at: row.last_sent_at.map(Instant64::from_micros),
    }
}

/// Let a system of meters in; its token is told once.
#[utoipa::path(post, path = "/meter-systems", tag = "reopening", request_body = MeterSystemNew, responses((status = 201, body = MeterSystemMade)))]
async fn create(
    State(platform): State<Platform>,
    me: Me,
    Json(body): Json<MeterSystemNew>,
) -> ApiResult<(StatusCode, Json<MeterSystemMade>)> {
    let scope = me.require(Permission::ImportElectricity)?;
    let name = Label::parse(&body.name).map_err(|it| ApiError::invalid("name", it))?;
    let area = AreaCode::parse(&body.area_code).map_err(|it| ApiError::invalid("area_code", it))?;
    let mut write = Write::begin(&platform, &me).await?;
    if !places::area_in_force(&mut write.tx, &area, write.now).await? {
        return Err(ApiError::field("area_code", ErrorCode::AreaUnknown));
    }
    if !scope.covers(Located { area: Some(area.as_str()), ..Located::default() }) {
        return Err(ApiError::field("area_code", ErrorCode::BeyondScope));
    }
    let (id, token) = (MeterSystemId::new(write.now), vault::random_token::<32>());
    let digest = platform.access.digest(&format!("meter-system:{token}"));
    let (by, now) = (scope.actor().name.clone(), write.now);
    store::insert(&mut write.tx, id, (name.as_str(), &area), digest, &by, now).await?;
    note(&mut write, &scope, "meter_system.created", id, json!({ "area": area.as_str() })).await?;
    let made = |system, token| MeterSystemMade { system, token };
    let (shown, kept) = (found(&mut write, &scope, id).await?, found(&mut write, &scope, id).await?);
    write.finish_keeping(StatusCode::CREATED, made(shown, Some(token)), &made(kept, None)).await
}

async fn found(write: &mut Write, scope: &Scope, id: MeterSystemId) -> ApiResult<MeterSystemView> {
    let rows = store::list(&mut write.tx, scope).await?;
    rows.into_iter().find(|it| it.id == id.uuid()).map(view).ok_or_else(ApiError::not_found)
}

/// Take a system's token away; what it sent stays.
#[utoipa::path(post, path = "/meter-systems/{id}/revoke", tag = "reopening", params(("id" = String, Path)), responses((status = 200, body = MeterSystemView)))]
async fn revoke(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
) -> ApiResult<(StatusCode, Json<MeterSystemView>)> {
    let scope = me.require(Permission::ImportElectricity)?;
    let id: MeterSystemId = id.parse().map_err(|_| ApiError::not_found())?;
    let mut write = Write::begin(&platform, &me).await?;
    let before = found(&mut write, &scope, id).await?;
    let now = write.now;
    if before.revoked_at.is_some() || !store::revoke(&mut write.tx, &scope, id, now).await? {
        return Err(ApiError::state());
    }
    note(&mut write, &scope, "meter_system.revoked", id, json!({})).await?;
    let view = found(&mut write, &scope, id).await?;
    write.finish(StatusCode::OK, view).await
}

/// For systems of meters: days and baselines as a CSV or XLSX file in the form of `/electricity/content`, with the system's
/// token as `Authorization: Bearer …` and an `Idempotency-Key`. Enterprises outside its area are unknown to it.
#[utoipa::path(post, path = "/meter-readings/content", tag = "reopening", params(ReadingsQuery), request_body(content = Vec<u8>, content_type = "text/csv"), responses((status = 200, body = ElectricityImport)))]
async fn readings(
    State(platform): State<Platform>,
    system: MeterSystem,
    Query(query): Query<ReadingsQuery>,
    body: Bytes,
) -> ApiResult<(StatusCode, Json<ElectricityImport>)> {
    let read = electricity::read_file(body).await?;
    let scope = system.scope();
    let mut write = Write::begin(&platform, &system).await?;
    let now = write.now;
    if !store::sent(&mut write.tx, system.id, now).await? {
        return Err(ApiError::new(StatusCode::UNAUTHORIZED, ErrorCode::NotSignedIn));
    }
    let taken = Taken { source: "meter", dry_run: false, lang: query.lang };
    let report = electricity::take(&mut write, &scope, read, taken).await?;
    write.finish(StatusCode::OK, report).await
}
