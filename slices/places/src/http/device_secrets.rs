//! Secrets of devices over HTTP: each is shown once, in the path that is typed into the terminal.

use access::Permission;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use http_api::{ApiError, ApiResult, Json, Me, Platform, Write};
use kernel::time::DAY;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::devices::{DeviceView, device_id, find};
use super::note_plain;
use crate::model::Vendor;
use crate::store::devices;

/// A device's new secret; the only time it is shown.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeviceSecret {
    pub(super) device: DeviceView,
    pub(super) secret: String,
    pub(super) setup: SetupSheet,
}

/// What is typed into the terminal.
#[derive(Debug, Serialize, ToSchema)]
pub struct SetupSheet {
    address: String,
    port: u16,
    path: String,
    protocol: &'static str,
    format: &'static str,
    heartbeat_s: i64,
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new().routes(routes!(rotate))
}

/// Give a device a new secret; the old one stays good for a day.
#[utoipa::path(post, path = "/devices/{id}/secret", tag = "places", params(("id" = String, Path)), responses((status = 200, body = DeviceSecret)))]
async fn rotate(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
) -> ApiResult<(StatusCode, Json<DeviceSecret>)> {
    let scope = me.require(Permission::ManageDevices)?;
    let id = device_id(&id)?;
    let mut write = Write::begin(&platform, &me).await?;
    let secret = vault::random_token::<24>();
    let digest = vault::keyed_digest(&platform.secrets.device_secret, secret.as_bytes());
    let until = write.now.plus(DAY);
    if !devices::rotate(&mut write.tx, &scope, id, digest, until).await? {
        return Err(ApiError::not_found());
    }
    note_plain(&mut write, &scope, "device.secret_rotated", id).await?;
    let device = find(&mut write, &scope, id).await?;
    let setup = setup_sheet(&platform, device.vendor, &secret);
    write.finish(StatusCode::OK, DeviceSecret { device, secret, setup }).await
}

pub(super) fn setup_sheet(platform: &Platform, vendor: Vendor, secret: &str) -> SetupSheet {
    SetupSheet {
        address: platform.devices_address.host.clone(),
        port: platform.devices_address.port,
        path: format!("/devices/{}/{secret}", vendor.code()),
        protocol: "HTTP",
        format: "JSON",
        heartbeat_s: 30,
    }
}
