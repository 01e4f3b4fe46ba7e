//! The floor: the least that any durable receiver has to do. The same HTTP stack takes the same bytes, one writer
//! appends all that wait to one file and syncs it, and only then are they answered.

use std::fs::File;
use std::io::Write;
use std::path::Path;

use anyhow::Context;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use bytes::Bytes;
use tokio::net::TcpListener;
use tokio::sync::{mpsc, oneshot};
use tokio_util::sync::CancellationToken;

use crate::report::say;

/// The same limits as the product's own journal and door have.
const GROUP: usize = 512;
const BODY_LIMIT: usize = 8 * 1024 * 1024;

type Waiting = (Bytes, oneshot::Sender<bool>);

/// Serves until it is interrupted. The first line on stdout is the address.
pub(crate) async fn serve(listen: &str, path: &Path) -> anyhow::Result<()> {
    let file = File::create(path).with_context(|| format!("creating {}", path.display()))?;
    let (queue, waiting) = mpsc::channel(4 * GROUP);
    let writer = std::thread::spawn(move || write_groups(file, waiting));
    let router = Router::new()
        .route("/{*path}", post(receive))
        .layer(axum::extract::DefaultBodyLimit::max(BODY_LIMIT))
        .with_state(queue);
    let listener = TcpListener::bind(listen).await?;
    say(&listener.local_addr()?.to_string());
    let stopping = CancellationToken::new();
    let interrupted = stopping.clone();
    let waiter = tokio::spawn(async move {
        let _ = tokio::signal::ctrl_c().await;
        interrupted.cancel();
    });
    gateway::serve(listener, router, None, gateway::Limits::default(), stopping).await;
    waiter.abort();
    // With the router the last sender is gone, and so the writer ends.
    writer.join().map_err(|_| anyhow::anyhow!("the writer has ended badly"))
}

async fn receive(State(queue): State<mpsc::Sender<Waiting>>, body: Bytes) -> StatusCode {
    let (stored, answer) = oneshot::channel();
    if queue.send((body, stored)).await.is_err() {
        return StatusCode::SERVICE_UNAVAILABLE;
    }
    match answer.await {
        Ok(true) => StatusCode::OK,
        Ok(false) | Err(_) => StatusCode::SERVICE_UNAVAILABLE,
    }
}

fn write_groups(mut file: File, mut waiting: mpsc::Receiver<Waiting>) {
    let mut group = Vec::with_capacity(GROUP);
    let mut bytes = Vec::new();
    // While one group is synced the next one gathers.
    while 0 < waiting.blocking_recv_many(&mut group, GROUP) {
        bytes.clear();
        for (body, _) in &group {
            let length = u32::try_from(body.len()).unwrap_or(u32::MAX);
            bytes.extend_from_slice(&length.to_le_bytes());
            bytes.extend_from_slice(body);
        }
        let stored = file.write_all(&bytes).and_then(|()| file.sync_data()).is_ok();
        for (_, answer) in group.drain(..) {
            let _ = answer.send(stored);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_answered_is_in_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("floor");
        let (queue, waiting) = mpsc::channel(8);
        let (stored, answer) = oneshot::channel();
        queue.blocking_send((Bytes::from_static(b"event"), stored)).unwrap();
        drop(queue);
        write_groups(File::create(&path).unwrap(), waiting);
        assert!(answer.blocking_recv().unwrap());
        assert_eq!(std::fs::read(&path).unwrap(), b"\x05\0\0\0event");
    }
}
