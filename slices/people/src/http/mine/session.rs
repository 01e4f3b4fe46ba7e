//! Signing in on a phone, and out of one or all of them.

use access::worker::{self, WorkerSession, WorkerSessionId};
use audit::Entry;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use http_api::{ApiError, ApiResult, Json, Myself, OptionalText, Peer, Platform, RequestId};
use kernel::{Instant64, Phone};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::model::PersonId;
use crate::sign_in::{self, From, Proof, TAIL, digest_of};

/// Where a code should go.
#[derive(Debug, Deserialize, ToSchema)]
pub struct CodeAsk {
    phone: String,
}

/// What she brings: a phone and the code sent to it, or the code on her slip; and in both cases the last four
/// characters of her document.
#[derive(Debug, Deserialize, ToSchema)]
pub struct WorkerSignIn {
    phone: Option<String>,
    code: Option<String>,
    activation_code: Option<String>,
    document_tail: String,
}

/// A code that proves the phone in her file.
#[derive(Debug, Deserialize, ToSchema)]
pub struct PhoneProof {
    code: String,
}

/// Her session.
#[derive(Debug, Serialize, ToSchema)]
pub struct MySession {
    #[schema(value_type = String)]
    id: WorkerSessionId,
    #[schema(value_type = String)]
    person_id: PersonId,
    csrf_token: String,
    /// Whether she has proved the phone in her file; without that health stays closed.
    phone_proved: bool,
    #[schema(value_type = String)]
    expires_at: Instant64,
}

/// One of the phones she is signed in on.
#[derive(Debug, Serialize, ToSchema)]
pub struct MyPhone {
    #[schema(value_type = String)]
    id: WorkerSessionId,
    /// Such as `iPhone` or `Android`; empty when the browser does not say.
    device: String,
    /// The one that asks.
    this: bool,
    phone_proved: bool,
    #[schema(value_type = String)]
    created_at: Instant64,
    #[schema(value_type = String)]
    seen_at: Instant64,
}

/// Where she is signed in.
#[derive(Debug, Serialize, ToSchema)]
pub struct MyPhones {
    items: Vec<MyPhone>,
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new()
        .routes(routes!(ask_code))
        .routes(routes!(sign_in_here, read, sign_out))
        .routes(routes!(ask_own_code))
        .routes(routes!(prove))
        .routes(routes!(phones, sign_out_everywhere))
        .routes(routes!(sign_out_one))
}

