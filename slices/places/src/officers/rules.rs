//! Rules of officers: what each reaches, who may stand in for whom, what a hand-over moves. Pure.

use std::collections::HashSet;

use access::{AccountId, Duty, Grant};
use kernel::Instant64;
use kernel::time::DAY;
use uuid::Uuid;

use super::model::{Assigned, HandoverId, NewAssignment, OfficerKind, Substitution, Target};

/// More than one person can answer for.
pub const MOST_TARGETS: usize = 1_000;
/// The longest that somebody can be stood in for; after that it is a hand-over.
pub const LONGEST_ABSENCE: i64 = 366 * DAY;

/// Why a substitution cannot be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SubstituteFault {
    /// Nobody stands in for himself.
    Oneself,
    /// It ends before it begins, or has ended already.
    Order,
    /// Longer than [`LONGEST_ABSENCE`].
    TooLong,
    /// Somebody stands in for this officer then, already.
    Taken,
    /// The substitute is away then, or the officer himself stands in for somebody: nobody would know who is on duty.
    Chain,
}

/// Whether what is so long in force overlaps.
fn overlap(a: (Instant64, Option<Instant64>), b: (Instant64, Option<Instant64>)) -> bool {
    b.1.is_none_or(|until| a.0 < until) && a.1.is_none_or(|until| b.0 < until)
}

/// What an account reaches because of these assignments: its own, and those of whom it stands in for, while it does. The
/// one who is away goes on seeing his own. What is over is left out.
pub fn duties(account: AccountId, assigned: &[Assigned], substitutions: &[Substitution], now: Instant64) -> Vec<Duty> {
    let mut duties = Vec::new();
    for it in assigned.iter().filter(|it| it.until.is_none_or(|until| now < until)) {
        let duty = |basis: String, from: Instant64, until: Option<Instant64>| Duty {
            grant: match it.target {
                Target::Enterprise(id) => Grant::Enterprise(id),
                Target::Premises(id) => Grant::Premises(id),
            },
            label: it.name.clone(),
            area: it.area.clone(),
            basis,
            from,
            until,
        };
        if it.officer == account.uuid() {
            duties.push(duty(it.id.as_simple().to_string(), it.from, it.until));
        }
        for sub in substitutions.iter().filter(|sub| sub.officer == it.officer && sub.substitute == account.uuid()) {
            let (from, until) = (it.from.max(sub.from), it.until.map_or(sub.until, |until| until.min(sub.until)));
            if from < until && now < until {
                let basis = format!("{}:{}", it.id.as_simple(), sub.id.as_simple());
                duties.push(duty(basis, from, Some(until)));
            }
        }
    }
    duties
}

/// Whether this substitution may stand beside those there are of both officers.
pub fn substitute_fault(new: &Substitution, known: &[Substitution], now: Instant64) -> Option<SubstituteFault> {
    if new.officer == new.substitute {
        return Some(SubstituteFault::Oneself);
    }
    if new.until <= new.from || new.until <= now {
        return Some(SubstituteFault::Order);
    }
    if LONGEST_ABSENCE < new.until.since(new.from) {
        return Some(SubstituteFault::TooLong);
    }
    let meanwhile =
        || known.iter().filter(|it| overlap((it.from, Some(it.until)), (new.from, Some(new.until))) && it.id != new.id);
    if meanwhile().any(|it| it.officer == new.officer) {
        return Some(SubstituteFault::Taken);
    }
    let chained = meanwhile().any(|it| it.officer == new.substitute || it.substitute == new.officer);
    chained.then_some(SubstituteFault::Chain)
}

/// Whether somebody can answer for such a target as this: an enterprise's officer has enterprises.
pub const fn kind_fits(kind: OfficerKind, target: Target) -> bool {
    !matches!((kind, target), (OfficerKind::EnterpriseOfficer, Target::Premises(_)))
}

/// Whether the officer answers for the same as the same already, at some time of the new assignment.
pub fn is_assigned(known: &[Assigned], new: &NewAssignment) -> bool {
    known.iter().any(|it| {
        (it.officer, it.kind, it.target) == (new.officer, new.kind, new.target)
            && overlap((it.from, it.until), (new.from, new.until))
    })
}

/// What an assigning makes and ends.
#[derive(Debug, Clone, Default)]
pub struct Planned {
    /// New assignments.
    pub new: Vec<NewAssignment>,
    /// Targets that the officer answers for as the same already.
    pub already: Vec<Target>,
    /// What ends: others who answer for the same targets as the same.
    pub relieved: Vec<Assigned>,
}

/// Assigns targets to an officer from now on; `relieve` ends whoever answers for them as the same. `known` is what is
/// known of these targets.
pub fn assign(
    known: &[Assigned],
    (officer, kind): (Uuid, OfficerKind),
    targets: &[Target],
    (from, until): (Instant64, Option<Instant64>),
    relieve: bool,
) -> Planned {
    let mut planned = Planned::default();
    for target in targets {
        let new = NewAssignment { officer, kind, target: *target, from, until, handover: None };
        let others = known.iter().filter(|it| {
            let same = it.kind == kind && it.target == *target && it.officer != officer;
            relieve && same && overlap((it.from, it.until), (from, until))
        });
        planned.relieved.extend(others.cloned());
        match is_assigned(known, &new) {
            true => planned.already.push(*target),
            false => planned.new.push(new),
        }
    }
    planned
}

/// What a hand-over makes and ends.
#[derive(Debug, Clone, Default)]
pub struct Handed {
    /// New assignments of the receiver.
    pub made: Vec<NewAssignment>,
    /// Assignments of the giver that end.
    pub ended: Vec<Uuid>,
}

/// Hands over from one officer to another: all that is not over, or the chosen. What the receiver answers for already,
/// as the same, only ends with the giver.
pub fn hand_over(
    known: &[Assigned],
    (from, to): (Uuid, Uuid),
    chosen: Option<&HashSet<Uuid>>,
    handover: HandoverId,
    now: Instant64,
) -> Handed {
    let mut handed = Handed::default();
    for it in known.iter().filter(|it| it.officer == from && chosen.is_none_or(|chosen| chosen.contains(&it.id))) {
        let new = NewAssignment {
            officer: to,
            kind: it.kind,
            target: it.target,
            from: it.from.max(now),
            until: it.until,
            handover: Some(handover),
        };
        if !is_assigned(known, &new) {
            handed.made.push(new);
        }
        handed.ended.push(it.id);
    }
    handed
}

#[cfg(test)]
#[path = "rules_tests.rs"]
mod tests;
