//! What the gate carries, in memory: who works here, whose face is whose, the rules, the passes. Kept on the disk step by step as it comes.

use std::collections::{HashMap, HashSet};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use face::{Embedding, Identification, Index, KeyedRotation, MaskClass, Template, Thresholds};
use gate_link::{Answer, Buckets, Entry, GateFacts, bucket_of};
use kernel::Instant64;
use places::{ShiftWindow, ShiftWindowId};
use screening::rules::{Carried, CarriedGuest, CarriedIdentity};
use screening::{GateRules, Outcome};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::passes::PassBook;
use crate::store::{State, Store, StoreError};

const ROUND: &str = "round";
const PASSES: &str = "passes";

/// What the last round said beside the entries.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Round {
    /// When everything that is carried was true; none while something was still missing.
    pub whole_at: Option<Instant64>,
    /// The gate and its site.
    pub gate: GateFacts,
    /// The rules in force.
    pub rules: GateRules,
}

/// Who somebody is, as far as the gate can tell.
#[derive(Debug, Clone, PartialEq)]
pub enum Who {
    /// One entry.
    One(Uuid),
    /// A number that nobody here has.
    NotOnRoster,
    /// Two entries.
    Two,
    /// Somebody, perhaps.
    Perhaps,
    /// Nobody it knows.
    Nobody,
}

/// What the gate carries.
pub struct Roster {
    entries: HashMap<Uuid, Entry>,
    by_number: HashMap<String, Vec<Uuid>>,
    by_card: HashMap<String, Vec<Uuid>>,
    faces: Index<Uuid>,
    rotation: KeyedRotation,
    round: Option<Round>,
    passes: PassBook,
}

/// What an answer says beside the entries.
pub struct Kept {
    round: Round,
    passes: PassBook,
}

impl Kept {
    /// As it lies on the disk.
    pub fn states(&self) -> [State; 2] {
        [State::of(ROUND, &self.round), State::of(PASSES, &self.passes)]
    }
}

impl Roster {
    /// What the disk holds. `faces_key` is that of the gate's own list of faces.
    ///
    /// # Errors
    /// The store's.
    pub async fn load(store: &Store, faces_key: &[u8; 32]) -> Result<Self, StoreError> {
        let mut it = Self {
            entries: HashMap::new(),
            by_number: HashMap::new(),
            by_card: HashMap::new(),
            faces: Index::default(),
            rotation: KeyedRotation::new(faces_key),
            round: store.state(ROUND).await?,
            passes: store.state(PASSES).await?.unwrap_or_default(),
        };
        store.entries().await?.into_iter().for_each(|entry| it.put(entry));
        Ok(it)
    }

    /// What an answer makes of all but the entries: to be kept with them, and then [taken](Self::take).
    ///
    /// # Errors
    /// Rules that this gate cannot read.
    pub fn kept(&self, answer: &Answer) -> Result<Kept, StoreError> {
        let rules = serde_json::from_value(answer.rules.clone()).map_err(|_| StoreError::Unreadable("rules"))?;
        let whole_before = self.round.as_ref().and_then(|it| it.whole_at);
        let whole_at = if answer.more { whole_before } else { Some(answer.made_at) };
        let round = Round { whole_at, gate: answer.gate.clone(), rules };
        let mut passes = self.passes.clone();
        passes.take_in(answer);
        Ok(Kept { round, passes })
    }

    /// Takes an answer in, after it was kept on the disk.
    pub fn take(&mut self, answer: Answer, kept: Kept) {
        self.drop_buckets(&answer.buckets);
        answer.entries.into_iter().for_each(|entry| self.put(entry));
        (self.round, self.passes) = (Some(kept.round), kept.passes);
    }

    /// Forgets everything.
    pub fn forget(&mut self) {
        (self.entries, self.by_number, self.by_card) = (HashMap::new(), HashMap::new(), HashMap::new());
        (self.faces, self.round, self.passes) = (Index::default(), None, PassBook::default());
    }

    /// What it holds, by digests.
    pub fn buckets(&self) -> Buckets {
        Buckets::of(self.entries.values().map(|it| (it.key, it.digest)))
    }

    /// What it knows of passes, for the next question.
    pub fn passes_since(&self) -> Option<String> {
        self.passes.next.clone()
    }

    /// The passes that it can check.
    pub const fn passes(&self) -> &PassBook {
        &self.passes
    }

    /// What the last round said.
    pub const fn round(&self) -> Option<&Round> {
        self.round.as_ref()
    }

    /// How many people it carries, and how many faces.
    pub fn len(&self) -> (usize, usize) {
        (self.entries.len(), self.faces.len())
    }

    /// An entry.
    pub fn entry(&self, key: Uuid) -> Option<&Entry> {
        self.entries.get(&key)
    }

    /// Who has this number. Two, while of two buckets between which it moved one has come and the other has not.
    pub fn by_number(&self, number: &str) -> Who {
        one_of(self.by_number.get(number))
    }

    /// Who has this card.
    pub fn by_card(&self, card: &str) -> Who {
        one_of(self.by_card.get(card))
    }

