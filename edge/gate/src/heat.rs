//! The thermal camera beside the other one: its newest frames, how far it has drifted, and what a face in it says of a body's temperature.
//! How that is known is the `body_temperature` room's; here is what a gate feeds it.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::Context as _;
use body_temperature::{
    Arrival, BlackbodyRefusal, Celsius, Cohort, Conditions, Drift, Estimate, Eye, Frame, Installation, Kelvins,
    Landmarks, Look, Point, Policy, Reference, Refusal, Refused, Rig, SiteOffset, Standing, State, Surroundings, View,
    decide, estimate, follow, look,
};
use kernel::Instant64;
use kernel::time::SharedClock;
use screening::GateRules;
use serde::Serialize;
use thermal::{LinearScale, Thermogram};

use crate::config::{Outdoors, ThermalConfig, ThermalSource};

/// Frames that are kept, for the one that was taken together with a picture.
const KEPT: usize = 8;
/// Without frames for so long the camera is away.
const AWAY: i64 = 3 * kernel::time::SECOND;
const ASKED_EVERY: Duration = Duration::from_millis(100);
/// How often the weather is looked at, and for how long it holds.
const WEATHER_EVERY: Duration = Duration::from_secs(60);
const WEATHER_HOLDS: Duration = Duration::from_secs(2 * 3_600);
const PATIENCE: Duration = Duration::from_secs(2);
/// What a camera is told of emissivity where its format does not say: skin.
const SKIN_EMISSIVITY: f64 = 0.98;

/// What was found of a body's temperature.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Heat {
    /// The estimate; none where there is none.
    pub estimate_c: Option<f64>,
    /// Nineteen of twenty people are above this.
    pub low_c: Option<f64>,
    /// And below this.
    pub high_c: Option<f64>,
    /// How likely fever is.
    pub p_fever: Option<f64>,
    /// Clear, measure again, or measure with a clinical thermometer.
    pub state: State,
    /// Why, as the codes of `body_temperature`.
    pub why: Vec<String>,
    /// The estimate itself, for a clinical reading that may follow.
    #[serde(skip)]
    pub estimate: Option<Arc<Estimate>>,
}

struct Taken {
    at: Instant64,
    width: usize,
    height: usize,
    celsius: Vec<f64>,
}

/// A thermal camera and what is known of it.
pub struct ThermalEye {
    rig: Rig,
    site: Installation,
    air: Celsius,
    air_u: Kelvins,
    cohort: Cohort,
    drift: Option<Drift>,
    refused: Option<BlackbodyRefusal>,
    weather: Weather,
    frames: VecDeque<Taken>,
}

/// What is known of the air that people come from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Weather {
    /// Nobody wants it looked at.
    Unasked,
    /// It should be known and is not: nobody is made to wait, and each estimate says that arrival is unknown.
    Unknown,
    /// Known.
    Known {
        /// The air outdoors.
        outdoors: Celsius,
        /// For how long people have been in the room's air when they are looked at.
        indoors_s: f64,
    },
}

impl Weather {
    fn arrival(self) -> Arrival {
        match self {
            Self::Unasked | Self::Unknown => Arrival::default(),
            Self::Known { outdoors, indoors_s } => Arrival { indoors_s: Some(indoors_s), outdoors: Some(outdoors) },
        }
    }
}

/// A thermal camera that is read beside whoever asks it.
pub type SharedEye = Arc<Mutex<ThermalEye>>;

impl ThermalEye {
    /// Of a rig in a room whose air is known. `fevers` is the share of those who come with a fever.
    pub fn new(rig: Rig, air: Celsius, air_u: Kelvins, fevers: f64) -> Self {
        let file = rig.file();
        let site = Installation::of(file.camera_model, file.limits, fevers, Policy::default());
        let cohort = Cohort::default();
        let weather = Weather::Unasked;
        Self { rig, site, air, air_u, cohort, drift: None, refused: None, weather, frames: VecDeque::new() }
    }

    /// What is known of where people come from.
    pub const fn set_weather(&mut self, weather: Weather) {
        self.weather = weather;
    }

    /// What this site has learnt. The people before were read without it, so they are no measure of those to come.
    pub fn set_offset(&mut self, offset: Option<SiteOffset>) {
        if self.site.offset != offset {
            self.site.offset = offset;
            self.cohort = Cohort::default();
        }
    }

    /// Takes a frame in, and follows the blackbodies in it.
    pub fn take(&mut self, image: &Thermogram, at: Instant64) {
        let taken = Taken { at, width: image.width(), height: image.height(), celsius: image.celsius().0 };
        self.follow(&taken, image);
        self.frames.push_back(taken);
        while KEPT < self.frames.len() {
            self.frames.pop_front();
        }
    }

