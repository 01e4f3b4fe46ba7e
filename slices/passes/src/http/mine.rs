//! The pass on her own phone.

use axum::extract::State;
use axum::http::StatusCode;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http_api::{ApiError, ApiResult, ErrorCode, Json, Myself, OptionalText, Platform, Query, Write};
use kernel::Instant64;
use pass::bound::HolderKey;
use people::PersonId;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::issuing::{Binding, issuer_key, on_phone, text_of};
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
    /// What stands in the QR code; of a bound pass what the phone adds its signature to.
    text: String,
    /// Whether it is bound to the phone that asked.
    bound: bool,
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

/// How the phone wants it.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
struct PassAsk {
    /// The phone's own key, to bind it to: `x` and `y` of a point on P-256, 64 bytes, base64url.
    key: Option<String>,
    /// Take it over from the phone that it is bound to.
    take: bool,
}

/// Her pass: the one at hand, or a new one when that is half way to its end.
#[utoipa::path(post, path = "/me/pass", tag = "me", params(PassAsk), responses((status = 200, body = MyPass)))]
async fn show(
    State(platform): State<Platform>,
    me: Myself,
    Query(ask): Query<PassAsk>,
) -> ApiResult<(StatusCode, Json<MyPass>)> {
    // Whoever printed a slip could show it as hers.
    if !me.session().phone_proved {
        return Err(ApiError::new(StatusCode::CONFLICT, ErrorCode::PhoneUnproved));
    }
    let (scope, person) = (me.scope(), PersonId::from_uuid(me.session().person));
    let key = ask.key.given().map(|it| holder_key(it).ok_or_else(|| ApiError::field("key", ErrorCode::Invalid)));
    let binding = Binding { key: key.transpose()?, takes: ask.take };
    let mut write = Write::begin(&platform, &me).await?;
    let now = write.now;
    let issued = on_phone(&mut write.tx, &scope, person, binding, now).await?;
    let view = match issued {
        Err(why) => MyPass { state: "none".to_owned(), why: Some(why), pass: None },
        Ok(row) => {
            if row.issued_at == now.micros() {
                let detail = json!({ "kind": row.kind, "bound": row.holder_key.is_some() });
                super::desk::note(&mut write, &scope, "pass.issued", &row, detail).await?;
            }
            let sites = places::sites_by_id(&mut write.tx, &sites_of(&row.sites)).await?;
            let shown = ShownPass {
                id: PassId::from_uuid(row.id),
                text: text_of(&issuer_key(&platform).await?, &row)?,
                bound: row.holder_key.is_some(),
                issued_at: Instant64::from_micros(row.issued_at),
                expires_at: Instant64::from_micros(row.expires_at),
                sites: sites.into_iter().map(|it| it.name).collect(),
            };
            MyPass { state: "active".to_owned(), why: None, pass: Some(shown) }
        }
    };
    write.finish(StatusCode::OK, view).await
}

/// A key that a phone names; whether it is on the curve is found out when it proves that it has it.
fn holder_key(text: &str) -> Option<HolderKey> {
    URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok()
}
