//! Shift windows of a site over HTTP.

use access::Permission;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use http_api::{ApiError, ApiResult, ErrorCode, Json, Me, OptionalText, Platform, Write};
use kernel::Instant64;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::sites::{changed, find, site_id};
use super::{label, note_plain};
use crate::model::{ShiftWindow, ShiftWindowId};
use crate::rules::{EARLY_MINUTES, parse_minute, show_minute};
use crate::store::sites;

/// Hours of a shift. `end` at or before `start` means past midnight; times are China's.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = ShiftWindow)]
pub struct ShiftWindowView {
    id: Option<String>,
    name: String,
    /// Monday = 1 … Sunday = 7.
    days: Vec<u8>,
    /// `HH:MM`.
    start: String,
    /// `HH:MM`.
    end: String,
    /// The teams whose hours these are, as the site's shift plan set them; without them a window keeps those that it has.
    #[serde(default)]
    teams: Option<Vec<String>>,
    /// How early before its start people may come in; without it a window keeps what it has, and a new one gets an hour.
    #[serde(default)]
    early_minutes: Option<u16>,
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new().routes(routes!(read_windows, replace_windows))
}

/// Shift windows of a site.
#[utoipa::path(get, path = "/sites/{id}/shift-windows", tag = "places", params(("id" = String, Path)), responses((status = 200, body = Vec<ShiftWindowView>)))]
async fn read_windows(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
) -> ApiResult<Json<Vec<ShiftWindowView>>> {
    let scope = me.require(Permission::ReadPlaces)?;
    let id = site_id(&id)?;
    let mut reader = platform.db.reader();
    sites::find(&mut reader, &scope, id).await?.ok_or_else(ApiError::not_found)?;
    let windows = sites::shift_windows(&mut reader, &[id.uuid()]).await?;
    Ok(Json(windows.into_iter().map(|(_, it)| window_view(it)).collect()))
}

/// Replace the shift windows; those that keep their id keep their workers.
#[utoipa::path(put, path = "/sites/{id}/shift-windows", tag = "places", params(("id" = String, Path)), request_body = Vec<ShiftWindowView>, responses((status = 200, body = Vec<ShiftWindowView>)))]
async fn replace_windows(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
    Json(body): Json<Vec<ShiftWindowView>>,
) -> ApiResult<(StatusCode, Json<Vec<ShiftWindowView>>)> {
    let scope = me.require(Permission::EditPlaces)?;
    let id = site_id(&id)?;
    let mut write = Write::begin(&platform, &me).await?;
    find(&mut write, &scope, id).await?;
    let now = write.now;
    let known = sites::shift_windows(&mut write.tx, &[id.uuid()]).await?;
    let known: Vec<ShiftWindow> = known.into_iter().map(|(_, it)| it).collect();
    let windows: ApiResult<Vec<ShiftWindow>> = body.iter().map(|it| window(it, &known, now)).collect();
    sites::replace_windows(&mut write.tx, id, &windows?).await?;
    note_plain(&mut write, &scope, "site.shift_windows", id).await?;
    changed(&mut write, id, "shifts").await?;
    let windows = sites::shift_windows(&mut write.tx, &[id.uuid()]).await?;
    write.finish(StatusCode::OK, windows.into_iter().map(|(_, it)| window_view(it)).collect()).await
}

fn window(body: &ShiftWindowView, before: &[ShiftWindow], now: Instant64) -> ApiResult<ShiftWindow> {
    let invalid = || ApiError::field("shift_windows", ErrorCode::ShiftWindow);
    let known = match body.id.given() {
        Some(id) => Some(id.parse::<ShiftWindowId>().map_err(|_| invalid())?),
        None => None,
    };
    let days_known = !body.days.is_empty() && body.days.iter().all(|it| (1..=7).contains(it));
    if !days_known {
        return Err(invalid());
    }
    let before = known.and_then(|id| before.iter().find(|it| it.id == id));
    let teams = body.teams.as_deref().or(before.map(|it| it.teams.as_slice())).unwrap_or_default();
    let teams: ApiResult<Vec<String>> = teams.iter().map(|it| Ok(label("teams", it)?.as_str().to_owned())).collect();
    let early_minutes = body.early_minutes.or(before.map(|it| it.early_minutes)).unwrap_or(EARLY_MINUTES);
    if 720 < early_minutes {
        return Err(invalid());
    }
    Ok(ShiftWindow {
        id: known.unwrap_or_else(|| ShiftWindowId::new(now)),
        name: label("name", &body.name)?.as_str().to_owned(),
        days: body.days.clone(),
        start_minute: parse_minute(&body.start).ok_or_else(invalid)?,
        end_minute: parse_minute(&body.end).ok_or_else(invalid)?,
        teams: teams?,
        early_minutes,
    })
}

fn window_view(window: ShiftWindow) -> ShiftWindowView {
    ShiftWindowView {
        id: Some(window.id.to_string()),
        name: window.name,
        days: window.days,
        start: show_minute(window.start_minute),
        end: show_minute(window.end_minute),
        teams: Some(window.teams),
        early_minutes: Some(window.early_minutes),
    }
}
