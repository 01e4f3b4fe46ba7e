//! The roster of gates of our own: one round is a question with digests, and an answer with what differs, sealed and signed.
//!
//! Answered on the devices' listener, which speaks plain HTTP: what leaves is sealed under the key that the gate was given when it was
//! linked, bound to the question's nonce, and signed. The digests that come in name nobody. Passages come the other way through the
//! devices' door, as from any terminal.

mod entries;

use std::io::Write as _;
use std::net::SocketAddr;
use std::time::Duration;

use access::system_scope;
use alarms::events::AlarmChanged;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{ConnectInfo, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use events::{EventBody as _, Place as Happened};
use flate2::Compression;
use flate2::write::ZlibEncoder;
use gate_link::{Answer, Ask, GateFacts, Health, Holder, PassList, Trust};
use gateway::Doors;
use http_api::{ApiError, ApiResult, Platform};
use kernel::Instant64;
use kernel::time::SECOND;
use places::{DeviceFacts, GateId, GatePlace};
use uuid::Uuid;
use vault::{DataKey, Place, Signs};

use crate::events::ScreeningsRecorded;
use crate::guard::rules_of;
use crate::ingest::passage;
use entries::Wanted;

/// The word in the address of a gate of our own.
pub const KIND: &str = "fugong";
/// Where an answer is sealed for.
pub const ANSWER: &str = "gate_link.answer";
/// Where the key stands by which a gate's own list of faces is turned.
pub const FACES: &str = "gate_link.faces";
/// What is signed begins with this.
pub const SIGNED: &[u8] = b"fugong gate answer 1";
/// Before the nonce of a gate that was revoked, in what is signed.
pub const REVOKED: &[u8] = b"fugong gate revoked 1";
/// How often it is written down that a gate asks.
const NOTED_EVERY: i64 = 15 * SECOND;
/// A gate asks again after twice as long as its answer took, so that a busy morning costs a third of a core at most, and no sooner than this.
const AGAIN_MS: u64 = 200;
/// How long a gate that is up to date waits for something to happen; then it is told that nothing did, which keeps its list fresh.
const WAITED: Duration = Duration::from_secs(10);

#[derive(Clone)]
struct Link {
    platform: Platform,
    doors: Doors,
}

/// The route by which gates ask, beside the devices' door.
pub fn router(platform: Platform, doors: Doors) -> Router {
    let link = Link { platform, doors };
    Router::new().route("/devices/fugong/{secret}/roster", post(ask)).with_state(link)
}

async fn ask(
    State(link): State<Link>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    Path(secret): Path<String>,
    body: Bytes,
) -> Response {
    let Ok(ask) = serde_json::from_slice::<Ask>(&body) else { return StatusCode::UNPROCESSABLE_ENTITY.into_response() };
    let device = match link.doors.device(KIND, &secret, &peer.ip().to_string()).await {
        Ok(device) => device,
        Err(status) => return not_admitted(&link.platform, &secret, &ask, status).await,
    };
    match told(&link.platform, device, &ask).await {
        Ok(bytes) => bytes.into_response(),
        Err(error) => error.into_response(),
    }
}

/// An answer; where it would say nothing new to a gate that has time, the one after something has happened.
async fn told(platform: &Platform, device: Uuid, ask: &Ask) -> ApiResult<Vec<u8>> {
    // Before anything is read: what happens meanwhile is waited for no more.
    let head = platform.feed.head();
    let (first, is_news, site) = answer(platform, device, ask).await?;
    if is_news || !ask.wait {
        return Ok(first);
    }
    // Over or not: its list is told anew.
    let _ = tokio::time::timeout(WAITED, something_at(platform, site, head)).await;
    answer(platform, device, ask).await.map(|it| it.0)
}

/// Until something happens that may be about the list of this site: anything but passages and alarms.
async fn something_at(platform: &Platform, site: Uuid, mut seen: i64) {
    let concerns = |it: &Happened| {
        let is_here = it.site_id.is_none_or(|at| at == site);
        is_here && it.kind != ScreeningsRecorded::KIND && it.kind != AlarmChanged::KIND
    };
    let mut feed = platform.feed.clone();
    while let Some(head) = platform.feed.passed_by(seen, concerns) {
        seen = seen.max(head);
        feed.beyond(seen).await;
        // Nothing new, and no longer waited for: the server stops.
        if feed.head() <= seen {
            return;
        }
    }
}

/// A gate that was revoked is told so, signed: nobody else can have it wipe itself.
async fn not_admitted(platform: &Platform, secret: &str, ask: &Ask, status: StatusCode) -> Response {
    let digest = vault::keyed_digest(&platform.secrets.device_secret, secret.as_bytes());
    let revoked = places::revoked_gate(&mut platform.db.reader(), &digest).await;
    if status != StatusCode::NOT_FOUND || !matches!(revoked, Ok(Some(_))) {
        return status.into_response();
    }
    match platform.vault.signer(Signs::Gates, platform.now()).await {
        Ok(signer) => {
            let signature = signer.sign(&[REVOKED, ask.nonce.as_bytes()].concat());
            (StatusCode::GONE, signature).into_response()
        }
        Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

/// 64 bytes of signature, then the sealed answer; whether it tells anything new, and of which site it is.
async fn answer(platform: &Platform, device: Uuid, ask: &Ask) -> ApiResult<(Vec<u8>, bool, Uuid)> {
    let (began, now) = (std::time::Instant::now(), platform.now());
    let mut db = platform.db.reader();
    let facts = places::device_for_ingest(&mut db, &[device]).await?.pop().ok_or_else(ApiError::not_found)?;
    // As it was linked: a device that was only registered has no link to ask by.
    let link = places::gate_link(&mut db, device).await?.filter(|it| it.revoked_at.is_none());
    let link = link.ok_or_else(ApiError::not_found)?;
    let gate = places::gate_place(&mut db, &system_scope("gate_link"), GateId::from_uuid(facts.gate_id)).await?;
    let gate = gate.ok_or_else(ApiError::not_found)?;
    let rules = rules_of(&mut db, &gate).await?;
    let key = DataKey::handed_over(*places::gate_link_key(platform, device, now).await?);
    let wanted = Wanted { gate: &gate, rules: &rules, device, key: &key, now };
    let found = entries::differing(platform, &wanted, ask).await?;
    let carried = passes(platform, &found.numbers, ask.passes_since.as_deref(), now).await?;
    let is_news = !found.buckets.is_empty() || !carried.2.is_empty();
    let site = gate.site_id;
    let answer = Answer {
        made_at: now,
        gate: gate_facts(platform, gate, &facts, now).await?,
        rules: serde_json::to_value(&rules).map_err(|error| ApiError::internal(&error))?,
        buckets: found.buckets,
        entries: found.entries,
        more: found.more,
        trust: carried.0,
        lists: carried.1,
        holders: carried.2,
        passes_next: carried.3,
        last_no: facts.last_event_no,
        again_ms: u64::try_from(began.elapsed().as_millis()).unwrap_or(AGAIN_MS).saturating_mul(2).max(AGAIN_MS),
    };
    if link.asked_at.is_none_or(|at| at + NOTED_EVERY < now.micros()) {
        note(platform, device, &ask.health, now).await?;
    }
    Ok((signed(platform, &key, ask.nonce, &answer, now).await?, is_news, site))
}

async fn signed(
    platform: &Platform,
    key: &DataKey,
    nonce: Uuid,
    answer: &Answer,
    now: Instant64,
) -> ApiResult<Vec<u8>> {
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::fast());
    let text = serde_json::to_vec(answer).map_err(|error| ApiError::internal(&error))?;
    let packed = packed.write_all(&text).and_then(|()| packed.finish()).map_err(|error| ApiError::internal(&error))?;
    let sealed = key.seal(Place { column: ANSWER, row: nonce }, &packed);
    let signer = platform.vault.signer(Signs::Gates, now).await?;
    let mut out = signer.sign(&[SIGNED, nonce.as_bytes(), &sealed].concat());
    out.extend_from_slice(&sealed);
    Ok(out)
}

async fn note(platform: &Platform, device: Uuid, health: &Health, now: Instant64) -> ApiResult<()> {
    let health = serde_json::to_string(health).map_err(|error| ApiError::internal(&error))?;
    let mut tx = platform.db.begin().await?;
    places::note_asked(&mut tx, device, &health, now).await?;
    Ok(tx.commit().await?)
}

async fn gate_facts(
    platform: &Platform,
    gate: GatePlace,
    device: &DeviceFacts,
    now: Instant64,
) -> ApiResult<GateFacts> {
    let responses = places::active_responses(&mut platform.db.reader(), now).await?;
    let covers = |purpose: &str| responses.iter().any(|it| it.covers(&gate.area_code, purpose, now));
    Ok(GateFacts {
        screening_active: covers("screening"),
        faces_active: covers("face"),
        passage: passage(device).code().to_owned(),
        lane: device.lane,
        gate_name: gate.name,
        site_name: gate.site_name,
        site: gate.site_id,
        area_code: gate.area_code,
        open_state: gate.open_state,
        gate_closed: gate.closed,
    })
}

type Passes = (Vec<Trust>, Vec<PassList>, Vec<Holder>, String);

/// What verifies passes without the server, as far as it changed.
async fn passes(
    platform: &Platform,
    numbers: &std::collections::HashMap<Uuid, String>,
    since: Option<&str>,
    now: Instant64,
) -> ApiResult<Passes> {
    let people: Vec<Uuid> = numbers.keys().copied().collect();
    let since = since.and_then(|it| it.parse().ok());
    let carried = ::passes::carried(platform, &mut platform.db.reader(), &people, since, now).await?;
    let holder = |it: ::passes::Holder| {
        let employee_no = numbers.get(&it.person)?.clone();
        Some(Holder { digest: it.digest, employee_no, expires_at: it.expires_at })
    };
    let (iss, x) = carried.trust;
    let lists = carried.lists.into_iter().map(|(uri, signed)| PassList { uri, signed }).collect();
    let holders = carried.holders.into_iter().filter_map(holder).collect();
    Ok((vec![Trust { iss, x }], lists, holders, carried.next.to_string()))
}
