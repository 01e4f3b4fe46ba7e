//! Officers, what they answer for, and whether anything is left out, over HTTP.

mod assign_many;
mod assignments;
pub(super) mod completeness;
mod officers;
pub(super) mod premises;
mod substitutes;

use access::{AccountId, Officer, Scope};
use db::Read;
use http_api::{ApiError, ApiResult, ErrorCode, Platform};
use kernel::AreaCode;
use utoipa_axum::router::OpenApiRouter;

pub(super) fn router() -> OpenApiRouter<Platform> {
    premises::router()
        .merge(officers::router())
        .merge(substitutes::router())
        .merge(assignments::router())
        .merge(assign_many::router())
        .merge(completeness::router())
}

/// What a filter of an area asks for: its subtree.
pub(super) fn subtree(text: Option<&str>) -> ApiResult<Option<(String, String)>> {
    text.map(|it| AreaCode::parse(it).map(|it| it.subtree()).map_err(|it| ApiError::invalid("area", it))).transpose()
}

/// An id that a filter or body names.
pub(super) fn parsed<T: std::str::FromStr>(field: &'static str, text: Option<&str>) -> ApiResult<Option<T>> {
    text.map(|it| it.parse().map_err(|_| ApiError::field(field, ErrorCode::Invalid))).transpose()
}

/// An officer inside the scope who is at work, named in a body.
async fn officer_at_work(db: &mut impl Read, scope: &Scope, field: &'static str, text: &str) -> ApiResult<Officer> {
    let unknown = || ApiError::field(field, ErrorCode::OfficerUnknown);
    let id: AccountId = text.parse().map_err(|_| unknown())?;
    access::officer(db, scope, id).await?.filter(|it| !it.disabled).ok_or_else(unknown)
}
