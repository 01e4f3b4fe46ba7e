//! Places over HTTP.

mod areas;
mod census;
mod device_journal;
mod device_secrets;
mod devices;
mod enterprises;
mod gate_links;
mod gates;
mod grid;
mod imports;
pub(crate) mod list_files;
mod responses;
mod shapes;
mod shift_windows;
mod sites;
mod tablets;

use access::Scope;
use audit::Entry;
use http_api::{ApiError, ApiResult, ErrorCode, Platform, Write};
use kernel::{AreaCode, Label};
use serde_json::{Value as Json, json};
use utoipa_axum::router::OpenApiRouter;

pub(crate) use enterprises::industry_form;
pub(crate) use gates::changed as gate_changed;
pub(crate) use sites::{changed as site_changed, moved as site_moved};

pub use devices::DeviceView;
pub use gate_links::link_key as gate_link_key;
pub use gates::{GateBrief, GateView};
pub use responses::{ResponseView, response_in_force};

/// Routes of places.
pub fn router() -> OpenApiRouter<Platform> {
    areas::router()
        .merge(responses::router())
        .merge(enterprises::router())
        .merge(sites::router())
        .merge(shift_windows::router())
        .merge(gates::router())
        .merge(tablets::router())
        .merge(devices::router())
        .merge(gate_links::router())
        .merge(device_journal::router())
        .merge(device_secrets::router())
        .merge(grid::router())
        .merge(census::router())
        .merge(shapes::router())
        .merge(imports::router())
}

/// Writes an act on a place down, with the act.
pub(crate) async fn note(
    write: &mut Write,
    scope: &Scope,
    act: &'static str,
    subject: impl ToString,
    detail: Json,
) -> ApiResult<()> {
    let entry = Entry {
        at: write.now,
        actor: scope.actor(),
        act,
        purpose: "",
        subject: Some(subject.to_string()),
        people: &[],
        detail,
        note: None,
        request_id: scope.request_id(),
    };
    audit::record(&mut write.tx, entry).await?;
    Ok(())
}

/// The same without detail.
pub(crate) async fn note_plain(
    write: &mut Write,
    scope: &Scope,
    act: &'static str,
    subject: impl ToString,
) -> ApiResult<()> {
    note(write, scope, act, subject, json!({})).await
}

fn label(field: &'static str, text: &str) -> ApiResult<Label> {
    Label::parse(text).map_err(|it| ApiError::invalid(field, it))
}

/// An area code that is in force and inside the scope.
async fn known_area(write: &mut Write, scope: &Scope, text: &str) -> ApiResult<AreaCode> {
    let code = AreaCode::parse(text).map_err(|it| ApiError::invalid("area_code", it))?;
    let now = write.now;
    if !crate::store::areas::exists(&mut write.tx, &code, now).await? {
        return Err(ApiError::field("area_code", ErrorCode::AreaUnknown));
    }
    match scope.covers(access::Located { area: Some(code.as_str()), ..access::Located::default() }) {
        true => Ok(code),
        false => Err(ApiError::field("area_code", ErrorCode::BeyondScope)),
    }
}
