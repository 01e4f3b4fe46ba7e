//! The pass on her own phone.

use axum::extract::State;
use axum::http::StatusCode;
use http_api::{ApiError, ApiResult, ErrorCode, Json, Myself, Platform, Write};
use kernel::Instant64;
use people::PersonId;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::issuing::{issuer_key, on_phone, text_of};
use crate::model::{NoPass, PassId, sites_of};

/// Her pass, or why she has none.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct MyPass {
    /// `active` or `none`.
    state: String,
    /// Why there is none.
    why: Option<NoPass>,
    pass: Option<ShownPass>,
}

/// What her phone shows.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct ShownPass {
    #[schema(value_type = String)]
    id: PassId,
    /// What stands in the QR code.
    text: String,
    #[schema(value_type = String)]
    issued_at: Instant64,
    #[schema(value_type = String)]
    expires_at: Instant64,
    /// Names of the sites it is good for.
    sites: Vec<String>,
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new().routes(routes!(show))
}

/// Her pass: the one at hand, or a new one when that is half way to its end.
#[utoipa::path(post, path = "/me/pass", tag = "me", responses((status = 200, body = MyPass)))]
async fn show(State(platform): State<Platform>, me: Myself) -> ApiResult<(StatusCode, Json<MyPass>)> {
    // Whoever printed a slip could show it as hers.
    if !me.session().phone_proved {
        return Err(ApiError::new(StatusCode::CONFLICT, ErrorCode::PhoneUnproved));
    }
    let (scope, person) = (me.scope(), PersonId::from_uuid(me.session().person));
    let mut write = Write::begin(&platform, &me).await?;
    let now = write.now;
    let issued = on_phone(&mut write.tx, &scope, person, now).await?;
    let view = match issued {
        Err(why) => MyPass { state: "none".to_owned(), why: Some(why), pass: None },
        Ok(row) => {
            if row.issued_at == now.micros() {
                super::desk::note(&mut write, &scope, "pass.issued", &row, json!({ "kind": row.kind })).await?;
            }
            let sites = places::sites_by_id(&mut write.tx, &sites_of(&row.sites)).await?;
            let shown = ShownPass {
                id: PassId::from_uuid(row.id),
                text: text_of(&issuer_key(&platform).await?, &row)?,
                issued_at: Instant64::from_micros(row.issued_at),
                expires_at: Instant64::from_micros(row.expires_at),
                sites: sites.into_iter().map(|it| it.name).collect(),
            };
            MyPass { state: "active".to_owned(), why: None, pass: Some(shown) }
        }
    };
    write.finish(StatusCode::OK, view).await
}
