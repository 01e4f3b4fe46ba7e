//! Gates of our own (`fugong gate`): linked by a one-time code, watched, revoked.

use access::Permission;
use audit::{Actor, Entry};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use gate_link::{Enrolment, Health};
use http_api::{ApiError, ApiResult, ErrorCode, Json, Me, Platform, Write};
use kernel::Instant64;
use kernel::time::HOUR;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;
use vault::{Place, Purpose, Signs};

use super::devices::device_id;
use super::note_plain;
use crate::model::{DeviceId, Vendor};
use crate::store::devices;
use crate::store::gate_links::{self as store, GateLinkRow};

/// Where the key stands that a gate and its server share.
const LINK_KEY: &str = "gate_link.key";
/// How long a code may wait to be typed in.
const CODE_LIFETIME: i64 = HOUR;

/// A one-time code for `fugong gate enrol`.
#[derive(Debug, Serialize, ToSchema)]
pub struct GateLinkCode {
    code: String,
    #[schema(value_type = String)]
    expires_at: Instant64,
}

/// The code, as it was typed at the gate.
#[derive(Debug, Deserialize, ToSchema)]
pub struct GateLinkUse {
    code: String,
}

/// How a gate of our own is linked.
#[derive(Debug, Serialize, ToSchema)]
pub struct GateLinkView {
    #[schema(value_type = Option<String>)]
    enrolled_at: Option<Instant64>,
    /// It is this server's no more.
    #[schema(value_type = Option<String>)]
    revoked_at: Option<Instant64>,
    /// When it last asked for its roster.
    #[schema(value_type = Option<String>)]
    asked_at: Option<Instant64>,
    /// What it said of itself then.
    health: Option<GateHealth>,
}

/// How a gate is.
#[derive(Debug, Serialize, ToSchema)]
pub struct GateHealth {
    version: String,
    /// How far its clock was ahead of ours.
    clock_ahead_ms: Option<i64>,
    /// Passages that waited for the network.
    waiting: u64,
    cameras_live: u32,
    cameras: u32,
    disk_free_mib: u64,
    /// Why it measures no temperatures; null while it does.
    thermal_fault: Option<String>,
    /// What the site has learnt of its body temperatures; null while the shipped offset is in use.
    thermal_offset: Option<GateThermalOffset>,
    /// Why its door did not open the last time, or would not; null while it does.
    door_fault: Option<String>,
}

/// A site's own offset of body temperatures.
#[derive(Debug, Serialize, ToSchema)]
pub struct GateThermalOffset {
    /// Added to estimates, in kelvin.
    by_k: f64,
    /// Its standard error, in kelvin.
    u_k: f64,
    /// Pairs of an estimate and a clinical reading that it was learnt from.
    pairs: u64,
    #[schema(value_type = String)]
    since: Instant64,
}

/// What a gate is given once.
#[derive(Debug, Serialize, ToSchema)]
pub struct GateEnrolled {
    device_id: String,
    serial: String,
    secret: String,
    link_key: String,
    signed_by: String,
    devices_url: String,
    names: std::collections::BTreeMap<String, String>,
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new().routes(routes!(read)).routes(routes!(make_code)).routes(routes!(revoke)).routes(routes!(enrol))
}

/// How a gate of our own is linked; all null while it is not.
#[utoipa::path(get, path = "/devices/{id}/link", tag = "places", params(("id" = String, Path)), responses((status = 200, body = GateLinkView)))]
async fn read(State(platform): State<Platform>, me: Me, Path(id): Path<String>) -> ApiResult<Json<GateLinkView>> {
    let scope = me.require(Permission::ReadPlaces)?;
    let id = device_id(&id)?;
    let mut db = platform.db.reader();
    devices::find(&mut db, &scope, id).await?.ok_or_else(ApiError::not_found)?;
    Ok(Json(view(store::of_device(&mut db, id).await?)))
}

/// A one-time code that links a gate: it is typed at the gate itself. What was linked before goes on until the code is used.
#[utoipa::path(post, path = "/devices/{id}/link/codes", tag = "places", params(("id" = String, Path)), responses((status = 201, body = GateLinkCode)))]
async fn make_code(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
) -> ApiResult<(StatusCode, Json<GateLinkCode>)> {
    let scope = me.require(Permission::ManageDevices)?;
    let id = device_id(&id)?;
    let mut write = Write::begin(&platform, &me).await?;
    let row = devices::find(&mut write.tx, &scope, id).await?.ok_or_else(ApiError::not_found)?;
    if Vendor::parse(&row.vendor) != Some(Vendor::Fugong) {
        return Err(ApiError::state());
    }
    let code = access::enrolment::code();
    let until = write.now.plus(CODE_LIFETIME);
    store::put_code(&mut write.tx, platform.access.digest(&code), id, until).await?;
    note_plain(&mut write, &scope, "gate_link.code", id).await?;
    write.finish_unkept(StatusCode::CREATED, GateLinkCode { code, expires_at: until }).await
}