    /// Whose face this is.
    pub fn by_face(&self, face: &Embedding, mask: MaskClass, limits: &Thresholds) -> Who {
        let found = self.faces.search(&self.rotation.turn(face), mask, limits);
        match found {
            Ok(Identification::Found { person, .. }) => Who::One(person),
            Ok(Identification::Conflict { .. }) => Who::Two,
            Ok(Identification::Uncertain { .. }) => Who::Perhaps,
            // Faces of another model than this gate's are nobody's.
            Ok(Identification::Unknown) | Err(_) => Who::Nobody,
        }
    }

    fn put(&mut self, entry: Entry) {
        self.by_number.entry(entry.employee_no.clone()).or_default().push(entry.key);
        if let Some(card) = &entry.card_no {
            self.by_card.entry(card.clone()).or_default().push(entry.key);
        }
        let template = entry.template.as_ref().and_then(|it| STANDARD.decode(it).ok());
        if let Some(template) = template.and_then(|it| Template::from_bytes(&it).ok())
            && self.faces.insert(entry.key, template.embedding()).is_err()
        {
            tracing::warn!("a face of another model or key is left out");
        }
        self.entries.insert(entry.key, entry);
    }

    fn drop_buckets(&mut self, buckets: &[u16]) {
        let buckets: HashSet<u16> = buckets.iter().copied().collect();
        if buckets.is_empty() {
            return;
        }
        let goes = |key: &Uuid| buckets.contains(&bucket_of(*key));
        self.entries.retain(|key, _| !goes(key));
        for known in [&mut self.by_number, &mut self.by_card] {
            known.retain(|_, keys| {
                keys.retain(|key| !goes(key));
                !keys.is_empty()
            });
        }
        self.faces.retain(|key| !goes(&key));
    }
}

fn one_of(keys: Option<&Vec<Uuid>>) -> Who {
    match keys.map(Vec::as_slice) {
        None | Some([]) => Who::NotOnRoster,
        Some([one]) => Who::One(*one),
        Some([_, _, ..]) => Who::Two,
    }
}

/// Who an entry is, as the rules know people.
pub fn identity(entry: &Entry, now: Instant64, has_good_pass: bool) -> CarriedIdentity {
    if entry.host.is_some() {
        return CarriedIdentity::Guest(CarriedGuest {
            not_allowed: not_allowed(entry),
            hours: entry.shift.iter().map(window).collect(),
            declared_today: declared_today(entry, now),
        });
    }
    let mut carried = carried(entry, now);
    // The list may be older than the pass in her hand.
    carried.has_pass |= has_good_pass;
    CarriedIdentity::Known(carried)
}

/// A word of a newer server that this gate does not know keeps her out: cannot tell.
fn not_allowed(entry: &Entry) -> Option<Outcome> {
    entry.not_allowed.as_deref().map(|it| Outcome::parse(it).unwrap_or(Outcome::Hold))
}

fn declared_today(entry: &Entry, now: Instant64) -> bool {
    entry.declared_at.is_some_and(|at| now.local().day_start <= at)
}

/// What the rules want to know of a worker's entry.
pub fn carried(entry: &Entry, now: Instant64) -> Carried {
    Carried {
        not_allowed: not_allowed(entry),
        shifts: entry.shift.iter().map(window).collect(),
        declared_today: declared_today(entry, now),
        has_pass: entry.has_pass,
        is_trained: entry.is_trained,
    }
}

fn window(it: &gate_link::Shift) -> ShiftWindow {
    ShiftWindow {
        id: ShiftWindowId::from_uuid(Uuid::nil()),
        name: String::new(),
        days: it.days.clone(),
        start_minute: it.start_minute,
        end_minute: it.end_minute,
        teams: Vec::new(),
        early_minutes: it.early_minutes,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(key: u128, number: &str) -> Entry {
        Entry {
            key: Uuid::from_u128(key),
            digest: 0,
            employee_no: number.to_owned(),
            card_no: None,
            masked_name: String::new(),
            team: None,
            not_allowed: None,
            declared_at: None,
            has_pass: false,
            is_trained: false,
            shift: None,
            host: None,
            template: None,
        }
    }

    /// Cut between two buckets, and switched off: the disk gives back both who had the number and who has it now, in whatever order.
    #[test]
    fn a_number_that_moved_between_two_buckets_is_hers_when_both_have_come() {
        for order in [[1, 2], [2, 1]] {
            let mut it = Roster {
                entries: HashMap::new(),
                by_number: HashMap::new(),
                by_card: HashMap::new(),
                faces: Index::default(),
                rotation: KeyedRotation::new(&[0; 32]),
                round: None,
                passes: PassBook::default(),
            };
            order.into_iter().for_each(|key| it.put(entry(key, "1024")));
            assert_eq!(it.by_number("1024"), Who::Two);
            it.drop_buckets(&[2]);
            it.put(entry(2, "2000"));
            assert_eq!(it.by_number("1024"), Who::One(Uuid::from_u128(1)), "{order:?}");
            assert_eq!(it.by_number("2000"), Who::One(Uuid::from_u128(2)));
        }
    }
}
