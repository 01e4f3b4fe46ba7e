//! What a request carries beside its body: cookies, the token against forged writes, the sender's key.

use aws_lc_rs::constant_time;
use axum::http::{HeaderMap, HeaderValue, header};

use crate::platform::Platform;

/// Whether the request carries the session's token.
pub(crate) fn csrf_matches(headers: &HeaderMap, expected: &str) -> bool {
    let given = headers.get("x-csrf-token").map(HeaderValue::as_bytes).unwrap_or_default();
    constant_time::verify_slices_are_equal(given, expected.as_bytes()).is_ok()
}

/// The sender's key, if it is long enough to be one.
pub(crate) fn idempotency_key(headers: &HeaderMap) -> Option<String> {
    let key = headers.get("idempotency-key").and_then(|it| it.to_str().ok());
    key.filter(|it| (8..=100).contains(&it.len())).map(str::to_owned)
}

/// The value of a cookie.
pub(crate) fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let all = headers.get_all(header::COOKIE).iter().filter_map(|it| it.to_str().ok());
    let pairs = all.flat_map(|it| it.split(';')).filter_map(|it| it.trim().split_once('='));
    pairs.into_iter().find(|(known, _)| *known == name).map(|(_, value)| value.to_owned())
}

pub(crate) fn set_cookie(platform: &Platform, name: &str, value: &str, seconds: i64) -> Option<HeaderValue> {
    let secure = if platform.secure_cookies { "; Secure" } else { "" };
    let text = format!("{name}={value}; Path=/; HttpOnly; SameSite=Strict; Max-Age={seconds}{secure}");
    HeaderValue::from_str(&text).ok()
}
