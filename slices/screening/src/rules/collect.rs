//! Which facts are which reasons. Not here: how grave a reason is.

use kernel::time::SECOND;
use kernel::{Celsius, Instant64};
use observation::Fault;
use passes::PassFault;
use places::OpenState;

use crate::model::{GatePresence, GateRules, Guest, HealthStatus, Identity, Mask, Measurement, Reason, Worker};

/// Everything there is to say about somebody who wants in.
pub(super) fn on_entry(
    identity: &Identity,
    m: &Measurement,
    at: &GatePresence,
    rules: &GateRules,
    now: Instant64,
) -> Vec<Reason> {
    let mut found = of_place(at);
    if !at.response_active {
        found.push(Reason::ResponseEnded);
        return found;
    }
    let doubt = of_roster_age(at, rules);
    // A list that may be outdated cannot say who is missing from it.
    let is_missing = |it: &Reason| matches!(it, Reason::NotOnRoster | Reason::VisitorUnannounced);
    found.extend(of_identity(identity, m).into_iter().filter(|it| doubt.is_none() || !is_missing(it)));
    match identity {
        Identity::Known(worker) => {
            found.extend(of_status(worker.status));
            found.extend(of_shift(worker, now));
            found.extend(of_duties(worker, rules));
        }
        Identity::Guest(guest) => {
            found.extend(of_status(guest.status));
            found.extend(of_guest(guest, now));
        }
        Identity::Unannounced | Identity::NotOnRoster | Identity::Conflict | Identity::NotStated => {}
    }
    found.extend(m.pass.map(of_pass));
    found.extend(doubt);
    found.extend(of_device(at));
    found.extend(of_temperature(m, at, rules));
    found.extend(of_mask(m.mask, rules));
    found
}

/// What is noted of somebody who leaves: who cannot be told, and what of the device is wrong.
pub(super) fn on_exit(identity: &Identity, m: &Measurement, at: &GatePresence) -> Vec<Reason> {
    if !at.response_active {
        return vec![Reason::ResponseEnded];
    }
    let mut found = of_identity(identity, m);
    found.extend(of_device(at));
    found.sort_unstable();
    found.dedup();
    found
}

/// The site and the gate.
pub(super) fn of_place(at: &GatePresence) -> Vec<Reason> {
    let site = match at.open_state {
        OpenState::Open => None,
        OpenState::NotOpen | OpenState::Suspended => Some(Reason::SiteNotOpen),
    };
    site.into_iter().chain(at.gate_closed.then_some(Reason::GateClosed)).collect()
}

/// The person's health status.
pub(super) const fn of_status(status: HealthStatus) -> Option<Reason> {
    match status {
        HealthStatus::Green => None,
        HealthStatus::Amber => Some(Reason::StatusAmber),
        HealthStatus::Red => Some(Reason::StatusRed),
        HealthStatus::Unknown => Some(Reason::StatusUnknown),
    }
}

fn of_identity(identity: &Identity, m: &Measurement) -> Vec<Reason> {
    let stated = match identity {
        // A pass that does not say whose it is is its own reason: no face was looked for.
        Identity::NotStated if m.pass.is_some() => None,
        // A face was looked for, and fits one person badly or two well.
        Identity::NotStated if matches!(m.fault, Some(Fault::Uncertain | Fault::Ambiguous)) => None,
        Identity::Known(_) | Identity::Guest(_) => None,
        Identity::Unannounced => Some(Reason::VisitorUnannounced),
        Identity::NotOnRoster => Some(Reason::NotOnRoster),
        Identity::Conflict => Some(Reason::IdentityConflict),
        Identity::NotStated => Some(Reason::FaceNoMatch),
    };
    stated.into_iter().chain(m.fault.and_then(of_fault)).collect()
}

/// What the terminal doubts. Its own opinion on who may pass when is not ours: the verdict has its own facts for that.
const fn of_fault(fault: Fault) -> Option<Reason> {
    match fault {
        Fault::SpoofSuspected => Some(Reason::SpoofSuspected),
        Fault::UnknownPerson | Fault::NotMatched => Some(Reason::FaceNoMatch),
        Fault::TimedOut | Fault::Uncertain => Some(Reason::FaceUncertain),
        Fault::Ambiguous => Some(Reason::IdentityConflict),
        Fault::NoPermission
        | Fault::OutsideSchedule
        | Fault::Expired
        | Fault::Blocklisted
        | Fault::Passback
        | Fault::WrongCredential
        // Said of the pass, see [`of_pass`].
        | Fault::PassExpired
        | Fault::PassRevoked
        | Fault::PassUnverifiable
        | Fault::PassElsewhere => None,
    }
}

