//! The gate at work: what is shown is decided about, kept on the disk, then opened for and told. In this order: nobody passes who is not written down.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use face::{Embedding, MaskClass, Thresholds};
use gate_link::{Health, Passage as Sent, PassageMethod};
use kernel::Instant64;
use kernel::time::{SECOND, SharedClock};
use screening::{GateRules, Outcome, Passage, Reason};
use serde::Serialize;
use tokio::sync::{Notify, broadcast};

use crate::decide::{Decided, Measured, Shown, Standing, clock_is_trusted, decide};
use crate::door::Door;
use crate::heat::Heat;
use crate::passes::Reading;
use crate::roster::{Roster, Who};
use crate::store::{Store, StoreError};

/// What the page shows of the past.
const LATEST: usize = 10;
/// The same person is not written down again within so long: a face that turns away and back, a badge held twice.
const AGAIN: i64 = 3 * SECOND;
/// Sent within so long it was sent as it happened.
pub(crate) const LIVE_FOR: i64 = 60 * SECOND;

/// A passage as the page at the door shows it.
#[derive(Debug, Clone, Serialize)]
pub struct Told {
    /// Its number.
    pub no: i64,
    /// When.
    pub at: Instant64,
    /// What was decided.
    pub outcome: Outcome,
    /// Why, the gravest first, then notes; without medical reasons.
    pub reasons: Vec<Reason>,
    /// Which way.
    pub direction: Passage,
    /// By what she was known.
    pub method: PassageMethod,
    /// Her name, masked; none where nobody is known.
    pub masked_name: Option<String>,
    /// Her number here.
    pub employee_no: Option<String>,
    /// Her team.
    pub team: Option<String>,
    /// The estimate of her body temperature.
    pub temperature_c: Option<f64>,
    /// What the thermal camera found: interval, probability, why.
    pub heat: Option<Heat>,
    /// What was seen of a mask.
    pub mask: gate_link::PassageMask,
    /// Whether the door was opened.
    pub opened: bool,
    /// From the picture to the verdict, written down, in milliseconds; none for what was not seen.
    pub after_ms: Option<i64>,
}

/// What the gate knows of itself.
#[derive(Debug, Clone, Default)]
pub(crate) struct SelfKnowledge {
    pub(crate) health: Health,
    /// How far the gate's clock was ahead of the server's, microseconds.
    pub(crate) clock_offset: Option<i64>,
    pub(crate) linked: bool,
    pub(crate) last_answer_at: Option<Instant64>,
    pub(crate) is_revoked: bool,
}

/// The gate at work. Cheap to clone.
#[derive(Clone)]
pub struct Keeper {
    pub(crate) roster: Arc<RwLock<Roster>>,
    pub(crate) store: Store,
    pub(crate) clock: SharedClock,
    pub(crate) itself: Arc<Mutex<SelfKnowledge>>,
    door: Arc<dyn Door>,
    numbers: Arc<tokio::sync::Mutex<i64>>,
    latest: Arc<Mutex<VecDeque<Told>>>,
    told: broadcast::Sender<Told>,
    /// Woken when something is kept.
    pub(crate) kept: Arc<Notify>,
}

impl Keeper {
    /// On what the disk holds.
    ///
    /// # Errors
    /// The store's.
    pub async fn new(
        store: Store,
        roster: Roster,
        door: Box<dyn Door>,
        clock: SharedClock,
    ) -> Result<Self, StoreError> {
        let last = store.last_no().await?.unwrap_or(0);
        Ok(Self {
            roster: Arc::new(RwLock::new(roster)),
            store,
            clock,
            itself: Arc::default(),
            door: door.into(),
            numbers: Arc::new(tokio::sync::Mutex::new(last)),
            latest: Arc::default(),
            told: broadcast::channel(64).0,
            kept: Arc::default(),
        })
    }

    /// The rules in force, as far as the gate knows.
    pub fn rules(&self) -> GateRules {
        let roster = self.roster.read().unwrap_or_else(PoisonError::into_inner);
        roster.round().map_or_else(GateRules::default_rules, |it| it.rules.clone())
    }

    /// Whose a face is.
    pub fn who(&self, face: &Embedding, mask: MaskClass, limits: &Thresholds) -> Who {
        self.roster.read().unwrap_or_else(PoisonError::into_inner).by_face(face, mask, limits)
    }

    /// What a line of a reader means: a pass, or the number of a badge.
    pub fn shown(&self, line: &str, face: Option<Who>) -> Option<Shown> {
        let line = line.trim_matches(['\r', '\n', '\t']);
        let roster = self.roster.read().unwrap_or_else(PoisonError::into_inner);
        if line.starts_with(pass::PREFIX) || line.starts_with(pass::bound::PREFIX) {
            let reading = match roster.round() {
                Some(it) => roster.passes().read(line, it.gate.site, &it.gate.area_code, self.clock.now()),
                None => Reading::Unverifiable,
            };
            return Some(Shown::Pass(reading));
        }
        // A visitor's code in its one form, however it was typed.
        let code = visitors::rules::read_code(line);
        let number = code.as_deref().unwrap_or(line.trim());
        let is_number = (1..=64).contains(&number.len()) && number.chars().all(|it| it.is_ascii_alphanumeric());
        is_number.then(|| Shown::Card(number.to_owned(), roster.by_card(number), face))
    }

    /// Decides about somebody, writes it down, opens if she may pass, tells the page. None where she was just written down.
    ///
    /// # Errors
    /// It could not be written down: nobody was let in, and the page says so.
    pub async fn settle(&self, shown: &Shown, measured: &Measured) -> Result<Option<Told>, StoreError> {
        self.settle_seen(shown, measured, None).await
    }

