//! Sessions over HTTP: sign-in, the caller of each request, protection against forged writes.

use access::{Caller, Credentials, SignInError, SignedIn};
use axum::extract::{FromRequestParts, Path, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures_util::future::BoxFuture;
use kernel::Instant64;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::credentials::{cookie, csrf_matches, idempotency_key, set_cookie};
use crate::error::{ApiError, ApiResult, ErrorCode};
use crate::json::Json;
use crate::middleware::{Fingerprint, Peer, RequestId};
use crate::platform::Platform;
use crate::write::{Sender, Sent};

/// The session's cookie.
pub const SESSION_COOKIE: &str = "fugong_session";
/// The cookie of a tablet enrolled at a gate.
pub const TABLET_COOKIE: &str = "fugong_tablet";

/// What later rooms add to the session view.
pub trait SessionExtras: Send + Sync {
    /// The gate's names and the response in force, as JSON for the fields `gate` and `response`.
    fn describe<'a>(
        &'a self,
        caller: &'a Caller,
        now: Instant64,
    ) -> BoxFuture<'a, ApiResult<(serde_json::Value, serde_json::Value)>>;
}

/// The signed-in principal of a request. Extracting it is authentication; on a write it also checks the CSRF token.
#[derive(Debug, Clone)]
pub struct Me {
    session: access::Session,
    token: String,
    idempotency_key: Option<String>,
    fingerprint: Vec<u8>,
    peer: String,
}

impl Me {
    /// Who.
    pub const fn caller(&self) -> &Caller {
        &self.session.caller
    }

    /// The scope, if the role may do this.
    pub fn require(&self, permission: access::Permission) -> ApiResult<access::Scope> {
        Ok(self.session.caller.require(permission)?)
    }

    /// The cookie's token, for live feeds that check it again.
    pub fn token(&self) -> &str {
        &self.token
    }

    /// Address of the client.
    pub fn peer(&self) -> &str {
        &self.peer
    }

    /// The sender's key, where a slice gives it a meaning of its own.
    pub fn idempotency_key(&self) -> Option<&str> {
        self.idempotency_key.as_deref()
    }
}

impl Sender for Me {
    fn sent(&self) -> Sent<'_> {
        let by = self.caller().account().uuid();
        Sent { by, key: self.idempotency_key.as_deref(), fingerprint: &self.fingerprint }
    }
}

impl FromRequestParts<Platform> for Me {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, platform: &Platform) -> Result<Self, ApiError> {
        let not_signed_in = || ApiError::new(StatusCode::UNAUTHORIZED, ErrorCode::NotSignedIn);
        let token = cookie(&parts.headers, SESSION_COOKIE).ok_or_else(not_signed_in)?;
        let session = access::find_session(&mut platform.db.reader(), &platform.access, &token, platform.now()).await?;
        let mut session = session.ok_or_else(not_signed_in)?;
        let writes = !matches!(parts.method, Method::GET | Method::HEAD | Method::OPTIONS);
        if writes && !csrf_matches(&parts.headers, &session.csrf_token) {
            return Err(ApiError::new(StatusCode::FORBIDDEN, ErrorCode::Csrf));
        }
        let request_id = parts.extensions.get::<RequestId>().map_or("", |it| it.0.as_str());
        session.caller = session.caller.with_request_id(request_id);
        let key = idempotency_key(&parts.headers);
        let fingerprint = parts.extensions.get::<Fingerprint>().map(|it| it.0.clone()).unwrap_or_default();
        let peer = parts.extensions.get::<Peer>().map(|it| it.0.clone()).unwrap_or_default();
        Ok(Self { session, token, idempotency_key: key, fingerprint, peer })
    }
}

/// An account in short.
#[derive(Debug, Serialize, ToSchema)]
pub struct AccountBrief {
    #[schema(value_type = String)]
    id: access::AccountId,
    login: String,
    display_name: String,
    role: access_schema::Role,
}

/// Schema twins of types in rooms that know nothing of OpenAPI.
pub(crate) mod access_schema {
    use serde::{Deserialize, Serialize};
    use utoipa::ToSchema;

    /// What an account is for.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
    #[serde(rename_all = "snake_case")]
    pub enum Role {
        /// 系统管理员.
        Administrator,
        /// 指挥部.
        Command,
        /// 企业专管员.
        Enterprise,
        /// 门岗.
        Guard,
        /// 疾控.
        HealthAuthority,
        /// 审计.
        Auditor,
        /// 审核人.
        Reviewer,
        /// 专员.
        Officer,
    }

