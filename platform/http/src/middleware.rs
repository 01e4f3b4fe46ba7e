//! What wraps every request of the users' listener: an id, a log line, limits, headers.

use std::net::SocketAddr;
use std::time::Instant;

use aws_lc_rs::digest;
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{ConnectInfo, MatchedPath, Request};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use tracing::{Instrument, info, info_span};

use crate::error::{ApiError, ErrorCode};

/// The id of one request, in its log lines, its audit entries and its errors.
#[derive(Debug, Clone)]
pub struct RequestId(pub String);

/// Where the request came from.
#[derive(Debug, Clone)]
pub struct Peer(pub String);

/// SHA-256 over method, path and body: what an idempotency key was first used for.
#[derive(Debug, Clone)]
pub(crate) struct Fingerprint(pub(crate) Vec<u8>);

/// The largest body of a user's request; imports are the largest.
const BODY_LIMIT: usize = 32 * 1024 * 1024;

tokio::task_local! {
    static REQUEST_ID: String;
}

pub(crate) fn current_request_id() -> String {
    REQUEST_ID.try_with(Clone::clone).unwrap_or_default()
}

/// Wraps a router.
pub fn edge(router: Router) -> Router {
    router.layer(from_fn(read_body)).layer(from_fn(identify)).layer(from_fn(secure_headers))
}

async fn identify(mut request: Request, next: Next) -> Response {
    let id = format!("req_{}", vault::random_token::<8>());
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|it| it.0.ip().to_string());
    request.extensions_mut().insert(RequestId(id.clone()));
    request.extensions_mut().insert(Peer(peer.unwrap_or_else(|| "local".to_owned())));
    let route = request.extensions().get::<MatchedPath>().map(|it| it.as_str().to_owned());
    let route = route.unwrap_or_else(|| "other".to_owned());
    let method = request.method().clone();
    let span = info_span!("request", request.id = %id, http.method = %method, http.route = %route);
    let started = Instant::now();
    let mut response = REQUEST_ID.scope(id.clone(), next.run(request)).instrument(span.clone()).await;
    let seconds = started.elapsed().as_secs_f64();
    let status = response.status().as_u16();
    span.in_scope(|| info!(http.status = status, duration_ms = seconds * 1000.0, "{method} {route} {status}"));
    metrics::histogram!("fugong_http_seconds", "route" => route, "method" => method.to_string()).record(seconds);
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(HeaderName::from_static("x-request-id"), value);
    }
    response
}

/// Reads the bodies of writes whole, to know what a key was used for; reads pass untouched.
async fn read_body(request: Request, next: Next) -> Response {
    if matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS) {
        return next.run(request).await;
    }
    let (mut parts, body) = request.into_parts();
    let Ok(bytes) = axum::body::to_bytes(body, BODY_LIMIT).await else {
        return ApiError::new(StatusCode::PAYLOAD_TOO_LARGE, ErrorCode::TooLarge).into_response();
    };
    parts.extensions.insert(fingerprint(&parts.method, parts.uri.path(), &bytes));
    next.run(Request::from_parts(parts, Body::from(bytes))).await
}

fn fingerprint(method: &Method, path: &str, body: &Bytes) -> Fingerprint {
    let mut context = digest::Context::new(&digest::SHA256);
    for part in [method.as_str().as_bytes(), b" ", path.as_bytes(), b"\n", body] {
        context.update(part);
    }
    Fingerprint(context.finish().as_ref().to_vec())
}

async fn secure_headers(request: Request, next: Next) -> Response {
    let is_api = request.uri().path().starts_with("/api/");
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let fixed: [(HeaderName, &'static str); 5] = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "no-referrer"),
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; style-src 'self' 'unsafe-inline'; \
             frame-ancestors 'none'; base-uri 'none'; form-action 'self'; object-src 'none'",
        ),
        (HeaderName::from_static("permissions-policy"), "camera=(self), microphone=(), geolocation=()"),
    ];
    for (name, value) in fixed {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if is_api {
        headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    }
    response
}