    /// As [`settle`](Self::settle), of somebody in a picture that was taken then.
    ///
    /// # Errors
    /// As [`settle`](Self::settle).
    pub async fn settle_seen(
        &self,
        shown: &Shown,
        measured: &Measured,
        seen_at: Option<Instant64>,
    ) -> Result<Option<Told>, StoreError> {
        let now = self.clock.now();
        let decided = {
            let roster = self.roster.read().unwrap_or_else(PoisonError::into_inner);
            decide(&roster, shown, measured, self.standing(&roster), now)
        };
        if self.is_again(&decided) {
            return Ok(None);
        }
        // On the way out the door opens whatever the disk does: nobody is kept inside.
        let leaves = decided.passage == Passage::Out;
        let kept = self.keep(&decided).await;
        let opens = decided.opens && (kept.is_ok() || leaves);
        if opens {
            self.open();
        }
        let after_ms = seen_at.map(|at| self.clock.now().since(at) / 1_000);
        let told = self.tell(&decided, kept.as_ref().copied().unwrap_or(0), opens, after_ms);
        match kept {
            Ok(_) => {
                self.kept.notify_one();
                Ok(Some(told))
            }
            Err(error) => Err(error),
        }
    }

    /// The last passages, the newest first.
    pub fn latest(&self) -> Vec<Told> {
        self.latest.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }

    /// Passages from now on.
    pub fn listen(&self) -> broadcast::Receiver<Told> {
        self.told.subscribe()
    }

    fn standing(&self, roster: &Roster) -> Standing {
        let offset = self.itself.lock().unwrap_or_else(PoisonError::into_inner).clock_offset;
        Standing { clock_trusted: roster.round().is_none_or(|it| clock_is_trusted(offset, &it.rules)) }
    }

    /// The same person, decided about in the same way a moment ago.
    fn is_again(&self, decided: &Decided) -> bool {
        let latest = self.latest.lock().unwrap_or_else(PoisonError::into_inner);
        latest.iter().any(|it| {
            it.employee_no.is_some()
                && it.employee_no == decided.employee_no
                && it.outcome == decided.verdict.outcome
                && decided.at.since(it.at) < AGAIN
        })
    }

    async fn keep(&self, decided: &Decided) -> Result<i64, StoreError> {
        let mut last = self.numbers.lock().await;
        let no = *last + 1;
        let sent = Sent {
            no,
            previous: (0 < *last).then_some(*last),
            at: decided.at,
            live: true,
            granted: decided.opens,
            method: decided.method,
            employee_no: decided.employee_no.clone(),
            card_no: decided.card_no.clone(),
            temperature_c: decided.measured.temperature_c,
            over_limit: decided.measured.over_limit,
            mask: decided.measured.mask,
            fault: decided.fault,
        };
        self.store.keep(&sent, decided.at).await?;
        *last = no;
        Ok(no)
    }

    fn open(&self) {
        let keeper = self.clone();
        tokio::spawn(async move {
            let opened = keeper.door.open().await;
            keeper.note_door(opened);
        });
    }

    /// Whether the door would open, for the page of the device and the screen, as far as can be told without opening.
    pub async fn check_door(&self) {
        if let Some(checked) = self.door.check().await {
            self.note_door(checked);
        }
    }

    fn note_door(&self, how: std::io::Result<()>) {
        let fault = how.err().map(|it| it.to_string());
        let mut itself = self.itself.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(error) = fault.as_ref().filter(|it| itself.health.door_fault.as_ref() != Some(it)) {
            tracing::error!(%error, "the door does not open");
        }
        itself.health.door_fault = fault;
    }

    /// Why the door did not open the last time, or would not.
    pub fn door_fault(&self) -> Option<String> {
        self.itself.lock().unwrap_or_else(PoisonError::into_inner).health.door_fault.clone()
    }

    fn tell(&self, decided: &Decided, no: i64, opened: bool, after_ms: Option<i64>) -> Told {
        let entry = {
            let roster = self.roster.read().unwrap_or_else(PoisonError::into_inner);
            decided.person.and_then(|it| roster.entry(it)).cloned()
        };
        let told = Told {
            no,
            at: decided.at,
            outcome: decided.verdict.outcome,
            reasons: decided.verdict.told(),
            direction: decided.passage,
            method: decided.method,
            masked_name: entry.as_ref().map(|it| it.masked_name.clone()),
            employee_no: decided.employee_no.clone(),
            team: entry.and_then(|it| it.team),
            temperature_c: decided.measured.temperature_c,
            heat: decided.measured.heat.clone(),
            mask: decided.measured.mask,
            opened,
            after_ms,
        };
        let mut latest = self.latest.lock().unwrap_or_else(PoisonError::into_inner);
        latest.push_front(told.clone());
        latest.truncate(LATEST);
        drop(latest);
        // Nobody may be listening.
        let _ = self.told.send(told.clone());
        told
    }
}

impl Keeper {
    /// How many people the gate carries, and how many faces.
    pub fn carried(&self) -> (usize, usize) {
        self.roster.read().unwrap_or_else(PoisonError::into_inner).len()
    }

    /// What it holds, by digests.
    pub fn buckets(&self) -> gate_link::Buckets {
        self.roster.read().unwrap_or_else(PoisonError::into_inner).buckets()
    }

    /// Sends everything after this number again.
    ///
    /// # Errors
    /// The store's.
    pub async fn rewind(&self, to: i64) -> Result<(), StoreError> {
        self.store.rewind(to).await
    }

    /// Closes the database.
    pub async fn close(&self) {
        self.store.close().await;
    }
}