/// A gate was lost or is taken down: what it holds cannot be kept up to date any more, and it wipes it when it next hears from us.
#[utoipa::path(post, path = "/devices/{id}/link/revocation", tag = "places", params(("id" = String, Path)), responses((status = 200, body = GateLinkView)))]
async fn revoke(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
) -> ApiResult<(StatusCode, Json<GateLinkView>)> {
    let scope = me.require(Permission::ManageDevices)?;
    let id = device_id(&id)?;
    let mut write = Write::begin(&platform, &me).await?;
    devices::find(&mut write.tx, &scope, id).await?.ok_or_else(ApiError::not_found)?;
    let now = write.now;
    if !store::revoke(&mut write.tx, id, now).await? {
        return Err(ApiError::state());
    }
    note_plain(&mut write, &scope, "gate_link.revoked", id).await?;
    let row = store::of_device(&mut write.tx, id).await?;
    let answer = write.finish(StatusCode::OK, view(row)).await?;
    platform.vault.destroy(&[id.uuid()]).await?;
    Ok(answer)
}

/// Link this gate. Needs no session: the code is the proof.
#[utoipa::path(post, path = "/gate-links", tag = "session", request_body = GateLinkUse, responses((status = 200, body = GateEnrolled)))]
async fn enrol(
    State(platform): State<Platform>,
    axum::Extension(peer): axum::Extension<http_api::Peer>,
    Json(body): Json<GateLinkUse>,
) -> ApiResult<Json<Enrolment>> {
    let now = platform.now();
    access::enrolment::check_rate(&platform.db, &peer.0, now).await.map_err(|seconds| {
        ApiError::new(StatusCode::TOO_MANY_REQUESTS, ErrorCode::BackOff).with("retry_after_s", seconds)
    })?;
    let mut tx = platform.db.begin().await?;
    let code = body.code.trim().to_uppercase();
    let Some(device) = store::use_code(&mut tx, platform.access.digest(&code), now).await? else {
        tx.rollback().await?;
        access::enrolment::note_failure(&platform.db, &peer.0, now).await?;
        return Err(ApiError::field("code", ErrorCode::EnrolmentCode));
    };
    let secret = vault::random_token::<24>();
    let digest = vault::keyed_digest(&platform.secrets.device_secret, secret.as_bytes());
    store::link(&mut tx, device, &digest, now).await?;
    let id = DeviceId::from_uuid(device);
    let actor = Actor::system("enrolment");
    let entry = Entry {
        at: now,
        actor: &actor,
        act: "gate_link.enrolled",
        purpose: "",
        subject: Some(id.to_string()),
        people: &[],
        detail: json!({}),
        note: None,
        request_id: "",
    };
    audit::record(&mut tx, entry).await?;
    let row = devices::find(&mut tx, &access::system_scope("enrolment"), id).await?.ok_or_else(ApiError::not_found)?;
    // A key of a link that was revoked is gone, and one that was replaced must go: a new one for a new link.
    platform.vault.destroy(&[device]).await?;
    let link_key = link_key(&platform, device, now).await?;
    let signed_by = platform.vault.signer(Signs::Gates, now).await?;
    tx.commit().await?;
    let address = &platform.devices_address;
    Ok(Json(Enrolment {
        device_id: id.to_string(),
        serial: row.serial,
        secret,
        link_key: STANDARD.encode(link_key.as_slice()),
        signed_by: STANDARD.encode(signed_by.public_key()),
        devices_url: format!("http://{}:{}", address.host, address.port),
        names: [("gate".to_owned(), row.gate_name), ("site".to_owned(), row.site_name)].into(),
    }))
}

/// What a gate and its server share: derived from a key of the device's own, and destroyed with it.
///
/// # Errors
/// The key store's.
pub async fn link_key(
    platform: &Platform,
    device: Uuid,
    now: Instant64,
) -> Result<zeroize::Zeroizing<[u8; 32]>, vault::VaultError> {
    let key = platform.vault.make(device, Purpose::System, now).await?;
    Ok(key.derived(Place { column: LINK_KEY, row: device }))
}

fn view(row: Option<GateLinkRow>) -> GateLinkView {
    let moment = |it: Option<i64>| it.map(Instant64::from_micros);
    let health = row.as_ref().and_then(|it| Some((it.asked_at?, serde_json::from_str(it.health.as_ref()?).ok()?)));
    GateLinkView {
        enrolled_at: moment(row.as_ref().map(|it| it.enrolled_at)),
        revoked_at: moment(row.as_ref().and_then(|it| it.revoked_at)),
        asked_at: moment(row.as_ref().and_then(|it| it.asked_at)),
        health: health.map(|(asked_at, it): (i64, Health)| GateHealth {
            version: it.version,
            clock_ahead_ms: it.clock_at.map(|at| at.since(Instant64::from_micros(asked_at)) / 1_000),
            waiting: it.waiting,
            cameras_live: it.cameras_live,
            cameras: it.cameras,
            disk_free_mib: it.disk_free_mib,
            thermal_fault: it.thermal_fault,
            thermal_offset: it.thermal_offset.map(|it| GateThermalOffset {
                by_k: it.by_k,
                u_k: it.u_k,
                pairs: it.pairs,
                since: it.since,
            }),
            door_fault: it.door_fault,
        }),
    }
}
