//! What she consents to, from her own phone.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use http_api::{ApiError, ApiResult, ErrorCode, Json, Myself, Page, PageQuery, Platform, Query, Write};
use kernel::Phone;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::proved;
use crate::consents::{self, Checked, Decision};
use crate::http::consents::{
    ConsentDecision, ConsentOffers, ConsentView, GuardianNew, TextLanguage, consents_page, decided, offers_to,
    withdrawn,
};
use crate::model::{ConsentChannel, ConsentPurpose, PersonId};

/// Where the guardian's code should go, and for what.
#[derive(Debug, Deserialize, ToSchema)]
pub struct GuardianCodeAsk {
    phone: String,
    purpose: ConsentPurpose,
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new()
        .routes(routes!(list, decide))
        .routes(routes!(offers))
        .routes(routes!(withdraw))
        .routes(routes!(ask_guardian))
}

/// Her receipts, newest first.
#[utoipa::path(get, path = "/me/consents", tag = "me", params(PageQuery), responses((status = 200, body = Page<ConsentView>)))]
async fn list(
    State(platform): State<Platform>,
    me: Myself,
    Query(page): Query<PageQuery>,
) -> ApiResult<Json<Page<ConsentView>>> {
    if !me.session().phone_proved {
        return Ok(Json(Page { items: Vec::new(), next: None }));
    }
    Ok(Json(consents_page(&platform, &me.scope(), own(&me), &page).await?))
}

/// What she may decide about.
#[utoipa::path(get, path = "/me/consents/offers", tag = "me", params(TextLanguage), responses((status = 200, body = ConsentOffers)))]
async fn offers(
    State(platform): State<Platform>,
    me: Myself,
    Query(language): Query<TextLanguage>,
) -> ApiResult<Json<ConsentOffers>> {
    proved(&me)?;
    Ok(Json(offers_to(&platform, &me.scope(), own(&me), language.lang).await?))
}

/// Consent, or do not.
#[utoipa::path(post, path = "/me/consents", tag = "me", request_body = ConsentDecision, responses((status = 201, body = ConsentView)))]
async fn decide(
    State(platform): State<Platform>,
    me: Myself,
    Json(body): Json<ConsentDecision>,
) -> ApiResult<(StatusCode, Json<ConsentView>)> {
    proved(&me)?;
    let checked = match body.guardian.as_ref() {
        Some(it) => Some(guardian(&platform, &me, body.purpose, it).await?),
        None => None,
    };
    let mut write = Write::begin(&platform, &me).await?;
    let guardian = match checked {
        Some(it) => Some(it.used(&mut write.tx).await?),
        None => None,
    };
    let said = Decision {
        person: own(&me),
        purpose: body.purpose,
        given: body.given,
        lang: body.lang,
        shown: &body.text_digest,
        channel: ConsentChannel::Phone,
        of_age: body.of_age,
        guardian,
        by: None,
    };
    decided(&platform, write, &me.scope(), said).await
}

/// Her guardian, by the code that went to that phone. A request that was sent before has used the code up: it is answered as
/// it was.
async fn guardian(platform: &Platform, me: &Myself, purpose: ConsentPurpose, it: &GuardianNew) -> ApiResult<Checked> {
    Write::unless_done(platform, me).await?;
    let code = it.code.as_deref().ok_or_else(|| ApiError::field("guardian.code", ErrorCode::Required))?;
    let (person, now) = (me.session().person, platform.now());
    let checked = consents::check_guardian(platform, person, purpose, it.said(Some(code)), me.peer(), now).await;
    if checked.is_err() {
        // It may have been answered in this moment.
        Write::unless_done(platform, me).await?;
    }
    checked
}

/// Take a consent back: its use stops at once, and what it had gathered goes.
#[utoipa::path(post, path = "/me/consents/{id}/withdraw", tag = "me", params(("id" = String, Path)), responses((status = 200, body = ConsentView)))]
async fn withdraw(
    State(platform): State<Platform>,
    me: Myself,
    Path(id): Path<String>,
) -> ApiResult<(StatusCode, Json<ConsentView>)> {
    proved(&me)?;
    let id = id.parse().map_err(|_| ApiError::not_found())?;
    let write = Write::begin(&platform, &me).await?;
    withdrawn(&platform, write, &me.scope(), own(&me), id).await
}

/// Send a code to a minor's guardian.
#[utoipa::path(post, path = "/me/guardian/codes", tag = "me", request_body = GuardianCodeAsk, responses((status = 204)))]
async fn ask_guardian(
    State(platform): State<Platform>,
    me: Myself,
    Json(body): Json<GuardianCodeAsk>,
) -> ApiResult<StatusCode> {
    proved(&me)?;
    let phone = Phone::parse(&body.phone).map_err(|it| ApiError::invalid("phone", it))?;
    let (person, now) = (me.session().person, platform.now());
    consents::send_guardian_code(&platform, person, body.purpose, &phone, me.peer(), now).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn own(me: &Myself) -> PersonId {
    PersonId::from_uuid(me.session().person)
}
