//! What the page at the door asks of its own machine: how the gate is, its last passages, those to come; and what a reader that types like a keyboard has
//! typed into the page.

use std::convert::Infallible;
use std::sync::PoisonError;
use std::time::Duration;

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use futures_util::stream::{self, Stream};
use kernel::Instant64;
use notify::Voice;
use serde::{Deserialize, Serialize};
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::mpsc;

use crate::keeper::{Keeper, Told};
use crate::pairing::{PairFault, Pairing, PairingState, Reading};

const ALIVE: Duration = Duration::from_secs(10);

/// How the gate is.
#[derive(Debug, Serialize)]
struct GateState {
    gate_name: Option<String>,
    site_name: Option<String>,
    /// Whether the last round of the roster came to an answer.
    linked: bool,
    revoked: bool,
    /// When everything that is carried was true.
    whole_at: Option<Instant64>,
    now: Instant64,
    people: usize,
    faces: usize,
    /// Passages that wait for the network.
    waiting: u64,
    cameras_live: u32,
    cameras: u32,
    disk_free_mib: u64,
    /// Whether the door did not open the last time, or would not.
    door_fault: bool,
    /// Whether clinical readings are taken here.
    pairing: bool,
    latest: Vec<Told>,
}

/// What was typed by a reader.
#[derive(Debug, Deserialize)]
struct Typed {
    text: String,
}

/// A sentence to be spoken; never a name.
#[derive(Debug, Deserialize)]
struct Said {
    /// `zh-CN` or `en`.
    lang: String,
    text: String,
}

/// Characters of a sentence.
const SAID_MOST: usize = 200;

#[derive(Clone)]
struct Page {
    keeper: Keeper,
    lines: mpsc::Sender<String>,
    pairing: Option<Pairing>,
}

/// The routes; whatever else is asked for is the page itself.
pub fn router(keeper: Keeper, lines: mpsc::Sender<String>, pairing: Option<Pairing>, assets: Router) -> Router {
    Router::new()
        .route("/local/state", get(state))
        .route("/local/live", get(live))
        .route("/local/shown", post(shown))
        .route("/local/speech", post(speech))
        .route("/local/pairs", get(pairs).post(pair))
        .route("/local/pairs/undo", post(undo))
        .route("/local/pairs/adoption", post(adopt))
        .route("/local/pairs/forgetting", post(forget))
        .with_state(Page { keeper, lines, pairing })
        .fallback_service(assets)
}

async fn state(State(page): State<Page>) -> Json<GateState> {
    let keeper = &page.keeper;
    let itself = keeper.itself.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let roster = keeper.roster.read().unwrap_or_else(PoisonError::into_inner);
    let round = roster.round();
    let (people, faces) = roster.len();
    Json(GateState {
        gate_name: round.map(|it| it.gate.gate_name.clone()),
        site_name: round.map(|it| it.gate.site_name.clone()),
        linked: itself.linked,
        revoked: itself.is_revoked,
        whole_at: round.and_then(|it| it.whole_at),
        now: keeper.clock.now(),
        people,
        faces,
        waiting: itself.health.waiting,
        cameras_live: itself.health.cameras_live,
        cameras: itself.health.cameras,
        disk_free_mib: itself.health.disk_free_mib,
        door_fault: itself.health.door_fault.is_some(),
        pairing: page.pairing.as_ref().is_some_and(Pairing::is_on),
        latest: keeper.latest(),
    })
}

async fn live(State(page): State<Page>) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let events = stream::unfold(page.keeper.listen(), |mut told| async move {
        let event = match told.recv().await {
            Ok(it) => Event::default().event("passage").json_data(&it).unwrap_or_default(),
            // Who was too slow asks for the state again.
            Err(RecvError::Lagged(_)) => Event::default().event("again").data(""),
            Err(RecvError::Closed) => return None,
        };
        Some((Ok(event), told))
    });
    Sse::new(events).keep_alive(KeepAlive::new().interval(ALIVE))
}

/// A sentence for a screen whose browser has no voice: a WAV file.
async fn speech(Json(said): Json<Said>) -> Response {
    let voice = match said.lang.as_str() {
        "zh-CN" => Voice::Chinese,
        "en" => Voice::English,
        _ => return StatusCode::UNPROCESSABLE_ENTITY.into_response(),
    };
    if SAID_MOST < said.text.chars().count() {
        return StatusCode::UNPROCESSABLE_ENTITY.into_response();
    }
    match notify::speak(voice, &said.text).await {
        Ok(wav) => ([(header::CONTENT_TYPE, "audio/wav")], wav).into_response(),
        Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

async fn shown(State(page): State<Page>, Json(typed): Json<Typed>) -> StatusCode {
    match page.lines.try_send(typed.text) {
        Ok(()) => StatusCode::ACCEPTED,
        Err(_) => StatusCode::SERVICE_UNAVAILABLE,
    }
}

/// What a page is answered that changed something, or asked how it stands.
type Paired = Result<Json<PairingState>, (StatusCode, Json<PairFault>)>;

async fn pairs(State(page): State<Page>) -> Paired {
    page.pairs_now(Ok(()))
}

async fn pair(State(page): State<Page>, Json(reading): Json<Reading>) -> Paired {
    let pairing = page.pairing()?;
    page.pairs_now(pairing.pair(reading.no, reading.clinical(), page.keeper.clock.now()).await)
}

async fn undo(State(page): State<Page>) -> Paired {
    page.pairs_now(page.pairing()?.undo().await)
}

async fn adopt(State(page): State<Page>) -> Paired {
    page.pairs_now(page.pairing()?.adopt(page.keeper.clock.now()).await)
}

async fn forget(State(page): State<Page>) -> Paired {
    page.pairs_now(page.pairing()?.forget().await)
}

impl Page {
    fn pairing(&self) -> Result<&Pairing, (StatusCode, Json<PairFault>)> {
        self.pairing.as_ref().ok_or((StatusCode::NOT_FOUND, Json(PairFault::Off)))
    }

    fn pairs_now(&self, done: Result<(), PairFault>) -> Paired {
        done.map_err(|it| (StatusCode::UNPROCESSABLE_ENTITY, Json(it)))?;
        let pairing = self.pairing()?;
        self.keeper.note_offset(pairing.in_use());
        Ok(Json(pairing.state(&self.keeper.rules(), self.keeper.clock.now())))
    }
}
