//! The state of the installation, for its administrator and for probes.

use std::sync::atomic::{AtomicI64, Ordering};

use access::Permission;
use axum::extract::State;
use axum::http::StatusCode;
use db::{Read, query};
use kernel::Instant64;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::error::ApiResult;
use crate::json::Json;
use crate::platform::Platform;
use crate::session::Me;

/// What the process knows about itself; kept up to date by reconcilers.
#[derive(Debug, Default)]
pub struct HealthFacts {
    /// When it started, microseconds UTC.
    pub started_at: AtomicI64,
    /// Free bytes where the data is.
    pub disk_free_bytes: AtomicI64,
    /// All bytes there.
    pub disk_total_bytes: AtomicI64,
    /// By how much the wall clock has moved further than the steady one since the start, in microseconds.
    pub clock_offset_us: AtomicI64,
}

/// A job that failed.
#[derive(Debug, Serialize, ToSchema)]
pub struct FailedJobView {
    #[schema(value_type = String)]
    id: Uuid,
    kind: String,
    attempts: i64,
    last_error: String,
    #[schema(value_type = String)]
    run_at: Instant64,
}

/// The state of the installation.
#[derive(Debug, Serialize, ToSchema)]
pub struct Operations {
    version: &'static str,
    engine: &'static str,
    #[schema(value_type = String)]
    started_at: Instant64,
    journal_pending: i64,
    journal_unparseable: i64,
    outbox_unpublished: i64,
    jobs_failed: Vec<FailedJobView>,
    disk_free_bytes: i64,
    disk_total_bytes: i64,
    /// By how much the machine's clock was set forward since the start.
    clock_offset_ms: i64,
    wrapping_key_epoch: i64,
    #[schema(value_type = String)]
    wrapping_key_rotated_at: Instant64,
}

pub(crate) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new().routes(routes!(operations))
}

/// The state of the installation.
#[utoipa::path(get, path = "/operations", tag = "operations", responses((status = 200, body = Operations)))]
async fn operations(State(platform): State<Platform>, me: Me) -> ApiResult<Json<Operations>> {
    me.require(Permission::ReadOperations)?;
    let mut reader = platform.db.reader();
    let mut journal = platform.journal.reader();
    let journal_pending = journal.count(query("select count(*) from journal where state = 'pending'")).await?;
    let journal_unparseable = journal.count(query("select count(*) from journal where state = 'unparseable'")).await?;
    let outbox_unpublished = events::unpublished(&mut reader).await?;
    let jobs_failed = jobs::failed(&mut reader).await?;
    let (wrapping_key_epoch, wrapping_key_rotated_at) = platform.vault.wrapping_epoch().await;
    let health = &platform.health;
    Ok(Json(Operations {
        version: env!("CARGO_PKG_VERSION"),
        engine: platform.db.engine_name(),
        started_at: Instant64::from_micros(health.started_at.load(Ordering::Relaxed)),
        journal_pending,
        journal_unparseable,
        outbox_unpublished,
        jobs_failed: jobs_failed.into_iter().map(failed_view).collect(),
        disk_free_bytes: health.disk_free_bytes.load(Ordering::Relaxed),
        disk_total_bytes: health.disk_total_bytes.load(Ordering::Relaxed),
        clock_offset_ms: health.clock_offset_us.load(Ordering::Relaxed) / 1_000,
        wrapping_key_epoch,
        wrapping_key_rotated_at,
    }))
}

fn failed_view(job: jobs::FailedJob) -> FailedJobView {
    FailedJobView {
        id: job.id,
        kind: job.kind,
        attempts: job.attempts,
        last_error: job.last_error,
        run_at: Instant64::from_micros(job.run_at),
    }
}

/// Whether the process can answer from its database: for load balancers.
pub async fn ready(State(platform): State<Platform>) -> StatusCode {
    match platform.db.ping().await {
        Ok(()) if !platform.supervisor.stopping().is_cancelled() => StatusCode::OK,
        Ok(()) | Err(_) => StatusCode::SERVICE_UNAVAILABLE,
    }
}