/// Send a one-time code to a phone. The answer is the same whether or not anybody has it.
#[utoipa::path(post, path = "/me/codes", tag = "me", request_body = CodeAsk, responses((status = 204)))]
async fn ask_code(
    State(platform): State<Platform>,
    axum::Extension(peer): axum::Extension<Peer>,
    headers: HeaderMap,
    Json(body): Json<CodeAsk>,
) -> ApiResult<StatusCode> {
    let phone = Phone::parse(&body.phone).map_err(|it| ApiError::invalid("phone", it))?;
    let marked = platform.is_marked(&headers, &digest_of(&platform, &phone));
    sign_in::ask_code(&platform, &phone, marked, &peer.0, platform.now()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Sign in with what was sent or handed out.
#[utoipa::path(post, path = "/me/session", tag = "me", request_body = WorkerSignIn, responses((status = 200, body = MySession)))]
async fn sign_in_here(
    State(platform): State<Platform>,
    axum::Extension(peer): axum::Extension<Peer>,
    axum::Extension(request): axum::Extension<RequestId>,
    headers: HeaderMap,
    Json(body): Json<WorkerSignIn>,
) -> ApiResult<Response> {
    let required = |field| ApiError::field(field, http_api::ErrorCode::Required);
    let proof = match body.activation_code.given() {
        Some(code) => Proof::Slip { code: code.to_owned() },
        None => {
            let phone = Phone::parse(body.phone.given().ok_or_else(|| required("phone"))?);
            let phone = phone.map_err(|it| ApiError::invalid("phone", it))?;
            Proof::Phone { phone, code: body.code.given().ok_or_else(|| required("code"))?.to_owned() }
        }
    };
    if body.document_tail.trim().chars().count() != TAIL {
        return Err(ApiError::field("document_tail", http_api::ErrorCode::DocumentTail));
    }
    let digest = match &proof {
        Proof::Phone { phone, .. } => Some(digest_of(&platform, phone)),
        Proof::Slip { .. } => None,
    };
    let marked = digest.as_deref().is_some_and(|it| platform.is_marked(&headers, it));
    let from = From { address: &peer.0, marked, device: device_of(&headers), request_id: &request.0 };
    let opened = sign_in::sign_in(&platform, proof, &body.document_tail, from, platform.now()).await?;
    let (token, session) = opened;
    let mut response = Json(view(&session)).into_response();
    if let Some(cookie) = platform.worker_cookie(&token, session.expires_at) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    if let Some(cookie) = digest.and_then(|it| platform.mark_cookie(&it)) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

/// The session of the cookie.
#[utoipa::path(get, path = "/me/session", tag = "me", responses((status = 200, body = MySession)))]
async fn read(State(platform): State<Platform>, me: Myself) -> ApiResult<Json<MySession>> {
    worker::touch(&platform.db, me.session(), platform.now()).await?;
    Ok(Json(view(me.session())))
}

/// Sign out on this phone.
#[utoipa::path(delete, path = "/me/session", tag = "me", responses((status = 204)))]
async fn sign_out(State(platform): State<Platform>, me: Myself) -> ApiResult<Response> {
    end(&platform, &me, Some(me.session().id)).await?;
    Ok(without_cookie(&platform))
}

/// Send a code to the phone in her file, to prove it.
#[utoipa::path(post, path = "/me/phone/codes", tag = "me", responses((status = 204)))]
async fn ask_own_code(State(platform): State<Platform>, me: Myself) -> ApiResult<StatusCode> {
    sign_in::ask_own_code(&platform, me.session(), me.peer(), platform.now()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Prove the phone in her file.
#[utoipa::path(post, path = "/me/phone/proof", tag = "me", request_body = PhoneProof, responses((status = 204)))]
async fn prove(State(platform): State<Platform>, me: Myself, Json(body): Json<PhoneProof>) -> ApiResult<Response> {
    let phone = sign_in::prove_phone(&platform, me.session(), &body.code, me.peer(), platform.now()).await?;
    let mut response = StatusCode::NO_CONTENT.into_response();
    if let Some(cookie) = platform.mark_cookie(&phone) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

/// The phones she is signed in on, newest first.
#[utoipa::path(get, path = "/me/sessions", tag = "me", responses((status = 200, body = MyPhones)))]
async fn phones(State(platform): State<Platform>, me: Myself) -> ApiResult<Json<MyPhones>> {
    let all = worker::sessions(&mut platform.db.reader(), me.session().person, platform.now()).await?;
    let phone = |it: WorkerSession| MyPhone {
        id: it.id,
        device: it.device,
        this: it.id == me.session().id,
        phone_proved: it.phone_proved,
        created_at: it.created_at,
        seen_at: it.seen_at,
    };
    Ok(Json(MyPhones { items: all.into_iter().map(phone).collect() }))
}

/// Sign out everywhere, here too.
#[utoipa::path(delete, path = "/me/sessions", tag = "me", responses((status = 204)))]
async fn sign_out_everywhere(State(platform): State<Platform>, me: Myself) -> ApiResult<Response> {
    end(&platform, &me, None).await?;
    Ok(without_cookie(&platform))
}

/// Sign out on one of them.
#[utoipa::path(delete, path = "/me/sessions/{id}", tag = "me", params(("id" = String, Path)), responses((status = 204)))]
async fn sign_out_one(State(platform): State<Platform>, me: Myself, Path(id): Path<String>) -> ApiResult<StatusCode> {
    let id = id.parse().map_err(|_| ApiError::not_found())?;
    end(&platform, &me, Some(id)).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn end(platform: &Platform, me: &Myself, which: Option<WorkerSessionId>) -> ApiResult<()> {
    let person = me.session().person;
    let mut tx = platform.db.begin().await?;
    match which {
        Some(id) if !worker::end(&mut tx, person, id).await? => return Err(ApiError::not_found()),
        Some(_) => {}
        None => {
            worker::end_all(&mut tx, person).await?;
        }
    }
    let scope = me.scope();
    let entry = Entry {
        at: platform.now(),
        actor: scope.actor(),
        act: "worker.signed_out",
        purpose: "own_request",
        subject: Some(PersonId::from_uuid(person).to_string()),
        people: &[person],
        detail: json!({ "everywhere": which.is_none() }),
        note: None,
        request_id: scope.request_id(),
    };
    audit::record(&mut tx, entry).await?;
    Ok(tx.commit().await?)
}

fn without_cookie(platform: &Platform) -> Response {
    let mut response = StatusCode::NO_CONTENT.into_response();
    if let Some(cookie) = platform.no_worker_cookie() {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

fn view(session: &WorkerSession) -> MySession {
    MySession {
        id: session.id,
        person_id: PersonId::from_uuid(session.person),
        csrf_token: session.csrf_token.clone(),
        phone_proved: session.phone_proved,
        expires_at: session.expires_at,
    }
}

/// What she would call it; no more of what the browser says is kept.
fn device_of(headers: &HeaderMap) -> String {
    let agent = headers.get(header::USER_AGENT).and_then(|it| it.to_str().ok()).unwrap_or_default();
    let known = ["iPhone", "iPad", "HarmonyOS", "Android", "Windows", "Macintosh", "Linux"];
    known.into_iter().find(|it| agent.contains(it)).unwrap_or_default().to_owned()
}
