//! What a device sent: its raw bodies and the holes in its numbers.

use access::Permission;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use gateway::{JournalId, JournalRow};
use http_api::{ApiError, ApiResult, Cursor, Json, Me, OptionalText, Page, PageQuery, Platform, Query};
use kernel::Instant64;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::devices::device_id;
use crate::model::{DeviceId, GapId};
use crate::store::devices;

/// A body that a device sent.
#[derive(Debug, Serialize, ToSchema)]
pub struct JournalEntry {
    #[schema(value_type = String)]
    id: JournalId,
    #[schema(value_type = String)]
    received_at: Instant64,
    content_type: String,
    bytes: i64,
    state: String,
    warnings: Vec<String>,
    /// The first bytes as hexadecimal and text; only of bodies that no codec could read.
    hex_head: Option<String>,
}

/// A hole in a device's event numbers.
#[derive(Debug, Serialize, ToSchema)]
pub struct SerialGap {
    #[schema(value_type = String)]
    id: GapId,
    #[schema(value_type = String)]
    found_at: Instant64,
    expected: i64,
    got: i64,
    missing: i64,
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
struct Filters {
    /// `unparseable` or `all`.
    state: Option<String>,
}

/// Of larger unreadable bodies a list shows no beginning: each would be read and opened whole.
const SHOWN_BYTES: i64 = 64 * 1024;

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(body)).routes(routes!(gaps))
}

async fn known_device(platform: &Platform, me: &Me, id: &str) -> ApiResult<DeviceId> {
    let scope = me.require(Permission::ManageDevices)?;
    let id = device_id(id)?;
    let found = devices::find(&mut platform.db.reader(), &scope, id).await?;
    found.map(|_| id).ok_or_else(ApiError::not_found)
}

/// Bodies of a device, newest first.
#[utoipa::path(get, path = "/devices/{id}/journal", tag = "places", params(("id" = String, Path), PageQuery, Filters), responses((status = 200, body = Page<JournalEntry>)))]
async fn list(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Query(page): Query<PageQuery>,
    Query(filters): Query<Filters>,
) -> ApiResult<Json<Page<JournalEntry>>> {
    let device = known_device(&platform, &me, &id).await?;
    let (limit, cursor) = (page.limit()?, page.cursor()?);
    let only_unparseable = filters.state.given() == Some("unparseable");
    let after = cursor.map(|it| JournalId::from_uuid(it.id));
    let mut reader = platform.journal.reader();
    let rows = gateway::list(&mut reader, device.uuid(), only_unparseable, after, limit + 1).await?;
    let page = Page::from_rows(rows, limit, |it| Cursor::id(it.id), |it| it);
    let mut items = Vec::with_capacity(page.items.len());
    for row in page.items {
        items.push(entry(&platform, device, row).await?);
    }
    Ok(Json(Page { items, next: page.next }))
}

/// One body as an attachment: bytes of a device are never shown as what they claim to be.
#[utoipa::path(get, path = "/devices/{id}/journal/{journal_id}/body", tag = "places", params(("id" = String, Path), ("journal_id" = String, Path)), responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>)))]
async fn body(
    State(platform): State<Platform>,
    me: Me,
    Path((id, journal_id)): Path<(String, String)>,
) -> ApiResult<Response> {
    let device = known_device(&platform, &me, &id).await?;
    let journal_id: JournalId = journal_id.parse().map_err(|_| ApiError::not_found())?;
    let found = gateway::body(&mut platform.journal.reader(), &platform.vault, device.uuid(), journal_id).await?;
    // Decoded bodies name people; only what could not be read is for engineers.
    let (_, bytes) = found.filter(|(row, _)| row.state == "unparseable").ok_or_else(ApiError::not_found)?;
    note_download(&platform, &me, device, journal_id).await?;
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"body.bin\""));
    Ok(response)
}

/// Bytes that nobody could read may still hold somebody's data: who takes them is written down.
async fn note_download(platform: &Platform, me: &Me, device: DeviceId, journal_id: JournalId) -> ApiResult<()> {
    let actor = me.caller().actor();
    let entry = audit::Entry {
        at: platform.now(),
        actor: &actor,
        act: "device.body_downloaded",
        purpose: "",
        subject: Some(device.to_string()),
        people: &[],
        detail: serde_json::json!({ "journal_id": journal_id }),
        note: None,
        request_id: me.caller().request_id(),
    };
    http_api::listing::written_down(platform, entry).await
}

/// Holes in a device's event numbers, newest first.
#[utoipa::path(get, path = "/devices/{id}/gaps", tag = "places", params(("id" = String, Path), PageQuery), responses((status = 200, body = Page<SerialGap>)))]
async fn gaps(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Query(page): Query<PageQuery>,
) -> ApiResult<Json<Page<SerialGap>>> {
    let device = known_device(&platform, &me, &id).await?;
    let (limit, cursor) = (page.limit()?, page.cursor()?);
    let after = cursor.map(|it| GapId::from_uuid(it.id));
    let rows = devices::gaps(&mut platform.db.reader(), device, after, limit + 1).await?;
    let view = |it: devices::GapRow| SerialGap {
        id: GapId::from_uuid(it.id),
        found_at: Instant64::from_micros(it.found_at),
        expected: it.expected,
        got: it.got,
        missing: it.missing,
    };
    Ok(Json(Page::from_rows(rows, limit, |it| Cursor::id(it.id), view)))
}

async fn entry(platform: &Platform, device: DeviceId, row: JournalRow) -> ApiResult<JournalEntry> {
    let id = JournalId::from_uuid(row.id);
    let wanted = row.state == "unparseable" && row.bytes <= SHOWN_BYTES;
    let head = match wanted {
        true => gateway::body(&mut platform.journal.reader(), &platform.vault, device.uuid(), id).await.ok(),
        false => None,
    };
    Ok(JournalEntry {
        id,
        received_at: Instant64::from_micros(row.received_at),
        content_type: row.content_type,
        bytes: row.bytes,
        state: row.state,
        warnings: row.warnings.lines().map(str::to_owned).collect(),
        hex_head: head.flatten().map(|(_, bytes)| hex_head(&bytes)),
    })
}

/// Sixteen bytes a line: hexadecimal, then printable ASCII with a dot for everything else.
fn hex_head(bytes: &[u8]) -> String {
    let line = |it: &[u8]| {
        let hex: Vec<String> = it.iter().map(|it| format!("{it:02x}")).collect();
        let text: String =
            it.iter().map(|it| if it.is_ascii_graphic() || *it == b' ' { char::from(*it) } else { '.' }).collect();
        format!("{:<47}  {text}", hex.join(" "))
    };
    bytes.chunks(16).take(32).map(line).collect::<Vec<_>>().join("\n")
}
