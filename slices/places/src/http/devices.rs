//! Devices over HTTP.

use access::{Permission, Scope};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use db::{Condition, Reader};
use http_api::{
    ApiError, ApiResult, Count, Cursor, ErrorCode, ExportQuery, Json, Lang, Listing, Me, OptionalText, Page, PageQuery,
    Platform, Query, Sort, Write, listing,
};
use kernel::time::DAY;
use kernel::{Instant64, MacAddress};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::device_secrets::{DeviceSecret, setup_sheet};
use super::{label, note, note_plain};
use crate::model::{DeviceId, DeviceState, Direction, GateId, NewDevice, SiteId, Vendor};
use crate::store::devices::{self, DeviceRow, DeviceUpdate};
use crate::store::gates;

/// A device.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeviceView {
    #[schema(value_type = String)]
    id: DeviceId,
    pub(super) vendor: Vendor,
    model: String,
    serial: String,
    mac: Option<String>,
    #[schema(value_type = String)]
    gate_id: GateId,
    gate_name: String,
    #[schema(value_type = String)]
    site_id: SiteId,
    site_name: String,
    /// The unified social credit code of the site's enterprise.
    enterprise_code: Option<String>,
    lane: i64,
    direction: Direction,
    state: DeviceState,
    clock_offset_ms: Option<i64>,
    clock_samples: i64,
    #[schema(value_type = Option<String>)]
    last_seen_at: Option<Instant64>,
    last_event_no: Option<i64>,
    bytes_today: i64,
    byte_quota: i64,
    unparseable_today: i64,
    #[schema(value_type = String)]
    created_at: Instant64,
}

/// A device to be registered.
#[derive(Debug, Deserialize, ToSchema)]
pub struct DeviceNew {
    vendor: Vendor,
    model: String,
    serial: String,
    mac: Option<String>,
    gate_id: String,
    lane: u8,
    direction: Direction,
}

/// What may be changed; null keeps.
#[derive(Debug, Deserialize, ToSchema)]
pub struct DevicePatch {
    model: Option<String>,
    serial: Option<String>,
    mac: Option<String>,
    gate_id: Option<String>,
    lane: Option<u8>,
    direction: Option<Direction>,
    disabled: Option<bool>,
    trusted: Option<bool>,
}

/// What narrows the list.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(default)]
pub struct DeviceFilters {
    /// Part of the serial.
    search: Option<String>,
    /// Only at this site.
    site_id: Option<String>,
    /// Only at this gate.
    gate_id: Option<String>,
    /// State.
    state: Option<String>,
}

struct Devices;

impl Listing for Devices {
    type Filters = DeviceFilters;
    type Row = DeviceRow;
    type View = DeviceView;
    const PERMISSION: Permission = Permission::ReadPlaces;
    const SORTS: &'static [Sort] = devices::SORTS;
    const ID: &'static str = "d.id";
    const NAME: &'static str = "devices";

    fn condition(filters: &DeviceFilters) -> ApiResult<Condition> {
        let site = match filters.site_id.given() {
            Some(id) => Some(id.parse::<SiteId>().map_err(|_| ApiError::field("site_id", ErrorCode::Invalid))?),
            None => None,
        };
        let gate = match filters.gate_id.given() {
            Some(id) => Some(id.parse::<GateId>().map_err(|_| ApiError::field("gate_id", ErrorCode::Invalid))?),
            None => None,
        };
        let parts = [
            filters.search.given().map(|it| Condition::contains("d.serial_key", &kernel::text::fold(it))),
            site.map(|it| Condition::eq("g.site_id", it.uuid())),
            gate.map(|it| Condition::eq("d.gate_id", it.uuid())),
            filters.state.given().map(|it| Condition::eq("d.state", it)),
        ];
        Ok(Condition::all(parts.into_iter().flatten()))
    }

    async fn fetch(
        db: &mut Reader,
        scope: &Scope,
        condition: Condition,
        sort: Sort,
        limit: i64,
    ) -> ApiResult<Vec<DeviceRow>> {
        Ok(devices::list(db, scope, condition, sort.order, limit).await?)
    }

    async fn count(db: &mut Reader, scope: &Scope, condition: Condition) -> ApiResult<i64> {
        Ok(devices::count(db, scope, condition).await?)
    }

    fn position(row: &DeviceRow, _: &Sort) -> Cursor {
        Cursor::id(row.id)
    }

    async fn views(platform: &Platform, _: &Scope, rows: Vec<DeviceRow>) -> ApiResult<Vec<DeviceView>> {
        let now = platform.now();
        rows.into_iter().map(|it| view(it, now)).collect()
    }

