//! `POST /devices/{kind}/{secret}`: the door through which terminals push.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use bytes::{Bytes, BytesMut};
use futures_util::StreamExt;
use futures_util::future::BoxFuture;
use http_api::Platform;
use kernel::Instant64;
use kernel::time::{DAY, MINUTE, SECOND};
use uuid::Uuid;

use crate::JournalId;
use crate::journal::{Journal, Journalled};

/// The largest body a device may send: terminals put two pictures into one push.
const BODY_LIMIT: usize = 8 * 1024 * 1024;
/// So much of a body over the limit is read and thrown away: who is cut off while sending sees a broken connection in
/// place of the answer.
const READ_LIMIT: usize = 4 * BODY_LIMIT;
/// How long a body may take to arrive.
const BODY_TIMEOUT: Duration = Duration::from_secs(30);
/// How long a looked-up secret is remembered; a rotation or a ban is in force no later than this.
const REMEMBERED: i64 = 5 * SECOND;
/// Unknown secrets that one address may try in a minute.
const UNKNOWN_PER_MINUTE: u32 = 30;

/// What the gateway needs to know of a kind of terminal.
#[derive(Clone, Copy)]
pub struct Codec {
    /// The word in the path.
    pub kind: &'static str,
    /// Replaces pictures in a body by their length and digest.
    pub redact: fn(content_type: &str, body: &[u8]) -> Vec<u8>,
}

/// A device as its door knows it.
#[derive(Debug, Clone)]
pub struct Door {
    /// Which device.
    pub device: Uuid,
    /// Bytes it may send in a day.
    pub byte_quota: i64,
    /// Bytes it has sent today, as last stored.
    pub bytes_today: i64,
}

/// Who knows devices by their secrets.
pub trait DeviceDoors: Send + Sync + 'static {
    /// The device of this kind whose secret has this digest, unless it is disabled.
    fn find<'a>(&'a self, kind: &'a str, digest: &'a [u8]) -> BoxFuture<'a, Result<Option<Door>, db::DbError>>;

    /// The device has used up its quota.
    fn over_quota(&self, device: Uuid) -> BoxFuture<'_, ()>;
}

/// The door's own memory. Cheap to clone.
#[derive(Clone)]
pub struct Doors {
    platform: Platform,
    directory: Arc<dyn DeviceDoors>,
    journal: Journal,
    codecs: Arc<[Codec]>,
    known: Arc<Mutex<HashMap<Vec<u8>, Known>>>,
    unknown: Arc<Mutex<HashMap<String, (i64, u32)>>>,
}

#[derive(Clone)]
struct Known {
    door: Door,
    looked_up_at: Instant64,
    day: i64,
}

impl Doors {
    /// With an empty memory.
    pub fn new(platform: Platform, directory: Arc<dyn DeviceDoors>, journal: Journal, codecs: &[Codec]) -> Self {
        Self { platform, directory, journal, codecs: codecs.into(), known: Arc::default(), unknown: Arc::default() }
    }

    /// The device with this secret, for whatever else it may ask here.
    ///
    /// # Errors
    /// The status that an unknown one is answered with, or one that tries too often.
    pub async fn device(&self, kind: &str, secret: &str, address: &str) -> Result<Uuid, StatusCode> {
        admitted(self, kind, secret, address).await.map(|(_, door)| door.device)
    }

    async fn find(&self, kind: &str, secret: &str, now: Instant64) -> Result<Option<Door>, db::DbError> {
        let digest = vault::keyed_digest(&self.platform.secrets.device_secret, secret.as_bytes());
        if let Some(known) = lock(&self.known).get(&digest)
            && now.since(known.looked_up_at) < REMEMBERED
        {
            return Ok(Some(known.door.clone()));
        }
        let found = self.directory.find(kind, &digest).await?;
        let mut memory = lock(&self.known);
        match &found {
            Some(door) => {
                let day = now.micros().div_euclid(DAY);
                // What was counted here since is newer than what was stored.
                let counted = memory.get(&digest).filter(|it| it.day == day).map_or(0, |it| it.door.bytes_today);
                let door = Door { bytes_today: door.bytes_today.max(counted), ..door.clone() };
                memory.insert(digest, Known { door, looked_up_at: now, day });
            }
            None => {
                memory.remove(&digest);
            }
        }
        Ok(found)
    }

    /// Counts the bytes; false when the device is over its quota.
    fn within_quota(&self, secret: &str, bytes: usize) -> bool {
        let digest = vault::keyed_digest(&self.platform.secrets.device_secret, secret.as_bytes());
        let mut memory = lock(&self.known);
        let Some(known) = memory.get_mut(&digest) else { return true };
        known.door.bytes_today = known.door.bytes_today.saturating_add(i64::try_from(bytes).unwrap_or(i64::MAX));
        known.door.bytes_today <= known.door.byte_quota
    }

