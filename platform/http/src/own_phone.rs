//! The phone on which an account is told what happened: its holder's own to set and to take away.

use access::{phone_of, phone_subject, remove_phone, set_phone, worker};
use audit::Entry;
use axum::extract::State;
use axum::http::StatusCode;
use kernel::Phone;
use kernel::time::MINUTE;
use notify::messages::{Message, Template};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::error::{ApiError, ApiResult, ErrorCode};
use crate::json::Json;
use crate::platform::Platform;
use crate::session::{Me, sign_in_error};
use crate::write::Write;

/// Where one's messages go.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnPhone {
    /// None: nothing is sent.
    phone: Option<String>,
    /// Whether this installation can send messages at all.
    can_send: bool,
}

/// A phone that is to be one's own.
#[derive(Debug, Deserialize, ToSchema)]
pub struct OwnPhoneAsk {
    phone: String,
}

/// A phone with the code that reached it.
#[derive(Debug, Deserialize, ToSchema)]
pub struct OwnPhoneProof {
    phone: String,
    code: String,
}

pub(crate) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new().routes(routes!(read, set, remove)).routes(routes!(ask))
}

/// Where one's messages go.
#[utoipa::path(get, path = "/session/phone", tag = "session", responses((status = 200, body = OwnPhone)))]
async fn read(State(platform): State<Platform>, me: Me) -> ApiResult<Json<OwnPhone>> {
    let phone = phone_of(&mut platform.db.reader(), &platform.vault, me.caller().account()).await?;
    Ok(Json(view(&platform, phone)))
}

fn view(platform: &Platform, phone: Option<Phone>) -> OwnPhone {
    OwnPhone { phone: phone.map(|it| it.as_str().to_owned()), can_send: platform.messages.can_send() }
}

/// Have a code sent to a phone that is to be one's own. Sent again under its key, the request sends no second one.
#[utoipa::path(post, path = "/session/phone/code", tag = "session", request_body = OwnPhoneAsk, responses((status = 200, body = OwnPhone)))]
async fn ask(
    State(platform): State<Platform>,
    me: Me,
    Json(body): Json<OwnPhoneAsk>,
) -> ApiResult<(StatusCode, Json<OwnPhone>)> {
    let phone = phone_given(&body.phone)?;
    if !platform.messages.can_send() {
        return Err(ApiError::new(StatusCode::SERVICE_UNAVAILABLE, ErrorCode::MessagesMissing));
    }
    let account = me.caller().account();
    let counted = platform.access.digest(&format!("account-phone:{}", account.uuid().as_simple()));
    let subject = phone_subject(&platform.access, account, &phone);
    let mut write = Write::begin(&platform, &me).await?;
    let now = write.now;
    let code = worker::make_code(&mut write.tx, &platform.access, &subject, &counted, me.peer(), now).await;
    let minutes = worker::CODE_GOOD / MINUTE;
    let message = Message::new(Template::NoticeCode, &phone).with("code", code.map_err(sign_in_error)?);
    let message = message.with("minutes", minutes);
    let sent = platform.messages.send(&mut write.tx, &message, worker::CODE_GOOD, now).await;
    sent.map_err(|error| ApiError::internal(&error))?;
    let known = phone_of(&mut write.tx, &platform.vault, account).await?;
    write.finish(StatusCode::OK, view(&platform, known)).await
}

/// Prove a phone, and be told on it from now on.
#[utoipa::path(put, path = "/session/phone", tag = "session", request_body = OwnPhoneProof, responses((status = 200, body = OwnPhone)))]
async fn set(
    State(platform): State<Platform>,
    me: Me,
    Json(body): Json<OwnPhoneProof>,
) -> ApiResult<(StatusCode, Json<OwnPhone>)> {
    let (phone, account) = (phone_given(&body.phone)?, me.caller().account());
    let subject = phone_subject(&platform.access, account, &phone);
    Write::unless_done(&platform, &me).await?;
    proved(&platform, &subject, body.code.trim()).await?;
    let mut write = Write::begin(&platform, &me).await?;
    if !worker::use_code(&mut write.tx, &subject).await? {
        return Err(wrong());
    }
    set_phone(&mut write.tx, &platform.vault, account, &phone, write.now).await?;
    note(&mut write, &me, "account.phone_set").await?;
    write.finish(StatusCode::OK, view(&platform, Some(phone))).await
}

/// Be told nothing any more.
#[utoipa::path(delete, path = "/session/phone", tag = "session", responses((status = 200, body = OwnPhone)))]
async fn remove(State(platform): State<Platform>, me: Me) -> ApiResult<(StatusCode, Json<OwnPhone>)> {
    let mut write = Write::begin(&platform, &me).await?;
    if remove_phone(&mut write.tx, me.caller().account()).await? {
        note(&mut write, &me, "account.phone_removed").await?;
    }
    write.finish(StatusCode::OK, view(&platform, None)).await
}

/// In a transaction of its own: a wrong try is counted, whatever becomes of the write.
async fn proved(platform: &Platform, subject: &[u8], code: &str) -> ApiResult<()> {
    let mut tx = platform.db.begin().await?;
    let right = worker::check_code(&mut tx, &platform.access, subject, code, platform.now()).await?;
    tx.commit().await?;
    if right { Ok(()) } else { Err(wrong()) }
}

fn wrong() -> ApiError {
    ApiError::field("code", ErrorCode::CredentialsWrong)
}

fn phone_given(text: &str) -> ApiResult<Phone> {
    Phone::parse(text).map_err(|it| ApiError::invalid("phone", it))
}

async fn note(write: &mut Write, me: &Me, act: &'static str) -> ApiResult<()> {
    let scope = me.caller().scope();
    let entry = Entry {
        at: write.now,
        actor: scope.actor(),
        act,
        purpose: "",
        subject: Some(me.caller().account().to_string()),
        people: &[],
        detail: json!({}),
        note: None,
        request_id: scope.request_id(),
    };
    audit::record(&mut write.tx, entry).await?;
    Ok(())
}
