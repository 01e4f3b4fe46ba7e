//! A worker on her own phone as the sender of a request.

use access::worker::{self, WorkerSession};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use kernel::Instant64;
use kernel::time::{DAY, SECOND};

use crate::credentials::{cookie, csrf_matches, idempotency_key, set_cookie};
use crate::error::{ApiError, ErrorCode};
use crate::middleware::{Fingerprint, Peer, RequestId};
use crate::platform::Platform;
use crate::write::{Sender, Sent};

/// The cookie of a worker's session; another than an account's, since one browser may hold both.
pub const WORKER_COOKIE: &str = "fugong_worker";
/// The cookie of a browser on which a phone was proved. It outlives the session: it is for the next sign-in.
const MARK_COOKIE: &str = "fugong_phone";
const MARKED_FOR: i64 = 180 * DAY;

/// The worker behind a request: she reaches her own file. Extracting it is authentication; on a write it also checks
/// the CSRF token.
#[derive(Debug, Clone)]
pub struct Myself {
    session: WorkerSession,
    request_id: String,
    idempotency_key: Option<String>,
    fingerprint: Vec<u8>,
    peer: String,
}

impl Myself {
    /// Her session.
    pub const fn session(&self) -> &WorkerSession {
        &self.session
    }

    /// Her own file, and nothing else.
    pub fn scope(&self) -> access::Scope {
        self.session.scope(&self.request_id)
    }

    /// Address of the client.
    pub fn peer(&self) -> &str {
        &self.peer
    }
}

impl Sender for Myself {
    fn sent(&self) -> Sent<'_> {
        Sent { by: self.session.person, key: self.idempotency_key.as_deref(), fingerprint: &self.fingerprint }
    }
}

impl FromRequestParts<Platform> for Myself {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, platform: &Platform) -> Result<Self, ApiError> {
        let not_signed_in = || ApiError::new(StatusCode::UNAUTHORIZED, ErrorCode::NotSignedIn);
        let token = cookie(&parts.headers, WORKER_COOKIE).ok_or_else(not_signed_in)?;
        let session = worker::find(&mut platform.db.reader(), &platform.access, &token, platform.now()).await?;
        let session = session.ok_or_else(not_signed_in)?;
        let writes = !matches!(parts.method, Method::GET | Method::HEAD | Method::OPTIONS);
        if writes && !csrf_matches(&parts.headers, &session.csrf_token) {
            return Err(ApiError::new(StatusCode::FORBIDDEN, ErrorCode::Csrf));
        }
        Ok(Self {
            session,
            request_id: parts.extensions.get::<RequestId>().map(|it| it.0.clone()).unwrap_or_default(),
            idempotency_key: idempotency_key(&parts.headers),
            fingerprint: parts.extensions.get::<Fingerprint>().map(|it| it.0.clone()).unwrap_or_default(),
            peer: parts.extensions.get::<Peer>().map(|it| it.0.clone()).unwrap_or_default(),
        })
    }
}

impl Platform {
    /// The cookie of a worker's session.
    pub fn worker_cookie(&self, token: &str, expires_at: Instant64) -> Option<HeaderValue> {
        set_cookie(self, WORKER_COOKIE, token, expires_at.since(self.now()) / SECOND)
    }

    /// The cookie of a browser on which this phone was proved.
    pub fn mark_cookie(&self, phone: &[u8]) -> Option<HeaderValue> {
        let mark = worker::mark(&self.access, phone, self.now().plus(MARKED_FOR));
        set_cookie(self, MARK_COOKIE, &mark, MARKED_FOR / SECOND)
    }

    /// Whether the request comes from such a browser.
    pub fn is_marked(&self, headers: &HeaderMap, phone: &[u8]) -> bool {
        cookie(headers, MARK_COOKIE).is_some_and(|it| worker::is_marked(&self.access, phone, &it, self.now()))
    }

    /// Takes it away.
    pub fn no_worker_cookie(&self) -> Option<HeaderValue> {
        set_cookie(self, WORKER_COOKIE, "", 0)
    }
}
