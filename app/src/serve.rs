//! `fugong serve`: two listeners, and an orderly stop.

use std::fs::File;
use std::io::BufReader;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, bail};
use axum::Router;
use gateway::Limits;
use http_api::{Front, Platform};
use kernel::SystemClock;
use kernel::time::SharedClock;
use people::faces::FaceDesk;
use telemetry::LogFormat;
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tracing::info;

use crate::config::Config;
use crate::{api, backup, host, wire};

/// How long open work may take at the end.
const PATIENCE: Duration = Duration::from_secs(8);

/// Serves until it is asked to stop.
pub async fn run(data: &Path) -> anyhow::Result<()> {
    let config = Config::load(data)?;
    let format = if config.telemetry.format == "json" { LogFormat::Json } else { LogFormat::Text };
    telemetry::init_logs(&config.telemetry.log, format)?;
    let server = Server::start(&config, data).await?;
    info!(address = %config.http.listen, "serving");
    stop_signal().await?;
    server.stop().await;
    Ok(())
}

/// A server that runs.
pub struct Server {
    /// For the demo, which sets secrets at each start.
    pub platform: Platform,
    _alone: File,
}

impl Server {
    /// Opens everything and starts listening.
    pub async fn start(config: &Config, data: &Path) -> anyhow::Result<Self> {
        raise_file_limit();
        let alone = host::lock(data)?;
        // A schema that is about to change is backed up first.
        backup::before_upgrade(config, data).await?;
        let tls = tls(config)?;
        let http = TcpListener::bind(config.http.listen).await.context("http.listen")?;
        let devices = TcpListener::bind(config.devices.listen).await.context("devices.listen")?;
        let metrics = telemetry::init_metrics().ok();
        let wired = wire::platform(config, data, Arc::new(SystemClock)).await?;
        let (platform, device_routes) = wired.start(data);
        let front = config.http.behind_proxy.as_ref().map_or(Front::None, |_| Front::Proxy);
        let faces = FaceDesk::new(config.faces.models.clone());
        listen(&platform, http, api::router(platform.clone(), front, faces), tls);
        listen(&platform, devices, device_routes, None);
        if let (Some(address), Some(handle)) = (config.telemetry.metrics, metrics) {
            let listener = TcpListener::bind(address).await.context("telemetry.metrics")?;
            listen(&platform, listener, telemetry::metrics_router(handle), None);
        }
        Ok(Self { platform, _alone: alone })
    }

    /// Pages only, on a clock of its own and a free port; nothing works in the background. For the days before a demo.
    pub async fn start_on(config: &Config, data: &Path, clock: SharedClock) -> anyhow::Result<(Self, SocketAddr)> {
        let alone = host::lock(data)?;
        let http = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = http.local_addr()?;
        let platform = wire::platform(config, data, clock).await?.platform;
        let faces = FaceDesk::new(config.faces.models.clone());
        listen(&platform, http, api::router(platform.clone(), Front::None, faces), None);
        Ok((Self { platform, _alone: alone }, address))
    }

    /// Lets open work finish, then closes.
    pub async fn stop(self) {
        info!("stopping");
        self.platform.supervisor.stop(PATIENCE).await;
        self.platform.journal.close().await;
        self.platform.db.close().await;
        info!("stopped");
    }
}

fn listen(platform: &Platform, listener: TcpListener, router: Router, tls: Option<TlsAcceptor>) {
    let stopping = platform.supervisor.stopping();
    platform.supervisor.spawn_finishing(gateway::serve(listener, router, tls, Limits::default(), stopping));
}

/// Waits for Ctrl-C or a service manager's request.
pub async fn stop_signal() -> anyhow::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        done = tokio::signal::ctrl_c() => done?,
        _ = terminate.recv() => {}
    }
    Ok(())
}

/// Thousands of idle terminals are thousands of open files; the soft limit is often 1,024.
fn raise_file_limit() {
    use rustix::process::{Resource, getrlimit, setrlimit};
    let mut limit = getrlimit(Resource::Nofile);
    limit.current = limit.maximum;
    if let Err(error) = setrlimit(Resource::Nofile, limit) {
        tracing::warn!(error = kernel::cause(&error), "the limit of open files stays as it is");
    }
}

fn tls(config: &Config) -> anyhow::Result<Option<TlsAcceptor>> {
    let (Some(cert), Some(key)) = (&config.http.tls_cert, &config.http.tls_key) else { return Ok(None) };
    let open = |path: &Path| File::open(path).map(BufReader::new).with_context(|| path.display().to_string());
    let chain: Result<Vec<_>, _> = CertificateDer::pem_reader_iter(open(cert)?).collect();
    let chain = chain.context("http.tls_cert")?;
    if chain.is_empty() {
        bail!("http.tls_cert holds no certificate");
    }
    let key = PrivateKeyDer::from_pem_reader(open(key)?).context("http.tls_key")?;
    let mut server =
        ServerConfig::builder().with_no_client_auth().with_single_cert(chain, key).context("http.tls_key")?;
    server.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Some(TlsAcceptor::from(Arc::new(server))))
}