    fn header(lang: Lang) -> Vec<&'static str> {
        lang.pick(
            vec![
                "厂商",
                "型号",
                "序列号",
                "MAC地址",
                "场所",
                "统一社会信用代码",
                "门岗",
                "通道",
                "方向",
                "状态",
                "最近联系",
            ],
            vec![
                "vendor",
                "model",
                "serial",
                "mac",
                "site",
                "enterprise_code",
                "gate",
                "lane",
                "direction",
                "state",
                "last_seen_at",
            ],
        )
    }

    fn cells(view: &DeviceView) -> Vec<String> {
        vec![
            view.vendor.code().to_owned(),
            view.model.clone(),
            view.serial.clone(),
            view.mac.clone().unwrap_or_default(),
            view.site_name.clone(),
            view.enterprise_code.clone().unwrap_or_default(),
            view.gate_name.clone(),
            view.lane.to_string(),
            view.direction.code().to_owned(),
            view.state.code().to_owned(),
            view.last_seen_at.map(|it| it.to_string()).unwrap_or_default(),
        ]
    }
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(count))
        .routes(routes!(export))
        .routes(routes!(read, patch))
}

/// Devices.
#[utoipa::path(get, path = "/devices", tag = "places", params(PageQuery, DeviceFilters), responses((status = 200, body = Page<DeviceView>)))]
async fn list(
    State(platform): State<Platform>,
    me: Me,
    Query(page): Query<PageQuery>,
    Query(filters): Query<DeviceFilters>,
) -> ApiResult<Json<Page<DeviceView>>> {
    listing::page::<Devices>(&platform, &me, &page, &filters).await
}

/// How many devices the filter meets.
#[utoipa::path(get, path = "/devices/count", tag = "places", params(DeviceFilters), responses((status = 200, body = Count)))]
async fn count(
    State(platform): State<Platform>,
    me: Me,
    Query(filters): Query<DeviceFilters>,
) -> ApiResult<Json<Count>> {
    listing::count::<Devices>(&platform, &me, &filters).await
}

/// The filtered devices as CSV or XLSX.
#[utoipa::path(get, path = "/devices/export", tag = "places", params(DeviceFilters, ExportQuery), responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>)))]
async fn export(
    State(platform): State<Platform>,
    me: Me,
    Query(filters): Query<DeviceFilters>,
    Query(export): Query<ExportQuery>,
) -> ApiResult<Response> {
    listing::export::<Devices>(&platform, &me, &export, &filters).await
}

/// One device.
#[utoipa::path(get, path = "/devices/{id}", tag = "places", params(("id" = String, Path)), responses((status = 200, body = DeviceView)))]
async fn read(State(platform): State<Platform>, me: Me, Path(id): Path<String>) -> ApiResult<Json<DeviceView>> {
    let scope = me.require(Permission::ReadPlaces)?;
    let row = devices::find(&mut platform.db.reader(), &scope, device_id(&id)?).await?;
    Ok(Json(view(row.ok_or_else(ApiError::not_found)?, platform.now())?))
}

/// Register a device; its secret comes back once.
#[utoipa::path(post, path = "/devices", tag = "places", request_body = DeviceNew, responses((status = 201, body = DeviceSecret)))]
async fn create(
    State(platform): State<Platform>,
    me: Me,
    Json(body): Json<DeviceNew>,
) -> ApiResult<(StatusCode, Json<DeviceSecret>)> {
    let scope = me.require(Permission::ManageDevices)?;
    let mut write = Write::begin(&platform, &me).await?;
    let (gate, lanes) = known_gate(&mut write, &scope, &body.gate_id).await?;
    let new = NewDevice {
        gate,
        lane: lane(body.lane, lanes)?,
        direction: body.direction,
        vendor: body.vendor,
        model: body.model.trim().chars().take(120).collect(),
        serial: label("serial", &body.serial)?,
        mac: mac(body.mac.given())?,
    };
    let secret = vault::random_token::<24>();
    let digest = vault::keyed_digest(&platform.secrets.device_secret, secret.as_bytes());
    let now = write.now;
    let id = devices::insert(&mut write.tx, &new, digest, now).await.map_err(taken)?;
    note_plain(&mut write, &scope, "device.created", id).await?;
    let device = find(&mut write, &scope, id).await?;
    let setup = setup_sheet(&platform, device.vendor, &secret);
    write.finish(StatusCode::CREATED, DeviceSecret { device, secret, setup }).await
}

