//! A signed-in browser over one connection that costs next to nothing: it shares the processor with what it measures.

use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use serde_json::Value;
use uuid::Uuid;

use crate::session::Session;
use crate::wire::{Answer, Wire};

/// An account at its desk.
#[derive(Debug)]
pub(super) struct Client {
    session: Session,
    address: String,
    wire: Option<Wire>,
    /// What the server refused because somebody else was first: no fault of either.
    pub(super) too_late: u32,
}

/// A write: where, what, and how it says what it is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Write<'a> {
    pub(super) method: &'a str,
    pub(super) path: &'a str,
    /// Header lines, each with its end.
    pub(super) headers: &'a str,
    pub(super) body: &'a [u8],
}

impl Client {
    pub(super) fn new(session: Session, address: String) -> Self {
        Self { session, address, wire: None, too_late: 0 }
    }

    /// Reads, and tells how long it took.
    pub(super) async fn get(&mut self, path: &str) -> anyhow::Result<(Value, Duration)> {
        let request = format!("GET /api/v1{path} HTTP/1.1\r\nHost: fugong\r\nCookie: {}\r\n\r\n", self.session.cookie);
        let (answer, took) = self.exchange(request.as_bytes()).await?;
        match answer.status {
            200 => Ok((serde_json::from_slice(&answer.body)?, took)),
            status => bail!("GET {path}: {status} {}", String::from_utf8_lossy(&answer.body)),
        }
    }

    /// Reads a file to its end.
    pub(super) async fn download(&mut self, path: &str) -> anyhow::Result<Duration> {
        let request = format!("GET /api/v1{path} HTTP/1.1\r\nHost: fugong\r\nCookie: {}\r\n\r\n", self.session.cookie);
        let (answer, took) = self.exchange(request.as_bytes()).await?;
        match answer.status {
            200 => Ok(took),
            status => bail!("GET {path}: {status}"),
        }
    }

    /// Posts JSON; nothing when somebody else was first.
    pub(super) async fn post(&mut self, path: &str, body: &Value) -> anyhow::Result<Option<(Value, Duration)>> {
        let body = body.to_string();
        self.write(Write { method: "POST", path, headers: JSON, body: body.as_bytes() }).await
    }

    /// Writes; nothing when somebody else was first.
    pub(super) async fn write(&mut self, write: Write<'_>) -> anyhow::Result<Option<(Value, Duration)>> {
        let Write { method, path, headers, body } = write;
        let mut request = format!(
            "{method} /api/v1{path} HTTP/1.1\r\nHost: fugong\r\nCookie: {}\r\nX-CSRF-Token: {}\r\n\
             Idempotency-Key: {}\r\n{headers}Content-Length: {}\r\n\r\n",
            self.session.cookie,
            self.session.csrf_token,
            Uuid::new_v4(),
            body.len()
        )
        .into_bytes();
        request.extend_from_slice(body);
        let (answer, took) = self.exchange(&request).await?;
        match answer.status {
            200 | 201 => Ok(Some((serde_json::from_slice(&answer.body)?, took))),
            409 => {
                self.too_late += 1;
                Ok(None)
            }
            status => bail!("{method} {path}: {status} {}", String::from_utf8_lossy(&answer.body)),
        }
    }

    /// The same request again over a new connection when an idle one was closed: a write carries its key.
    async fn exchange(&mut self, request: &[u8]) -> anyhow::Result<(Answer, Duration)> {
        let began = Instant::now();
        let kept = self.wire.is_some();
        let mut answer = self.once(request).await;
        if kept && answer.is_err() {
            self.wire = None;
            answer = self.once(request).await;
        }
        Ok((answer?, began.elapsed()))
    }

    async fn once(&mut self, request: &[u8]) -> anyhow::Result<Answer> {
        if self.wire.is_none() {
            self.wire = Some(Wire::open(&self.address).await?);
        }
        self.wire.as_mut().context("no connection")?.exchange(request).await
    }
}

/// Of a body in JSON.
pub(super) const JSON: &str = "Content-Type: application/json\r\n";
