//! The console's files, compiled in; every page works without any other network.

use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "../console/dist"]
#[allow_missing = true]
struct Files;

/// The font of paper; absent in a binary that was built without the console.
pub fn font() -> Option<Vec<u8>> {
    Files::get("fonts/NotoSansSC_400Regular.ttf").map(|it| it.data.into_owned())
}

/// Serves a file; a path that is none is a page of the desk, which finds its own way.
pub async fn page(request: Request) -> Response {
    let path = request.uri().path().trim_start_matches('/');
    if path.starts_with("api/") {
        return StatusCode::NOT_FOUND.into_response();
    }
    let entry = match path {
        "gate" | "gate/" => "gate.html",
        path if path.starts_with("gate/") => "gate.html",
        "m" | "m/" => "phone.html",
        path if path.starts_with("m/") => "phone.html",
        _ => "index.html",
    };
    match Files::get(path).map(|it| (it, path)).or_else(|| Files::get(entry).map(|it| (it, entry))) {
        Some((file, name)) => {
            let kind = mime_guess::from_path(name).first_or_octet_stream();
            let mut response = file.data.into_owned().into_response();
            let headers = response.headers_mut();
            if let Ok(kind) = HeaderValue::from_str(kind.as_ref()) {
                headers.insert(header::CONTENT_TYPE, kind);
            }
            // Names under assets carry a digest of their content; pages must be asked for again.
            let cache = if name.starts_with("assets/") { "public, max-age=31536000, immutable" } else { "no-cache" };
            headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
            response
        }
        None => (StatusCode::NOT_FOUND, "The console is not built into this binary.").into_response(),
    }
}