    fn follow(&mut self, taken: &Taken, image: &Thermogram) {
        let bodies = &self.rig.file().blackbody;
        if bodies.is_empty() {
            return;
        }
        let Ok(frame) = Frame::new(taken.width, taken.height, &taken.celsius) else { return };
        let around = Surroundings {
            camera_emissivity: image.camera.as_ref().map_or(SKIN_EMISSIVITY, |it| f64::from(it.emissivity)),
            reflected: self.air,
            saturated_from: None,
        };
        let seen: Result<Vec<_>, BlackbodyRefusal> = bodies.iter().map(|it| it.look(&frame, &around)).collect();
        let followed = seen.and_then(|seen| follow(self.drift.as_ref(), &seen, millis(taken.at), false));
        match followed {
            Ok(drift) => (self.drift, self.refused) = (Some(drift), None),
            Err(refusal) => self.refused = Some(refusal),
        }
    }

    /// Whether frames come.
    pub fn is_live(&self, now: Instant64) -> bool {
        self.frames.back().is_some_and(|it| now.since(it.at) < AWAY)
    }

    /// What is wrong with it, for the page of its device; none while it measures.
    pub fn fault(&self, now: Instant64) -> Option<String> {
        if !self.is_live(now) {
            return Some("no_frames".to_owned());
        }
        let blackbody = self.refused.map(|it| code(&it, "why"));
        let cohort = self.cohort.alarm(millis(now)).map(|_| "people_off".to_owned());
        let weather = (self.weather == Weather::Unknown).then(|| "weather_unknown".to_owned());
        blackbody.map(|it| format!("blackbody_{it}")).or(cohort).or(weather)
    }

    /// What a face that was found in a picture shows in the thermal frame of the same moment.
    ///
    /// # Errors
    /// Why it cannot be measured in this frame.
    pub fn look(&self, face: &face::Face, at: Instant64) -> Result<Look, Refusal> {
        let apart = |it: &Taken| it.at.since(at).abs();
        let taken = self.frames.iter().min_by_key(|it| apart(it)).ok_or(Refusal::OutsideFrame)?;
        let mapped = self.rig.map(&marks_of(face).ok_or(Refusal::NoFace)?)?;
        let frame = Frame::new(taken.width, taken.height, &taken.celsius).map_err(|_| Refusal::OutsideFrame)?;
        let drift = self.drift.filter(|it| it.holds_at(millis(at)));
        let view = View {
            frame,
            marks: mapped.marks,
            eyewear: false,
            blurred: face.quality.faults.contains(&face::Fault::Blurred),
            apart_ms: Some(milliseconds(apart(taken))),
            since_shutter_ms: None,
            drift: drift.as_ref(),
        };
        look(&view, &self.site.limits)
    }

    /// Good looks that an estimate needs.
    pub fn looks_wanted(&self) -> usize {
        usize::try_from(self.site.limits.frames_min).unwrap_or(usize::MAX)
    }

    /// What the looks at one person say.
    pub fn judge(&mut self, looks: &[Result<Look, Refusal>], rules: &GateRules, now: Instant64) -> Heat {
        self.site.policy.threshold_c = Celsius(rules.fever_suspected.degrees());
        let good: Vec<Look> = looks.iter().filter_map(|it| it.as_ref().ok()).copied().collect();
        let measured = match (good.is_empty(), looks.iter().rev().find_map(|it| it.as_ref().err())) {
            (true, Some(why)) => Err(Refused::because(why.clone())),
            _ => estimate(&self.site, &good, &self.conditions(now)),
        };
        let decision = decide(&self.site.policy, &measured);
        self.remember(&measured, decision.state, now);
        let why = decision.reasons.iter().map(|it| code(it, "code")).collect();
        let of = |it: fn(&Estimate) -> f64| measured.as_ref().ok().map(it);
        Heat {
            estimate_c: of(|it| it.body_c.0),
            low_c: of(|it| it.low_c.0),
            high_c: of(|it| it.high_c.0),
            p_fever: of(|it| it.p_fever),
            state: decision.state,
            why,
            estimate: measured.ok().map(Arc::new),
        }
    }

    fn conditions(&self, now: Instant64) -> Conditions {
        let holds = self.drift.filter(|it| it.holds_at(millis(now)));
        let blackbody = match (holds, self.refused, self.rig.file().blackbody.is_empty()) {
            (_, _, true) => None,
            (Some(drift), _, false) => Some(Ok(drift)),
            (None, refused, false) => Some(Err(refused.unwrap_or(BlackbodyRefusal::OutsideFrame))),
        };
        Conditions {
            air: self.air,
            air_u: self.air_u,
            reference: Reference::of(blackbody, self.cohort.shift(millis(now))),
            arrival: self.weather.arrival(),
        }
    }

    fn remember(&mut self, measured: &Result<Estimate, Refused>, state: State, now: Instant64) {
        let (unreferenced, referenced) = match measured {
            Ok(it) => (Some(it.unreferenced), Some(it.body_c)),
            // Everything was there but a reference: this is how the people before come to stand in for one.
            Err(it) => (it.unreferenced, None),
        };
        let standing = if measured.is_ok() { state } else { State::Clear };
        if let Some(unreferenced) = unreferenced {
            self.cohort.admit(millis(now), unreferenced, referenced, Standing::Decided(standing));
        }
    }
}