    /// Whether this address has tried too many unknown secrets.
    fn may_try(&self, address: &str, now: Instant64) -> bool {
        let minute = now.micros() / MINUTE;
        let mut memory = lock(&self.unknown);
        if memory.len() > 10_000 {
            memory.clear();
        }
        let (seen, count) = memory.entry(address.to_owned()).or_insert((minute, 0));
        if *seen != minute {
            (*seen, *count) = (minute, 0);
        }
        *count < UNKNOWN_PER_MINUTE
    }

    fn note_unknown(&self, address: &str) {
        if let Some((_, count)) = lock(&self.unknown).get_mut(address) {
            *count += 1;
        }
    }
}

fn lock<T>(it: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    it.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// The devices' routes.
pub fn router(doors: Doors) -> Router {
    Router::new().route("/devices/{kind}/{secret}", post(push).get(probe).put(push)).with_state(doors)
}

/// Some terminals ask whether the address answers before they push.
async fn probe(
    State(doors): State<Doors>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    Path((kind, secret)): Path<(String, String)>,
) -> StatusCode {
    match admitted(&doors, &kind, &secret, &peer.ip().to_string()).await {
        Ok(_) => StatusCode::OK,
        Err(status) => status,
    }
}

async fn push(
    State(doors): State<Doors>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    Path((kind, secret)): Path<(String, String)>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let started = std::time::Instant::now();
    let (codec, door) = match admitted(&doors, &kind, &secret, &peer.ip().to_string()).await {
        Ok(admitted) => admitted,
        Err(status) => return status.into_response(),
    };
    let body = match tokio::time::timeout(BODY_TIMEOUT, whole(body)).await {
        Ok(Ok(body)) => body,
        Ok(Err(status)) => return status.into_response(),
        Err(_) => return StatusCode::REQUEST_TIMEOUT.into_response(),
    };
    if !doors.within_quota(&secret, body.len()) {
        doors.directory.over_quota(door.device).await;
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|it| it.to_str().ok());
    let status = store(&doors, codec, door.device, content_type.unwrap_or_default(), body).await;
    metrics::histogram!("fugong_device_push_seconds", "kind" => codec.kind).record(started.elapsed().as_secs_f64());
    metrics::counter!("fugong_device_pushes_total", "kind" => codec.kind, "status" => status.as_str().to_owned())
        .increment(1);
    status.into_response()
}

/// A body within the limit.
async fn whole(body: Body) -> Result<Bytes, StatusCode> {
    let (mut chunks, mut body, mut length) = (body.into_data_stream(), BytesMut::new(), 0_usize);
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk.map_err(|_| StatusCode::BAD_REQUEST)?;
        length = length.saturating_add(chunk.len());
        if length <= BODY_LIMIT {
            body.extend_from_slice(&chunk);
        } else if length <= READ_LIMIT {
            body = BytesMut::new();
        } else {
            break;
        }
    }
    if BODY_LIMIT < length { Err(StatusCode::PAYLOAD_TOO_LARGE) } else { Ok(body.freeze()) }
}

async fn store(doors: &Doors, codec: Codec, device: Uuid, content_type: &str, body: Bytes) -> StatusCode {
    let now = doors.platform.now();
    let length = body.len();
    // Pictures go before anything is written; a body without a multipart border has none.
    let without_pictures = match is_multipart(content_type) || body.starts_with(b"--") {
        true => Bytes::from((codec.redact)(content_type, &body)),
        false => body,
    };
    let entry = Journalled {
        id: JournalId::new(now),
        device,
        received_at: now,
        content_type: content_type.chars().take(200).collect(),
        bytes: i64::try_from(length).unwrap_or(i64::MAX),
        body: without_pictures,
    };
    match doors.journal.append(entry).await {
        true => StatusCode::OK,
        false => StatusCode::SERVICE_UNAVAILABLE,
    }
}

/// Media types are compared without regard to case.
fn is_multipart(content_type: &str) -> bool {
    content_type.trim_start().get(..10).is_some_and(|it| it.eq_ignore_ascii_case("multipart/"))
}

async fn admitted(doors: &Doors, kind: &str, secret: &str, address: &str) -> Result<(Codec, Door), StatusCode> {
    let now = doors.platform.now();
    let codec = doors.codecs.iter().find(|it| it.kind == kind).copied();
    let door = match codec {
        Some(_) => doors.find(kind, secret, now).await.map_err(|_| StatusCode::SERVICE_UNAVAILABLE)?,
        None => None,
    };
    match codec.zip(door) {
        Some(found) => Ok(found),
        // Terminals behind one address share it: one with a wrong path must not silence its neighbours.
        None if !doors.may_try(address, now) => Err(StatusCode::TOO_MANY_REQUESTS),
        None => {
            doors.note_unknown(address);
            Err(StatusCode::NOT_FOUND)
        }
    }
}
