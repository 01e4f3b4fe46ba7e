//! `fugong gate`: links a gate, and runs one.

use std::path::Path;
use std::sync::{Arc, PoisonError};
use std::time::Duration;

use anyhow::Context as _;
use axum::Router;
use body_temperature::Refusal;
use camera::Camera;
use face::Faces;
use gate_link::Enrolment;
use kernel::SystemClock;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::runtime::Handle;
use tokio::sync::mpsc;

use crate::codes::Codes;
use crate::config::{GateConfig, ReaderConfig};
use crate::decide::Shown;
use crate::heat::{SharedEye, ThermalEye};
use crate::keeper::Keeper;
use crate::link::{Link, enrol};
use crate::pairing::Pairing;
use crate::roster::{Roster, Who};
use crate::store::{State, Store};
use crate::view::{Candidate, Looker, View, Warmth};
use crate::{door, heat, page, rounds};

const GIVEN: &str = "enrolment";
/// So long a picture is waited for before readers are looked at again.
const BETWEEN: Duration = Duration::from_millis(15);
/// How often disk and camera are looked at.
const LOOKED_AT: Duration = Duration::from_secs(2);
/// Lines of readers that may wait.
const LINES: usize = 16;

/// Links the gate in this folder by its one-time code; what it held of an earlier link goes.
///
/// # Errors
/// The network, the code, the folder.
pub async fn link_gate(
    folder: &Path,
    server: &str,
    code: &str,
    certificate: Option<&[u8]>,
) -> anyhow::Result<Enrolment> {
    std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    std::fs::set_permissions(folder, std::os::unix::fs::PermissionsExt::from_mode(0o700))?;
    let given = enrol(server, code, certificate).await?;
    let store = Store::open(folder).await?;
    store.wipe().await?;
    store.close().await;
    // The key went with what was there: another one is made.
    let store = Store::open(folder).await?;
    store.replace(&[], &[], &[State::of(GIVEN, &given)]).await?;
    store.close().await;
    Ok(given)
}

/// Runs the gate in this folder until it is asked to stop or was revoked. `assets` is the page.
///
/// # Errors
/// The folder's; a gate that was not linked.
pub async fn run(folder: &Path, assets: Router, stop: impl Future<Output = ()>) -> anyhow::Result<()> {
    let config = GateConfig::load(folder)?;
    let store = Store::open(folder).await?;
    let given: Option<Enrolment> = store.state(GIVEN).await.context("gate.key is not the key of gate.db")?;
    let given =
        given.context("this gate is not linked: `fugong gate link` does it, with a code from its device's page")?;
    let link = Link::new(given)?;
    let roster = Roster::load(&store, &link.faces_key()).await?;
    let keeper = Keeper::new(store.clone(), roster, door::of(&config.door)?, Arc::new(SystemClock)).await?;
    let (lines, shown) = mpsc::channel(LINES);
    let listener = tokio::net::TcpListener::bind(config.page.listen).await.context("page.listen")?;
    tracing::info!(address = %listener.local_addr()?, "the page at the door");
    let warm = warmth(&config, &store, &keeper).await?;
    let page = page::router(keeper.clone(), lines.clone(), warm.as_ref().map(|it| it.pairing.clone()), assets);
    let faces = watch(&config, &keeper, shown, warm)?;
    if let Some(reader) = config.reader.clone() {
        tokio::spawn(read_lines(reader, lines));
    }
    note_disk(folder, &keeper);
    tokio::spawn(look_after(folder.to_owned(), keeper.clone()));
    let beside = async {
        tokio::select! {
            end = rounds::sync(keeper.clone(), &link) => tracing::error!(?end, "nothing more comes from the server"),
            () = rounds::forward(keeper.clone(), &link) => {}
        }
        // The screen goes on saying what has become of the gate.
        std::future::pending::<()>().await;
    };
    tokio::select! {
        () = beside => {}
        served = axum::serve(listener, page) => served?,
        () = stop => tracing::info!("stopping"),
    }
    drop(faces);
    store.close().await;
    Ok(())
}

/// A thermal camera, and what its site learns.
#[derive(Clone)]
struct Warm {
    eye: SharedEye,
    pairing: Pairing,
}

async fn warmth(config: &GateConfig, store: &Store, keeper: &Keeper) -> anyhow::Result<Option<Warm>> {
    let Some(thermal) = &config.thermal else { return Ok(None) };
    let rig = std::fs::read_to_string(&thermal.rig).with_context(|| thermal.rig.display().to_string())?;
    let eye = heat::open(thermal, &rig, keeper.clock.clone()).with_context(|| thermal.rig.display().to_string())?;
    let pairing = Pairing::load(store.clone(), eye.clone(), rig.as_bytes(), thermal.pairing).await?;
    keeper.note_offset(pairing.in_use());
    tokio::spawn(look_after_heat(eye.clone(), keeper.clone()));
    Ok(Some(Warm { eye, pairing }))
}

/// Everything that is shown: faces before the camera, lines of readers. On a thread of its own where there are faces.
fn watch(
    config: &GateConfig,
    keeper: &Keeper,
    shown: mpsc::Receiver<String>,
    warm: Option<Warm>,
) -> anyhow::Result<Option<std::thread::JoinHandle<()>>> {
    let (Some(camera), Some(models)) = (config.camera.clone(), config.models.clone()) else {
        tokio::spawn(only_lines(keeper.clone(), shown));
        return Ok(None);
    };
    let faces = Faces::open(&models, 2).map_err(|error| anyhow::anyhow!("models: {error}"))?;
    let eyes = Eyes { camera: Camera::open(camera, keeper.clock.clone())?, warm };
    let (keeper, runtime) = (keeper.clone(), Handle::current());
    let thread = std::thread::Builder::new().name("faces".to_owned());
    let thread = thread.spawn(move || watch_on(&eyes, faces, &keeper, shown, &runtime))?;
    Ok(Some(thread))
}