/// Opens a thermal camera with the text of its rig: its frames come in on a task of their own.
///
/// # Errors
/// The rig's file.
pub fn open(config: &ThermalConfig, rig: &str, clock: SharedClock) -> anyhow::Result<SharedEye> {
    let rig = Rig::read(rig).with_context(|| config.rig.display().to_string())?;
    let eye = ThermalEye::new(rig, Celsius(config.air_c), Kelvins(config.air_u_k), config.fevers);
    let eye = Arc::new(Mutex::new(eye));
    if let Some(outdoors) = config.outdoors.clone() {
        tokio::spawn(follow_weather(outdoors, config.indoors_s, eye.clone()));
    }
    tokio::spawn(read_on(config.source.clone(), eye.clone(), clock));
    Ok(eye)
}

async fn follow_weather(source: Outdoors, indoors_s: f64, eye: SharedEye) {
    loop {
        let known = outdoors(&source).await.map(|outdoors| Weather::Known { outdoors, indoors_s });
        eye.lock().unwrap_or_else(PoisonError::into_inner).set_weather(known.unwrap_or(Weather::Unknown));
        tokio::time::sleep(WEATHER_EVERY).await;
    }
}

/// The air outdoors now; none where nobody says, where it is no temperature, and where a station has fallen silent.
async fn outdoors(source: &Outdoors) -> Option<Celsius> {
    let degrees = match source {
        Outdoors::Degrees(degrees) => *degrees,
        Outdoors::File { path } => {
            let written = tokio::fs::metadata(path).await.ok()?.modified().ok()?;
            if WEATHER_HOLDS < written.elapsed().unwrap_or_default() {
                return None;
            }
            tokio::fs::read_to_string(path).await.ok()?.trim().parse().ok()?
        }
    };
    (-60.0..=60.0).contains(&degrees).then_some(Celsius(degrees))
}

async fn read_on(source: ThermalSource, eye: SharedEye, clock: SharedClock) {
    let client = reqwest::Client::builder().timeout(PATIENCE).no_proxy().build().unwrap_or_default();
    for at in 0_usize.. {
        let began = clock.now();
        let bytes = match &source {
            ThermalSource::Http { url } => fetched(&client, url).await,
            ThermalSource::Folder { path } => nth_of(path, at).await,
        };
        match bytes.map(|it| thermal::read(&it, LinearScale::HUNDREDTHS)) {
            Ok(Ok(images)) => {
                let mut eye = eye.lock().unwrap_or_else(PoisonError::into_inner);
                images.iter().for_each(|image| eye.take(image, began));
            }
            Ok(Err(error)) => tracing::warn!(%error, "a thermal frame cannot be read"),
            Err(error) => tracing::debug!(%error, "no thermal frame"),
        }
        tokio::time::sleep(ASKED_EVERY).await;
    }
}

async fn fetched(client: &reqwest::Client, url: &str) -> anyhow::Result<Vec<u8>> {
    let answer = client.get(url).send().await.map_err(reqwest::Error::without_url)?;
    Ok(answer.error_for_status().map_err(reqwest::Error::without_url)?.bytes().await?.to_vec())
}

/// A folder of frames in the order of their names, again and again.
async fn nth_of(folder: &std::path::Path, at: usize) -> anyhow::Result<Vec<u8>> {
    let mut entries = tokio::fs::read_dir(folder).await?;
    let mut files = Vec::new();
    while let Some(entry) = entries.next_entry().await? {
        files.push(entry.path());
    }
    files.sort();
    let file = files.get(at % files.len().max(1)).context("no frames")?;
    Ok(tokio::fs::read(file).await?)
}

/// The marks that are looked for in the thermal frame, out of 68 points in the order of 300-W.
fn marks_of(face: &face::Face) -> Option<Landmarks> {
    let at = |index: usize| face.points.get(index).map(|it| Point { x: f64::from(it.x), y: f64::from(it.y) });
    let eye = |inner, outer| Some(Eye::Corners { inner: at(inner)?, outer: at(outer)? });
    Some(Landmarks { eyes: [eye(39, 36)?, eye(42, 45)?], nose: at(30)?, mouth: [at(48)?, at(54)?] })
}

fn millis(at: Instant64) -> u64 {
    u64::try_from(at.micros() / 1_000).unwrap_or(0)
}

fn milliseconds(micros: i64) -> f64 {
    i32::try_from(micros / 1_000).map_or(f64::INFINITY, f64::from)
}

/// The code by which a reason is told.
fn code(reason: &impl Serialize, field: &str) -> String {
    let value = serde_json::to_value(reason).unwrap_or_default();
    // Of a refusal that is wrapped, its own.
    let inner = value.get("refusal").and_then(|it| it.get("code"));
    inner.or_else(|| value.get(field)).and_then(|it| it.as_str()).unwrap_or("unknown").to_owned()
}
