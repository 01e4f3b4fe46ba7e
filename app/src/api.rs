//! All routes of all rooms, and their description.

use axum::{Extension, Router};
use http_api::{Front, Platform};
use people::faces::FaceDesk;
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Fugong",
        description = "Return-to-work platform of a district. Errors, paging and idempotency: docs/api.md."
    ),
    components(schemas(http_api::ApiErrorBody, http_api::ErrorCode, http_api::Lang))
)]
struct Description;

fn rooms() -> OpenApiRouter<Platform> {
    let api = http_api::router()
        .merge(places::http::router())
        .merge(people::http::router())
        .merge(passes::http::router())
        .merge(alarms::http::router())
        .merge(visitors::http::router())
        .merge(screening::http::router())
        .merge(reopening::http::router())
        .merge(command::http::router());
    OpenApiRouter::with_openapi(Description::openapi()).nest("/api/v1", api)
}

/// The users' routes.
pub fn router(platform: Platform, front: Front, faces: FaceDesk) -> Router {
    let (router, _) = rooms().split_for_parts();
    let probes = Router::new()
        .route("/healthz", axum::routing::get(|| async { "ok" }))
        .route("/readyz", axum::routing::get(http_api::ready));
    let router = router.merge(probes).fallback(crate::console::page).with_state(platform).layer(Extension(faces));
    http_api::edge(router, front)
}

/// The description as it is committed to `openapi/openapi.json`.
pub fn description() -> String {
    let (_, mut api) = rooms().split_for_parts();
    name_operations(&mut api);
    let mut text = api.to_pretty_json().unwrap_or_default();
    text.push('\n');
    text
}

/// Handlers of different rooms share names such as `list`; an `operationId` must be the only one of its name.
fn name_operations(api: &mut utoipa::openapi::OpenApi) {
    for (path, item) in &mut api.paths.paths {
        let rest = path.trim_start_matches("/api/v1/").replace(['{', '}'], "").replace(['/', '-'], "_");
        let methods = [
            ("get", &mut item.get),
            ("post", &mut item.post),
            ("put", &mut item.put),
            ("patch", &mut item.patch),
            ("delete", &mut item.delete),
        ];
        for (method, operation) in methods {
            if let Some(operation) = operation {
                operation.operation_id = Some(format!("{method}_{rest}"));
            }
        }
    }
}