    impl From<access::Role> for Role {
        fn from(role: access::Role) -> Self {
            match role {
                access::Role::Administrator => Self::Administrator,
                access::Role::Command => Self::Command,
                access::Role::Enterprise => Self::Enterprise,
                access::Role::Guard => Self::Guard,
                access::Role::HealthAuthority => Self::HealthAuthority,
                access::Role::Auditor => Self::Auditor,
                access::Role::Reviewer => Self::Reviewer,
                access::Role::Officer => Self::Officer,
            }
        }
    }

    impl From<Role> for access::Role {
        fn from(role: Role) -> Self {
            match role {
                Role::Administrator => Self::Administrator,
                Role::Command => Self::Command,
                Role::Enterprise => Self::Enterprise,
                Role::Guard => Self::Guard,
                Role::HealthAuthority => Self::HealthAuthority,
                Role::Auditor => Self::Auditor,
                Role::Reviewer => Self::Reviewer,
                Role::Officer => Self::Officer,
            }
        }
    }
}

/// The session as the page needs it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Session)]
pub struct SessionView {
    account: AccountBrief,
    permissions: Vec<&'static str>,
    scope_label: String,
    csrf_token: String,
    #[schema(value_type = String)]
    expires_at: Instant64,
    /// The gate of the enrolled tablet: `GateBrief`, or null.
    gate: serde_json::Value,
    /// The response in force: `ResponseView`, or null.
    response: serde_json::Value,
}

/// Password and one-time code.
#[derive(Debug, Deserialize, ToSchema)]
pub struct SignIn {
    login: String,
    #[schema(value_type = String)]
    password: SecretString,
    totp: Option<String>,
}

/// PIN, on a tablet that is enrolled at a gate.
#[derive(Debug, Deserialize, ToSchema)]
pub struct PinSignIn {
    login: String,
    #[schema(value_type = String)]
    pin: SecretString,
}

pub(crate) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new()
        .routes(routes!(sign_in, read_session, sign_out))
        .routes(routes!(sign_in_with_pin))
        .routes(routes!(open_invitation))
        .routes(routes!(accept_invitation))
}

/// Sign in with password and one-time code.
#[utoipa::path(post, path = "/session", tag = "session", request_body = SignIn, responses((status = 200, body = SessionView)))]
async fn sign_in(
    State(platform): State<Platform>,
    axum::Extension(peer): axum::Extension<Peer>,
    axum::Extension(request): axum::Extension<RequestId>,
    Json(body): Json<SignIn>,
) -> ApiResult<Response> {
    let given = Credentials {
        login: body.login.trim().to_lowercase(),
        secret: body.password,
        totp: body.totp.filter(|it| !it.trim().is_empty()),
        gate: None,
        address: peer.0,
    };
    open_session(&platform, given, &request).await
}

/// Sign in with a PIN on an enrolled tablet.
#[utoipa::path(post, path = "/session/pin", tag = "session", request_body = PinSignIn, responses((status = 200, body = SessionView)))]
async fn sign_in_with_pin(
    State(platform): State<Platform>,
    axum::Extension(peer): axum::Extension<Peer>,
    axum::Extension(request): axum::Extension<RequestId>,
    headers: HeaderMap,
    Json(body): Json<PinSignIn>,
) -> ApiResult<Response> {
    let gate = match cookie(&headers, TABLET_COOKIE) {
        Some(token) => {
            access::enrolment::find_gate(&mut platform.db.reader(), &platform.access, &token, platform.now()).await?
        }
        None => None,
    };
    let gate: Uuid = gate.ok_or_else(|| ApiError::new(StatusCode::UNAUTHORIZED, ErrorCode::EnrolmentCode))?;
    let given = Credentials {
        login: body.login.trim().to_lowercase(),
        secret: body.pin,
        totp: None,
        gate: Some(gate),
        address: peer.0,
    };
    open_session(&platform, given, &request).await
}

