//! The verdict of a gate that decides by itself, from what it carries. It is the server's own, of which it knows everything but the medical
//! reasons: of those it knows what they lead to.

use kernel::Instant64;
use places::ShiftWindow;
use uuid::Uuid;

use super::collect;
use crate::model::{
    GatePresence, GateRules, Guest, HealthStatus, Identity, Measurement, Outcome, Passage, Reason, Verdict, Worker,
};

/// What a gate carries of somebody who works at its site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carried {
    /// What the reason that is kept from the gate leads to; none where nothing is.
    pub not_allowed: Option<Outcome>,
    /// When she may come; none means at any time.
    pub shifts: Vec<ShiftWindow>,
    /// Whether today's declaration is there.
    pub declared_today: bool,
    /// Whether a pass of hers holds.
    pub has_pass: bool,
    /// Whether no required training is lacking here.
    pub is_trained: bool,
}

impl Carried {
    /// What a gate may carry of a worker.
    pub fn of(worker: &Worker, rules: &GateRules) -> Self {
        Self {
            not_allowed: super::roster_outcome(worker.status, rules),
            shifts: worker.shifts.clone(),
            declared_today: worker.declared_today,
            has_pass: worker.has_pass,
            is_trained: worker.is_trained,
        }
    }
}

/// What a gate carries of somebody who is expected at its site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CarriedGuest {
    /// What the reason that is kept from the gate leads to; none where nothing is.
    pub not_allowed: Option<Outcome>,
    /// When she is expected.
    pub hours: Vec<ShiftWindow>,
    /// Whether she has said today how she is.
    pub declared_today: bool,
}

impl CarriedGuest {
    /// What a gate may carry of a guest.
    pub fn of(guest: &Guest, rules: &GateRules) -> Self {
        Self {
            not_allowed: super::roster_outcome(guest.status, rules),
            hours: guest.hours.clone(),
            declared_today: guest.declared_today,
        }
    }
}

/// Who it is, as far as the gate's list tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CarriedIdentity {
    /// One person with an employment here.
    Known(Carried),
    /// Somebody who is expected here.
    Guest(CarriedGuest),
    /// A visitor's code that nobody here expects.
    Unannounced,
    /// A number that nobody here has.
    NotOnRoster,
    /// Two people.
    Conflict,
    /// Nobody: a face or card that the list does not have.
    NotStated,
}

/// As [`verdict`](super::verdict), with `not_allowed` in the place of whatever medical reason there is.
pub fn verdict_of_carried(
    identity: &CarriedIdentity,
    m: &Measurement,
    at: &GatePresence,
    rules: &GateRules,
    now: Instant64,
) -> Verdict {
    let hidden = match identity {
        CarriedIdentity::Known(it) => it.not_allowed,
        CarriedIdentity::Guest(it) => it.not_allowed,
        CarriedIdentity::Unannounced
        | CarriedIdentity::NotOnRoster
        | CarriedIdentity::Conflict
        | CarriedIdentity::NotStated => None,
    };
    let identity = open(identity);
    if at.passage == Passage::Out {
        return Verdict { outcome: Outcome::Admit, reasons: Vec::new(), notes: collect::on_exit(&identity, m, at) };
    }
    let mut found = collect::on_entry(&identity, m, at, rules, now);
    if at.response_active && hidden.is_some() {
        found.push(Reason::NotAllowed);
    }
    let outcome = |it: Reason| match (it, hidden) {
        (Reason::NotAllowed, Some(hidden)) => hidden,
        _ => rules.outcome_of(it),
    };
    super::weigh(found, outcome)
}

/// As the rules know people, with nothing against her health: that comes beside it.
fn open(identity: &CarriedIdentity) -> Identity {
    match identity {
        CarriedIdentity::Known(it) => Identity::Known(Worker {
            person: Uuid::nil(),
            employment: Uuid::nil(),
            status: HealthStatus::Green,
            shifts: it.shifts.clone(),
            declared_today: it.declared_today,
            has_pass: it.has_pass,
            is_trained: it.is_trained,
        }),
        CarriedIdentity::Guest(it) => Identity::Guest(Guest {
            id: Uuid::nil(),
            person: None,
            status: HealthStatus::Green,
            hours: it.hours.clone(),
            declared_today: it.declared_today,
        }),
        CarriedIdentity::Unannounced => Identity::Unannounced,
        CarriedIdentity::NotOnRoster => Identity::NotOnRoster,
        CarriedIdentity::Conflict => Identity::Conflict,
        CarriedIdentity::NotStated => Identity::NotStated,
    }
}
