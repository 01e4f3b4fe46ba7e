//! What the demo would have sent to a phone. Any other installation has no such page.

use axum::extract::State;
use kernel::{Instant64, Phone};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::error::{ApiError, ApiResult};
use crate::json::{Json, Query};
use crate::platform::Platform;

/// A message as an invented phone would show it.
#[derive(Debug, Serialize, ToSchema)]
pub struct DemoMessage {
    text: String,
    #[schema(value_type = String)]
    sent_at: Instant64,
}

/// The messages of one phone.
#[derive(Debug, Serialize, ToSchema)]
pub struct DemoMessages {
    items: Vec<DemoMessage>,
}

#[derive(Debug, Deserialize, IntoParams)]
struct Whose {
    phone: String,
}

pub(crate) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new().routes(routes!(list))
}

/// Messages that the demo shows instead of sending, newest first. 404 everywhere else.
#[utoipa::path(get, path = "/demo/messages", tag = "session", params(Whose), responses((status = 200, body = DemoMessages)))]
async fn list(State(platform): State<Platform>, Query(whose): Query<Whose>) -> ApiResult<Json<DemoMessages>> {
    let screen = platform.messages.screen().ok_or_else(ApiError::not_found)?;
    let phone = Phone::parse(&whose.phone).map_err(|it| ApiError::invalid("phone", it))?;
    let view = |it: notify::messages::Shown| DemoMessage { text: it.text, sent_at: it.sent_at };
    Ok(Json(DemoMessages { items: screen.to(phone.as_str()).into_iter().map(view).collect() }))
}
