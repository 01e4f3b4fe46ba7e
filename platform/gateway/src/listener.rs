//! The accept loop: connection limit, back-off, header timeout, orderly stop. Protocols cannot get these wrong.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::ConnectInfo;
use axum::extract::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tower::ServiceExt;
use tracing::{debug, warn};

/// What one listener bears.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Open connections; beyond it new ones wait in the backlog.
    pub connections: usize,
    /// How long a connection may take to send a whole request head, and how long it may idle between requests.
    pub header_timeout: Duration,
    /// How long open requests may go on after a stop was asked for.
    pub drain: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self { connections: 16_000, header_timeout: Duration::from_secs(60), drain: Duration::from_secs(5) }
    }
}

/// Serves HTTP/1.1 until `stopping`, then lets open requests finish.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    tls: Option<TlsAcceptor>,
    limits: Limits,
    stopping: CancellationToken,
) {
    let permits = Arc::new(Semaphore::new(limits.connections));
    let connections = TaskTracker::new();
    let mut back_off = Duration::from_millis(5);
    loop {
        let accepted = tokio::select! {
            () = stopping.cancelled() => break,
            permit = Arc::clone(&permits).acquire_owned() => match permit {
                Ok(permit) => tokio::select! {
                    () = stopping.cancelled() => break,
                    accepted = listener.accept() => accepted.map(|it| (it, permit)),
                },
                Err(_) => break,
            },
        };
        match accepted {
            Ok(((stream, peer), permit)) => {
                back_off = Duration::from_millis(5);
                let (router, tls, stopping) = (router.clone(), tls.clone(), stopping.clone());
                connections.spawn(async move {
                    connection(stream, peer, router, tls, limits, stopping).await;
                    drop(permit);
                });
            }
            Err(error) => {
                // Usually out of file descriptors: wait for connections to close rather than spin.
                warn!(error = kernel::cause(&error), "accept failed; waiting {back_off:?}");
                tokio::time::sleep(back_off).await;
                back_off = (back_off * 2).min(Duration::from_secs(1));
            }
        }
    }
    drop(listener);
    connections.close();
    let _ = tokio::time::timeout(limits.drain, connections.wait()).await;
}

async fn connection(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    tls: Option<TlsAcceptor>,
    limits: Limits,
    stopping: CancellationToken,
) {
    let _ = stream.set_nodelay(true);
    match tls {
        None => requests(stream, peer, router, limits, stopping).await,
        Some(acceptor) => match tokio::time::timeout(limits.header_timeout, acceptor.accept(stream)).await {
            Ok(Ok(stream)) => requests(stream, peer, router, limits, stopping).await,
            Ok(Err(_)) | Err(_) => debug!("a TLS handshake failed"),
        },
    }
}

async fn requests(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    peer: SocketAddr,
    router: Router,
    limits: Limits,
    stopping: CancellationToken,
) {
    let service = hyper::service::service_fn(move |request: hyper::Request<Incoming>| {
        let router = router.clone();
        let mut request: Request = request.map(axum::body::Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        router.oneshot(request)
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.header_timeout)
        .max_buf_size(64 * 1024)
        .serve_connection(TokioIo::new(stream), service);
    let mut connection = std::pin::pin!(connection);
    tokio::select! {
        _ = connection.as_mut() => {}
        () = stopping.cancelled() => {
            connection.as_mut().graceful_shutdown();
            let _ = tokio::time::timeout(limits.drain, connection).await;
        }
    }
}
