//! Pairs of what this gate estimated and what a clinical thermometer said, and the site's own offset that is learnt from them.
//!
//! Everybody who comes is measured for it, not only who was held: who is held was more often read too high than too low, and an offset that is learnt
//! from those pulls every fever down. So it is done here, at the door and on purpose, and not from the readings that follow alarms.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use aws_lc_rs::digest::{SHA256, digest};
use body_temperature::{Celsius, Clinical, Estimate, LearnRefusal, PAIRS_MIN, Pair, Site, SiteOffset, learn};
use kernel::Instant64;
use screening::GateRules;
use serde::{Deserialize, Serialize};

use crate::heat::SharedEye;
use crate::keeper::{Keeper, Told};
use crate::store::{State, Store, StoreError};

const BOOK: &str = "pairing";
/// More pairs than this teach nothing more: the oldest go.
const PAIRS_MOST: usize = 1_000;
/// Passages that somebody may still be measured after: a thermometer takes half a minute.
const WAITING_MOST: usize = 20;
/// And for so long: she has gone on since.
const WAITING_FOR: i64 = 10 * kernel::time::MINUTE;

/// A pair, and the passage that it is of. Nobody's name or number is kept with it.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct KeptPair {
    no: i64,
    pair: Pair,
}

/// An offset that is in use.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct InUse {
    /// What was learnt.
    pub offset: SiteOffset,
    /// When.
    pub since: Instant64,
}

/// What is kept.
#[derive(Debug, Default, Clone, Serialize, Deserialize)]
struct Book {
    /// Digest of the rig's file: an offset holds for the rig that it was learnt with.
    rig: String,
    pairs: Vec<KeptPair>,
    in_use: Option<InUse>,
}

/// A passage with an estimate, whose reading may still come.
struct Waiting {
    told: Told,
    estimate: Arc<Estimate>,
}

/// What the page shows.
#[derive(Debug, Serialize)]
pub struct PairingState {
    /// Whether readings are taken: `pairing` in `gate.toml`.
    is_on: bool,
    pairs: usize,
    /// Fewer teach nothing.
    pairs_least: usize,
    /// From here on a reading is a fever, by the rules in force.
    fever_from_c: f64,
    /// What they say now.
    learnt: Option<SiteOffset>,
    /// Or why they say nothing yet.
    refused: Option<LearnRefusal>,
    in_use: Option<InUse>,
    /// Passages whose reading may still come, the newest first.
    waiting: Vec<WaitingView>,
    /// The passage of the pair that came last: it can be taken back.
    last_no: Option<i64>,
}

/// A passage, as whoever holds the thermometer knows it again.
#[derive(Debug, Serialize)]
struct WaitingView {
    no: i64,
    at: Instant64,
    masked_name: Option<String>,
    employee_no: Option<String>,
    estimate_c: f64,
    /// Whether there is a reading.
    is_paired: bool,
}

/// Why a reading was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PairFault {
    /// `pairing` is off.
    Off,
    /// No passage of this number was measured just now.
    PassageUnknown,
    /// No reading that a body can have.
    OutOfRange,
    /// Under the arm: readings there lie lower, and by how much is another person's.
    Axillary,
    /// Too few pairs, or pairs that teach nothing.
    NothingLearnt,
    /// It could not be written down.
    Store,
}

/// The pairs of this gate. Cheap to clone.
#[derive(Clone)]
pub struct Pairing {
    eye: SharedEye,
    store: Store,
    is_on: bool,
    book: Arc<Mutex<Book>>,
    /// Held by whoever changes the book, until it is on the disk.
    changing: Arc<tokio::sync::Mutex<()>>,
    waiting: Arc<Mutex<VecDeque<Waiting>>>,
}

impl Pairing {
    /// With what was kept; an offset that was learnt with this rig is in use from here on.
    ///
    /// # Errors
    /// The store's.
    pub async fn load(store: Store, eye: SharedEye, rig: &[u8], is_on: bool) -> Result<Self, StoreError> {
        let rig: String = digest(&SHA256, rig).as_ref().iter().map(|it| format!("{it:02x}")).collect();
        let mut book: Book = store.state(BOOK).await?.unwrap_or_default();
        if book.rig != rig {
            // Another lens, another place: what was learnt says nothing of it.
            book = Book { rig, ..Book::default() };
        }
        locked(&eye).set_offset(book.in_use.map(|it| it.offset));
        let book = Arc::new(Mutex::new(book));
        Ok(Self { eye, store, is_on, book, changing: Arc::default(), waiting: Arc::default() })
    }

    /// Whether readings are taken.
    pub const fn is_on(&self) -> bool {
        self.is_on
    }

    /// A passage whose estimate may be paired.
    pub fn note(&self, told: &Told) {
        let Some(estimate) = told.heat.as_ref().and_then(|it| it.estimate.clone()).filter(|_| self.is_on) else {
            return;
        };
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.push_front(Waiting { told: told.clone(), estimate });
        waiting.truncate(WAITING_MOST);
    }

