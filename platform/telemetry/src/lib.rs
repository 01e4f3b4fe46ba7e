//! Logs and metrics.
//!
//! Log lines are JSON on standard error, one object a line. They carry ids, counts and durations; never a name, a
//! number, a token, a body or a path with a secret in it: the HTTP layer logs route templates, and personal types
//! hide themselves in `Debug`.

use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::format::FmtSpan;

/// How the process logs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// One JSON object a line.
    Json,
    /// For people at a terminal.
    Text,
}

/// Starts logging. `filter` is in the form of `RUST_LOG`, such as `info,sqlx=warn`.
pub fn init_logs(filter: &str, format: LogFormat) -> anyhow::Result<()> {
    let filter = EnvFilter::try_new(filter)?;
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let done = match format {
        LogFormat::Json => {
            let json = builder.json().flatten_event(true).with_current_span(true).with_span_list(false);
            json.with_span_events(FmtSpan::NONE).try_init()
        }
        LogFormat::Text => builder.compact().try_init(),
    };
    done.map_err(|error| anyhow::anyhow!("logging: {error}"))
}

/// Upper bounds of the duration histograms, in seconds.
const SECONDS: &[f64] = &[0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];

/// Starts collecting metrics; the handle renders them for Prometheus.
pub fn init_metrics() -> anyhow::Result<PrometheusHandle> {
    Ok(PrometheusBuilder::new().set_buckets(SECONDS)?.install_recorder()?)
}

/// The `/metrics` page. It is served on a listener of its own, which stays on the machine.
pub fn metrics_router(handle: PrometheusHandle) -> axum::Router {
    let page = move || {
        let handle = handle.clone();
        async move {
            handle.run_upkeep();
            handle.render()
        }
    };
    axum::Router::new().route("/metrics", axum::routing::get(page))
}