/// The pass that was shown. That her status forbids it is the status's own reason.
const fn of_pass(fault: PassFault) -> Reason {
    match fault {
        PassFault::Expired => Reason::PassExpired,
        PassFault::Revoked => Reason::PassRevoked,
        PassFault::Unverifiable => Reason::PassUnverifiable,
    }
}

/// What she owes where the gate asks for it.
pub(super) fn of_duties(worker: &Worker, rules: &GateRules) -> Vec<Reason> {
    let owes = [
        (rules.declaration_required && !worker.declared_today, Reason::DeclarationOverdue),
        (rules.pass_required && !worker.has_pass, Reason::PassMissing),
        (rules.training_required && !worker.is_trained, Reason::TrainingMissing),
    ];
    owes.into_iter().filter_map(|(owed, reason)| owed.then_some(reason)).collect()
}

/// A guest comes when she is expected, and has said how she is, whatever the gate asks of workers. Pass and training are theirs.
pub(super) fn of_guest(guest: &Guest, now: Instant64) -> Vec<Reason> {
    let local = now.local();
    let expected = guest.hours.iter().any(|it| places::rules::may_enter(it, local));
    [(!expected, Reason::VisitorUnannounced), (!guest.declared_today, Reason::DeclarationOverdue)]
        .into_iter()
        .filter_map(|(owed, reason)| owed.then_some(reason))
        .collect()
}

fn of_shift(worker: &Worker, now: Instant64) -> Option<Reason> {
    let local = now.local();
    let any_time = worker.shifts.is_empty();
    let admitted = any_time || worker.shifts.iter().any(|it| places::rules::may_enter(it, local));
    (!admitted).then_some(Reason::OutsideShift)
}

/// A list from the future is no fresh list: one of the two clocks is wrong.
fn of_roster_age(at: &GatePresence, rules: &GateRules) -> Option<Reason> {
    let age = at.roster_age?;
    if rules.roster_max_age_s.saturating_mul(SECOND) < age {
        return Some(Reason::RosterStale);
    }
    (age < rules.clock_max_offset_s.saturating_mul(-SECOND)).then_some(Reason::ClockUntrusted)
}

/// What is told later says nothing about the clock of now.
fn of_device(at: &GatePresence) -> Vec<Reason> {
    let device = (!at.device_trusted).then_some(Reason::DeviceUntrusted);
    let clock = (at.live && !at.clock_trusted).then_some(Reason::ClockUntrusted);
    device.into_iter().chain(clock).collect()
}

/// A clinical reading decides whatever the terminal said; one that no body has decides nothing.
fn of_temperature(m: &Measurement, at: &GatePresence, rules: &GateRules) -> Vec<Reason> {
    match at.clinical {
        Some(clinical) if clinical.is_bodily() => match clinical < rules.fever_suspected {
            true => vec![Reason::ClinicalCleared],
            false => vec![Reason::FeverConfirmed],
        },
        Some(_) => of_reading(m, rules).chain([Reason::TemperatureUnreliable]).collect(),
        None => of_reading(m, rules).collect(),
    }
}

/// The terminal's limit and ours: whichever is passed counts.
fn of_reading(m: &Measurement, rules: &GateRules) -> impl Iterator<Item = Reason> {
    let over_limit = (m.over_limit == Some(true)).then_some(Reason::FeverSuspected);
    let shown = match m.temperature {
        None => rules.temperature_required.then_some(Reason::TemperatureUnmeasured),
        Some(shown) => of_shown(shown, rules).filter(|it| over_limit.is_none() || *it != Reason::FeverPossible),
    };
    over_limit.into_iter().chain(shown)
}

fn of_shown(shown: Celsius, rules: &GateRules) -> Option<Reason> {
    if !shown.is_bodily() {
        return Some(Reason::TemperatureUnreliable);
    }
    if rules.fever_suspected <= shown {
        return Some(Reason::FeverSuspected);
    }
    (rules.fever_possible <= shown).then_some(Reason::FeverPossible)
}

fn of_mask(mask: Mask, rules: &GateRules) -> Option<Reason> {
    if !rules.mask_required {
        return None;
    }
    match mask {
        Mask::Worn => None,
        Mask::Unknown => Some(Reason::MaskUnknown),
        Mask::WornWrong => Some(Reason::MaskWornWrong),
        Mask::Missing => Some(Reason::MaskMissing),
    }
}