    /// How it stands.
    pub fn state(&self, rules: &GateRules, now: Instant64) -> PairingState {
        let book = self.book();
        let outcome = learn(&pairs(&book));
        let waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let view = |it: &Waiting| WaitingView {
            no: it.told.no,
            at: it.told.at,
            masked_name: it.told.masked_name.clone(),
            employee_no: it.told.employee_no.clone(),
            estimate_c: it.estimate.body_c.0,
            is_paired: book.pairs.iter().any(|pair| pair.no == it.told.no),
        };
        PairingState {
            is_on: self.is_on,
            pairs: book.pairs.len(),
            pairs_least: PAIRS_MIN,
            fever_from_c: rules.fever_suspected.degrees(),
            learnt: outcome.as_ref().ok().copied(),
            refused: outcome.err(),
            in_use: book.in_use,
            waiting: waiting.iter().filter(|it| now.since(it.told.at) <= WAITING_FOR).map(view).collect(),
            last_no: book.pairs.last().map(|it| it.no),
        }
    }

    /// What is in use, for the page of the device.
    pub fn in_use(&self) -> Option<InUse> {
        self.book().in_use
    }

    /// Takes a reading; one of the same passage takes the place of the one before.
    ///
    /// # Errors
    /// [`PairFault`].
    pub async fn pair(&self, no: i64, reading: Clinical, now: Instant64) -> Result<(), PairFault> {
        let pair = self.paired(no, reading, now)?;
        self.change(|book| {
            book.pairs.retain(|it| it.no != no);
            book.pairs.push(KeptPair { no, pair });
            let over = book.pairs.len().saturating_sub(PAIRS_MOST);
            book.pairs.drain(..over);
            Ok(())
        })
        .await
    }

    fn paired(&self, no: i64, reading: Clinical, now: Instant64) -> Result<Pair, PairFault> {
        if !self.is_on {
            return Err(PairFault::Off);
        }
        let waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let recent = |it: &&Waiting| it.told.no == no && now.since(it.told.at) <= WAITING_FOR;
        let of = waiting.iter().find(recent).ok_or(PairFault::PassageUnknown)?;
        let fault = if reading.site == Site::Axillary { PairFault::Axillary } else { PairFault::OutOfRange };
        reading.pair(&of.estimate).ok_or(fault)
    }

    /// Takes the last pair back.
    ///
    /// # Errors
    /// [`PairFault`].
    pub async fn undo(&self) -> Result<(), PairFault> {
        self.change(|book| book.pairs.pop().map(|_| ()).ok_or(PairFault::PassageUnknown)).await
    }

    /// Puts what was learnt in use.
    ///
    /// # Errors
    /// [`PairFault::NothingLearnt`] when it is nothing; what held before goes on holding.
    pub async fn adopt(&self, now: Instant64) -> Result<(), PairFault> {
        self.change(|book| {
            let offset = learn(&pairs(book)).map_err(|_| PairFault::NothingLearnt)?;
            book.in_use = Some(InUse { offset, since: now });
            Ok(())
        })
        .await
    }

    /// Begins anew: no pairs, and the offset that was shipped.
    ///
    /// # Errors
    /// [`PairFault`].
    pub async fn forget(&self) -> Result<(), PairFault> {
        self.change(|book| {
            *book = Book { rig: std::mem::take(&mut book.rig), ..Book::default() };
            Ok(())
        })
        .await
    }

    /// On the disk first, then in use.
    async fn change(&self, how: impl FnOnce(&mut Book) -> Result<(), PairFault>) -> Result<(), PairFault> {
        if !self.is_on {
            return Err(PairFault::Off);
        }
        let _one = self.changing.lock().await;
        let mut next = self.book().clone();
        how(&mut next)?;
        self.store.replace(&[], &[], &[State::of(BOOK, &next)]).await.map_err(|error| {
            tracing::error!(%error, "a pair could not be written down");
            PairFault::Store
        })?;
        locked(&self.eye).set_offset(next.in_use.map(|it| it.offset));
        *self.book() = next;
        Ok(())
    }

    fn book(&self) -> std::sync::MutexGuard<'_, Book> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Keeper {
    /// Says on the page of the device which offset is in use.
    pub(crate) fn note_offset(&self, in_use: Option<InUse>) {
        let told = in_use.map(|it| gate_link::ThermalOffset {
            by_k: it.offset.by.0,
            u_k: it.offset.u.0,
            pairs: u64::try_from(it.offset.n).unwrap_or(u64::MAX),
            since: it.since,
        });
        self.itself.lock().unwrap_or_else(PoisonError::into_inner).health.thermal_offset = told;
    }
}

/// A reading, as the page sends it.
#[derive(Debug, Deserialize)]
pub struct Reading {
    /// The passage.
    pub no: i64,
    /// What the thermometer said.
    pub clinical_c: f64,
    /// Where it was held.
    pub site: Site,
}

impl Reading {
    /// As the room of temperatures knows it.
    pub const fn clinical(&self) -> Clinical {
        Clinical { reading_c: Celsius(self.clinical_c), site: self.site }
    }
}

fn pairs(book: &Book) -> Vec<Pair> {
    book.pairs.iter().map(|it| it.pair).collect()
}

fn locked(eye: &SharedEye) -> std::sync::MutexGuard<'_, crate::heat::ThermalEye> {
    eye.lock().unwrap_or_else(PoisonError::into_inner)
}