async fn open_session(platform: &Platform, given: Credentials, request: &RequestId) -> ApiResult<Response> {
    let now = platform.now();
    let signed_in = access::sign_in(&platform.db, &platform.vault, &platform.access, given, &request.0, now).await;
    let SignedIn { token, expires_at } = signed_in.map_err(sign_in_error)?;
    let session = access::find_session(&mut platform.db.reader(), &platform.access, &token, now).await?;
    let session = session.ok_or_else(|| ApiError::new(StatusCode::UNAUTHORIZED, ErrorCode::NotSignedIn))?;
    let view = view(platform, &session).await?;
    let seconds = expires_at.since(now) / kernel::time::SECOND;
    let mut response = Json(view).into_response();
    if let Some(cookie) = set_cookie(platform, SESSION_COOKIE, &token, seconds) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

/// A failed sign-in on the wire.
pub fn sign_in_error(error: SignInError) -> ApiError {
    match error {
        SignInError::Wrong => ApiError::new(StatusCode::UNAUTHORIZED, ErrorCode::CredentialsWrong),
        SignInError::TotpRequired => ApiError::new(StatusCode::UNAUTHORIZED, ErrorCode::TotpRequired),
        SignInError::BackOff(seconds) => {
            ApiError::new(StatusCode::TOO_MANY_REQUESTS, ErrorCode::BackOff).with("retry_after_s", seconds)
        }
        SignInError::Store(error) => error.into(),
    }
}

async fn view(platform: &Platform, session: &access::Session) -> ApiResult<SessionView> {
    let caller = &session.caller;
    let (gate, response) = platform.session_extras.describe(caller, platform.now()).await?;
    Ok(SessionView {
        account: AccountBrief {
            id: caller.account(),
            login: caller.login().to_owned(),
            display_name: caller.display_name().to_owned(),
            role: caller.role().into(),
        },
        permissions: access::roles::permissions(caller.role()).iter().map(|it| it.code()).collect(),
        scope_label: caller.scope_label().to_owned(),
        csrf_token: session.csrf_token.clone(),
        expires_at: session.expires_at,
        gate,
        response,
    })
}

/// The session of the cookie.
#[utoipa::path(get, path = "/session", tag = "session", responses((status = 200, body = SessionView)))]
async fn read_session(State(platform): State<Platform>, me: Me) -> ApiResult<Json<SessionView>> {
    Ok(Json(view(&platform, &me.session).await?))
}

/// Sign out.
#[utoipa::path(delete, path = "/session", tag = "session", responses((status = 204)))]
async fn sign_out(State(platform): State<Platform>, me: Me) -> ApiResult<Response> {
    access::sign_out(&platform.db, &platform.access, me.token()).await?;
    let mut response = StatusCode::NO_CONTENT.into_response();
    if let Some(cookie) = set_cookie(&platform, SESSION_COOKIE, "", 0) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

impl Platform {
    /// The cookie that makes a browser a gate's tablet.
    pub fn tablet_cookie(&self, token: &str) -> Option<HeaderValue> {
        set_cookie(self, TABLET_COOKIE, token, 180 * 24 * 3600)
    }
}

/// What an invited person sees.
#[derive(Debug, Serialize, ToSchema)]
pub struct InvitationView {
    login: String,
    display_name: String,
    role: access_schema::Role,
    totp_uri: Option<String>,
    totp_secret: Option<String>,
    needs_pin: bool,
}

/// What she chose.
#[derive(Debug, Deserialize, ToSchema)]
pub struct InvitationAccept {
    #[schema(value_type = Option<String>)]
    password: Option<SecretString>,
    #[schema(value_type = Option<String>)]
    pin: Option<SecretString>,
    totp: Option<String>,
}

/// What an invitation is for.
#[utoipa::path(get, path = "/invitations/{token}", tag = "session", params(("token" = String, Path)), responses((status = 200, body = InvitationView)))]
async fn open_invitation(
    State(platform): State<Platform>,
    Path(token): Path<String>,
) -> ApiResult<Json<InvitationView>> {
    let now = platform.now();
    let found =
        access::open_invitation(&mut platform.db.reader(), &platform.vault, &platform.access, &token, now).await;
    let invitation = found.map_err(invitation_error)?;
    Ok(Json(InvitationView {
        needs_pin: invitation.role.uses_pin(),
        login: invitation.login,
        display_name: invitation.display_name,
        role: invitation.role.into(),
        totp_uri: invitation.totp_uri,
        totp_secret: invitation.totp_secret,
    }))
}

/// Set one's own secrets; the link is used up.
#[utoipa::path(post, path = "/invitations/{token}/accept", tag = "session", params(("token" = String, Path)), request_body = InvitationAccept, responses((status = 204)))]
async fn accept_invitation(
    State(platform): State<Platform>,
    Path(token): Path<String>,
    Json(body): Json<InvitationAccept>,
) -> ApiResult<StatusCode> {
    let secret = body.password.or(body.pin).ok_or_else(|| ApiError::field("password", ErrorCode::Required))?;
    let accepted = access::Accepted { secret, totp: body.totp };
    let now = platform.now();
    let mut tx = platform.db.begin().await?;
    access::accept_invitation(&mut tx, &platform.vault, &platform.access, &token, accepted, now)
        .await
        .map_err(invitation_error)?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

fn invitation_error(error: access::InvitationError) -> ApiError {
    match error {
        access::InvitationError::Gone => ApiError::not_found(),
        access::InvitationError::Secret(code) => {
            ApiError::field("password", ErrorCode::parse(code).unwrap_or(ErrorCode::Invalid))
        }
        access::InvitationError::Totp => ApiError::field("totp", ErrorCode::TotpRequired),
        access::InvitationError::Store(error) => error.into(),
    }
}