/// What a gate sees with.
struct Eyes {
    camera: Camera,
    warm: Option<Warm>,
}

fn watch_on(eyes: &Eyes, mut faces: Faces, keeper: &Keeper, mut shown: mpsc::Receiver<String>, runtime: &Handle) {
    let (mut view, mut codes) = (View::default(), Codes::default());
    loop {
        match shown.try_recv() {
            Ok(line) => runtime.block_on(shown_at(keeper, &line, &view, &faces)),
            Err(mpsc::error::TryRecvError::Empty) => {}
            // The gate has stopped.
            Err(mpsc::error::TryRecvError::Disconnected) => return,
        }
        note_camera(keeper, &eyes.camera.state());
        let Some(frame) = eyes.camera.wait(BETWEEN) else { continue };
        if let Some(code) = codes.read(&frame.picture, frame.at) {
            runtime.block_on(shown_at(keeper, &code, &view, &faces));
        }
        let who = |face: &face::Embedding, mask, limits: &face::Thresholds| keeper.who(face, mask, limits);
        let eye = eyes.warm.as_ref().map(|it| &it.eye);
        let wanted = eye.map(|it| locked(it).looks_wanted());
        let warm = |face: &face::Face| eye.map_or(Err(Refusal::NoFace), |it| locked(it).look(face, frame.at));
        let warm: &Warmth<'_> = &warm;
        let heat = wanted.map(|it| (warm, it));
        let candidates = view.see(&frame.picture, &mut Looker { faces: &mut faces, who: &who, heat }, frame.at);
        for it in candidates.unwrap_or_else(|error| {
            tracing::error!(%error, "a picture could not be looked at");
            Vec::new()
        }) {
            let it = measured(keeper, eye, it);
            match runtime.block_on(keeper.settle_seen(&Shown::Face(it.who), &it.measured, Some(frame.at))) {
                Ok(Some(told)) => {
                    if let Some(warm) = &eyes.warm {
                        warm.pairing.note(&told);
                    }
                    view.decided(it.track, told.outcome, frame.at);
                }
                Ok(None) => view.decided(it.track, screening::Outcome::Admit, frame.at),
                Err(error) => tracing::error!(%error, "a passage could not be written down"),
            }
        }
    }
}

fn locked(eye: &SharedEye) -> std::sync::MutexGuard<'_, ThermalEye> {
    eye.lock().unwrap_or_else(PoisonError::into_inner)
}

/// With the temperature, where there is a thermal camera.
fn measured(keeper: &Keeper, eye: Option<&SharedEye>, it: Candidate) -> Candidate {
    let Some(eye) = eye else { return it };
    let heat = locked(eye).judge(&it.heat, &keeper.rules(), keeper.clock.now());
    Candidate { measured: it.measured.clone().with(heat), ..it }
}

async fn look_after_heat(eye: SharedEye, keeper: Keeper) {
    loop {
        let fault = locked(&eye).fault(keeper.clock.now());
        keeper.itself.lock().unwrap_or_else(PoisonError::into_inner).health.thermal_fault = fault;
        tokio::time::sleep(LOOKED_AT).await;
    }
}

async fn shown_at(keeper: &Keeper, line: &str, view: &View, faces: &Faces) {
    let (face, measured) = view.nearest().unwrap_or_default();
    let limits = faces.thresholds();
    let who: Option<Who> = face.map(|it| keeper.who(it, face::MaskClass::Unknown, limits));
    settle_line(keeper, line, who, &measured).await;
}

async fn only_lines(keeper: Keeper, mut shown: mpsc::Receiver<String>) {
    while let Some(line) = shown.recv().await {
        settle_line(&keeper, &line, None, &crate::decide::Measured::default()).await;
    }
}

async fn settle_line(keeper: &Keeper, line: &str, face: Option<Who>, measured: &crate::decide::Measured) {
    let Some(shown) = keeper.shown(line, face) else { return };
    if let Err(error) = keeper.settle(&shown, measured).await {
        tracing::error!(%error, "a passage could not be written down");
    }
}

/// Lines of a reader's device, which may go away and come back.
async fn read_lines(reader: ReaderConfig, lines: mpsc::Sender<String>) {
    loop {
        if let Ok(file) = tokio::fs::File::open(&reader.path).await {
            let mut read = BufReader::new(file).lines();
            while let Ok(Some(line)) = read.next_line().await {
                if lines.send(line).await.is_err() {
                    return;
                }
            }
        }
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
}

fn note_camera(keeper: &Keeper, state: &camera::State) {
    let mut itself = keeper.itself.lock().unwrap_or_else(PoisonError::into_inner);
    (itself.health.cameras, itself.health.cameras_live) = (1, u32::from(*state == camera::State::Live));
}

/// Looks after the disk. The first look is taken before the first round, which tells of it.
async fn look_after(folder: std::path::PathBuf, keeper: Keeper) {
    loop {
        keeper.check_door().await;
        tokio::time::sleep(LOOKED_AT).await;
        note_disk(&folder, &keeper);
    }
}

fn note_disk(folder: &Path, keeper: &Keeper) {
    let free = rustix::fs::statvfs(folder).map_or(0, |it| it.f_bavail.saturating_mul(it.f_frsize) / (1024 * 1024));
    let mut itself = keeper.itself.lock().unwrap_or_else(PoisonError::into_inner);
    itself.health.disk_free_mib = free;
    itself.health.version = env!("CARGO_PKG_VERSION").to_owned();
}
