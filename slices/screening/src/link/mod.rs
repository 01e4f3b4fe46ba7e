//! The roster of gates of our own: one round is a question with digests, and an answer with what differs, sealed and signed.
//!
//! Answered on the devices' listener, which speaks plain HTTP: what leaves is sealed under the key that the gate was given when it was
//! linked, bound to the question's nonce, and signed. The digests that come in name nobody. Passages come the other way through the
//! devices' door, as from any terminal.

mod entries;

use std::io::Write as _;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use access::system_scope;
use alarms::events::AlarmChanged;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{ConnectInfo, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use db::Condition;
use events::{EventBody as _, Place as Happened};
use flate2::Compression;
use flate2::write::ZlibEncoder;
use gate_link::{Answer, Ask, GateFacts, Health, Holder, PassList, Trust};
use gateway::Doors;
use http_api::{ApiError, ApiResult, Platform};
use kernel::Instant64;
use kernel::time::SECOND;
use people::events::RosterChanged;
use places::{DeviceFacts, GateId, GatePlace};
use uuid::Uuid;
use vault::{DataKey, Place, Signs};

use crate::events::ScreeningsRecorded;
use crate::guard::rules_of;
use crate::ingest::passage;
use crate::model::GateRules;
use entries::{Standing, Wanted};

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
/// A gate asks again no sooner than this.
const AGAIN_MS: u64 = 200;
/// More events than this during one wait: everybody is looked at.
const EVENTS_MOST: i64 = 200;
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
    let began = Instant::now();
    let asking = Asking::of(platform, device).await?;
    let mut standing = Standing::whole(platform, &asking.wanted()).await?;
    let mut pause = Pause { worked: began.elapsed(), waited: Duration::ZERO };
    let (first, is_news) = answer(platform, &asking, &standing, ask, &pause).await?;
    if is_news || !ask.wait {
        return Ok(first);
    }
    // Over or not: its list is told anew.
    let (site, waits) = (asking.gate.site_id, Instant::now());
    let _ = tokio::time::timeout(WAITED, something_at(platform, site, head)).await;
    pause.waited = waits.elapsed();
    let began = Instant::now();
    let asking = Asking::of(platform, device).await?;
    match lines_since(platform, site, head).await? {
        Some(people) => standing.follow(platform, &asking.wanted(), &people).await?,
        None => standing = Standing::whole(platform, &asking.wanted()).await?,
    }
    pause.worked += began.elapsed();
    answer(platform, &asking, &standing, ask, &pause).await.map(|it| it.0)
}

/// How long a gate leaves the server alone: twice as long as its answer took, so that a busy morning costs a third of a core at most, less what it
/// has waited already.
struct Pause {
    worked: Duration,
    waited: Duration,
}

impl Pause {
    fn again_ms(&self) -> u64 {
        let pause = self.worked.saturating_mul(2).saturating_sub(self.waited);
        u64::try_from(pause.as_millis()).unwrap_or(AGAIN_MS).max(AGAIN_MS)
    }
}

/// Whose lines changed since, where that is all that happened at the site; none where anybody's may have. What is missed by it comes with the next
/// round, which looks at everybody.
async fn lines_since(platform: &Platform, site: Uuid, since: i64) -> ApiResult<Option<Vec<Uuid>>> {
    let here = Condition::any([Condition::eq("o.site_id", site), Condition::literal("o.site_id is null")]);
    let scope = system_scope("gate_link");
    let happened = events::since(&mut platform.db.reader(), &scope, here, since, EVENTS_MOST).await?;
    if i64::try_from(happened.len()).is_ok_and(|it| EVENTS_MOST <= it) {
        return Ok(None);
    }
    let mut people = Vec::new();
    for it in happened.iter().filter(|it| is_of_the_list(&it.kind)) {
        match serde_json::from_str::<RosterChanged>(&it.payload) {
            Ok(changed) if it.kind == RosterChanged::KIND && !changed.person_ids.is_empty() => {
                people.extend(changed.person_ids);
            }
            _ => return Ok(None),
        }
    }
    // A wait that ended without anything: a day may have begun, a status have run out.
    Ok(Some(people).filter(|it| !it.is_empty()))
}

/// Whether what happened may be about a list: anything but passages and alarms.
fn is_of_the_list(kind: &str) -> bool {
    kind != ScreeningsRecorded::KIND && kind != AlarmChanged::KIND
}

/// Until something happens that may be about the list of this site.
async fn something_at(platform: &Platform, site: Uuid, mut seen: i64) {
    let concerns = |it: &Happened| {
        let is_here = it.site_id.is_none_or(|at| at == site);
        is_here && is_of_the_list(&it.kind)
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

/// Who asks, and by what rules her list is made.
struct Asking {
    device: Uuid,
    facts: DeviceFacts,
    asked_at: Option<i64>,
    gate: GatePlace,
    rules: GateRules,
    key: DataKey,
    now: Instant64,
}

impl Asking {
    async fn of(platform: &Platform, device: Uuid) -> ApiResult<Self> {
        let (mut db, now) = (platform.db.reader(), platform.now());
        let facts = places::device_for_ingest(&mut db, &[device]).await?.pop().ok_or_else(ApiError::not_found)?;
        // As it was linked: a device that was only registered has no link to ask by.
        let link = places::gate_link(&mut db, device).await?.filter(|it| it.revoked_at.is_none());
        let link = link.ok_or_else(ApiError::not_found)?;
        let gate = places::gate_place(&mut db, &system_scope("gate_link"), GateId::from_uuid(facts.gate_id)).await?;
        let gate = gate.ok_or_else(ApiError::not_found)?;
        let rules = rules_of(&mut db, &gate).await?;
        let key = DataKey::handed_over(*places::gate_link_key(platform, device, now).await?);
        Ok(Self { device, facts, asked_at: link.asked_at, gate, rules, key, now })
    }

    const fn wanted(&self) -> Wanted<'_> {
        Wanted { gate: &self.gate, rules: &self.rules, device: self.device, key: &self.key, now: self.now }
    }
}

/// 64 bytes of signature, then the sealed answer; whether it tells anything new.
async fn answer(
    platform: &Platform,
    asking: &Asking,
    standing: &Standing,
    ask: &Ask,
    pause: &Pause,
) -> ApiResult<(Vec<u8>, bool)> {
    let Asking { gate, facts, now, .. } = asking;
    let found = entries::differing(platform, &asking.wanted(), standing, ask).await?;
    let carried = passes(platform, &standing.numbers, ask.passes_since.as_deref(), *now).await?;
    let is_news = !found.buckets.is_empty() || !carried.2.is_empty();
    let answer = Answer {
        made_at: *now,
        gate: gate_facts(platform, gate, facts, *now).await?,
        rules: serde_json::to_value(&asking.rules).map_err(|error| ApiError::internal(&error))?,
        buckets: found.buckets,
        entries: found.entries,
        more: found.more,
        trust: carried.0,
        lists: carried.1,
        holders: carried.2,
        passes_next: carried.3,
        last_no: facts.last_event_no,
        again_ms: pause.again_ms(),
    };
    if asking.asked_at.is_none_or(|at| at + NOTED_EVERY < now.micros()) {
        note(platform, asking.device, &ask.health, *now).await?;
    }
    Ok((signed(platform, &asking.key, ask.nonce, &answer, *now).await?, is_news))
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
    gate: &GatePlace,
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
        gate_name: gate.name.clone(),
        site_name: gate.site_name.clone(),
        site: gate.site_id,
        area_code: gate.area_code.clone(),
        open_state: gate.open_state.clone(),
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