/// Change a device: move it, switch it off or on, trust it again.
#[utoipa::path(patch, path = "/devices/{id}", tag = "places", params(("id" = String, Path)), request_body = DevicePatch, responses((status = 200, body = DeviceView)))]
async fn patch(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Json(body): Json<DevicePatch>,
) -> ApiResult<(StatusCode, Json<DeviceView>)> {
    let scope = me.require(Permission::ManageDevices)?;
    let id = device_id(&id)?;
    let mut write = Write::begin(&platform, &me).await?;
    let known = find(&mut write, &scope, id).await?;
    let (gate, lanes) = match body.gate_id.given() {
        Some(gate) => known_gate(&mut write, &scope, gate).await?,
        None => (known.gate_id, 64),
    };
    let serial = label("serial", body.serial.given().unwrap_or(&known.serial))?;
    let state = next_state(known.state, body.disabled, body.trusted);
    let to = DeviceUpdate {
        model: body.model.given().unwrap_or(&known.model),
        serial: &serial,
        mac: mac(body.mac.given())?.map(|it| it.as_str().to_owned()).or(known.mac),
        gate: gate.uuid(),
        lane: lane(body.lane.unwrap_or(u8::try_from(known.lane).unwrap_or(1)), lanes)?,
        direction: body.direction.unwrap_or(known.direction),
        state,
    };
    devices::update(&mut write.tx, &scope, id, to).await.map_err(taken)?;
    note(&mut write, &scope, "device.changed", id, json!({ "state": state.code() })).await?;
    let view = find(&mut write, &scope, id).await?;
    write.finish(StatusCode::OK, view).await
}

const fn next_state(known: DeviceState, disabled: Option<bool>, trusted: Option<bool>) -> DeviceState {
    match (disabled, trusted, known) {
        (Some(true), _, _) => DeviceState::Disabled,
        (Some(false), _, DeviceState::Disabled) => DeviceState::New,
        (_, Some(true), DeviceState::Untrusted) => DeviceState::New,
        (_, _, state) => state,
    }
}

async fn known_gate(write: &mut Write, scope: &Scope, id: &str) -> ApiResult<(GateId, i64)> {
    let unknown = || ApiError::field("gate_id", ErrorCode::GateUnknown);
    let id: GateId = id.parse().map_err(|_| unknown())?;
    let row = gates::find(&mut write.tx, scope, id).await?.ok_or_else(unknown)?;
    Ok((id, row.lanes))
}

fn lane(lane: u8, lanes: i64) -> ApiResult<u8> {
    match (1..=lanes).contains(&i64::from(lane)) {
        true => Ok(lane),
        false => Err(ApiError::field("lane", ErrorCode::Invalid)),
    }
}

fn mac(text: Option<&str>) -> ApiResult<Option<MacAddress>> {
    text.map(|it| MacAddress::parse(it).map_err(|it| ApiError::invalid("mac", it))).transpose()
}

fn taken(error: db::DbError) -> ApiError {
    match error {
        db::DbError::Unique(_) => ApiError::field("serial", ErrorCode::Taken),
        other => other.into(),
    }
}

pub(super) fn device_id(text: &str) -> ApiResult<DeviceId> {
    text.parse().map_err(|_| ApiError::not_found())
}

pub(super) async fn find(write: &mut Write, scope: &Scope, id: DeviceId) -> ApiResult<DeviceView> {
    let now = write.now;
    view(devices::find(&mut write.tx, scope, id).await?.ok_or_else(ApiError::not_found)?, now)
}

fn view(row: DeviceRow, now: Instant64) -> ApiResult<DeviceView> {
    let unreadable = || ApiError::from(db::DbError::Unreadable("device"));
    let today = row.day == now.micros().div_euclid(DAY);
    Ok(DeviceView {
        id: DeviceId::from_uuid(row.id),
        vendor: Vendor::parse(&row.vendor).ok_or_else(unreadable)?,
        model: row.model,
        serial: row.serial,
        mac: row.mac,
        gate_id: GateId::from_uuid(row.gate_id),
        gate_name: row.gate_name,
        site_id: SiteId::from_uuid(row.site_id),
        site_name: row.site_name,
        enterprise_code: row.enterprise_code,
        lane: row.lane,
        direction: Direction::parse(&row.direction).ok_or_else(unreadable)?,
        state: DeviceState::parse(&row.state).ok_or_else(unreadable)?,
        clock_offset_ms: row.clock_offset_us.map(|it| it / 1_000),
        clock_samples: i64::try_from(row.clock_samples.split(',').filter(|it| !it.is_empty()).count()).unwrap_or(0),
        last_seen_at: row.last_seen_at.map(Instant64::from_micros),
        last_event_no: row.last_event_no,
        bytes_today: if today { row.bytes_today } else { 0 },
        byte_quota: row.byte_quota,
        unparseable_today: if today { row.unparseable_today } else { 0 },
        created_at: Instant64::from_micros(row.created_at),
    })
}
