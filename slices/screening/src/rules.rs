//! From facts to a verdict, and from a verdict to doors, alarms and words. Pure: `now` is an argument.
//!
//! The same functions run on the server and in a gate without a network, so that both decide alike. "Cannot tell" is
//! never red and never green: it is hold or recheck, with its reason. Not here: who the person is and what is stored.

mod audience;
mod carried;
mod collect;
mod outcomes;

pub use audience::{is_medical, may_override, public_reasons};
pub use carried::{Carried, CarriedGuest, CarriedIdentity, verdict_of_carried};
pub use outcomes::{RulesFault, default_outcome, least_outcome};

use kernel::Instant64;
use observation::{Fault, Kind};
use passes::PassFault;

use crate::model::{
    AlarmWanted, GatePresence, GateRules, Guest, HealthStatus, Identity, Measurement, Method, Outcome, Passage, Reason,
    Verdict, Worker,
};

/// Decides about one passage. `now` is when it happened: shifts are looked up at that time.
///
/// All reasons are collected; the outcome is the most severe of theirs. A reason whose outcome is `admit` is a note.
///
/// Nobody is kept inside: on the way out every reason that there is becomes a note. A fever, a missing mask, the end of
/// a shift or a closed site are grounds to send somebody home, which is where the person is going; a door that holds
/// people back is a danger of its own. Temperature, mask, shift, status, roster age and site are not even looked at.
///
/// Where no response is active there is no ground to look at the person at all: only that and the place count.
pub fn verdict(identity: &Identity, m: &Measurement, at: &GatePresence, rules: &GateRules, now: Instant64) -> Verdict {
    match at.passage {
        Passage::In => weigh(collect::on_entry(identity, m, at, rules, now), |it| rules.outcome_of(it)),
        Passage::Out => {
            Verdict { outcome: Outcome::Admit, reasons: Vec::new(), notes: collect::on_exit(identity, m, at) }
        }
    }
}

/// The gravest first; of one gravity in the order of the words, in which what is kept from a gate stands where its reason would.
fn weigh(mut found: Vec<Reason>, outcome_of: impl Fn(Reason) -> Outcome) -> Verdict {
    let place = |it: Reason| if it == Reason::NotAllowed { Reason::StatusAmber } else { it };
    found.sort_by_key(|it| (std::cmp::Reverse(outcome_of(*it)), place(*it)));
    found.dedup();
    let outcome = found.first().map_or(Outcome::Admit, |it| outcome_of(*it));
    let (notes, reasons) = found.into_iter().partition(|it| outcome_of(*it) == Outcome::Admit);
    Verdict { outcome, reasons, notes }
}

/// What a gate's list says of a worker for the time it has no server: what holds now whatever is measured and whenever
/// the shift is, already without medical reasons. Of `at` only the site, the gate and the response are looked at.
pub fn roster_reasons(worker: &Worker, at: &GatePresence, rules: &GateRules) -> Vec<Reason> {
    let mut found = collect::of_place(at);
    match at.response_active {
        true => {
            found.extend(collect::of_status(worker.status));
            found.extend(collect::of_duties(worker, rules));
        }
        false => found.push(Reason::ResponseEnded),
    }
    public_reasons(&found)
}

/// As [`roster_reasons`], for somebody who is expected; when is looked at by the gate itself.
pub fn guest_reasons(guest: &Guest, at: &GatePresence) -> Vec<Reason> {
    let mut found = collect::of_place(at);
    match at.response_active {
        true => {
            found.extend(collect::of_status(guest.status));
            found.extend((!guest.declared_today).then_some(Reason::DeclarationOverdue));
        }
        false => found.push(Reason::ResponseEnded),
    }
    public_reasons(&found)
}

/// What `not_allowed` leads to for somebody with this status: the list does not tell a gate why, but an amber status is to be asked
/// about there as it would be with the server. None when nothing is kept from the gate.
pub fn roster_outcome(status: HealthStatus, rules: &GateRules) -> Option<Outcome> {
    collect::of_status(status).filter(|it| is_medical(*it)).map(|it| rules.outcome_of(it))
}

/// Whether the server tells the door to open: only for who is admitted here and now. `correct` keeps it shut until the
/// mask is right; a replayed event opens nothing.
pub fn opens_door(verdict: &Verdict, at: &GatePresence) -> bool {
    at.live && verdict.outcome == Outcome::Admit
}

/// Whether a terminal let in somebody whom we deny or hold.
pub fn against_verdict(outcome: Outcome, granted: Option<bool>, passage: Passage) -> bool {
    passage == Passage::In && granted == Some(true) && Outcome::Hold <= outcome
}

/// Whether the terminal opened by itself; none when the event is not about letting somebody in.
pub const fn granted(kind: Kind) -> Option<bool> {
    match kind {
        Kind::AccessGranted => Some(true),
        Kind::AccessDenied => Some(false),
        Kind::Door | Kind::Alarm | Kind::Heartbeat | Kind::Other | Kind::Unparseable => None,
    }
}

/// What a terminal says of a pass that was shown to it.
pub const fn pass_fault(fault: Fault) -> Option<PassFault> {
    match fault {
        Fault::PassExpired => Some(PassFault::Expired),
        Fault::PassRevoked => Some(PassFault::Revoked),
        Fault::PassUnverifiable => Some(PassFault::Unverifiable),
        Fault::SpoofSuspected
        | Fault::UnknownPerson
        | Fault::NotMatched
        | Fault::NoPermission
        | Fault::OutsideSchedule
        | Fault::Expired
        | Fault::Blocklisted
        | Fault::TimedOut
        | Fault::Passback
        | Fault::WrongCredential
        | Fault::Uncertain
        | Fault::Ambiguous
        | Fault::PassElsewhere => None,
    }
}

/// The alarms a passage asks for, the most urgent first. What is told later asks for none: the guard cannot act on it.
///
/// When the response has ended, terminals go on opening for everybody. That is known and no event of a person, so it
/// is stored as against the verdict but raises nothing unless the place itself is closed. A number that a guard
/// mistyped is no stranger either: the guard stands there.
pub fn alarms_for(verdict: &Verdict, m: &Measurement, at: &GatePresence, identity: &Identity) -> Vec<AlarmWanted> {
    if !at.live {
        return Vec::new();
    }
    let of_person = verdict.reasons.as_slice() != [Reason::ResponseEnded];
    let entered = of_person && against_verdict(verdict.outcome, m.granted, at.passage);
    let fever = verdict.reasons.contains(&Reason::FeverSuspected);
    let unknown = match identity {
        Identity::NotOnRoster | Identity::NotStated => true,
        Identity::Known(_) | Identity::Guest(_) | Identity::Unannounced | Identity::Conflict => {
            verdict.reasons.contains(&Reason::FaceNoMatch)
        }
    };
    let looked_at = at.response_active && at.passage == Passage::In && m.method != Method::Manual;
    [
        (entered, AlarmWanted::EnteredAgainstVerdict),
        (fever, AlarmWanted::FeverSuspected),
        (unknown && looked_at, AlarmWanted::Stranger),
        (!at.device_trusted, AlarmWanted::DeviceUntrusted),
    ]
    .into_iter()
    .filter_map(|(wanted, alarm)| wanted.then_some(alarm))
    .collect()
}

#[cfg(test)]
mod carried_tests;
#[cfg(test)]
mod decision_tests;
#[cfg(test)]
mod facts_tests;
#[cfg(test)]
mod property_tests;
#[cfg(test)]
mod vector_tests;
