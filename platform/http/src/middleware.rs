//! What wraps every request of the users' listener: an id, a log line, limits, headers.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::{Duration, Instant};

use aws_lc_rs::digest;
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{ConnectInfo, DefaultBodyLimit, MatchedPath, Request};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use tokio::sync::Semaphore;
use tracing::{Instrument, info, info_span};

use crate::error::{ApiError, ErrorCode};

/// The id of one request, in its log lines, its audit entries and its errors.
#[derive(Debug, Clone)]
pub struct RequestId(pub String);

/// Where the request came from.
#[derive(Debug, Clone)]
pub struct Peer(pub String);

/// SHA-256 over method, path with its query, and body: what an idempotency key was first used for.
#[derive(Debug, Clone)]
pub struct Fingerprint(pub Vec<u8>);

/// The largest body of a user's request.
const BODY_LIMIT: usize = 256 * 1024;
/// One part of a film or a document, its captions, a bank of a thousand questions.
const PART_LIMIT: usize = 1024 * 1024;
/// A photograph as a phone makes it for a slow network.
const PHOTO_LIMIT: usize = 3 * 1024 * 1024;
/// Ends of the paths that take as much.
const LARGER: [&str; 3] = ["/parts", "/captions", "/questions"];
/// The largest file that is imported, and how many may be on their way at once: they are held in memory.
const IMPORT_LIMIT: usize = 32 * 1024 * 1024;
const IMPORTS: usize = 4;
/// How long a body may take to arrive.
const BODY_TIME: Duration = Duration::from_secs(60);

tokio::task_local! {
    static REQUEST_ID: String;
}

pub(crate) fn current_request_id() -> String {
    REQUEST_ID.try_with(Clone::clone).unwrap_or_default()
}

/// Whether a proxy stands in front, whose word on where a request came from is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Front {
    /// Requests come as they are.
    None,
    /// A proxy of this installation appends the address it was called from to `X-Forwarded-For`.
    Proxy,
}

/// Wraps a router.
pub fn edge(router: Router, front: Front) -> Router {
    let imports = Arc::new(Semaphore::new(IMPORTS));
    router
        // axum's own limit of 2 MiB would answer before `read_body`'s, which knows what an import may weigh.
        .layer(DefaultBodyLimit::disable())
        .layer(from_fn(move |request, next| read_body(Arc::clone(&imports), request, next)))
        .layer(from_fn(move |request, next| identify(front, request, next)))
        .layer(from_fn(secure_headers))
}

/// Where a request came from. Of a forwarded list only the last entry was written by our own proxy; what stands before
/// it anybody may have invented.
fn peer_of(request: &Request, front: Front) -> String {
    let connected = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|it| it.0.ip());
    let forwarded = request.headers().get_all("x-forwarded-for").iter().next_back();
    let forwarded = forwarded.and_then(|it| it.to_str().ok()?.rsplit(',').next()?.trim().parse::<IpAddr>().ok());
    let peer = match front {
        Front::Proxy => forwarded.or(connected),
        Front::None => connected,
    };
    peer.map_or_else(|| "local".to_owned(), bucket_of)
}

/// A household or a firm has a whole network of IPv6 addresses: it counts as one.
fn bucket_of(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(it) => it.to_string(),
        IpAddr::V6(it) => {
            let [a, b, c, d, ..] = it.segments();
            format!("{}/64", Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
    }
}

async fn identify(front: Front, mut request: Request, next: Next) -> Response {
    let id = format!("req_{}", vault::random_token::<8>());
    let peer = peer_of(&request, front);
    request.extensions_mut().insert(RequestId(id.clone()));
    request.extensions_mut().insert(Peer(peer));
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
async fn read_body(imports: Arc<Semaphore>, request: Request, next: Next) -> Response {
    if matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS) {
        return next.run(request).await;
    }
    // Files of any size: their handler stores them as they arrive, and knows them again by the sender's key.
    if request.uri().path().ends_with("/imports") {
        return next.run(request).await;
    }
    let (mut parts, body) = request.into_parts();
    let is_import = parts.uri.path().ends_with("/import");
    let (limit, _permit) = match is_import {
        // Waiting here costs the sender a moment, not us the memory.
        true => (IMPORT_LIMIT, imports.acquire_owned().await.ok()),
        false if parts.uri.path().ends_with("/content") => (PHOTO_LIMIT, None),
        false if LARGER.iter().any(|it| parts.uri.path().ends_with(it)) => (PART_LIMIT, None),
        false => (BODY_LIMIT, None),
    };
    let bytes = match tokio::time::timeout(BODY_TIME, axum::body::to_bytes(body, limit)).await {
        Ok(Ok(bytes)) => bytes,
        Ok(Err(_)) => return ApiError::new(StatusCode::PAYLOAD_TOO_LARGE, ErrorCode::TooLarge).into_response(),
        Err(_) => return StatusCode::REQUEST_TIMEOUT.into_response(),
    };
    parts.extensions.insert(fingerprint(&parts.method, &parts.uri, &bytes));
    next.run(Request::from_parts(parts, Body::from(bytes))).await
}

fn fingerprint(method: &Method, uri: &Uri, body: &Bytes) -> Fingerprint {
    let target = uri.path_and_query().map_or("", |it| it.as_str());
    let mut context = digest::Context::new(&digest::SHA256);
    for part in [method.as_str().as_bytes(), b" ", target.as_bytes(), b"\n", body] {
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
        (HeaderName::from_static("permissions-policy"), "camera=(self), microphone=(), geolocation=(self)"),
    ];
    for (name, value) in fixed {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if is_api {
        headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(connected: &str, forwarded: &[&str]) -> Request {
        let mut request = Request::new(Body::empty());
        let address: IpAddr = connected.parse().unwrap();
        request.extensions_mut().insert(ConnectInfo(SocketAddr::new(address, 40_000)));
        for it in forwarded {
            request.headers_mut().append("x-forwarded-for", HeaderValue::from_str(it).unwrap());
        }
        request
    }

    #[test]
    fn only_what_our_own_proxy_wrote_says_where_a_request_came_from() {
        let cases: &[(Front, &str, &[&str], &str)] = &[
            (Front::None, "192.0.2.1", &["198.51.100.7"], "192.0.2.1"),
            (Front::Proxy, "127.0.0.1", &["198.51.100.7"], "198.51.100.7"),
            (Front::Proxy, "127.0.0.1", &["203.0.113.9, 198.51.100.7"], "198.51.100.7"),
            (Front::Proxy, "127.0.0.1", &["203.0.113.9", "198.51.100.7"], "198.51.100.7"),
            (Front::Proxy, "127.0.0.1", &["rubbish"], "127.0.0.1"),
            (Front::Proxy, "127.0.0.1", &[], "127.0.0.1"),
        ];
        for (front, connected, forwarded, expected) in cases {
            assert_eq!(peer_of(&from(connected, forwarded), *front), *expected, "{forwarded:?}");
        }
    }

    #[test]
    fn a_network_of_ipv6_counts_as_one() {
        for address in ["2001:db8:1:2::1", "2001:db8:1:2:ffff::9"] {
            assert_eq!(peer_of(&from(address, &[]), Front::None), "2001:db8:1:2::/64");
        }
        assert_eq!(peer_of(&from("::ffff:192.0.2.1", &[]), Front::None), "192.0.2.1");
    }
}
